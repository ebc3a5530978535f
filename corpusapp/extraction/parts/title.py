"""The title: the line above the text that its length, shape, place, company and echoes speak for.

Seen in both seeds: a line of its own between blank lines, above the text, with date or byline
close by; repeated under "Recommend" in the first. No single trait decides (menus are short, too,
and captions are repeated), so a forest weighs them all; it was learned from public pages whose
title is known (`tests/extraction/training/titles.py`). A capture may hold no title: then no line
is worth much in itself.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from corpusapp.extraction.forest import forest
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import LINKS_HEADING, Mark
from corpusapp.extraction.parts.text_block import Block
from corpusapp.extraction.parts.text_features import signs
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import fold_words

FEATURES: tuple[str, ...] = (
    "width",
    "words",
    "prose",
    "stops like a sentence",
    "asks",
    "colon or bar",
    "bullet",
    "numbered",
    "indent",
    "small letter first",
    "capitalised words",
    "all capitals",
    "address",
    "digits",
    "signs",
    "holds a date",
    "gap above",
    "gap below",
    "to date below",
    "to date above",
    "to byline below",
    "to text",
    "paragraphs before it",
    "lines from the top",
    "candidates above it",
    "candidates below it",
    "claimed above it",
    "claimed below it",
    "wider candidates below",
    "wider candidates above",
    "width of next line",
    "next line is prose",
    "width of line above",
    "repeated",
    "earlier twins",
    "teased under the text",
    "twin beside it",
    "next line begins so",
    "begins a longer line",
    "echo",
    "echoed words",
    "best echo",
    "echo above",
    "echo below",
    "width above",
    "width below",
    "whole in the page",
    "beginning in the page",
    "word weight",
    "worst word",
    "best word",
    "weight of words",
    "lines of page",
)

_ABOVE, _BELOW = 80, 8  # lines around the beginning of the text where a title may stand
_WIDEST = 160  # of the titles of annotated pages fewer than one in a thousand is wider
_NEAR = 12  # lines; farther is all the same
_FAR = 100
_COMPANY = 5  # lines
_SET_IN = 4  # spaces
_CLOSE = 3  # lines
_STOPS, _NO_STOPS = ".。", ("...", "U.S.")
_ENDS = ".,:;。，：；、"
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2}))")
_TEXT_READ = 5000
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|@\w|\.com\b")
_PARTED = re.compile(r"[:：|｜]|\s[-–—]\s")
_SECTIONS = folded("sections")
_MOST_CANDIDATES = 3
_SHORTEST_WHOLE, _SHORTEST_BEGINNING = 8, 15  # characters
_MOST_TIMES, _MOST_WORDS, _FEW_WORDS = 6, 20, 4
_NO_WORDS = (-2.0, -2.0, -2.0, 0.0)  # nothing known of any of them
_SHORTEST_OPENING = 12  # characters: of a line that a longer one begins with


@dataclass(frozen=True, slots=True)
class TitleFound:
    index: int
    confidence: float
    others: tuple[str, ...]  # the next best lines, when this one is not sure


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
    whole: str  # all of the page, in small letters
    openings: Mapping[str, Sequence[int]]  # beginning -> the lines with it
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
    """The unclaimed lines about the beginning of the text."""
    first = max(0, block.first - _ABOVE)
    last = min(len(page.lines) - 1, block.first + _BELOW, block.last)
    lines = page.lines
    indexes = [
        index
        for index in range(first, last + 1)
        if marks[index] is None
        and not (index >= block.first and _is_paragraph(lines[index], block.first))
        and near.get(index, "byline") == "byline"  # a title may begin with "By", too
        and lines[index].width <= _WIDEST
        and lines[index].key not in _SECTIONS
        and not _is_menu_item(page, index)
        and not _is_under_bullet(lines, index)
    ]
    teased = frozenset(
        lines[index + 1].key
        for index in range(block.last, len(lines) - 1)
        if marks[index] is LINKS_HEADING
    )
    text = _text_of(page, block)
    whole = "\n".join([line.text[:_WIDEST] for line in lines]).lower()
    return Candidates(
        page, block, marks, near, dated, indexes, teased, text, whole, _openings(page), weights
    )


def _is_under_bullet(lines: Sequence[Line], index: int) -> bool:
    """What is set in under a bullet belongs to it: the author's post, as in the second seed."""
    return index > 0 and lines[index].indent >= _SET_IN and lines[index - 1].bullet


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
        return line.prose or stops
    return line.prose and stops and not line.text.endswith(_NO_STOPS)


