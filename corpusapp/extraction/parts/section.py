"""The section: a short line above the title that files the piece.

Seen in the seeds: "Columns and Opinions" between date line and counter, above the title; "Foreign
Policy" between language switcher and title. A row of such lines is a menu, and says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import BREADCRUMB, Mark
from corpusapp.extraction.vocabulary import folded

_KNOWN = folded("sections")
_WIDEST = 40
_LOOKED_AT = 6  # lines above the title
_PASSED_OVER = frozenset((Part.VIEWS, Part.LANGUAGES))


@dataclass(frozen=True, slots=True)
class SectionFound:
    index: int
    value: str
    confidence: float
    rule: str


def find_section(
    page: Page, title: int, marks: Sequence[Mark | None], near: Mapping[int, str]
) -> SectionFound | None:
    """The section above the line `title`; None where nothing, or a whole menu, stands there."""
    above: list[Line] = []
    for index in range(title - 1, max(-1, title - 1 - _LOOKED_AT), -1):
        mark = marks[index]
        line = page.lines[index]
        if index in near or (mark is not None and mark.part in _PASSED_OVER):
            continue
        if mark is not None and line.key not in _KNOWN:
            if mark is BREADCRUMB:
                break
            continue
        above.append(line)
    if not above or not _could_be(above[0]):
        return None
    line = above[0]
    known = line.key in _KNOWN
    lonely = len(above) == 1 or above[1].prose or above[1].key == line.key
    if known:
        return SectionFound(
            line.index, line.text, 0.9 if lonely else 0.75, "known section above the title"
        )
    if lonely and title - line.index <= 3:  # noqa: PLR2004
        return SectionFound(line.index, line.text, 0.7, "lonely short line above the title")
    return None


def _could_be(line: Line) -> bool:
    return (
        not line.prose
        and not line.ends
        and line.width <= _WIDEST
        and line.key.count(" ") <= 4  # noqa: PLR2004
        and not any(map(str.isdigit, line.text))
        and not line.numbered
        and "@" not in line.text
    )
