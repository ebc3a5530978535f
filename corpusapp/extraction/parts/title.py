"""The title: the line above the text that its length, shape, place and echoes speak for.

Seen in both seeds: a line of its own between blank lines, above the text, with date or byline
close by; repeated under "Recommend" in the first. No single trait decides (menus are short, too,
and captions are repeated), so each adds or takes points, and the line with the most is the title.
The points were fitted to public pages (those of one half of the hosts did as well on the other)
and rounded; two are set by hand, for what those pages hardly show: a section's name, and the
teaser that a page prints of itself. The traits explain every choice.

A capture may hold no title. So the best line has to be good in itself, too: its share among its
rivals is scaled by what its points alone are worth. Of the same pages with their title's line taken
away, nearly half have no line that is worth it; of their bare texts, 19 in 20.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import LINKS_HEADING, Mark
from corpusapp.extraction.parts.text_block import Block
from corpusapp.extraction.vocabulary import folded

POINTS: Mapping[str, float] = {
    "tiny": -1.4,
    "short": -0.4,
    "modest": -0.7,
    "fitting": 1.6,
    "wide": -0.3,
    "too wide": -1.6,
    "paragraph": -2.0,
    "stops like a sentence": -3.0,
    "bullet": -1.9,
    "numbered": -2.2,
    "indented": -1.5,
    "small letter first": -1.3,
    "address": -4.2,
    "one word": 0.3,
    "capitalised words": 0.3,
    "names a section": -4.0,
    "signs": -4.0,
    "under a bullet": -3.0,
    "holds a date": -1.1,
    "gap above": 1.0,
    "gap below": 1.1,
    "alone": 1.7,
    "date or byline below": 2.4,
    "date or byline above": 1.3,
    "first line": -0.7,
    "echoed by the text": 3.3,
    "repeated": 0.7,
    "teased under the text": 2.5,
    "repeated often": 0.4,
    "twin beside it": -2.0,
    "next line begins so": -1.0,
    "paragraphs before it": -1.6,
    "lines from the top": 0.06,
    "candidates above it": -0.7,
}

_ABOVE, _BELOW = 60, 8  # lines around the beginning of the text where a title may stand
_WIDEST = 260
_SUREST = 0.98  # the title may be none of the lines
_EVEN = 4.5  # points: as likely a title as none
_STEEP = 0.7  # points in which that turns
_TINY, _SHORT, _MODEST, _FITTING, _WIDE = 12, 22, 40, 110, 160
_STOPS, _NO_STOPS = ".。", ("...", "U.S.")
_SEEN_BELOW = 5  # lines
_UNDER_BULLET = 4  # spaces
_SEVERAL = 4  # times; a menu's item comes on and on
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2}))")
_TEXT_READ = 5000
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|@\w|\.com\b")
_SECTIONS = folded("sections")
_MOST_CANDIDATES = 3


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
    near: Mapping[int, str]  # lines that a "date" or a "byline" fills
    dated: frozenset[int]  # lines that hold a date among other words
    indexes: Sequence[int]
    teased: frozenset[str]  # keys of the lines right under a heading over links
    text: str  # the beginning of the text, in small letters


def gather(
    page: Page,
    block: Block,
    marks: Sequence[Mark | None],
    near: Mapping[int, str],
    dated: frozenset[int] = frozenset(),
) -> Candidates:
    """The unclaimed lines about the beginning of the text."""
    first = max(0, block.first - _ABOVE)
    last = min(len(page.lines) - 1, block.first + _BELOW, block.last)
    indexes = [
        index
        for index in range(first, last + 1)
        if marks[index] is None
        and not (
            (
                index > block.first
                and (page.lines[index].prose or page.lines[index].text[-1] in _STOPS)
            )
            or (index == block.first and _is_paragraph(page.lines[index]))
        )
        and near.get(index) != "date"
        and page.lines[index].width <= _WIDEST
    ]
    teased = frozenset(
        page.lines[index + 1].key
        for index in range(block.last, len(page.lines) - 1)
        if marks[index] is LINKS_HEADING
    )
    return Candidates(page, block, near, dated, indexes, teased, _text_of(page, block))


def _is_paragraph(line: Line) -> bool:
    return line.prose and line.text[-1] in _STOPS and not line.text.endswith(_NO_STOPS)


def find_title(among: Candidates) -> TitleFound | None:
    """The likeliest of them, None if there is none."""
    scored = sorted(
        (
            (sum(POINTS[name] * amount for name, amount in traits(among, index)), -index)
            for index in among.indexes
        ),
        reverse=True,
    )
    if not scored:
        return None
    lines = among.page.lines
    best, index = scored[0][0], -scored[0][1]
    key = lines[index].key
    rivals = [(points, -place) for points, place in scored[1:] if lines[-place].key != key]
    weight = sum(math.exp(points - best) for points, _ in rivals)
    others = tuple(lines[place].text for _, place in rivals[:_MOST_CANDIDATES])
    return TitleFound(index, round(_SUREST * _worth(best) / (1 + weight), 2), others)


def _worth(points: float) -> float:
    """How likely a line with these points is a title, were it the only one."""
    return 1 / (1 + math.exp((_EVEN - points) / _STEEP))


def traits(among: Candidates, index: int) -> Iterator[tuple[str, float]]:
    """The names of what speaks for or against a line, and how much of it there is."""
    line = among.page.lines[index]
    yield from _length(line)
    yield from _shape(line)
    yield from _company(among, line)
    yield from _place(among, line)
    yield from _repetition(among, line)
    if line.key in _SECTIONS:
        yield "names a section", 1
    if index in among.dated:
        yield "holds a date", 1
    if among.near.get(index) == "byline":
        yield "signs", 1
    yield "echoed by the text", _echo(line, _without(line, among.text))


def _length(line: Line) -> Iterator[tuple[str, float]]:
    if line.width < _TINY:
        yield "tiny", 1
    elif line.width < _SHORT:
        yield "short", 1
    elif line.width <= _FITTING:
        yield "fitting", 1
        if line.width < _MODEST:
            yield "modest", 1
    else:
        yield "wide" if line.width <= _WIDE else "too wide", 1


def _shape(line: Line) -> Iterator[tuple[str, float]]:
    text = line.text
    if line.prose:
        yield "paragraph", 1
    if text[-1] in ".,:;。，：；、" and not text.endswith(_NO_STOPS):
        yield "stops like a sentence", 1
    if line.bullet or line.numbered:
        yield "bullet" if line.bullet else "numbered", 1
    if line.indent >= _UNDER_BULLET:
        yield "indented", 1
    if _ADDRESS.search(text):
        yield "address", 1
    yield from _capitals(line)


def _capitals(line: Line) -> Iterator[tuple[str, float]]:
    if line.text[0].islower():
        yield "small letter first", 1
    words = line.text.split()
    if len(words) == 1 and line.width == len(line.text):
        yield "one word", 1
    if line.text.isascii():
        yield "capitalised words", sum(word[0].isupper() for word in words) / len(words)


def _company(among: Candidates, line: Line) -> Iterator[tuple[str, float]]:
    """Blank lines around it speak for a title, a row of short lines against."""
    lines, index = among.page.lines, line.index
    gap_below = index + 1 >= len(lines) or lines[index + 1].gap
    if line.gap:
        yield "gap above", 1
    if gap_below:
        yield "gap below", 1
        if line.gap:
            yield "alone", 1
    below = next(
        (place for place in range(index + 1, index + 1 + _SEEN_BELOW) if place in among.near), None
    )
    if below is not None:
        yield "date or byline below", 1 - 0.15 * (below - index - 1)
    if line.indent >= _UNDER_BULLET and index and lines[index - 1].bullet:
        yield "under a bullet", 1
    if index - 1 in among.near:
        yield "date or byline above", 1


def _place(among: Candidates, line: Line) -> Iterator[tuple[str, float]]:
    """Just above the text is best; paragraphs before it speak against."""
    lines, index, first = among.page.lines, line.index, among.block.first
    if index == 0:
        yield "first line", 1
    if index > first:
        yield "paragraphs before it", sum(lines[place].prose for place in range(first, index))
    yield "lines from the top", min(index, 100) / 10
    above = sum(
        _TINY < lines[place].width <= _FITTING and lines[place].gap and not lines[place].bullet
        for place in among.indexes
        if index - _SEEN_BELOW <= place < index
    )
    if above:
        yield "candidates above it", above


def _repetition(among: Candidates, line: Line) -> Iterator[tuple[str, float]]:
    lines, index = among.page.lines, line.index
    times = among.page.repeats(line)
    if times > 1:
        yield "repeated" if times <= _SEVERAL else "repeated often", 1
        if line.key in among.teased:
            yield "teased under the text", 1
    if index and not line.gap and lines[index - 1].key == line.key:
        yield "twin beside it", 1
    if index + 1 < len(lines) and not lines[index + 1].gap:
        below = lines[index + 1]
        if below.key == line.key:
            yield "twin beside it", 1
        elif below.text.startswith(line.text):
            yield "next line begins so", 1


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


def _without(line: Line, text: str) -> str:
    """The text without the line itself: a paragraph is no echo of its own words."""
    return text.replace(line.text.lower(), "", 1) if line.prose else text


def _echo(line: Line, text: str) -> float:
    """The part of a line's longer words that the text has, too; few words say less."""
    lowered = line.text.lower()
    own: list[str] = [] if lowered.isascii() else _HAN_PAIR.findall(lowered)
    own = own or _CONTENT_WORD.findall(lowered)
    if not own:
        return 0.0
    return sum(word in text for word in own) / max(len(own), 3)
