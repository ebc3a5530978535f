"""What the extraction of today makes of a stored capture."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.beside import beside_from
from corpusapp.importing.deciding import Defaults, as_imported
from corpusapp.importing.recognising import reading_key
from corpusapp.importing.ruling import Rule
from corpusapp.models import Capture, Deed, ImportItem
from corpusapp.text.languages import canonical


@dataclass(slots=True)
class ReadAgain:
    """A capture and what extraction makes of it today."""

    capture: Capture
    extracted: ExtractedArticle | None
    refusal: str = ""
    reading: str = ""  # see `reading_key`


def with_options(ids: Sequence[int]) -> Iterator[tuple[Capture, Mapping[str, Any]]]:
    """The captures, each with what its import was told of all its documents."""
    imports = ImportItem.objects.filter(capture__in=ids, run__kind=Deed.IMPORT)
    options = dict(imports.order_by("pk").values_list("capture", "run__options"))
    captures = Capture.objects.filter(pk__in=ids).select_related(
        "bytes", "article__source", "source"
    )
    captures = captures.defer("article__body", "article__rendered")
    for capture in captures.order_by("pk"):
        yield capture, options.get(capture.pk) or {}


def read_again(
    capture: Capture,
    told: Mapping[str, Any],
    rules: tuple[Rule, ...],
    learned: Mapping[str, frozenset[str]],
) -> ReadAgain:
    """What extraction makes of a capture today, with the defaults it was imported with.

    The editors' rules are those of today: what they would refuse is here, so that counts for nothing.
    """
    packed = capture.bytes.data
    if packed is None:  # purged between the choice and now
        return ReadAgain(capture, None, "Its bytes were purged.")
    raw = zlib.decompress(packed)
    options = Options(
        media_type=capture.media_type,
        language=str(told.get("language") or ""),
        site_language=canonical(settings.DEFAULT_LANGUAGE),
        max_bytes=len(raw),
        beside=beside_from(capture.stated),
        furniture=learned.get(_source_key(capture), frozenset()),
    )
    try:
        extracted = extract(raw, options)
    except ExtractionError as error:
        return ReadAgain(capture, None, str(error))
    defaults = Defaults(
        section=str(told.get("section") or ""),
        source=str(told.get("source") or ""),
        tags=tuple(told.get("tags") or ()),
        default_language=options.site_language,
        rules=tuple(rule for rule in rules if not rule.refuses),
    )
    reading = reading_key(
        options.media_type, options.language, options.site_language, defaults.source
    )
    return ReadAgain(
        capture, as_imported(extracted, capture.path, defaults).article, reading=reading
    )


def _source_key(capture: Capture) -> str:
    source = capture.source or (capture.article.source if capture.article else None)
    return str(source.key) if source else ""
