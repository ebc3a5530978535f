"""Tags and words, as the parser tells them, become lines: one for each block that has words.

The parser tells each element's begin and end and never builds a tree; all that is kept is a stack
of places, so memory and time are linear in the page however it is nested. The lines are those that
a text capture of the page has, so that one engine can judge both.
"""

import re
from collections.abc import Mapping, Sequence

from corpusapp.extraction.errors import TooManyLinesError
from corpusapp.extraction.formats.html.elements import (
    AREAS,
    BLOCK,
    BOX,
    BREAK,
    CELL,
    CLOSED,
    COUNTED,
    HEADINGS,
    KINDS,
    LINK,
    LIST,
    MARGIN,
    OTHER,
    PARTING,
    TRAITS,
    number,
    read_attributes,
)
from corpusapp.extraction.formats.html.head import LONGEST_ADDRESS, Head
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.formats.html.limits import DEEPEST, MOST_JUDGED, TooDeepError
from corpusapp.extraction.formats.html.marking import CLAIMING, Claim, Marking
from corpusapp.extraction.formats.html.menu_words import KICKER, LONGEST_PICTURE, MenuWords
from corpusapp.extraction.formats.html.spacing import (
    CELL_PIECE,
    PART_PIECE,
    code_lines,
    run_together,
    words_in,
)
from corpusapp.extraction.lines import MOST_LINES
from corpusapp.extraction.markup import Area, Markup, Piece, Place, rendered
from corpusapp.text.folding import clean

_WIDEST_CELL = 200  # text; wider ones are the columns of a layout, not of a table
_AUTHOR_PATH = re.compile(
    r"/(?:author|autor|auteur|people|staff|profil|contributor|by/|writer|users?/|journalist|@|team/|persons?/|columnist|redaktion/|reporter)"
)
_NAMED = BITS["byline"] | BITS["headline"]
_MENU = BITS["nav"] | BITS["footer"]
_CODE, _HIDDEN, _SITE, _CONTENT = (
    Area.CODE, Area.HIDDEN, Area.NAV | Area.FOOTER | Area.DIALOG, Area.ARTICLE | Area.MAIN,
)  # fmt: skip
_COUNTED_FROM = Place._fields.index("lists")
_ALL_LINKED, _WIDEST_ITEM = 0.9, 80  # of a line in a menu
_NO_PICTURE = frozenset(("image", "img", "icon"))
_TOUCHING = frozenset(("em", "/em", "strong", "/strong", "cell"))
_AFTER_LINK = CLOSED[LINK]
# A page has hundreds of places and lines: this way each is made in half the time.
_new = tuple.__new__


