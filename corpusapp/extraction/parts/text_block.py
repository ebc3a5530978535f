"""Where the text stands: the run of lines whose paragraphs outweigh the furniture between them.

Menus and lists of links are many short lines, text is few long ones; the heaviest run of a weighed
page is the heart of its text, however much surrounds it, and tells the judges of title and text
where to look. Seen in the seeds as the run from "At the historic moment" to "facing humanity." with
"Recommend" and what follows left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark

_PROSE, _PER_WIDTH, _WIDEST = 1.0, 150, 600
_FURNITURE, _HEADING, _SHORT, _SENTENCE = -1.5, -4.0, -0.6, 0.2
_LEAST_BEGINNING = 6.0  # weight of three paragraphs
_LEAST_PART = 0.2  # of the weight of the rest
_LEAST_BEFORE_COMMENTS = 8.0  # a counter of comments above the text ends nothing
_LARGEST_REST = 0.5  # of the text before a heading; what is larger is text that goes on


@dataclass(frozen=True, slots=True)
class Block:
    """Indexes of the first and the last line of the text; empty when first > last."""

    first: int
    last: int


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
    first = best_first = start
    last = start - 1
    for index in range(start, len(weights)):
        if run <= 0:
            run, first = 0.0, index
        run += weights[index]
        if run > best:
            best, best_first, last = run, first, index
    return Block(best_first, last)


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
