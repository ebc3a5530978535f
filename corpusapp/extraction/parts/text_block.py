"""Where the text stands: the run of lines whose paragraphs outweigh the furniture between them.

Menus and lists of links are many short lines, text is few long ones; the heaviest run of a weighed
page is its text, however much surrounds it. Seen in the seeds as the run from "At the historic
moment" to "facing humanity." with "Recommend" and what follows left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, width_of
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark

_PROSE, _PER_WIDTH, _WIDEST = 1.0, 150, 600
_FURNITURE, _HEADING, _SHORT, _SENTENCE = -1.5, -4.0, -0.6, 0.2
_LEAST_BEGINNING = 6.0  # weight of three paragraphs
_LEAST_PART = 0.2  # of the weight of the rest
_LEAST_BEFORE_COMMENTS = 8.0  # a counter of comments above the text ends nothing
_LARGEST_REST = 0.5  # of the text before a heading; what is larger is text that goes on
_LONG_BELOW = 80  # wide: no menu has such lines
_LONG_ABOVE = 120  # captions stand between title and text
_TELLING, _TELLING_LINES = 40, 2  # wide, right at the edge: what is left out may be a sentence
_FEWEST_SPACES, _FEWEST_HAN, _READ = 8, 30, 200
_ROW = re.compile(r"[|｜]|<[a-z]+ ")
_MOST_PASSED = 1
_FEWEST_ITEMS, _FEWEST_VERSES, _VERSES_PART = 2, 3, 0.6
_PAUSES = ",，、;；—–-"


@dataclass(frozen=True, slots=True)
class Block:
    """Indexes of the first and the last line of the text; empty when first > last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Indexes of the lines beside the run that belong to it, and whether others are left that may."""

    kept: Sequence[int]
    left: bool


def weigh(line: Line, mark: Mark | None) -> float:
    """How much a line speaks for text (> 0) or for what stands around it (< 0)."""
    if mark is not None:
        if mark in (LINKS_HEADING, TEXT_END, COMMENTS):
            return _HEADING
        return _SHORT if mark.part is Part.CAPTION else _FURNITURE
    if line.prose:
        return _PROSE + min(line.width, _WIDEST) / _PER_WIDTH
    return _SENTENCE if line.ends and line.width > 20 else _SHORT  # noqa: PLR2004 - "Yes." weighs nothing


def heaviest_run(weights: Sequence[float], start: int = 0) -> Block:
    """The run with the greatest sum from `start` on; the first of equals."""
    best = run = 0.0
    block = Block(start, start - 1)
    first = start
    for index in range(start, len(weights)):
        if run <= 0:
            run, first = 0.0, index
        run += weights[index]
        if run > best:
            best, block = run, Block(first, index)
    return block


def with_beginning(block: Block, weights: Sequence[float]) -> Block:
    """The block with an earlier run before it that is text, too, parted from it by a list or table."""
    total = sum(weights[block.first : block.last + 1])
    while block.first > 0:
        before = heaviest_run(weights[: block.first])
        worth = sum(weights[before.first : before.last + 1])
        if worth < max(_LEAST_BEGINNING, _LEAST_PART * total):
            break
        total += worth
        block = Block(before.first, block.last)
    return block


def cut_at_heading(block: Block, weights: Sequence[float], marks: Sequence[Mark | None]) -> Block:
    """End the text at the first heading over links or comments that only little text follows."""
    total = sum(max(weights[index], 0) for index in range(block.first, block.last + 1))
    before = 0.0
    for index in range(block.first, block.last + 1):
        mark = marks[index]
        goes_on = total - before > _LARGEST_REST * before
        if (mark in (LINKS_HEADING, TEXT_END) and not goes_on) or (
            mark is COMMENTS and before >= _LEAST_BEFORE_COMMENTS
        ):
            return Block(block.first, _last_text(block.first, index, weights))
        before += max(weights[index], 0)
    return block


def _last_text(first: int, index: int, weights: Sequence[float]) -> int:
    """The last line before `index` that speaks for text."""
    while index > first and weights[index - 1] <= 0:
        index -= 1
    return index - 1


def edge_below(page_lines: Sequence[Line], marks: Sequence[Mark | None], block: Block) -> Edge:
    """What the lines under the run give to it."""
    return _edge(
        page_lines[block.last + 1 :],
        marks,
        _LONG_BELOW,
        opens_list=_opens_list(page_lines[block.last]),
    )


def edge_above(lines: Sequence[Line], marks: Sequence[Mark | None]) -> Edge:
    """What the lines between title and run give to it."""
    return _edge(reversed(lines), marks, _LONG_ABOVE, opens_list=False)


def _edge(
    lines: Iterable[Line], marks: Sequence[Mark | None], long: int, *, opens_list: bool
) -> Edge:
    """What the unclaimed lines beside the run give to it, read away from it, up to the first claimed one.

    Long lines are text without the mark of a sentence; so is a numbered list, one that a colon
    opens, or verse, whose lines mostly have a mark. One short line over or under such text is its
    heading; more of them are a menu.
    """
    beside: list[Line] = []
    for line in lines:
        if marks[line.index] is not None:
            break
        beside.append(line)
    kept = passed = 0
    for place, line in enumerate(beside, 1):
        if line.width >= long and _speaks(line.text):
            kept, passed = place, 0
        elif passed == _MOST_PASSED:
            break
        else:
            passed += 1
    run = _short_run(beside[kept:])
    if _is_list_or_verse(
        run, introduced=opens_list if kept == 0 else _opens_list(beside[kept - 1])
    ):
        kept += len(run)
    rest = beside[kept:]
    left = _is_stanza(rest) or any(
        line.width >= _TELLING or line.ends for line in rest[:_TELLING_LINES]
    )
    return Edge([line.index for line in beside[:kept]], left)


def _speaks(text: str) -> bool:
    """Words, not an address, a row of links or a piece of markup."""
    head = text[:_READ]
    words = text.count(" ") >= _FEWEST_SPACES or width_of(head) > _FEWEST_HAN + len(head)
    return words and not _ROW.search(text)


def _short_run(lines: Sequence[Line]) -> list[Line]:
    """The short lines of one kind (bullets, numbered, plain) before anything else."""
    run: list[Line] = []
    for line in lines:
        if (line.bullet, line.numbered) != (lines[0].bullet, lines[0].numbered):
            break
        run.append(line)
    return run


def _is_list_or_verse(run: Sequence[Line], *, introduced: bool) -> bool:
    if len(run) < _FEWEST_ITEMS:
        return False
    if run[0].numbered or (run[0].bullet and introduced):
        return True
    punctuated = sum(_is_punctuated(line) for line in run)
    return len(run) >= _FEWEST_VERSES and punctuated >= _VERSES_PART * len(run)


def _is_stanza(lines: Sequence[Line]) -> bool:
    """Plain lines with nothing between them: verse, or a menu."""
    stanza = lines[:_FEWEST_VERSES]
    if len(stanza) < _FEWEST_VERSES or any(line.bullet or line.numbered for line in stanza):
        return False
    places = sorted(line.number for line in stanza)
    return places[-1] - places[0] == _FEWEST_VERSES - 1


def _opens_list(line: Line) -> bool:
    return line.text[-1] in ":："


def _is_punctuated(line: Line) -> bool:
    return line.ends or line.text[-1] in _PAUSES
