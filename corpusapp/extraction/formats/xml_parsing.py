"""XML of strangers, parsed by expat: nothing is fetched, nothing grows.

Entities may not be declared at all (a few lines of them grow to thousands of millions, and an
external one opens a file); those of HTML, which feeds use without declaring them, mean what they
mean there. Bytes that fit no encoding, and controls, which XML forbids and exports hold all the
same, are read as "?" and as spaces, byte for byte, so that places in the parsed stream are places in
the file.
"""

import codecs
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from corpusapp.extraction.errors import UnreadableError
from corpusapp.extraction.formats.plain_text import Decoded, decode

_DEEPEST = 200
_MOST_NODES = 100_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._:-]{2,40})")
_KNOWN = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp9\d\d|gb18030|gbk|gb2312|big5\w*|shift_jis\w*|euc_\w+|koi8-\w"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "utf-8", "iso8859-1": "cp1252"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\udc80-\udcff]")
_GUESSED = b"<!-- encoding guessed -->"  # left in what is kept of a file that does not declare it
_PROBE = 65536
_KEPT = frozenset(("href", "alt", "start"))  # attributes


def codec_of(first: bytes) -> tuple[str, bool]:
    """The encoding of a file that begins with `first`, and whether it is only guessed."""
    is_guessed = _GUESSED in first[:200]
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    if first.startswith(codecs.BOM_UTF8):
        return "utf-8", False
    if declared := _DECLARED.search(first, 0, 1024):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            name = ""
        if _KNOWN.fullmatch(name):
            return _WIDER.get(name, name), is_guessed
    return "utf-8", False


def _codec_of_file(first: bytes) -> tuple[str, bool]:
    """The same, and a guess where nothing is declared and it is not what it should be then: UTF-8."""
    codec, _guessed = codec_of(first)
    if codec == "utf-8" and not _DECLARED.search(first, 0, 1024):
        try:
            codecs.getincrementaldecoder("utf-8")().decode(first[:_PROBE])
        except UnicodeDecodeError:
            found = decode(first[:_PROBE].rsplit(b"\n", 1)[0])
            return found.encoding, found.guessed
    return codec, False


def decoded(raw: bytes) -> Decoded:
    """The text of a whole XML file; broken characters show as U+FFFD, and it is said so."""
    codec, guessed = codec_of(raw)
    text = raw.decode(codec, "replace").removeprefix("\ufeff")
    return Decoded(text, codec, guessed, mixed="\ufffd" in text)


class Feeder:
    """Bytes of a file in pieces, as UTF-8 that expat can take; `held` is exactly what the file has."""

    def __init__(self, first: bytes) -> None:
        self.codec, self._is_guessed = _codec_of_file(first)
        errors = "surrogateescape" if self.codec == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(self.codec)(errors)

    def take(self, piece: bytes, *, final: bool) -> tuple[bytes, bytes]:
        """(the piece in UTF-8, the same for the parser): of the same length."""
        text = self._decoder.decode(piece, final=final)
        held = text.encode("utf-8", "surrogateescape")
        if not _FORBIDDEN.search(text):
            return held, held
        return held, _FORBIDDEN.sub(_harmless, text).encode("utf-8")

    def as_in_file(self, held: bytes) -> bytes:
        """A part of what was held in the encoding of the file again, which it names."""
        if self.codec == "utf-8":
            return held
        guessed = _GUESSED.decode() if self._is_guessed else ""
        head = f'<?xml version="1.0" encoding="{self.codec}"?>{guessed}\n'
        text = held.decode("utf-8", "replace")
        return (head + text).encode(self.codec, "replace")


def _harmless(match: re.Match[str]) -> str:
    character = match[0]
    if character < " ":
        return " "
    return "?" if character >= "\udc80" and character <= "\udcff" else "???"


@dataclass(slots=True)
class Node:
    """An element; `name` is "namespace local", or "local" alone."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list["str | Node"] = field(default_factory=list)

    @property
    def local(self) -> str:
        return self.name.rpartition(" ")[2]

    @property
    def space(self) -> str:
        return self.name.rpartition(" ")[0]

    @property
    def text(self) -> str:
        """Its own words, without those of its children."""
        return "".join(piece for piece in self.content if isinstance(piece, str))

    @property
    def children(self) -> list["Node"]:
        return [piece for piece in self.content if isinstance(piece, Node)]

    def all(self, local: str, space: str | None = None) -> list["Node"]:
        """Children of this name; with `space`, whose namespace begins with that."""
        return [
            node
            for node in self.children
            if node.local == local and (space is None or node.space.startswith(space))
        ]

    def first(self, local: str, space: str | None = None) -> str:
        """The words of the first child of this name that has any, without white space around."""
        return next((text for node in self.all(local, space) if (text := node.text.strip())), "")

    @property
    def markup(self) -> str:
        """What is in it as HTML: for elements that hold XHTML itself."""
        return "".join(
            html.escape(piece) if isinstance(piece, str) else _tagged(piece)
            for piece in self.content
        )


def _tagged(node: Node) -> str:
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in node.attributes.items()
        if name in _KEPT
    )
    return f"<{node.local}{attributes}>{node.markup}</{node.local}>"


def parser_with(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> Any:
    """An expat parser that calls these, for UTF-8. UnreadableError for declared entities and depth."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    depth = 0

    def deeper(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            reason = f"It nests more than {_DEEPEST} elements in each other."
            raise UnreadableError(reason)
        start(name, attributes)

    def shallower(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def refused(*_declaration: Any) -> None:
        reason = "It declares entities, which are not accepted."
        raise UnreadableError(reason)

    def of_html(name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's call
        if not is_parameter:
            data(html.unescape(f"&{name};"))

    def nothing(context: str | None, *_reference: str | None) -> int:
        """What any DTD or entity outside the file holds, as far as we are concerned."""
        parser.ExternalEntityParserCreate(context).Parse(b"", True)  # noqa: FBT003
        return 1

    parser.StartElementHandler = deeper
    parser.EndElementHandler = shallower
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = refused
    parser.SkippedEntityHandler = of_html
    # entities nobody declared are skipped, and told, only where a DTD could be that is not read
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.UseForeignDTD(True)  # noqa: FBT003 - expat's signature
    parser.ExternalEntityRefHandler = nothing
    return parser


def broken(error: expat.ExpatError) -> UnreadableError:
    what = expat.errors.messages.get(error.code, "not well-formed")
    return UnreadableError(f"It is no well-formed XML: {what} in line {error.lineno}.")


def tree(raw: bytes) -> tuple[Node, Decoded]:
    """The elements of a small file. Raises UnreadableError."""
    read = decoded(raw)
    root = Node("")
    stack = [root]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_NODES:
            reason = f"It has more than {_MOST_NODES:,} elements."
            raise UnreadableError(reason)
        node = Node(name, attributes)
        stack[-1].content.append(node)
        stack.append(node)

    def end(_name: str) -> None:
        stack.pop()

    def data(words: str) -> None:
        stack[-1].content.append(words)

    parser = parser_with(start, end, data)
    try:
        parser.Parse(_FORBIDDEN.sub(" ", read.text).encode("utf-8", "replace"), True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise broken(error) from error
    if not root.children:
        reason = "It holds no element."
        raise UnreadableError(reason)
    return root.children[0], read
