"""A second article below the first: pages that go on while one scrolls print the next piece whole.

The evidence is a line like a title, a date right under it, and paragraphs under both, after the end of
the first text and above what readers wrote; in the midst of what was judged text a signature besides. Its lines are named, so that nobody takes them for furniture.
"""

from collections.abc import Collection, Sequence

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.byline import led_names
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark

OTHER = Mark(Part.OTHER_ARTICLE, "text of another article")
_NARROWEST, _WIDEST = 20, 160  # of its title
_TO_DATE, _TO_TEXT = 4, 6  # lines from its title
_UNDER = 4  # lines under a heading over links
_FEWEST = 2  # paragraphs


def mark_other_articles(
    page: Page, span: tuple[int, int], dated: Collection[int], marks: list[Mark | None]
) -> None:
    """Name the lines of pieces that begin after the text, or in it right under a heading over links.

    `span` has the first and last line of what was judged text, `dated` the lines with a date.
    """
    start, end = span
    place = start + 1
    heading = -_UNDER
    paragraphs = 1  # that at the start
    while place < len(page.lines) and marks[place] is not COMMENTS:
        mark = marks[place]
        if mark is LINKS_HEADING or mark is TEXT_END:
            heading = place
        paragraphs += page.lines[place].prose
        last = None
        if place > end or (
            place - heading < _UNDER and paragraphs >= _FEWEST and _is_signed(page.lines, place)
        ):
            last = _last_paragraph(page.lines, place, dated, marks)
        if last is None:
            place += 1
            continue
        for index in range(place, last + 1):
            marks[index] = marks[index] or OTHER
        place = last + 1


def _is_signed(lines: Sequence[Line], title: int) -> bool:
    """Whether a word for authorship stands under the line `title`: links in a text have dates, too."""
    below = lines[title + 1 : title + 1 + _TO_DATE]
    return any(
        line.width <= _WIDEST and (led := led_names(line.text)) is not None and bool(led[0])
        for line in below
        if not line.prose
    )


def _last_paragraph(
    lines: Sequence[Line], title: int, dated: Collection[int], marks: Sequence[Mark | None]
) -> int | None:
    """The last paragraph of a piece whose title may be the line `title`; None where none begins."""
    line = lines[title]
    if marks[title] is not None or line.prose or not _NARROWEST <= line.width <= _WIDEST:
        return None
    if not any(index in dated for index in range(title + 1, title + 1 + _TO_DATE)):
        return None
    paragraphs: list[int] = []
    for below in lines[title + 1 :]:
        if marks[below.index] is COMMENTS or below.index - (paragraphs or [title])[-1] > _TO_TEXT:
            break
        if below.prose and marks[below.index] is None:
            paragraphs.append(below.index)
    return paragraphs[-1] if len(paragraphs) >= _FEWEST else None
