"""The lines that may be the title, and which few of them are worth a closer look.

Seen on portals: the text stands under two hundred lines of menus, each of which could be a title by
its length. Where many lines could be, a small forest that asks only what costs little (width, place,
blank lines, dates and bylines near) leaves the best dozen to the judge of titles.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from corpusapp.extraction.forest import forest
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import LINKS_HEADING, Mark
from corpusapp.extraction.parts.text_block import Block
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import lowered

SEEN: tuple[str, ...] = (
    "gap above",
    "gap below",
    "to date below",
    "to date above",
    "to byline below",
    "to text",
    "paragraphs before it",
    "lines from the top",
    "width of next line",
    "next line is prose",
    "width of line above",
)
SHORTLIST_FEATURES: tuple[str, ...] = (
    *SEEN,
    "width",
    "prose",
    "stops",
    "bullet",
    "numbered",
    "indent",
    "unclaimed above",
    "unclaimed below",
    "repeated",
    "holds a date",
)
MOST_LISTED = 12
WIDEST_TITLE = 160  # of the titles of annotated pages fewer than one in a thousand is wider
SHORTEST_OPENING = 12  # characters: of a line that a longer one begins with
NEAR = 12  # lines; farther is all the same
ASKS = "?？!！"
NO_STOPS = ("...", "U.S.")
_STOPS = ".。"
_ABBREVIATED = re.compile(r"\.\.\.$|\b(?:[A-Z]|[A-Z][a-z]{1,3})\.$")  # "N.Y.", "Wed."
_ABOVE, _BELOW = 60, 8  # lines around the beginning of the text where a title may stand
_TOP = 4  # lines of the page
_MOST_DATED, _MOST_PARAGRAPHS, _OVER_DATE = 3, 4, 3  # dates, paragraphs, lines above each
_FAR = 100
_COMPANY = 5  # lines
_SET_IN = 4  # spaces
_TEXT_READ = 5000
_WIDEST_PARAGRAPH = 400
_SECTIONS = folded("sections")


class Around(NamedTuple):
    """What stands about each line, found once: sums up to each line, and places in their order."""

    dates: Sequence[int]
    signed: Sequence[int]
    prose: Sequence[int]
    unclaimed: Sequence[int]
    narrow: Sequence[int]  # unclaimed lines that could be a title by their width
    widths: Sequence[int]  # of paragraphs
    paragraphs: Sequence[int]  # places


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lines that may be the title, with all that is asked of each of them."""

    page: Page
    block: Block
    marks: Sequence[Mark | None]
    near: Mapping[int, str]  # lines that a "date", a "byline" or a "name" fills
    dated: frozenset[int]  # lines that hold a date among other words
    indexes: Sequence[int]
    teased: frozenset[str]  # keys of the lines right under a heading over links
    text: str  # the beginning of the text, in small letters
    whole: str  # all of the page, in small letters, a line feed before and behind each line
    around: Around
    weights: Mapping[str, float]  # of words: how much they speak for a title


def gather(
    page: Page,
    block: Block,
    marks: Sequence[Mark | None],
    *,
    near: Mapping[int, str],
    dated: frozenset[int],
    weights: Mapping[str, float],
) -> Candidates:
    """The unclaimed lines where a title may stand."""
    lines = page.lines
    indexes = [
        index
        for index in _looked_at(lines, block, near)
        if marks[index] is None
        and not (index >= block.first and _is_paragraph(lines[index], block.first))
        and near.get(index, "byline") == "byline"  # a title may begin with "By", too
        and lines[index].width <= WIDEST_TITLE
        and lines[index].key not in _SECTIONS
        and not _is_menu_item(page, index)
        and not _is_post(lines, index, near)
    ]
    teased = frozenset(
        lines[index + 1].key
        for index in range(block.last, len(lines) - 1)
        if marks[index] is LINKS_HEADING
    )
    text = _text_of(page, block)
    whole = lowered("\n".join(["", *[line.text[:WIDEST_TITLE] for line in lines], ""]))
    around = _what_stands_around(page, marks, near)
    return Candidates(
        page, block, marks, near, dated, indexes, teased, text, whole, around, weights
    )


def _looked_at(lines: Sequence[Line], block: Block, near: Mapping[int, str]) -> list[int]:
    """The lines about the beginning of the text, over the first paragraphs, and over dates in the text.

    What weighs most on a page need not be its text: a list of comments, or a notice about cookies.
    """
    found = set(range(min(_TOP, len(lines))))
    far = max(0, block.first - _ABOVE)
    for place in [line.index for line in lines[:far] if line.prose][:_MOST_PARAGRAPHS]:
        found.update(range(max(0, place - _OVER_DATE), place))
    found.update(range(far, min(block.first + _BELOW, block.last) + 1))
    for place in sorted(place for place in near if place > block.first)[:_MOST_DATED]:
        found.update(range(place - _OVER_DATE, place))
    return sorted(found)


