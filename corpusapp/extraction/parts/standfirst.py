"""The standfirst: a sentence or two that the page sets between its title and its text.

Seen in the second seed's kin: a summary right under the title, over byline and date. What the judge
of the text left out there is no paragraph; what it took for text is a standfirst only if it is short
and byline or date part it from the rest, because first paragraphs stand in the same place.
"""

import re
from collections.abc import Container, Sequence

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import CAPTION, STAND_IN, Mark

_NARROWEST, _WIDEST, _WIDEST_TEXT = 40, 320, 160
_FEWEST_WITHOUT_END = 60  # wide: of a summary that ends like a title
_REACH = 3  # lines under the title
_BEFORE_HEADER = 8  # lines
_HEADER = frozenset((Part.BYLINE, Part.POST, Part.DATE))
_PASSED = frozenset((Part.FURNITURE, Part.VIEWS, Part.SECTION, Part.TAGS, Part.LANGUAGES))
_SENTENCE = re.compile(r"[.!?][\"'”’)]?(?=\s+[^\Wa-z]|$)|[。！？]")
_MOST_SENTENCES, _MOST_HAN, _MOST_TEXT = 3, 2, 1
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_STRANGE = re.compile(
    r"\b(?:credit|photo|photos|foto|fotos|image|bild|photographer)\s?:|^[^\w\"'“‘«„「『《¿¡(（]|[#@|•]|https?:|^\d+[.)]?\s|\s»\s|\.jpe?g|\.png",
    re.IGNORECASE,
)


def find_standfirst(
    page: Page, title: int, start: int, marks: Sequence[Mark | None], text: Container[int]
) -> int | None:
    """The line of the standfirst; `text` has the lines judged text, `start` is the first paragraph."""
    below = [
        index
        for index in range(title + 1, min(len(page.lines), title + 1 + _BEFORE_HEADER))
        if marks[index] is not None and marks[index].part in _HEADER  # type: ignore[union-attr]
    ]
    parted = max(below, default=title)
    for index in range(title + 1, min(len(page.lines), title + 1 + _REACH)):
        mark, line = marks[index], page.lines[index]
        if mark is not None:
            if mark.part in _PASSED and mark is not STAND_IN:
                continue
            if mark.part in _HEADER:
                continue
            return None
        if not _could_be(page, line):
            continue
        if index + 1 < len(marks) and marks[index + 1] is CAPTION:
            return None
        if index not in text:
            return index if _stands_first(marks, title, index) else None
        if (
            index < parted
            and line.width < _WIDEST_TEXT
            and _sentences(line) <= _MOST_TEXT
            and (index != start or _goes_on(page, index, text))
        ):
            return index
        return None
    return None


def _could_be(page: Page, line: Line) -> bool:
    return (
        _NARROWEST <= line.width <= _WIDEST
        and not line.bullet
        and not line.text[0].islower()
        and (line.ends or line.width >= _FEWEST_WITHOUT_END)
        and line.text[-1] not in ":："
        and _sentences(line) <= (_MOST_HAN if _HAN.search(line.text) else _MOST_SENTENCES)
        and _STRANGE.search(line.text) is None
        and not any(
            page.lines[beside].text == line.text
            for beside in (line.index - 1, line.index + 1)
            if 0 <= beside < len(page.lines)
        )
    )


def _sentences(line: Line) -> int:
    return len(_SENTENCE.findall(line.text))


def _stands_first(marks: Sequence[Mark | None], title: int, index: int) -> bool:
    """Nothing but what was named stands between the title and it: the second unnamed line is no summary."""
    return all(mark is not None for mark in marks[title + 1 : index])


def _goes_on(page: Page, index: int, text: Container[int]) -> bool:
    return any(line.prose for line in page.lines[index + 1 : index + 40] if line.index in text)
