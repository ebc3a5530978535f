"""What the markup of a saved page says about one of its lines.

A browser would show the same words; who wrote the page marked them up for it, and the names of
classes tell what for. None of it is certain, so nothing here decides: it is what the judges see.
"""

from dataclasses import dataclass
from typing import NamedTuple

Piece = str | tuple[str, ...]
"""Words of a line, or a mark among them: ("a", address), ("/a",), ("em",), ("/em",), …"""


class Area:
    """The elements around a line that say what part of the page it stands in, as bits of a number."""

    NAV = 1
    HEADER = 2
    FOOTER = 4
    ASIDE = 8
    FORM = 16
    BUTTON = 32
    ARTICLE = 64
    MAIN = 128
    FIGURE = 256
    CAPTION = 512
    TABLE = 1024
    QUOTE = 2048
    CODE = 4096
    HIDDEN = 8192
    LIST = 16384
    DIALOG = 32768


class Place(NamedTuple):
    """Where lines stand: shared by all lines of one element.

    `own`, `above` and `around` are hints (see formats/html/hints.py) in the names of the element,
    of the one around it, and of all around it.
    """

    tag: str = ""
    container: int = 0
    areas: int = 0
    own: int = 0
    above: int = 0
    around: int = 0
    lists: int = 0  # how deep in lists
    quotes: int = 0  # how deep in quotations
    ordered: bool = False
    item: int = 0  # which list item, table row or block of code; 0 is none
    ordinal: int = 0  # of the item in its list, from 1
    table: int = 0  # which table; 0 is none


def rendered(text: str, lists: int, *, first: bool) -> str:
    """A line as a text capture shows it, so deep in lists: bullets for items, two spaces for what is under them."""
    if not lists:
        return text
    return f"{'  ' * lists}{'•' if first else ' '} {text}"


class Markup(NamedTuple):
    """One rendered line of a saved page."""

    text: str
    place: Place
    heading: int  # 1 to 6; 0 is none
    inner: int  # hints in the names of the elements inside the line
    linked: float  # share of its characters that are links, 0 to 1
    links: int
    address: str  # of its first link, "" without one
    gap: bool  # a margin above it
    goes_on: bool  # after a line break inside one element
    first: bool  # of its list item
    cells: int  # of a row of a table
    pieces: tuple[Piece, ...]
    number: int  # of the line as it is shown, from 1

    @property
    def rendered(self) -> str:
        """The line as a text capture shows it."""
        return rendered(self.text, self.place.lists, first=self.first)


class Marked(NamedTuple):
    """Words of an element whose names claim a meaning for them."""

    kind: str  # "author", "time", "headline"
    text: str
    value: str  # of its attribute (datetime, content, href), "" without one
    line: int  # index of the line in which it begins
    hints: int
    areas: int
    machine: bool  # told by itemprop or rel, not by the name of a class


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The lines of a page, how its boxes nest, and what its head says.

    `shown` are all its lines as text, blank ones for margins; `lines` those that are no menu's.
    """

    shown: tuple[str, ...]
    lines: tuple[Markup, ...]
    parents: tuple[int, ...]  # container -> the container around it; 0 is its own
    marked: tuple[Marked, ...]
    metas: tuple[tuple[str, str], ...]  # (name in small letters, content)
    titles: tuple[str, ...]
    json_ld: tuple[str, ...]
    address: str  # the canonical one, "" without one
    language: str  # as <html lang> or its kin has it

    def meta(self, *names: str) -> str:
        """The first content under any of these names, in the order of the names."""
        for name in names:
            for key, content in self.metas:
                if key == name and content:
                    return content
        return ""