def _is_post(lines: Sequence[Line], index: int, near: Mapping[int, str]) -> bool:
    """What is set in under a bullet under a date is its author's post, as in the second seed."""
    return (
        index > 1
        and lines[index].indent >= _SET_IN
        and lines[index - 1].bullet
        and near.get(index - 2) == "date"
    )


def _is_menu_item(page: Page, index: int) -> bool:
    """A bullet in the middle of a list, whose words stand nowhere else."""
    lines = page.lines
    return (
        0 < index < len(lines) - 1
        and lines[index].bullet
        and lines[index - 1].bullet
        and lines[index + 1].bullet
        and not lines[index].gap
        and not lines[index + 1].gap
        and page.repeats(lines[index]) == 1
    )


def _is_paragraph(line: Line, first: int) -> bool:
    stops = line.text[-1:] in _STOPS
    if line.index > first:
        return stops or (line.prose and line.text[-1:] not in ASKS)
    return line.prose and stops and not _ABBREVIATED.search(line.text)


def _text_of(page: Page, block: Block) -> str:
    """The beginning of the text, in small letters."""
    parts: list[str] = []
    length = 0
    for index in range(block.first, block.last + 1):
        line = page.lines[index]
        if line.prose:
            parts.append(line.text[:_TEXT_READ])
            length += len(parts[-1])
            if length > _TEXT_READ:
                break
    return lowered("\n".join(parts))


def _what_stands_around(
    page: Page, marks: Sequence[Mark | None], near: Mapping[int, str]
) -> Around:
    free = [mark is None for mark in marks]
    narrow = [
        one and line.width <= WIDEST_TITLE for one, line in zip(free, page.lines, strict=True)
    ]
    paragraphs = [line.index for line in page.lines if line.prose]
    return Around(
        sorted(index for index, kind in near.items() if kind == "date"),
        sorted(index for index, kind in near.items() if kind == "byline"),
        _sums([line.prose for line in page.lines]),
        _sums(free),
        _sums(narrow),
        _sums([min(line.width, _WIDEST_PARAGRAPH) if line.prose else 0 for line in page.lines]),
        paragraphs,
    )


def _sums(values: Sequence[int]) -> Sequence[int]:
    return list(accumulate(values, initial=0))


def seen(among: Candidates, index: int) -> list[float]:
    """A row of `SEEN` for one line: what is beside it, how far the text is, what stands before."""
    lines, first, around = among.page.lines, among.block.first, among.around
    above = lines[index - 1] if index else None
    below = lines[index + 1] if index + 1 < len(lines) else None
    before = bisect_left(around.dates, index)
    return [
        lines[index].gap,
        below is None or below.gap,
        _below(around.dates, index),
        min(index - around.dates[before - 1], NEAR) if before else NEAR,
        _below(around.signed, index),
        first - index,
        max(0, around.prose[index] - around.prose[max(0, first - NEAR)]),
        min(index, _FAR),
        min(below.width, WIDEST_TITLE) if below else 0,
        below is not None and below.prose,
        min(above.width, WIDEST_TITLE) if above else 0,
    ]


def _below(places: Sequence[int], index: int) -> int:
    """How far below `index` the next of the places is, as far as anybody looks."""
    after = bisect_right(places, index)
    return min(places[after] - index, NEAR) if after < len(places) else NEAR


def company(among: Candidates, index: int) -> tuple[int, int, int, int]:
    """Of the lines next above and below: unclaimed ones above and below, claimed ones likewise."""
    top, bottom = max(0, index - _COMPANY), min(len(among.page.lines), index + 1 + _COMPANY)
    around = among.around
    above = around.unclaimed[index] - around.unclaimed[top]
    below = around.unclaimed[bottom] - around.unclaimed[index + 1]
    narrow = around.narrow[bottom] - around.narrow[index + 1]
    return above, narrow, index - top - above, bottom - index - 1 - below


def shortlist_rows(among: Candidates) -> list[list[float]]:
    """One row of `SHORTLIST_FEATURES` for each candidate."""
    rows = []
    for index in among.indexes:
        line = among.page.lines[index]
        row = [
            *seen(among, index),
            line.width,
            line.prose,
            line.ends,
            line.bullet,
            line.numbered,
            min(line.indent, NEAR),
            *company(among, index)[:2],
            min(among.page.repeats(line), 6),
            index in among.dated,
        ]
        rows.append(row)
    return rows


def shortlist(among: Candidates) -> Candidates:
    """The same page with its best candidates only, where they are many."""
    if len(among.indexes) <= MOST_LISTED:
        return among
    odds = forest("title_list", SHORTLIST_FEATURES).odds(shortlist_rows(among))
    return best_of(among, odds.tolist())


def best_of(among: Candidates, odds: Sequence[float]) -> Candidates:
    """Those of the candidates with the best odds, in the order of the page."""
    order = sorted(range(len(odds)), key=lambda place: -odds[place])[:MOST_LISTED]
    return replace(among, indexes=[among.indexes[place] for place in sorted(order)])