class Renderer:
    """The parser's target. Raises TooDeepError and TooManyLinesError through the parser."""

    def __init__(self, *, hides_menus: bool = True) -> None:
        self.shown: list[str] = []
        self._hides_menus = hides_menus
        self._menu = MenuWords(self.shown)
        self.lines: list[Markup] = []
        self.parents: list[int] = [0]
        self.head = Head()
        self.marking = Marking()
        self._place = Place()
        self._stack: list[tuple[Place, int | tuple[str, ...] | None, Claim | None]] = []
        self._skipping = 0
        self._pieces: list[Piece] = []
        self._in_link = 0
        self._linked = 0  # characters
        self._links = 0
        self._link = ""
        self._inner = 0
        self._cells = 0
        self._gap = False
        self._after_break = False
        self._counters: list[int] = []
        self._items = 0
        self._tables = 0
        self._last_item = 0

    @property
    def hidden(self) -> int:
        """Characters that are shown and not judged, as they stand in menus."""
        return self._menu.hidden

    # what the parser calls: a few thousand times a page, so that each line here is one that counts

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        menu = self._menu
        if len(self._stack) + menu.depth >= DEEPEST:
            raise TooDeepError
        if not menu.depth or menu.is_left(tag, attributes, len(self._stack)):
            self._start(tag, attributes)
        elif menu.start(tag, attributes, self.head):
            self._skipping = 1

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = KINDS.get(tag)
        if kind == BLOCK:
            self._open_block(tag, TRAITS[tag], attributes)
        elif kind == LINK:
            self._open_link(tag, attributes)
        elif kind is None:
            if "-" in tag:
                self._open_block(tag, 0, attributes)
            else:
                self._open_inline(tag, attributes)
        elif kind == OTHER:
            self._stack.append((self._place, None, None))
            if tag == "hr":
                self._flush()
                self._gap = True
            elif self.head.enter(tag, attributes):
                self._skipping = 1
        elif kind == BREAK:
            self._stack.append((self._place, None, None))
            self._break()
        else:
            self._stack.append((self._place, CLOSED[kind], None))
            self._pieces.append((kind,))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if self._skipping:
                return
            self.head.close()
        menu = self._menu
        if menu.depth:
            menu.end(tag)
            if menu.depth:
                return
        if not self._stack:
            return
        self._close()
        if menu.left and menu.left[-1][0] == len(self._stack):
            self._flush()
            menu.come_back()

    def _close(self) -> None:
        place, closing, claim = self._stack.pop()
        if type(closing) is int:
            self._close_block(closing)
        elif type(closing) is tuple:
            self._pieces.append(closing)
            if closing is _AFTER_LINK:
                self._in_link -= 1
        if claim is not None:
            self.marking.end(claim, self._place.areas)
        self._place = place

    def data(self, words: str) -> None:
        if self._skipping:
            self.head.data(words)
            return
        if self._menu.depth:
            self._menu.words.append(words)
            return
        pieces = self._pieces
        if words.isspace():
            if pieces:
                pieces.append(words if self._place.areas & _CODE else " ")
            return
        if (
            pieces
            and type(last := pieces[-1]) is tuple
            and last[0] not in _TOUCHING
            and words[0].isalnum()
            and run_together(pieces, last[0], words[0], self._place.tag)
        ):
            pieces.append(" ")
        pieces.append(words)
        if self._in_link:
            self._linked += len(words.strip())
        if self.marking.open:
            self.marking.data(words)

    def close(self) -> "Renderer":
        self._menu.flush()
        self._flush()
        return self

    def mark(self, *piece: str) -> None:
        """A mark among the words that no element of HTML makes (see clipboard.py)."""
        self._pieces.append(piece)

    # elements

    def _open_block(self, tag: str, traits: int, attributes: Mapping[str, str]) -> None:
        above = self._place
        if traits & CELL:
            self._open_cell()
        else:
            if self._pieces:
                self._flush()
            self._after_break = False
            if traits & MARGIN:
                self._gap = True
        _, container, areas, own, _, around, lists, quotes, ordered, item, ordinal, table = above
        hints = 0
        claim = None
        if attributes:
            hints, opened = read_attributes(attributes)
            areas |= opened
            if hints & CLAIMING:
                claim = self.marking.start(tag, attributes, hints, len(self.lines))
        if tag in AREAS:
            areas |= AREAS[tag]
        if traits & BOX:
            self.parents.append(container)
            container = len(self.parents) - 1
        self._stack.append((above, traits, claim))
        self._place = _new(
            Place,
            (
                tag, container, areas, hints, own, around | hints, lists, quotes, ordered, item,
                ordinal, table,
            ),
        )  # fmt: skip
        if tag in COUNTED:
            self._place = self._counted(tag, self._place, attributes)
        if areas & _SITE and not above.areas & _SITE and self._hides_menus and not areas & _CONTENT:
            self._menu.enter()

    def _close_block(self, traits: int) -> None:
        if self._pieces and not traits & CELL:
            self._flush()
        self._after_break = False
        if traits & MARGIN:
            self._gap = True
        if traits & LIST and self._counters:
            self._counters.pop()

    def _counted(self, tag: str, place: Place, attributes: Mapping[str, str]) -> Place:
        """The place with its list, item, quotation or table."""
        _, _, _, _, _, _, lists, quotes, ordered, item, ordinal, table = place
        if TRAITS[tag] & LIST:
            self._counters.append(number(attributes.get("start")) - 1)
            lists += 1
            ordered = tag == "ol"
        elif tag == "table":
            self._tables = table = self._tables + 1
        elif tag == "blockquote":
            quotes += 1
        else:
            self._items = item = self._items + 1
            if tag == "li" and self._counters:
                self._counters[-1] += 1
                ordinal = self._counters[-1]
        counts = (lists, quotes, ordered, item, ordinal, table)
        return _new(Place, (*place[:_COUNTED_FROM], *counts))

    def _open_cell(self) -> None:
        if self._pieces and sum(map(len, self._pieces)) < _WIDEST_CELL:
            self._pieces.append(CELL_PIECE)
        else:
            if self._pieces:
                self._flush()
            self._after_break = False
        self._cells += 1

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        stack = self._stack
        if tag == "img":
            stack.append((self._place, None, None))
            self._picture(attributes)
            return
        claim = None
        hints = 0
        if attributes:
            hints, areas = read_attributes(attributes)
            if areas & _HIDDEN:
                stack.append((self._place, None, None))
                self._skipping = 1
                return
            self._inner |= hints
        if hints & CLAIMING or tag == "time":
            claim = self.marking.start(tag, attributes, hints, len(self.lines))
        if tag in PARTING:
            self._pieces.append(PART_PIECE)
        stack.append((self._place, None, claim))

    def _open_link(self, tag: str, attributes: Mapping[str, str]) -> None:
        address = attributes.get("href", "")[:LONGEST_ADDRESS]
        hints, areas = read_attributes(attributes)
        if areas & _HIDDEN:
            self._stack.append((self._place, None, None))
            self._skipping = 1
            return
        self._inner |= hints
        claim = None
        if hints & _NAMED or _AUTHOR_PATH.search(address):
            claim = self.marking.start(tag, attributes, hints, len(self.lines))
        self._in_link += 1
        self._links += 1
        self._link = self._link or address
        self._pieces.append((LINK, address))
        self._stack.append((self._place, _AFTER_LINK, claim))

    def _picture(self, attributes: Mapping[str, str]) -> None:
        words = " ".join(attributes.get("alt", "").split())[:LONGEST_PICTURE]
        if not words or words.lower() in _NO_PICTURE:
            return
        if any(isinstance(piece, str) and not piece.isspace() for piece in self._pieces):
            if len(words) <= 2 and not words.isalnum():  # noqa: PLR2004 - an emoji
                self._pieces.append(words)
            return
        held, self._pieces = self._pieces, [words]
        place = self._place
        hints, _areas = read_attributes(attributes)
        self._place = Place("img", place.container, place.areas, hints, place.own, place.around)
        self._flush()
        self._place, self._pieces = place, held

    # words

    def _break(self) -> None:
        if self._place.areas & _CODE:
            self._pieces.append("\n")
            return
        had = bool(self._pieces)
        self._flush()
        if not had:
            self._gap = True
        self._after_break = True

    def _flush(self) -> None:
        pieces = self._pieces
        if not pieces:
            self._after_break = False
            return
        if self._place.areas & _CODE and any("\n" in piece for piece in pieces):
            self._flush_code()
        else:
            text = words_in(pieces, in_cells=self._cells > 0)
            if text and (text[0] != "|" or text.strip("| ")):
                self._line(text, pieces)
        self._pieces = []
        self._linked = self._links = self._inner = self._cells = 0
        self._link = ""
        self._after_break = False
        if self.marking.open:
            self.marking.end_line()

    def _flush_code(self) -> None:
        for line in code_lines(self._pieces):
            self._line(" ".join(line.split()), (line,))

    def _line(self, text: str, pieces: Sequence[Piece]) -> None:
        shown = self.shown
        if len(self.lines) >= MOST_JUDGED or len(shown) >= 2 * MOST_LINES:
            raise TooManyLinesError(MOST_JUDGED)
        if not text.isascii():
            text = clean(text)
            if not text.strip("| "):
                return
        place = self._place
        first = place.item != self._last_item
        self._last_item = place.item
        heading = HEADINGS.get(place.tag, 0)
        gap = self._gap or heading > 0
        self._gap = False
        linked = self._linked and min(1.0, self._linked / len(text))
        if gap and shown:
            shown.append("")
        if linked >= _ALL_LINKED and len(text) <= _WIDEST_ITEM and self._is_menu(place):
            shown.append(rendered(text, place.lists, first=first) if place.lists else text)
            return
        line = _new(
            Markup,
            (
                text, place, heading, self._inner, float(linked), self._links, self._link, gap,
                self._after_break, first, self._cells, tuple(pieces), len(shown) + 1,
            ),
        )  # fmt: skip
        shown.append(line.rendered if place.lists else text)
        self.lines.append(line)

    def _is_menu(self, place: Place) -> bool:
        """Whether links stand here for the whole site: nobody need judge them one by one."""
        if self.marking.open or place.tag in HEADINGS or self._is_kicker(place):
            return False
        return bool(place.around & _MENU) and not place.areas & _CONTENT

    def _is_kicker(self, place: Place) -> bool:
        """Whether the one link of a line is named for the section that it leads to."""
        return bool(self._inner & KICKER) and self._links == 1 and not place.lists
