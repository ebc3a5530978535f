"""What word processors put on a clipboard, retold as the HTML that it stands for.

Word and its kin write the items of a list as paragraphs that name a level and hold their own number,
Google Docs writes strong words as a span with a weight, and notes are links to the end of the text
and back. Here lists become lists, weights become marks, and the links of notes become the marks
`("note", key, as shown, address)` in the text and `("noted", key, as shown, address)` in the note
itself. A link is such a mark only if its words look like one: an address tells nothing of itself, for
any page may have a note of that name. It stands between the parser and the renderer, so nothing of it
makes a tree either.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from corpusapp.extraction.formats.html.elements import BLOCK, HEADINGS, KINDS
from corpusapp.extraction.formats.html.rendering import Renderer

_READ = 2_000  # characters of a style
# style='mso-list:l0 level2 lfo1': the list of the document, how deep, and which run of it
_ITEM = re.compile(
    r"mso-list:\s{0,9}(l\d{1,6})\s{1,9}level(\d{1,2})\s{1,9}(lfo\d{1,6})", re.IGNORECASE
)
_OWN_NUMBER = re.compile(r"mso-list:\s{0,9}ignore", re.IGNORECASE)
_CONTINUED = re.compile(r"MsoList(?:Paragraph|Continue)")
_COUNTS = re.compile(r"\d|[^\W\d_][.)）．、:]|^第|[一二三四五六七八九十①-⓿]")
_NUMBER = re.compile(r"\d{1,5}")
_WEIGHT = re.compile(
    r"(?:^|[;\s\"'])font-weight\s{0,9}:\s{0,9}([a-z]{1,12}|\d{1,4})", re.IGNORECASE
)
_SLANT = re.compile(r"(?:^|[;\s\"'])font-style\s{0,9}:\s{0,9}([a-z]{1,12})", re.IGNORECASE)
_BOLD_FROM = 600
_STRONG, _SLANTED = frozenset(("b", "strong")), frozenset(("i", "em"))
_INLINE = _STRONG | _SLANTED | {"span", "font", "u"}
_OF_WORD = re.compile(r"Mso|SpellE|GramE")
# Where the mark of a note leads, and where the note leads back to: Word's notes and endnotes,
# LibreOffice's, those of Google Docs, and those of pages made from Markdown, as ours are.
_TO_NOTE = re.compile(
    r"#(?:_(ftn|edn)(\d{1,6})|sd(footnote|endnote)(\d{1,6})sym|(ftnt|fn)[-:]?(\d{1,6}))$"
)
_TO_MARK = re.compile(
    r"#(?:_(ftn|edn)ref(\d{1,6})|sd(footnote|endnote)(\d{1,6})anc|(ftnt|fn)_?ref[-:]?(\d{1,6}))$"
)
# What such a note is named itself
_NOTE = re.compile(r"_?(ftn|edn)(\d{1,6})|sd(footnote|endnote)(\d{1,6})|(ftnt|fn)[-:]?(\d{1,6})")
_LONGEST_NAME = 40  # characters at the end of an address
_LONGEST_MARK = 12  # characters
_ARROW = "[↩↑⤴↵↰⇧⇑▲^←⬆⏎][\ufe0e\ufe0f]?"
_LOOKS_LIKE_A_MARK = re.compile(
    r"[\[(（【〔［〈]?\s?(?:"
    r"[\d⁰¹²³⁴-⁹₀-₉]{1,5}|[①-⓿]|[〇零一二三四五六七八九十百]{1,5}"
    r"|[^\W\d_]|[ivxlcdm]{1,8}|[IVXLCDM]{1,8}"
    rf"|[*†‡§¶#‖※∗⁎]{{1,5}}|{_ARROW}\s?(?:\d{{1,3}})?"
    r")[.:、．]?\s?[\])）】〕］〉]?[.:、．]?"
)
Start = tuple[str, Mapping[str, str]]


@dataclass(slots=True)
class _List:
    level: int
    which: tuple[str, str]
    ordered: bool


@dataclass(slots=True)
class Block:
    """An item of a list, or an element that is named as a note is, and the lines that it has.

    They are those whose `number` is greater than `above` and no greater than `last`.
    """

    name: str  # of the note; "" for an item that has no such name
    above: int = 0
    last: int = 0


@dataclass(slots=True)
class _Link:
    """One that leads to a note or back from it, until its words tell whether it is a mark."""

    kind: str
    key: str
    attributes: Mapping[str, str]
    parts: list[Callable[[], None]] = field(default_factory=list)  # all that stands in it


class Clipboard:
    """The parser's target. Raises what the renderer that it tells raises."""

    def __init__(self, renderer: Renderer) -> None:
        self._to = renderer
        self._opened: list[tuple[str, ...]] = []  # for each element, what was begun for it
        self._heading = 0  # how deep the heading stands that is open; 0 is none
        self._lists: list[_List] = []
        self._lists_in = 0  # how deep the paragraphs stand that are items
        self._item: tuple[int, tuple[str, str]] | None = None  # begun, its number not yet read
        self._held: list[Callable[[], None]] = []  # what came before its number
        self._dropping = 0
        self._dropped: list[str] = []
        self._then: Callable[[str], None] = self._open_item
        self._link: _Link | None = None  # that may be the mark of a note
        self._is_told = False  # what stands in a link that is no mark: none in it is held again
        self._own: dict[int, Block] = {}  # by how deep each stands
        self.blocks: list[Block] = []  # that may be a note each; the inner before the outer

    # what the parser calls

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dropping:
            self._dropping += 1
            if self._link:
                self._link.parts.append(partial(self.start, tag, attributes))
            return
        style = attributes.get("style", "")[:_READ]
        if self._item and _OWN_NUMBER.search(style):
            self._drop(self._open_item)
        elif tag == "a" and not self._is_told and (note := _note(attributes)):
            self._link = _Link(*note, attributes)
            self._drop(self._mark)
        else:
            found = _ITEM.search(style) if tag == "p" else None
            if KINDS.get(tag) == BLOCK and len(self._opened) == self._lists_in and not found:
                self._leave_lists(attributes)
            if found:
                self._begin_item(int(found[2]), (found[1], found[3]))
            else:
                self._begin(tag, attributes, style)

    def end(self, tag: str) -> None:
        if self._dropping:
            self._dropping -= 1
            if not self._dropping:
                self._then(" ".join("".join(self._dropped).split()))
            elif self._link:
                self._link.parts.append(partial(self.end, tag))
            return
        if self._item and len(self._opened) == self._lists_in + 1:
            self._open_item("")
        elif self._lists and len(self._opened) == self._lists_in:
            self._close_lists()
        if self._heading == len(self._opened):
            self._heading = 0
        if self._opened:
            for name in reversed(self._opened.pop()):
                self._tell(partial(self._to.end, name))
            if own := self._own.pop(len(self._opened), None):
                self._tell(partial(self._end_own, own))

    def data(self, words: str) -> None:
        if self._dropping:
            self._dropped.append(words)
            if self._link:
                self._link.parts.append(partial(self.data, words))
            return
        if self._item and not words.isspace():
            self._open_item("")
        self._tell(partial(self._to.data, words))

    def close(self) -> Renderer:
        if self._link:
            self._mark(" ".join("".join(self._dropped).split()))
        self._close_lists()
        return self._to.close()

    # elements

    def _begin(self, tag: str, attributes: Mapping[str, str], style: str) -> None:
        starts = self._marks(tag, attributes, style) if tag in _INLINE else [(tag, attributes)]
        self._opened.append(tuple(name for name, _ in starts))
        if tag in HEADINGS and not self._heading:
            self._heading = len(self._opened)
        for name, its in starts:
            self._tell(partial(self._to.start, name, its))
        note = _NOTE.fullmatch(attributes.get("id", "")[:_LONGEST_NAME])
        if tag == "li" or (note and KINDS.get(tag) == BLOCK):
            self._own[len(self._opened) - 1] = own = Block(
                "".join(filter(None, note.groups())) if note else ""
            )
            self._tell(partial(self._begin_own, own))

    def _begin_own(self, own: Block) -> None:
        own.above = len(self._to.shown)

    def _end_own(self, own: Block) -> None:
        own.last = len(self._to.shown)
        self.blocks.append(own)

    def _marks(self, tag: str, attributes: Mapping[str, str], style: str) -> list[Start]:
        """What words in such a style are: a heading is strong anyhow, and runs of words do not part."""
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        is_strong = _is_bold(weight[1].lower()) if weight else tag in _STRONG
        is_slanted = slant[1].lower() in {"italic", "oblique"} if slant else tag in _SLANTED
        starts: list[Start] = []
        if is_strong and not self._heading:
            starts.append(("strong", {}))
        if is_slanted:
            starts.append(("em", {}))
        names = attributes.get("class", "")
        parts = tag == "span" and names and not _OF_WORD.match(names)
        starts.append(("span" if parts else "font", attributes))
        return starts

    def _drop(self, then: Callable[[str], None]) -> None:
        """Show nothing of the element that begins; its words are for `then`, at its end."""
        self._dropping = 1
        self._dropped = []
        self._then = then

    def _mark(self, shown: str) -> None:
        """End the link: the mark of a note where it looks like one, else a link like any other."""
        link, self._link = self._link, None
        if link is None:
            return
        if not shown or (len(shown) <= _LONGEST_MARK and _LOOKS_LIKE_A_MARK.fullmatch(shown)):
            if self._item:
                self._open_item("")
            self._to.mark(link.kind, link.key, shown, link.attributes.get("href", ""))
            return
        self._is_told = True
        self.start("a", link.attributes)
        for part in link.parts:
            part()
        self.end("a")
        self._is_told = False

    def _tell(self, call: Callable[[], None]) -> None:
        if self._item:
            self._held.append(call)
        else:
            call()

    # lists of paragraphs

    def _begin_item(self, level: int, which: tuple[str, str]) -> None:
        if self._lists and len(self._opened) != self._lists_in:
            self._close_lists()
        self._lists_in = len(self._opened)
        self._opened.append(())
        self._item = level, which

    def _open_item(self, number: str) -> None:
        """Begin the item in a list as deep as it says, of the kind that its own number tells."""
        if self._item is None:
            return
        level, which = self._item
        self._item = None
        ordered = bool(_COUNTS.search(number))
        while self._lists and self._lists[-1].level > level:
            self._close_list()
        if self._lists and self._lists[-1].level == level:
            last = self._lists[-1]
            if (last.which, last.ordered) == (which, ordered):
                self._to.end("li")
            else:
                self._close_list()
        if not self._lists or self._lists[-1].level < level:
            counted = _NUMBER.findall(number)
            self._to.start(
                "ol" if ordered else "ul", {"start": counted[-1]} if ordered and counted else {}
            )
            self._lists.append(_List(level, which, ordered))
        self._to.start("li", {})
        held, self._held = self._held, []
        for call in held:
            call()

    def _leave_lists(self, attributes: Mapping[str, str]) -> None:
        """A block that is no item ends the lists, but for a further paragraph of one."""
        if self._lists and not _CONTINUED.match(attributes.get("class", "")):
            self._close_lists()

    def _close_lists(self) -> None:
        while self._lists:
            self._close_list()

    def _close_list(self) -> None:
        self._to.end("li")
        self._to.end("ol" if self._lists.pop().ordered else "ul")


def _is_bold(weight: str) -> bool:
    return int(weight) >= _BOLD_FROM if weight.isdecimal() else weight in {"bold", "bolder"}


def _note(attributes: Mapping[str, str]) -> tuple[str, str] | None:
    """Which end of which note a link leads to, of which page; None for any other link."""
    address = attributes.get("href", "")
    for kind, pattern in (("note", _TO_NOTE), ("noted", _TO_MARK)):
        if match := pattern.search(address[-_LONGEST_NAME:]):
            name, number = filter(None, match.groups())
            return kind, f"{name}{number} {address.rpartition('#')[0]}"
    return None
