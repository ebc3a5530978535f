"""Known bytes need no reading: what is stored as it comes again is told before it is extracted.

Extraction is a pure function. A stored capture of the same bytes under the same name, with the same
beside it, read by the same version with the same options, is what reading would give once more.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.db.models.fields.json import KT

from corpusapp.editing.naming import label_key
from corpusapp.extraction.article import Beside, Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION
from corpusapp.importing.beside import fingerprint, told
from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import STANDARD_INPUT, Found, beside, read
from corpusapp.importing.reading import AtHand, Recognised
from corpusapp.models import Capture

_TOGETHER = 100  # documents in one question to the database
_MOST_HELD = 1024 * 1024  # bytes of documents that wait for its answer
_LARGE = 64 * 1024  # bytes; what is larger is read again when its turn comes


@lru_cache(maxsize=256)
def reading_key(
    media_type: str,
    language: str,
    site_language: str,
    source: str,
    version: str = EXTRACTOR_VERSION,
) -> str:
    """What decides, besides its bytes and what stands beside it, what a document gives.

    `language` and `source` are those the caller says of all documents; "" for none.
    """
    parts = (version, media_type, language, site_language, label_key(source) if source else "")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Tells the documents that are stored as they come from those that have to be read."""

    options: Options
    source: str = ""  # for all documents of a run

    def __call__(self, documents: Iterable[Found]) -> Iterator[AtHand | Recognised]:
        """The documents in their order; 1 query for a hundred."""
        waiting: list[AtHand] = []
        held = 0
        for found in documents:
            waiting.append(self._opened(found))
            held += len(found.raw or waiting[-1].raw or b"")
            if len(waiting) == _TOGETHER or held > _MOST_HELD:
                yield from self._told(waiting)
                waiting, held = [], 0
        yield from self._told(waiting)

    def _opened(self, found: Found) -> AtHand:
        """What a document holds; what cannot be read gets its refusal when it is parsed."""
        if found.refusal or found.path == STANDARD_INPUT:
            return AtHand(found)
        try:
            raw = read(found, self.options.max_bytes)
            around = beside(found)
        except (NotADocumentError, ExtractionError):
            return AtHand(found)
        if len(raw) > self.options.max_bytes:
            return AtHand(found)
        keep = raw if len(raw) <= _LARGE else None
        return AtHand(found, keep, around, hashlib.sha256(raw).hexdigest())

    def _told(self, waiting: Sequence[AtHand]) -> Iterator[AtHand | Recognised]:
        known = _stored({one.sha256 for one in waiting if one.sha256})
        for one in waiting:
            yield (known and self._recognised(one, known)) or one

    def _recognised(self, one: AtHand, known: "_Known") -> Recognised | None:
        found = one.found
        stated = _stated_hash(one.around)
        key = reading_key(
            found.media_type, self.options.language, self.options.site_language, self.source
        )
        told_of = known.get((one.sha256, stated, key, found.key))
        return Recognised(found, *told_of) if told_of else None


_Known = dict[tuple[str, str, str, str], tuple[str, str]]
"""By bytes, what stands beside, how read, and path: public id ("": purged) and title."""


def _stated_hash(around: Beside | None) -> str:
    return fingerprint(told(around))


def _stored(hashes: set[str]) -> _Known:
    """The captures of these bytes that count."""
    if not hashes:
        return {}
    rows = Capture.objects.filter(
        Q(article__isnull=True) | Q(article__undone_by__isnull=True),
        undone_by__isnull=True,
        bytes__sha256__in=hashes,
    ).exclude(reading="")
    columns = ("bytes__sha256", "stated_hash", "reading", "path", "article__public_id")
    return {
        (sha256, stated, reading, path): (public_id or "", title)
        for sha256, stated, reading, path, public_id, title, rule in rows.values_list(
            *columns, KT("fields__title__value"), KT("fields__title__rule")
        )
        if rule or not title  # else it was carried over from an earlier capture
    }
