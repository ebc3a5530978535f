"""The body as Markdown: paragraphs, subheadings, lists, quotations, verse, tables and code, words escaped.

Each line of a capture is a paragraph of its page, unless its neighbours tell more: bullets make a list,
indented ones a list in it; short lines without a gap between them are verse or an address and keep
their breaks; rows with the same number of wide gaps are a table. No word is added, dropped or moved.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line
from corpusapp.text.markdown import escape

_WIDEST_HEADING = 100
_WIDEST_VERSE = 70
_FEWEST_VERSE = 3  # lines
_WIDEST_SIGNATURE = 60  # of a quotation
_SET_IN = 4  # spaces that set a quotation off
_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_PART_OF_PART = re.compile(r"\d{1,2}\.\d{1,2}")
_GAP = re.compile(r"\s{3,}|\t\s*|\s\|\s")
_MOST_CELLS, _FEWEST_CELLS = 20, 6
_QUOTED = re.compile(r"[“„«「『\"].{2,2000}[”“»」』\"][.。]?", re.DOTALL)
_SIGNED = re.compile(r"[—–―-]{1,2}\s?[^\W\d_]")
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?:def|class|import|from|function|const|let|var|return|public|private|static|elif|#include)\s[\w{(*.\"'<]"
    r"|^\s*(?:\$\s|>>>\s|</?\w{1,20}[\s>/])|[=!]=|=>|->|::|\w\(\)|\w\s?\+?=\s?[\w\"'\[({]|^\s*(?://|/\*)"
)
# Quick: without one of these nothing of the former is found
_CODE_SIGN = re.compile(r"[{};=<>(:/$]")
_CODE_WORDS = tuple(
    str.split(
        "def class import from function const let var return public private static elif #include"
    )
)
_PROSE_END = re.compile(r"[a-z”\"][.!?]$|[。！？]$")
_CODE_READ = 400  # characters


class BodyLine(NamedTuple):
    """A line of the body, and its words (which may be less than the line)."""

    line: Line
    text: str


class Block(NamedTuple):
    """Lines of the body that make one block of Markdown."""

    first: int  # place in the body
    last: int
    part: Part  # body, subheading or quotation
    source: str


def markdown(body: Sequence[BodyLine]) -> str:
    """Blocks parted by blank lines."""
    return "\n\n".join(block.source for block in blocks(body))


def blocks(body: Sequence[BodyLine]) -> Iterator[Block]:
    """The body in blocks, in their order; a line without words is in none."""
    place = 0
    while place < len(body):
        block = None
        if not _is_plain(body[place]):
            for make in (_code, _table, _bullets, _numbers, _quotation, _verse):
                if (block := make(body, place)) is not None:
                    break
        if block is None:
            block = _paragraph(body, place)
        if block.source:
            yield block
        place = block.last + 1


def _is_plain(item: BodyLine) -> bool:
    """Whether a line is a paragraph and can be nothing else, as most of a text are."""
    return (
        item.line.prose
        and item.text[:1].isalpha()
        and not item.line.bullet
        and "{" not in item.text[:_CODE_READ]
    )


def _paragraph(body: Sequence[BodyLine], place: int) -> Block:
    text = escape(body[place].text)
    if text and _is_heading(body, place):
        depth = "###" if _PART_OF_PART.match(body[place].text) else "##"
        return Block(place, place, Part.SUBHEADING, f"{depth} {text}")
    return Block(place, place, Part.BODY, text)


def _is_heading(body: Sequence[BodyLine], place: int) -> bool:
    line = body[place].line
    if line.prose or line.ends or line.bullet or line.width > _WIDEST_HEADING or not line.gap:
        return False
    if place + 1 >= len(body):
        return False
    below = body[place + 1].line
    if line.numbered:
        return below.gap and below.prose and not below.numbered
    upright = line.text[0].isalnum() and line.indent <= 1
    return upright and below.gap and (below.prose or below.bullet)


def _run(body: Sequence[BodyLine], place: int, last: int) -> Sequence[BodyLine]:
    return body[place : last + 1]


def _bullets(body: Sequence[BodyLine], place: int) -> Block | None:
    """Bullets that follow each other, those set further in as lists of the one above."""
    if not body[place].line.bullet:
        return None
    items: list[str] = []
    depths: list[int] = []
    last = place
    while last < len(body) and body[last].line.bullet:
        text, indent = escape(body[last].text), body[last].line.indent
        while depths and indent < depths[-1]:
            depths.pop()
        if text:
            if not depths or indent > depths[-1]:
                depths.append(indent)
            items.append(f"{'  ' * (len(depths) - 1)}- {text}")
        last += 1
    return Block(place, last - 1, Part.BODY, "\n".join(items))


def _numbers(body: Sequence[BodyLine], place: int) -> Block | None:
    """Lines whose numbers go on by one, and none of which is a heading over a paragraph."""
    items: list[str] = []
    number = None
    last = place
    while last < len(body):
        match = _NUMBER.match(body[last].text)
        if match is None or (number is not None and int(match[1]) != number + 1):
            break
        number = int(match[1])
        items.append(f"{number}. {escape(body[last].text[match.end() :])}")
        last += 1
    if len(items) < 2:  # noqa: PLR2004
        return None
    return Block(place, last - 1, Part.BODY, "\n".join(items))


def _quotation(body: Sequence[BodyLine], place: int) -> Block | None:
    """A paragraph in quotation marks that is signed, or set in further than those about it."""
    line = body[place].line
    if line.bullet or not line.gap or _QUOTED.fullmatch(body[place].text) is None:
        return None
    below = body[place + 1] if place + 1 < len(body) else None
    signed = (
        below is not None
        and below.line.width <= _WIDEST_SIGNATURE
        and _SIGNED.match(below.text) is not None
    )
    about = [
        one.line.indent for one in (*body[max(0, place - 1) : place], *body[place + 1 : place + 2])
    ]
    set_in = bool(about) and line.indent >= max(about) + _SET_IN
    if not (signed or set_in):
        return None
    last = place + 1 if signed else place
    text = "\n>\n".join(f"> {escape(one.text)}" for one in _run(body, place, last))
    return Block(place, last, Part.QUOTATION, text)


def _verse(body: Sequence[BodyLine], place: int) -> Block | None:
    """Short lines without a gap between them: a break stays a break."""
    last = place
    while (
        last < len(body)
        and _is_verse(body[last].line)
        and (last == place or not body[last].line.gap)
    ):
        last += 1
    if last - place < _FEWEST_VERSE:
        return None
    lines = [text for one in body[place:last] if (text := escape(one.text))]
    return Block(place, last - 1, Part.BODY, "\\\n".join(lines))


def _is_verse(line: Line) -> bool:
    return not (line.bullet or line.numbered or line.prose) and line.width <= _WIDEST_VERSE


def _table(body: Sequence[BodyLine], place: int) -> Block | None:
    """Rows with the same number of cells, the first of them as its head."""
    rows: list[list[str]] = []
    last = place
    while last < len(body):
        cells = _cells(body[last])
        if not cells or (rows and (len(cells) != len(rows[0]) or body[last].line.gap)):
            break
        rows.append(cells)
        last += 1
    if len(rows) < 2 or len(rows) * len(rows[0]) < _FEWEST_CELLS:  # noqa: PLR2004
        return None
    ruled = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in ruled)
    return Block(place, last - 1, Part.BODY, text)


def _cells(item: BodyLine) -> list[str]:
    """Two cells or more; none where the line is no row."""
    if item.line.prose or item.line.bullet or len(item.text) > _CODE_READ:
        return []
    if item.text.isprintable() and "   " not in item.text and " | " not in item.text:
        return []  # it has no other white space than single spaces and pairs of them
    words = _GAP.split(item.text)
    if not 1 < len(words) <= _MOST_CELLS:
        return []
    cells = [escape(cell) for cell in words]
    return cells if all(cells) else []


def _code(body: Sequence[BodyLine], place: int) -> Block | None:
    """Lines that look like a programme, as they stand."""
    last = place
    while last < len(body) and _looks_coded(body[last]):
        last += 1
    if last - place < 2:  # noqa: PLR2004
        return None
    run = body[place:last]
    least = min(one.line.indent for one in run)
    text = "\n".join(" " * (one.line.indent - least) + one.text for one in run)
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return Block(place, last - 1, Part.BODY, f"{fence}\n{text}\n{fence}")


def _looks_coded(item: BodyLine) -> bool:
    line, text = item.line, item.text[:_CODE_READ]
    return (
        not (line.bullet or line.numbered)
        and not (line.prose and "{" not in text)
        and text.isascii()
        and _PROSE_END.search(item.text[-2:]) is None
        and (_CODE_SIGN.search(text) is not None or text.lstrip().startswith(_CODE_WORDS))
        and _CODE.search(text) is not None
    )
