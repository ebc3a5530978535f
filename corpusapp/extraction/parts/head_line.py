"""The line over the date at the head of a capture: its title, where no line looks like one.

Titles of journals are sentences, in small letters and with a full stop, and look like a paragraph.
What tells them is their place: menus and a section above, the date alone below, then the text.
"""

from collections.abc import Mapping, Sequence

from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import Mark

RULE = "over the date at the head"
CONFIDENCE = 0.5
_WIDEST = 300
_DEEPEST = 12  # lines from the top in which the date stands
_MOST_ABOVE, _WIDEST_ABOVE = 2, 40  # unclaimed lines above the title: a section, a site's name


def head_line(page: Page, marks: Sequence[Mark | None], near: Mapping[int, str]) -> int | None:
    """The index of that line; `near` says of lines that a "date" fills them."""
    lines = page.lines
    place = next(
        (at for at in range(1, min(_DEEPEST, len(lines) - 1)) if near.get(at) == "date"), 0
    )
    if not place:
        return None
    at = place - 1
    above = [line for line in lines[:at] if marks[line.index] is None]
    may_be = (
        marks[at] is None
        and lines[at].ends  # else it would have been looked at as a title
        and at not in near
        and lines[at].width <= _WIDEST
        and len(above) <= _MOST_ABOVE
        and all(line.width <= _WIDEST_ABOVE and not line.prose for line in above)
        and _is_text(lines[place + 1 :], marks)
    )
    return at if may_be else None


def _is_text(below: Sequence[Line], marks: Sequence[Mark | None]) -> bool:
    """Whether the first line below that nothing else claims is a paragraph."""
    return next((line.prose for line in below if marks[line.index] is None), False)
