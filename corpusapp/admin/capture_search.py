"""The search of captures: by what became of them, by their files, and in the text as it came.

What became of them stands in the desk's index. What did not (furniture, other articles of the page,
copies) stands nowhere but in the bytes: those are read, newest first, for as long as a page may take.
"""

from dataclasses import dataclass, field
from html import unescape
from time import monotonic

from django.db.models import Q, QuerySet

from corpusapp.admin.article_search import found
from corpusapp.models import Capture
from corpusapp.search.contract import LONGEST_QUERY
from corpusapp.text.analysis import simplified
from corpusapp.text.folding import fold

_SECONDS = 2.0
_TOGETHER = 50
_MOST = 50  # a page of the list


@dataclass(frozen=True, slots=True)
class AsCaptured:
    """What was found in the texts as they came, and where to go on."""

    ids: list[int] = field(default_factory=list)
    looked_through: int = 0
    older_than: int = 0  # captures below this id were not looked through; 0: none is left


def in_articles_and_files(captures: QuerySet[Capture], text: str) -> QuerySet[Capture]:
    """Captures of the articles that the desk's search finds, and of files with such a name."""
    words = text.strip()
    return captures.filter(
        Q(article__in=found(words).ids)
        | Q(path__icontains=words)
        | Q(article__public_id=words.lower())
    )


def as_captured(text: str, below: int = 0) -> AsCaptured:
    """Captures whose own text has these words one after the other, in either Chinese script.

    `below`: only captures of a smaller id. Looks through as many as a page has the time for.
    """
    sought = _plain(text[:LONGEST_QUERY])
    if not sought:
        return AsCaptured()
    captures = Capture.objects.filter(bytes__data__isnull=False).order_by("-pk")
    captures = captures.select_related("bytes").only("encoding", "media_type", "bytes__data")
    until = monotonic() + _SECONDS
    ids: list[int] = []
    looked_through = 0
    while monotonic() < until and len(ids) < _MOST:
        some = list((captures.filter(pk__lt=below) if below else captures)[:_TOGETHER])
        if not some:
            return AsCaptured(ids, looked_through)
        for capture in some:
            below = capture.pk
            looked_through += 1
            if sought in _plain(_text(capture)):
                ids.append(capture.pk)
                if len(ids) == _MOST:
                    break
    is_more = captures.filter(pk__lt=below).exists()
    return AsCaptured(ids, looked_through, below if is_more else 0)


def _plain(text: str) -> str:
    return simplified(fold(text))


def _text(capture: Capture) -> str:
    try:
        text = (capture.bytes.raw or b"").decode(capture.encoding, "replace")
    except LookupError:  # an encoding that some older version knew
        text = (capture.bytes.raw or b"").decode("utf-8", "replace")
    return unescape(text) if capture.media_type == "text/html" else text