def find_title(among: Candidates) -> TitleFound | None:
    """The likeliest of them, None if there is none."""
    if not among.indexes:
        return None
    rows = np.array(features(among), dtype=np.float64)
    order = np.argsort(-forest("title_rank", FEATURES).odds(rows), kind="stable")
    chance = forest("title", FEATURES).scores(rows[order[:1]])[0]
    lines = among.page.lines
    indexes = [among.indexes[place] for place in order]
    key = lines[indexes[0]].key
    rivals = [index for index in indexes[1:] if lines[index].key != key]
    others = tuple(lines[index].text for index in rivals[:_MOST_CANDIDATES])
    return TitleFound(indexes[0], round(chance, 2), others)


def features(among: Candidates) -> list[list[float]]:
    """One row of `FEATURES` for each candidate."""
    echoes = [_echo(among.page.lines[index], among.text) for index in among.indexes]
    best = max((share for share, _ in echoes), default=0.0)
    around = _around(among)
    return [
        [
            *_shape(among.page.lines[index]),
            *_kind(among, index),
            *_company(among, around, index),
            *_rivals(among, around, place),
            *_neighbours(among, index),
            *_repetition(among, index),
            *echoes[place],
            best - echoes[place][0],
            *_beside(among, place, echoes),
            *_found_in_page(among, among.page.lines[index]),
            *_word_weights(among, index),
            min(len(among.page.lines), 500),
        ]
        for place, index in enumerate(among.indexes)
    ]


def _shape(line: Line) -> list[float]:
    text = line.text
    words = text.split()
    capitals = sum([word[0].isupper() for word in words]) / len(words) if words else 0.0
    return [
        line.width,
        len(words),
        line.prose,
        text[-1:] in _ENDS and not text.endswith(_NO_STOPS),
        text[-1:] in "?？!！",
        _PARTED.search(text) is not None,
        line.bullet,
        line.numbered,
        min(line.indent, _NEAR),
        text[:1].islower(),
        capitals if text.isascii() else 0.5,
        text.isupper(),
        ("@" in text or "." in text or ":" in text) and _ADDRESS.search(text) is not None,
        _digits(text) / (len(text) or 1),
    ]


def _digits(text: str) -> int:
    if not text.isascii():
        return sum(map(str.isdigit, text))
    raw = text.encode()
    return len(raw) - len(raw.translate(None, b"0123456789"))


class _Around(NamedTuple):
    """What stands about the candidates, found once: sums up to each line, and places in their order."""

    dates: Sequence[int]
    signed: Sequence[int]
    prose: Sequence[int]
    unclaimed: Sequence[int]
    narrow: Sequence[int]  # unclaimed lines that could be a title by their width
    widths: Sequence[int]  # of the candidates


def _around(among: Candidates) -> _Around:
    lines, marks = among.page.lines, among.marks
    free = [mark is None for mark in marks]
    return _Around(
        sorted(index for index, kind in among.near.items() if kind == "date"),
        sorted(index for index, kind in among.near.items() if kind == "byline"),
        _sums([line.prose for line in lines]),
        _sums(free),
        _sums([one and line.width <= _WIDEST for one, line in zip(free, lines, strict=True)]),
        [lines[index].width for index in among.indexes],
    )


def _sums(values: Sequence[int]) -> Sequence[int]:
    return list(accumulate(values, initial=0))


def _kind(among: Candidates, index: int) -> list[float]:
    return [among.near.get(index) == "byline", index in among.dated]


def _company(among: Candidates, around: _Around, index: int) -> list[float]:
    """Blank lines, dates and bylines beside it; how far the text is, and what stands before."""
    lines, first = among.page.lines, among.block.first
    before = bisect_left(around.dates, index)
    return [
        lines[index].gap,
        index + 1 >= len(lines) or lines[index + 1].gap,
        _below(around.dates, index),
        min(index - around.dates[before - 1], _NEAR) if before else _NEAR,
        _below(around.signed, index),
        first - index,
        max(0, around.prose[index] - around.prose[max(0, first - _NEAR)]),
        min(index, _FAR),
    ]


def _below(places: Sequence[int], index: int) -> int:
    """How far below `index` the next of the places is, as far as anybody looks."""
    after = bisect_right(places, index)
    return min(places[after] - index, _NEAR) if after < len(places) else _NEAR


def _rivals(among: Candidates, around: _Around, place: int) -> list[float]:
    """Unclaimed short lines around it (a menu has many), and whether wider ones are near."""
    index, width = among.indexes[place], around.widths[place]
    top, bottom = max(0, index - _COMPANY), min(len(among.page.lines), index + 1 + _COMPANY)
    free_above = around.unclaimed[index] - around.unclaimed[top]
    free_below = around.unclaimed[bottom] - around.unclaimed[index + 1]
    reach = 2 * _NEAR
    return [
        free_above,
        around.narrow[bottom] - around.narrow[index + 1],
        index - top - free_above,
        bottom - index - 1 - free_below,
        len([wide for wide in around.widths[place + 1 : place + 1 + reach] if wide > width]),
        len([wide for wide in around.widths[max(0, place - reach) : place] if wide > width]),
    ]


