"""Tags and words, as the parser tells them, become lines: one for each block that has words.

The parser tells each element's begin and end and never builds a tree; all that is kept is a stack
of places, so memory and time are linear in the page however it is nested. The lines are those that
a text capture of the page has, so that one engine can judge both.
"""

import re
from collections.abc import Mapping

from corpusapp.extraction.errors import ExtractionError, TooManyLinesError
from corpusapp.extraction.formats.html.hints import BITS, hints_of
from corpusapp.extraction.lines import MOST_LINES
from corpusapp.extraction.markup import Area, Marked, Markup, Piece, Place
from corpusapp.text.folding import clean

MOST_JUDGED = 20_000  # lines that are no menu's; each is measured in some 250 ways
DEEPEST = 600  # elements in each other; a page has some thirty
_MOST_MARKED, _WIDEST_MARKED, _MOST_OPEN = 400, 240, 8
_MOST_METAS, _LONGEST_META = 400, 2000
_LONGEST_DATA = 400_000  # characters of JSON-LD in one script
_LONGEST_ADDRESS = 2000
_WIDEST_CELL = 200  # text; wider ones are the columns of a layout, not of a table

_SKIPPED = frozenset(
    [
        "style",
        "noscript",
        "template",
        "select",
        "datalist",
        "textarea",
        "svg",
        "object",
        "applet",
        "canvas",
        "audio",
        "video",
        "iframe",
        "map",
        "noframes",
        "frameset",
    ]
)
_AREAS = {
    "nav": Area.NAV, "header": Area.HEADER, "footer": Area.FOOTER, "aside": Area.ASIDE,
    "form": Area.FORM, "button": Area.BUTTON, "article": Area.ARTICLE, "main": Area.MAIN,
    "figure": Area.FIGURE, "figcaption": Area.CAPTION, "caption": Area.CAPTION, "table": Area.TABLE,
    "blockquote": Area.QUOTE, "pre": Area.CODE, "ul": Area.LIST, "ol": Area.LIST,
    "dialog": Area.DIALOG, "menu": Area.LIST,
}  # fmt: skip
_ROLES = {
    "navigation": Area.NAV, "banner": Area.HEADER, "contentinfo": Area.FOOTER, "article": Area.ARTICLE,
    "complementary": Area.ASIDE, "main": Area.MAIN, "search": Area.FORM, "dialog": Area.DIALOG,
    "alertdialog": Area.DIALOG,
}  # fmt: skip
_BOXES = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "ul",
        "ol",
        "table",
        "td",
        "th",
        "form",
        "figure",
        "blockquote",
        "body",
        "details",
        "center",
        "fieldset",
        "dl",
        "menu",
        "dialog",
    ]
)
_LEAVES = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "pre",
        "dt",
        "dd",
        "tr",
        "figcaption",
        "caption",
        "summary",
        "address",
        "hgroup",
        "button",
        "tbody",
        "thead",
        "tfoot",
        "legend",
        "option",
        "dir",
        "marquee",
        "search",
    ]
)
_BLOCKS = _BOXES | _LEAVES
_MARGINS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "table",
        "figure",
        "hr",
        "dl",
        "section",
        "article",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {
    "em": "em", "i": "em", "strong": "strong", "b": "strong", "code": "code", "sup": "sup",
    "sub": "sub", "kbd": "code", "tt": "code",
}  # fmt: skip
_PARTING = frozenset(["a", "time", "span", "button", "label", "small", "cite", "address"])
_RUNNING = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "blockquote"])
_MACHINE = frozenset(("author", "headline", "datepublished", "datecreated", "name", "datemodified"))
_AUTHOR_PATH = re.compile(
    r"/(?:author|autor|auteur|people|staff|profil|contributor|by/|writer|users?/|journalist|@|team/|persons?/|columnist|redaktion/|reporter)"
)
_NAMING = frozenset(("id", "itemprop", "rel", "data-testid"))
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_BYLINE, _DATE, _HEADLINE = BITS["byline"], BITS["date"], BITS["headline"]
_COUNTED = frozenset(("ul", "ol", "menu", "li", "tr", "pre", "table", "blockquote"))
_CAPTURED = _BYLINE | _DATE | _HEADLINE
_BLOCK, _LINK, _OTHER, _BREAK = "block", "a", "other", "br"
_KINDS: dict[str, str] = {
    **dict.fromkeys(_BLOCKS, _BLOCK),
    **dict.fromkeys((*_SKIPPED, "script", "title", "head", "meta", "link", "html", "hr"), _OTHER),
    **_MARKS,
    "a": _LINK,
    "br": _BREAK,
}
_CLOSED: dict[str, tuple[str]] = {mark: (f"/{mark}",) for mark in (*_MARKS.values(), _LINK)}
_MENU = BITS["nav"] | BITS["footer"]
_ALL_LINKED, _WIDEST_ITEM = 0.9, 80  # of a line in a menu


