"""The chosen lines of a saved page as Markdown: what was a list, a quotation or a table stays one.

All words are escaped; of the page's own marks only emphasis and code are kept, and links where they
are asked for and lead to an address of the web.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpusapp.extraction.markup import Area, Markup, Piece
from corpusapp.text.markdown import escape

_SIGNS = {"strong": "**", "em": "*"}
_PLAIN = frozenset(("a", "/a", "part", "cell"))  # do not show in Markdown, but for links
_DEEPEST_HEADING, _DEEPEST_QUOTE = 6, 5
_MOST_CELLS = 20
_SAFE = ("https://", "http://")
_UNSAFE_IN_ADDRESS = str.maketrans(
    {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}
)
_ANCHORS = "¶#§ "  # what links to a heading itself shows
_NOTE = frozenset(("note",))  # the label of a footnote, in Markdown already
Run = tuple[str, frozenset[str], str]
"""Words, the marks over them, and the address they lead to ("" for none)."""


def markdown(lines: Sequence[Markup], *, links: bool = False, numbers: bool = False) -> str:
    """The body that these lines make, blocks parted by blank lines.

    Items of numbered lists keep their `numbers` where that is asked for; else all have bullets.
    """
    items = _Items(links=links, numbers=numbers)
    levels = [line.heading for line in lines if line.heading]
    shift = 2 - min(levels) if levels else 0
    blocks: list[str] = []
    kind_above = ""
    for (kind, _key), group in groupby(lines, _kind):
        members = list(group)
        for block in _blocks(kind, members, shift, items, links=links):
            together = kind == "item" == kind_above and blocks
            same = (
                kind == "text"
                and members[0].goes_on
                and kind_above == "text"
                and not members[0].gap
            )
            if together and numbers and members[0].gap and not members[0].first:
                blocks[-1] += f"\n\n{block}"  # a further paragraph of the item
            elif together or same:
                blocks[-1] += f"\n{block}"
            else:
                blocks.append(block)
            kind_above = kind
    return "\n\n".join(blocks)


def _kind(line: Markup) -> tuple[str, int]:
    """What block a line belongs to, and which one."""
    if line.place.areas & Area.CODE:
        return "code", line.place.item
    if line.heading:
        return "heading", id(line)
    if line.place.quotes:
        return "quote", line.place.container
    if line.place.lists and line.place.item:
        return "item", id(line)
    if line.cells > 1:
        return "table", line.place.table
    return "text", id(line)


class _Items:
    """Items of lists one after another: what stands under one begins where its words begin."""

    def __init__(self, *, links: bool, numbers: bool) -> None:
        self._links = links
        self._numbers = numbers
        self._widths: dict[int, int] = {}  # of the last sign at each depth

    def shown(self, line: Markup) -> str:
        place = line.place
        indent = " " * sum(self._widths.get(above, 2) for above in range(1, place.lists))
        words_ = words(line, links=self._links)
        if not line.first:
            return f"{indent}{' ' * self._widths.get(place.lists, 2)}{words_}"
        sign = f"{place.ordinal}. " if self._numbers and place.ordered else "- "
        self._widths[place.lists] = len(sign)
        return f"{indent}{sign}{words_}"


def _blocks(
    kind: str, lines: Sequence[Markup], shift: int, items: _Items, *, links: bool
) -> Iterator[str]:
    if kind == "code":
        yield _code(lines)
    elif kind == "heading":
        level = min(lines[0].heading + shift, _DEEPEST_HEADING)
        yield f"{'#' * level} {words(lines[0], links=links).rstrip(_ANCHORS)}"
    elif kind == "quote":
        sign = "> " * min(lines[0].place.quotes, _DEEPEST_QUOTE)
        shown = (words(line, links=links).replace("\n", f"\n{sign}") for line in lines)
        yield sign + f"\n{sign.rstrip()}\n{sign}".join(shown)
    elif kind == "item":
        yield items.shown(lines[0])
    elif (
        kind == "table"
        and len({line.cells for line in lines}) == 1
        and len(lines) > 1
        and lines[0].cells <= _MOST_CELLS
    ):
        yield _table(lines, links=links)
    else:
        for line in lines:
            yield words(line, links=links)


def _code(lines: Sequence[Markup]) -> str:
    shown = [
        piece if isinstance(piece := line.pieces[0], str) and len(line.pieces) == 1 else line.text
        for line in lines
    ]
    fence = "```"
    while any(fence in text for text in shown):
        fence += "`"
    return "\n".join((fence, *shown, fence))


def _table(lines: Sequence[Markup], *, links: bool) -> str:
    rows = [_cells(line, links=links) for line in lines]
    rule = "| " + " | ".join("---" for _ in range(lines[0].cells)) + " |"
    shown = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join((shown[0], rule, *shown[1:]))


def _cells(line: Markup, *, links: bool) -> list[str]:
    cells: list[list[Piece]] = [[]]
    for piece in line.pieces:
        if piece == ("cell",):
            cells.append([])
        else:
            cells[-1].append(piece)
    shown = [_inline(pieces, links=links).replace("\n", " ") for pieces in cells]
    return (shown + [""] * line.cells)[: line.cells]


def words(line: Markup, *, links: bool) -> str:
    """The words of one line, without the sign of its block."""
    kinds = {piece[0] for piece in line.pieces if type(piece) is tuple}
    if kinds <= _PLAIN and not (links and "a" in kinds):
        return escape(line.text)
    return _inline(line.pieces, links=links)


def _inline(pieces: Sequence[Piece], *, links: bool) -> str:
    shown: list[str] = []
    end = " "  # the last character that is shown
    runs = _tidied(_runs(pieces, links=links))
    for place, (words, marks, address) in enumerate(runs):
        core = words.strip()
        before = " " if words[0].isspace() and shown else ""
        after = " " if words[-1].isspace() and place + 1 < len(runs) else ""
        following = runs[place + 1][0] if place + 1 < len(runs) else " "
        escaped = core if "note" in marks else _escaped(core, before or end)
        left = before or not end.isalnum()
        right = after or not following[0].isalnum()
        if left and right and any(map(str.isalnum, core)):
            escaped = _marked(core, escaped, marks)
        if address and core.strip(_ANCHORS):
            if end == "!" and not before:  # it would be a picture
                shown[-1] = f"{shown[-1][:-1]}\\!"
            escaped = f"[{escaped}]({address})"
        shown.append(f"{before}{escaped}{after}")
        end = shown[-1][-1]
    return "".join(shown).strip()


def _marked(core: str, escaped: str, marks: frozenset[str]) -> str:
    if "code" in marks and "`" not in core:
        return f"`{core}`"
    for mark, sign in _SIGNS.items():
        if mark in marks and core[0].isalnum() and (core[-1].isalnum() or core[-1] in ".!?,:;)"):
            escaped = f"{sign}{escaped}{sign}"
    return escaped


def _escaped(core: str, shown: str) -> str:
    escaped = escape(core)
    if core.startswith("(") and shown.endswith("]"):
        escaped = f"\\{escaped}"
    return f"{escaped[:-1]}\\&" if escaped.endswith("&") else escaped


def _runs(pieces: Sequence[Piece], *, links: bool) -> Iterator[Run]:
    held: list[str] = []
    address = ""
    for piece in pieces:
        if isinstance(piece, str):
            if piece:
                yield piece, frozenset(held), address
        elif piece[0] in {"cell", "note"}:
            yield (piece[1], _NOTE, "") if piece[0] == "note" else (" | ", frozenset(), "")
        elif piece[0] == "a":
            target = piece[1].strip()
            address = (
                target.translate(_UNSAFE_IN_ADDRESS) if links and target.startswith(_SAFE) else ""
            )
        elif piece[0] == "/a":
            address = ""
        elif piece[0].startswith("/"):
            if piece[0][1:] in held:
                held.remove(piece[0][1:])
        elif piece[0] != "part":
            held.append(piece[0])


def _tidied(runs: Iterator[Run]) -> list[Run]:
    """Neighbours with the same marks as one, every space once, none at the edges of marks alone."""
    merged: list[tuple[list[str], frozenset[str], str]] = []
    for words, marks, address in runs:
        if words.isspace() and merged:
            merged[-1][0].append(" ")
        elif merged and merged[-1][1:] == (marks, address):
            merged[-1][0].append(words)
        else:
            merged.append(([words], marks, address))
    joined = (("".join(parts), marks, address) for parts, marks, address in merged)
    return [run for run in joined if run[0].strip()]
