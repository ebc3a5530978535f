"""The words under the lead picture, told from what else stands between title and text.

Seen on news pages: the same sentence twice (the picture's stand-in text and its caption), a line
under "image", a line over "Photo: …". A share row or "Serves 8" stands in the same place, and is none.
"""

import re
from collections.abc import Container, Sequence

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import CAPTION, STAND_IN, Mark

BESIDE_PICTURE = Mark(Part.CAPTION, "beside a picture")
BETWEEN = Mark(Part.FURNITURE, "furniture between title and text")
_NARROWEST = 20  # wide
_CREDITED = re.compile(
    r"\b(?:credit|credits|photo|photos|foto|fotos|image|bild|photographer)\s?:", re.IGNORECASE
)


def mark_pictures(
    page: Page, first: int, start: int, marks: list[Mark | None], text: Container[int]
) -> int | None:
    """Name the unclaimed lines from `first` up to `start`; the line of the first caption, if any.

    A credit alone is a caption only where nothing better stands there. Lines of the `text` are named
    only where a picture is evident: its first paragraph comes after its picture.
    """
    found: int | None = None
    credit: int | None = None
    for index in range(first, min(start, len(page.lines))):
        if marks[index] is None:
            if _is_caption(page, index, marks):
                marks[index] = BESIDE_PICTURE
            elif index not in text:
                marks[index] = BETWEEN
        if marks[index] is BESIDE_PICTURE and found is None:
            found = index
        if marks[index] is CAPTION and credit is None:
            credit = index
    return credit if found is None else found


def _is_caption(page: Page, index: int, marks: Sequence[Mark | None]) -> bool:
    line = page.lines[index]
    if line.width < _NARROWEST or line.bullet:
        return False
    above = marks[index - 1] if index else None
    below = marks[index + 1] if index + 1 < len(marks) else None
    return (
        above is STAND_IN
        or below is CAPTION
        or _CREDITED.search(line.text) is not None
        or any(_same(line, page.lines[beside]) for beside in _beside(page, index))
    )


def _beside(page: Page, index: int) -> list[int]:
    return [beside for beside in (index - 1, index + 1) if 0 <= beside < len(page.lines)]


def _same(line: Line, other: Line) -> bool:
    """The same words, or one of the two goes on (a stand-in text is often cut)."""
    short, long = sorted((line.text, other.text), key=len)
    return len(short) >= _NARROWEST and long.startswith(short.rstrip(" .…"))
