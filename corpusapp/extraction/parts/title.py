"""The title: the short line above the text that its length, place and echoes speak for.

Seen in both seeds: a line of its own between blank lines, above the text, with date or byline
close by; repeated under "Recommend" in the first. No single trait decides (menus are short, too,
and teasers are repeated), so each one adds or takes points; the points are the explanation.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.text_block import Block

_ABOVE, _BELOW = 60, 8  # lines around the beginning of the text where a title may stand
_WIDEST = 260
_STEEPNESS = 0.8  # points to confidence
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2}))")
_TEXT_READ = 6000
_ADDRESS = re.compile(r"https?://|www\.|@\w|\.com\b")


@dataclass(frozen=True, slots=True)
class TitleFound:
    index: int
    confidence: float
    others: tuple[str, ...]  # the next best lines, when this one is not sure


def find_title(
    page: Page,
    block: Block,
    marks: Sequence[Mark | None],
    near: Mapping[int, str],
) -> TitleFound | None:
    """The likeliest title. `near` names the lines that hold a date or a byline."""
    first = max(0, block.first - _ABOVE)
    last = min(len(page.lines) - 1, block.first + _BELOW, max(block.last, block.first))
    words = _words_of_text(page, block)
    scored = sorted(
        (
            (_points(page, index, block, near, words), -index)
            for index in range(first, last + 1)
            if marks[index] is None and index not in near and 0 < page.lines[index].width <= _WIDEST
        ),
        reverse=True,
    )
    if not scored:
        return None
    best, index = scored[0][0], -scored[0][1]
    same = page.lines[index].key
    rivals = [(points, -place) for points, place in scored[1:] if page.lines[-place].key != same]
    margin = best - rivals[0][0] if rivals else best
    confidence = 1 / (1 + math.exp(-_STEEPNESS * (min(margin, best - 1.0) + 0.8)))
    others = tuple(page.lines[place].text for points, place in rivals[:3] if best - points < 3)  # noqa: PLR2004
    return TitleFound(index, round(confidence, 2), others)


def _points(
    page: Page, index: int, block: Block, near: Mapping[int, str], words: frozenset[str]
) -> float:
    line = page.lines[index]
    points = _length(line) + _shape(line)
    points += _company(page, index, near)
    points += _place(page, index, block)
    if words:
        points += 3.0 * _echo(line, words)
    if (times := page.repeats(line)) > 1:
        points += 1.2 if times <= 4 else 0.3  # noqa: PLR2004 - a menu item comes on and on
    return points


def _length(line: Line) -> float:
    if line.width < 12:  # noqa: PLR2004
        return -2.0
    if line.width < 22:  # noqa: PLR2004
        return -0.3
    if line.width <= 110:  # noqa: PLR2004
        return 1.5
    return 0.0 if line.width <= 160 else -2.0  # noqa: PLR2004


def _shape(line: Line) -> float:
    text = line.text
    points = 0.0
    if line.prose:
        points -= 2.0
    if text[-1] in ".,:;。，：；、" and not text.endswith(("...", "U.S.")):
        points -= 1.5
    if line.bullet:
        points -= 2.5
    if line.numbered:
        points -= 1.0
    if line.indent >= 4:  # noqa: PLR2004
        points -= 0.7
    if text[0].islower():
        points -= 1.0
    if _ADDRESS.search(text):
        points -= 3.0
    if text.isascii() and line.key.count(" ") == 0:
        points -= 1.0
    return points


def _company(page: Page, index: int, near: Mapping[int, str]) -> float:
    """Blank lines around it speak for a title, a row of short lines against."""
    lines = page.lines
    gap_above = lines[index].gap
    gap_below = index + 1 >= len(lines) or lines[index + 1].gap
    points = 0.5 * gap_above + 0.5 * gap_below
    if (
        not gap_above
        and not gap_below
        and index
        and not lines[index - 1].prose
        and not lines[index + 1].prose
    ):
        points -= 0.8
    below = next(
        (place for place in range(index + 1, min(index + 6, len(lines))) if place in near), None
    )
    if below is not None:
        points += 1.6 - 0.25 * (below - index)
    if index and (index - 1) in near:
        points += 0.5
    if index == 0:
        points += 1.0
    return points


def _place(page: Page, index: int, block: Block) -> float:
    """Just above the text is best; paragraphs before it speak against."""
    if index >= block.first:
        before = sum(page.lines[place].prose for place in range(block.first, index))
        return -1.2 * before
    return -0.08 * min(block.first - index, 30)


def _words_of_text(page: Page, block: Block) -> frozenset[str]:
    parts: list[str] = []
    length = 0
    for index in range(block.first, block.last + 1):
        line = page.lines[index]
        if line.prose:
            parts.append(line.text[:_TEXT_READ])
            length += len(line.text)
            if length > _TEXT_READ:
                break
    return frozenset(_content(" ".join(parts)))


def _content(text: str) -> list[str]:
    lowered = text.lower()
    if lowered.isascii():
        return _CONTENT_WORD.findall(lowered)
    pairs = _HAN_PAIR.findall(lowered)
    return pairs or _CONTENT_WORD.findall(lowered)


def _echo(line: Line, words: frozenset[str]) -> float:
    """The part of a line's longer words that the text has, too; few words say less."""
    own = _content(line.text)
    if not own:
        return 0.0
    return sum(word in words for word in own) / max(len(own), 3)