def _beside(
    among: Candidates, place: int, echoes: Sequence[tuple[float, float]]
) -> tuple[float, float, float, float]:
    """Echo and width of the candidates next to it, where they are near: a kicker, a standfirst."""
    indexes, lines = among.indexes, among.page.lines
    index = indexes[place]
    above = place - 1 if place and index - indexes[place - 1] <= _CLOSE else None
    below = place + 1 if place + 1 < len(indexes) and indexes[place + 1] - index <= _CLOSE else None
    return (
        -1.0 if above is None else echoes[above][0],
        -1.0 if below is None else echoes[below][0],
        -1.0 if above is None else lines[indexes[above]].width,
        -1.0 if below is None else lines[indexes[below]].width,
    )


def _neighbours(among: Candidates, index: int) -> list[float]:
    lines = among.page.lines
    below = lines[index + 1] if index + 1 < len(lines) else None
    return [
        min(below.width, _WIDEST) if below else 0,
        below is not None and below.prose,
        min(lines[index - 1].width, _WIDEST) if index else 0,
    ]


def _repetition(among: Candidates, index: int) -> list[float]:
    lines = among.page.lines
    line = lines[index]
    times = among.page.repeats(line)
    below = lines[index + 1] if index + 1 < len(lines) else None
    earlier = 0
    if times > 1:
        earlier = sum([place < index for place in among.page.places[line.key]])
    opening = line.text[:_SHORTEST_OPENING].lower()
    longer = [
        place
        for place in among.openings.get(opening, ())
        if place != index and _begins(lines[place].text, line.text)
    ]
    twin = (index > 0 and lines[index - 1].key == line.key) or (
        below is not None and below.key == line.key
    )
    return [
        min(times, 6),
        min(earlier, 3),
        times > 1 and line.key in among.teased,
        bool(line.key) and twin,
        below is not None and below.width > line.width and below.text.startswith(line.text),
        len(longer),
    ]


def _begins(longer: str, shorter: str) -> bool:
    return len(longer) > len(shorter) and longer.lower().startswith(shorter.lower())


def _found_in_page(among: Candidates, line: Line) -> tuple[int, int]:
    """How often the page has the words of a line, whole and their first two thirds."""
    lowered = line.text.lower()
    whole = among.whole.count(lowered) if len(lowered) >= _SHORTEST_WHOLE else 0
    if len(lowered) < _SHORTEST_BEGINNING:
        return min(whole, _MOST_TIMES), 0
    beginning = among.whole.count(lowered[: max(_SHORTEST_OPENING, len(lowered) * 2 // 3)])
    return min(whole, _MOST_TIMES), min(beginning, _MOST_TIMES)


def words_of_title(line: Line) -> list[str]:
    """What a line is looked up by: its words, how it opens and ends, a short line whole."""
    words = (line.key.split() if line.key else fold_words(line.text))[:_MOST_WORDS]
    if not words:
        return []
    found = words if line.key.isascii() else [sign for word in words for sign in signs(word)]
    found = [*dict.fromkeys(found), "^" + " ".join(words[:2]), "$" + words[-1]]
    if len(words) <= _FEW_WORDS:
        found.append("=" + " ".join(words))
    return found


def _word_weights(among: Candidates, index: int) -> tuple[float, float, float, float]:
    looked_up = map(among.weights.get, words_of_title(among.page.lines[index]))
    found = [weight for weight in looked_up if weight is not None]
    if not found:
        return _NO_WORDS
    whole = sum(found)
    return whole / len(found), min(found), max(found), whole


def _openings(page: Page) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for line in page.lines:
        if len(line.text) >= _SHORTEST_OPENING:
            found.setdefault(line.text[:_SHORTEST_OPENING].lower(), []).append(line.index)
    return found


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
    return "\n".join(parts).lower()


def _echo(line: Line, text: str) -> tuple[float, float]:
    """(part, number) of a line's longer words that the text has, too; few words say less."""
    lowered = line.text.lower()
    if line.prose:  # a paragraph is no echo of its own words
        text = text.replace(lowered, "", 1)
    own: list[str] = [] if lowered.isascii() else _HAN_PAIR.findall(lowered)
    own = own or _CONTENT_WORD.findall(lowered)
    if not own:
        return 0.0, 0.0
    found = sum([word in text for word in own])
    return found / max(len(own), 3), min(found, _NEAR)
