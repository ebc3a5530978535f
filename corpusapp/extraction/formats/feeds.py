"""RSS, Atom and WordPress exports: files of items, cut into items while they are read.

The parser tells where an item begins and ends, and its bytes are taken from the file as they are.
Nothing else is held but the head of the file and who signs in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from corpusapp.extraction.errors import EmptyError, UnreadableError
from corpusapp.extraction.formats import blogger
from corpusapp.extraction.formats.contract import Record
from corpusapp.extraction.formats.feed_items import DUBLIN_CORE, FEED_ITEM
from corpusapp.extraction.formats.wordpress import EXPORT, no_document
from corpusapp.extraction.formats.xml_parsing import Feeder, broken, parser_with

_PIECE = 1 << 16
_ROOTS = frozenset(("rss", "feed", "RDF"))
_ITEMS = frozenset(("item", "entry"))
_HEAD = frozenset(("title", "link", "language"))
_LARGEST_HEAD = 64 * 1024  # bytes, of one element
_MOST_AUTHORS = 20_000
_TAG = re.compile(
    rb"<[^<>\"']{1,4000}(?:(?:\"[^\"<]{0,4000}\"|'[^'<]{0,4000}')[^<>\"']{0,4000}){0,200}>"
)
_TAG_NAME = re.compile(rb"<([^\s<>/]{1,200})")
_TOLD = 300  # characters of a field that decides about an item


@dataclass(frozen=True, slots=True)
class Feeds:
    endings: tuple[str, ...] = (".xml", ".rss", ".atom")

    def records(self, file: BinaryIO, max_bytes: int) -> Iterator[Record]:
        """An item each, counted from 1 among all items, as they come in the file."""
        first = file.read(_PIECE)
        if not first.strip():
            raise EmptyError
        splitter = _Splitter(Feeder(first), max_bytes)
        piece = first
        while piece:
            following = file.read(_PIECE)
            yield from splitter.feed(piece, final=not following)
            piece = following


FEEDS = Feeds()


@dataclass(slots=True)
class _Head:
    """What of the file above its items is kept with each of them."""

    root: bytes = b""
    channel: bytes = b""
    parts: dict[str, bytes] = field(default_factory=dict)
    authors: dict[str, bytes] = field(default_factory=dict)  # by login

    def around(self, item: bytes, author: str, *, item_in_channel: bool) -> bytes:
        above = b"\n".join((*self.parts.values(), *filter(None, [self.authors.get(author)])))
        root_end, channel_end = _closing(self.root), _closing(self.channel)
        parts: tuple[bytes, ...]
        if not self.channel:
            parts = (self.root, above, item, root_end)
        elif item_in_channel:
            parts = (self.root, self.channel, above, item, channel_end, root_end)
        else:
            parts = (self.root, self.channel, above, channel_end, item, root_end)
        return b"\n".join(part for part in parts if part) + b"\n"


def _closing(tag: bytes) -> bytes:
    name = _TAG_NAME.match(tag)
    return b"</" + name[1] + b">" if name else b""


class _Splitter:
    def __init__(self, feeder: Feeder, max_bytes: int) -> None:
        self._feeder = feeder
        self._max_bytes = max_bytes
        self._parser = parser_with(self._start, self._end, self._data)
        self._held = b""  # what of the file is still needed
        self._base = 0  # place of its first byte in the file
        self._stack: list[tuple[str, int]] = []  # (local name, place)
        self._head = _Head()
        self._count = 0
        self._item_at: int | None = None
        self._item_depth = 0
        self._is_too_large = False
        self._line = 0
        self._told: dict[str, str] = {}  # of the item: what decides about it
        self._telling = ""
        self._ready: list[Record] = []

    def feed(self, piece: bytes, *, final: bool) -> Iterator[Record]:
        """The items that end within this piece. Raises UnreadableError where the file is broken."""
        held, safe = self._feeder.take(piece, final=final)
        self._held += held
        failure: UnreadableError | None = None
        try:
            self._parser.Parse(safe, final)
        except expat.ExpatError as error:
            failure = broken(error)
        except UnreadableError as error:
            failure = error
        ready, self._ready = self._ready, []
        yield from ready
        if failure:
            raise failure
        self._let_go()

    def _let_go(self) -> None:
        """Forget what nothing begins in any more."""
        starts = [place for _name, place in self._stack[1:]]
        needed = min(starts, default=self._parser.CurrentByteIndex)
        if self._item_at is not None:
            needed = self._item_at
            if self._base + len(self._held) - needed > self._max_bytes:
                self._is_too_large = True
        elif len(self._stack) > 1 and self._stack[1][0] == "channel":
            needed = min(starts[1:], default=self._parser.CurrentByteIndex)
        if self._is_too_large or self._base + len(self._held) - needed > self._max_bytes:
            needed = self._parser.CurrentByteIndex
        if self._base + len(self._held) - self._parser.CurrentByteIndex > self._max_bytes:
            reason = f"It has a tag of more than {self._max_bytes // (1024 * 1024)} MB."
            raise UnreadableError(reason)
        cut = max(0, needed - self._base)
        self._held = self._held[cut:]
        self._base += cut

    def _slice(self, start: int, end: int) -> bytes:
        return self._held[start - self._base : end - self._base] if start >= self._base else b""

    def _tag_at(self, place: int) -> bytes:
        match = _TAG.match(self._held, max(0, place - self._base))
        return match[0] if match else b""

    # what the parser calls

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        place = self._parser.CurrentByteIndex
        if not self._stack and local not in _ROOTS:
            reason = (
                f"Its outermost element is <{local[:60]}>: it is no feed (rss, RDF, feed) "
                "and no WordPress export."
            )
            raise UnreadableError(reason)
        self._stack.append((local, place))
        if len(self._stack) == 1:
            self._head.root = self._tag_at(place)
        elif local == "channel" and len(self._stack) == 2:  # noqa: PLR2004
            self._head.channel = self._tag_at(place)
        elif self._item_at is None and local in _ITEMS:
            self._item_at, self._item_depth = place, len(self._stack)
            self._line = self._parser.CurrentLineNumber
            self._told = {}
        elif self._item_at is not None and len(self._stack) == self._item_depth + 1:
            self._telling = _telling(name)
            if local == "category" and blogger.is_kind(attributes):
                self._told["kind"] = blogger.kind_of(attributes)
        elif local == "author_login":
            self._telling = "login"
            self._told = {}

    def _data(self, text: str) -> None:
        if self._telling:
            self._told[self._telling] = (self._told.get(self._telling, "") + text)[:_TOLD]

    def _end(self, _name: str) -> None:
        local, place = self._stack.pop()
        self._telling = ""
        depth = len(self._stack) + 1
        if self._item_at is not None:
            if depth == self._item_depth:
                self._end_item(place)
            return
        in_head = depth == 3 or (depth == 2 and not self._head.channel)  # noqa: PLR2004 - under <channel>, or under <feed>
        if in_head and local in _HEAD | {"author"}:
            self._keep(local, self._slice(place, self._after_end()))

    def _after_end(self) -> int:
        """The place behind the end tag that the parser is telling; <empty/> has none."""
        place: int = self._parser.CurrentByteIndex - self._base
        if self._held[place : place + 2] != b"</":
            return self._base + place
        closing = self._held.find(b">", place)
        return self._base + closing + 1

    def _keep(self, local: str, part: bytes) -> None:
        if len(part) > _LARGEST_HEAD:
            return
        login = self._told.get("login", "")
        if local == "author" and login:
            if len(self._head.authors) < _MOST_AUTHORS:
                self._head.authors[login.strip()] = part
            self._told = {}
        else:
            self._head.parts.setdefault(local, part)

    def _end_item(self, place: int) -> None:
        self._count += 1
        suffix = f"#{self._count}"
        told, in_channel = self._told, len(self._stack) > 1
        item = self._slice(place, self._after_end())
        if self._is_too_large or not item or len(item) > self._max_bytes:
            megabytes = self._max_bytes // (1024 * 1024)
            reason = f"The item in line {self._line} is larger than {megabytes} MB."
            self._ready.append(Record(suffix, FEED_ITEM, refusal=reason))
        elif passed := _no_document(told):
            self._ready.append(Record(suffix, FEED_ITEM, passed=passed))
        else:
            author = told.get("creator", "").strip()
            whole = self._head.around(item, author, item_in_channel=in_channel)
            self._ready.append(
                Record(
                    suffix,
                    FEED_ITEM,
                    self._feeder.as_in_file(whole),
                    place=f"Line {self._line}",
                )
            )
        self._item_at, self._is_too_large, self._told = None, False, {}


def _no_document(told: dict[str, str]) -> str:
    return no_document(told.get("type", ""), told.get("status", "")) or blogger.no_document(
        told.get("kind", ""), told.get("blogger status", "")
    )


def _telling(name: str) -> str:
    """What an element of an item decides; "" for most."""
    space, _, local = name.rpartition(" ")
    if space.startswith(EXPORT):
        return {"post_type": "type", "status": "status"}.get(local, "")
    if space.startswith(blogger.BLOGGER):
        return {"type": "kind", "status": "blogger status"}.get(local, "")
    return "creator" if local == "creator" and space.startswith(DUBLIN_CORE) else ""
