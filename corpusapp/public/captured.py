"""The page of an article as it was captured: every line, with what was not taken into the article greyed."""

from dataclasses import dataclass

from django.db.models import F

from corpusapp.extraction.errors import ExtractionError
from corpusapp.models import Article, Capture

_MOST = 500_000  # bytes: what is judged in a moment
# What is no part of the article; everything else of a capture became something of it
_GREYED = frozenset({"views", "languages", "cross-links", "other-article", "furniture"})


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    greyed: bool


@dataclass(frozen=True, slots=True)
class CapturedPage:
    lines: list[Line]  # empty where it is too large to be shown
    captured: Capture


def captured_page(article: Article) -> CapturedPage | None:
    """Of an article whose source lets readers see it; None without bytes to show. 1 query."""
    capture = (
        Capture.objects.filter(article=article, undone_by__isnull=True)
        .order_by(F("duplicate_of").asc(nulls_first=True), "-pk")
        .select_related("bytes")
        .first()
    )
    if capture is None or capture.bytes.data is None:
        return None
    if capture.bytes.size > _MOST:
        return CapturedPage([], capture)
    # extraction brings numpy and lxml: only into a process that is asked for a capture
    from corpusapp.importing.explaining import explain  # noqa: PLC0415

    try:
        judged = explain(capture.bytes.raw or b"", capture.media_type).lines
    except ExtractionError:
        return CapturedPage([], capture)
    lines = [Line(line.text, line.part.value in _GREYED) for line in judged]
    return CapturedPage([line for line in lines if line.text.strip()], capture)