class TooDeepError(ExtractionError):
    def __init__(self) -> None:
        super().__init__(
            f"The page nests more than {DEEPEST} elements in each other: it is broken."
        )


class _Capture:
    """Words being collected for a `Marked`."""

    __slots__ = ("kind", "line", "machine", "parts", "place_hints", "room", "value")

    def __init__(self, kind: str, value: str, line: int, hints: int, *, machine: bool) -> None:
        self.kind = kind
        self.value = value
        self.line = line
        self.place_hints = hints
        self.machine = machine
        self.parts: list[str] = []
        self.room = _WIDEST_MARKED


class Renderer:
    """The parser's target. Raises TooDeepError and TooManyLinesError through the parser."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.lines: list[Markup] = []
        self.parents: list[int] = [0]
        self.marked: list[Marked] = []
        self.metas: list[tuple[str, str]] = []
        self.titles: list[str] = []
        self.json_ld: list[str] = []
        self.address = ""
        self.language = ""
        self._place = Place()
        self._stack: list[tuple[Place, str, _Capture | None]] = []
        self._skipping = 0
        self._kept: list[str] | None = None  # words of a title or script
        self._kept_as = ""
        self._pieces: list[Piece] = []
        self._captures: list[_Capture] = []
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

    # what the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        stack = self._stack
        if len(stack) >= DEEPEST:
            raise TooDeepError
        kind = _KINDS.get(tag)
        place = self._place
        if kind == _BLOCK or (kind is None and "-" in tag):
            stack.append((place, _BLOCK, self._open_block(tag, attributes)))
        elif kind is None or kind == _LINK:
            self._open_inline(tag, attributes)
        elif kind == _OTHER:
            stack.append((place, "", None))
            self._open_other(tag, attributes)
        elif kind == _BREAK:
            stack.append((place, "", None))
            self._break()
        else:
            stack.append((place, kind, None))
            self._pieces.append((kind,))

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if self._skipping:
                return
            self._close_kept()
        if not self._stack:
            return
        place, kind, capture = self._stack.pop()
        if kind == _BLOCK:
            self._close_block(tag)
        elif kind:
            self._pieces.append(_CLOSED[kind])
            if kind == _LINK:
                self._in_link -= 1
        if capture is not None:
            self._close_capture(capture)
        self._place = place

    def data(self, words: str) -> None:
        if self._skipping:
            if self._kept is not None:
                self._kept.append(words)
            return
        pieces = self._pieces
        if words.isspace():
            if pieces:
                pieces.append(words if self._place.areas & Area.CODE else " ")
            return
        if pieces and words[0].isalnum():
            self._part(words[0])
        pieces.append(words)
        if self._in_link:
            self._linked += len(words.strip())
        if self._captures:
            for capture in self._captures:
                if capture.room > 0:
                    capture.parts.append(words[: capture.room])
                    capture.room -= len(words)

    def close(self) -> "Renderer":
        self._flush()
        return self

    # elements

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> _Capture | None:
        place = self._place
        cell = tag in {"td", "th"}
        if cell and self._pieces and sum(map(len, self._pieces)) < _WIDEST_CELL:
            self._pieces.append(("cell",))
        else:
            if self._pieces:
                self._flush()
            self._after_break = False
            if tag in _MARGINS:
                self._gap = True
        self._cells += cell
        hints = areas = 0
        capture = None
        if attributes:
            names, areas = _read_attributes(attributes)
            hints = hints_of(names) if names else 0
            if hints & _CAPTURED:
                capture = self._capture(tag, attributes, hints)
        areas |= place.areas | _AREAS.get(tag, 0)
        container = place.container
        if tag in _BOXES:
            self.parents.append(container)
            container = len(self.parents) - 1
        if tag in _COUNTED:
            self._place = self._inside(tag, container, areas, hints, attributes)
        else:
            inherited = place.around | hints
            self._place = Place(
                tag,
                container,
                areas,
                hints,
                place.own,
                inherited,
                place.lists,
                place.quotes,
                place.ordered,
                place.item,
                place.ordinal,
                place.table,
            )
        return capture

    def _inside(
        self, tag: str, container: int, areas: int, hints: int, attributes: Mapping[str, str]
    ) -> Place:
        place = self._place
        lists, item, ordinal, ordered, table = (
            place.lists, place.item, place.ordinal, place.ordered, place.table,
        )  # fmt: skip
        if tag in {"ul", "ol", "menu"}:
            lists += 1
            ordered = tag == "ol"
            self._counters.append(_number(attributes.get("start")) - 1)
        elif tag == "li":
            self._items += 1
            item = self._items
            if self._counters:
                self._counters[-1] += 1
                ordinal = self._counters[-1]
        elif tag in {"tr", "pre"}:
            self._items += 1
            item = self._items
        elif tag == "table":
            self._tables += 1
            table = self._tables
        return Place(
            tag, container, areas, hints, place.own, place.around | hints, lists,
            place.quotes + (tag == "blockquote"), ordered, item, ordinal, table,
        )  # fmt: skip

    def _close_block(self, tag: str) -> None:
        if self._pieces and tag not in {"td", "th"}:
            self._flush()
        self._after_break = False
        if tag in _MARGINS:
            self._gap = True
        if tag in {"ul", "ol", "menu"} and self._counters:
            self._counters.pop()

    def _open_other(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            self._meta(attributes)
        elif tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang") or self.language
        elif tag == "link":
            if "canonical" in attributes.get("rel", "").lower().split() and not self.address:
                self.address = attributes.get("href", "").strip()[:_LONGEST_ADDRESS]
        elif tag == "hr":
            self._flush()
            self._gap = True
        elif tag != "head":
            self._skipping = 1
            if tag == "title" or (
                tag == "script" and "ld+json" in attributes.get("type", "").lower()
            ):
                self._kept, self._kept_as = [], tag

    def _close_kept(self) -> None:
        if self._kept is not None:
            words = "".join(self._kept)[:_LONGEST_DATA]
            if words.strip():
                (self.titles if self._kept_as == "title" else self.json_ld).append(words)
            self._kept = None

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        place = self._place
        if tag == "img":
            self._stack.append((place, "", None))
            self._picture(attributes)
            return
        hints = 0
        capture = None
        if attributes:
            names, areas = _read_attributes(attributes)
            if areas & Area.HIDDEN:
                self._stack.append((place, "", None))
                self._skipping = 1
                return
            if names:
                hints = hints_of(names)
                self._inner |= hints
        if tag == "a":
            address = attributes.get("href", "")[:_LONGEST_ADDRESS]
            self._in_link += 1
            self._links += 1
            self._link = self._link or address
            self._pieces.append(("a", address))
            if hints & (_BYLINE | _HEADLINE) or _AUTHOR_PATH.search(address):
                capture = self._capture(tag, attributes, hints)
        elif tag == "time" or hints & _CAPTURED:
            capture = self._capture(tag, attributes, hints)
        if tag not in {"a", "font", "u"} and tag in _PARTING:
            self._pieces.append(("part",))
        self._stack.append((place, _LINK if tag == "a" else "", capture))

    def _picture(self, attributes: Mapping[str, str]) -> None:
        words = " ".join(attributes.get("alt", "").split())[:600]
        if not words or words.lower() in {"image", "img", "icon"}:
            return
        if any(isinstance(piece, str) and not piece.isspace() for piece in self._pieces):
            if len(words) <= 2 and not words.isalnum():  # noqa: PLR2004 - an emoji
                self._pieces.append(words)
            return
        held, self._pieces = self._pieces, [words]
        place = self._place
        self._place = Place(
            "img",
            place.container,
            place.areas,
            hints_of(_read_attributes(attributes)[0]),
            place.own,
            place.around,
        )
        self._flush()
        self._place, self._pieces = place, held

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "").strip()
        if content and len(self.metas) < _MOST_METAS:
            for name in ("property", "name", "itemprop"):
                if key := attributes.get(name):
                    self.metas.append((key.lower().strip()[:80], content[:_LONGEST_META]))
        elif attributes.get("http-equiv", "").lower() == "content-language":
            self.language = self.language or content

    # words

    def _part(self, first: str) -> None:
        """Set a space where two elements meet whose words would run into each other: "By" "Ann Lee"."""
        last = self._pieces[-1]
        if isinstance(last, str) or last[0] in {"em", "/em", "strong", "/strong", "cell"}:
            return
        place = len(self._pieces) - 1
        while place >= 0 and not isinstance(self._pieces[place], str):
            place -= 1
        if place < 0:
            return
        before = str(self._pieces[place])[-1]
        if not before.isalnum() or (before.isdigit() and first.isdigit()):
            return
        if (
            (self._place.tag not in _RUNNING and last[0] in {"a", "/a", "part"})
            or (before.islower() and first.isupper() and last[0] in {"a", "/a", "part"})
            or (before.isdigit() != first.isdigit() and last[0] == "part")
        ):
            self._pieces.append(" ")

    def _break(self) -> None:
        if self._place.areas & Area.CODE:
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
        if self._place.areas & Area.CODE and any("\n" in piece for piece in pieces):
            self._flush_code()
        else:
            words = "".join(
                [piece if type(piece) is str else _SHOWN.get(piece[0], "") for piece in pieces]
            )
            text = " ".join(words.split())
            if text and text.strip("| "):
                self._line(text, tuple(pieces))
        self._pieces = []
        self._linked = self._links = self._inner = self._cells = 0
        self._link = ""
        self._after_break = False
        for capture in self._captures:
            capture.parts.append("\n")

    def _flush_code(self) -> None:
        words = "".join(piece for piece in self._pieces if isinstance(piece, str))
        for line in words.expandtabs(4).splitlines():
            if line.strip():
                self._line(" ".join(line.split()), (line.rstrip(),))

    def _line(self, text: str, pieces: tuple[Piece, ...]) -> None:
        if len(self.lines) >= MOST_JUDGED or len(self.shown) >= 2 * MOST_LINES:
            raise TooManyLinesError(MOST_JUDGED)
        if not text.isascii():
            text = clean(text)
            if not text.strip("| "):
                return
        place = self._place
        first = place.item != self._last_item
        self._last_item = place.item
        heading = _HEADINGS.get(place.tag, 0)
        gap = self._gap or heading > 0
        linked = min(1.0, self._linked / len(text))
        if gap and self.shown:
            self.shown.append("")
        line = Markup(
            text,
            place,
            heading,
            self._inner,
            linked,
            self._links,
            self._link,
            gap,
            self._after_break,
            first,
            self._cells,
            pieces,
            len(self.shown) + 1,
        )
        self.shown.append(line.rendered)
        self._gap = False
        if linked < _ALL_LINKED or len(text) > _WIDEST_ITEM or not self._is_menu(place):
            self.lines.append(line)

    def _is_menu(self, place: Place) -> bool:
        """Whether links stand here for the whole site: nobody need judge them one by one."""
        if self._captures or place.tag in _HEADINGS:
            return False
        if place.areas & (Area.NAV | Area.FOOTER):
            return True
        return bool(place.around & _MENU) and not place.areas & (Area.ARTICLE | Area.MAIN)

    # witnesses

    def _capture(self, tag: str, attributes: Mapping[str, str], hints: int) -> _Capture | None:
        property_ = attributes.get("itemprop", "").lower()
        rel = attributes.get("rel", "").lower()
        machine = property_ in _MACHINE or "author" in rel.split()
        value = (
            attributes.get("datetime") or attributes.get("content") or attributes.get("href") or ""
        )
        if tag == "time" or "datetime" in attributes or property_.startswith("date"):
            kind = "time"
        elif hints & _BYLINE or tag == "a" or machine:
            kind = "author" if property_ != "headline" else "headline"
        else:
            kind = "headline" if hints & _HEADLINE else "time"
        if (
            len(self.marked) + len(self._captures) >= _MOST_MARKED
            or len(self._captures) >= _MOST_OPEN
        ):
            return None
        capture = _Capture(kind, value[:_LONGEST_ADDRESS], len(self.lines), hints, machine=machine)
        self._captures.append(capture)
        return capture

    def _close_capture(self, capture: _Capture) -> None:
        self._captures.remove(capture)
        text = "\n".join(
            line
            for piece in "".join(capture.parts).split("\n")
            if (line := " ".join(piece.split()))
        )
        if (text and capture.room > 0) or capture.kind == "time":
            areas = self._place.areas
            self.marked.append(
                Marked(
                    capture.kind,
                    text,
                    capture.value,
                    capture.line,
                    capture.place_hints,
                    areas,
                    capture.machine,
                )
            )


_SHOWN = {"cell": " | "}


def _read_attributes(attributes: Mapping[str, str]) -> tuple[str, int]:
    """All names of an element in one string, and the areas that its attributes open."""
    names = ""
    areas = 0
    for key, value in attributes.items():
        if key == "class":
            names = f"{value} {names}"
        elif key in _NAMING:
            names = f"{names} {value[:80]}"
        elif key == "role":
            areas |= _ROLES.get(value, 0)
        elif key == "hidden" or (key == "style" and _UNSEEN.search(value, 0, 300)):
            areas |= Area.HIDDEN
    return names[:300], areas


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 6 else 1  # noqa: PLR2004
