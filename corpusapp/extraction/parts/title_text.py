"""What the text tells of a line that may be its title: it says its words again, and follows it.

A menu's words come back in no paragraph, a standfirst's do once; of a title's some come back again and
again, and the paragraph under it begins with them.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from corpusapp.extraction.forest import Rows
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.title_candidates import NEAR, Candidates
from corpusapp.extraction.parts.title_neighbours import words_in
from corpusapp.text.folding import lowered

ECHO = ("echo", "echoed words", "times echoed", "most echoed", "echoed twice")
SIGNS = (
    "opens with a quotation mark",
    "opens with a digit",
    "commas",
    "bracket",
    "ends with a colon",
    "ends with a quotation mark",
    "bars",
    "dots",
)
FOLLOWED = (
    "words in next paragraph",
    "lines to next paragraph",
    "width of next paragraph",
    "different words",
    "text in 6 lines below",
    "text in 6 lines above",
    "text in 20 lines below",
    "text in 20 lines above",
)
_LONG_WORD = 4  # letters
_CONTENT_WORD = re.compile(rf"[^\W\d_]{{{_LONG_WORD},}}")
_LETTERS = bytes(code if chr(code).isalpha() else ord(" ") for code in range(128)).ljust(256)
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2}))")
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset("\"“«„「『'‘"), frozenset("\"”»“」』'’")
_BARS = "|•·/›»>"
_FEWEST, _MOST_TIMES = 3, 8
_WIDEST_PARAGRAPH = 600
_REACHES = (6, 20)  # lines
Echo = tuple[float, float, float, float, float]
_SILENT: Echo = (0.0, 0.0, 0.0, 0.0, 0.0)


def echo(line: Line, text: str) -> Echo:
    """`ECHO` of a line: part and number of its longer words that the text has, and how often."""
    words = lowered(line.text)
    own = _words_of_content(words)
    if not own:
        return _SILENT
    if line.prose:  # a paragraph is no echo of its own words
        text = text.replace(words, "", 1)
    times = [min(text.count(word), _MOST_TIMES) for word in own]
    found = len(times) - times.count(0)
    return (
        found / max(len(own), _FEWEST),
        min(found, NEAR),
        sum([math.log1p(number) for number in times]) / len(own),
        max(times),
        sum([number > 1 for number in times]) / len(own),
    )


def _words_of_content(words: str) -> list[str]:
    """The longer words of a line in small letters; of a script that parts none its pairs."""
    if words.isascii():
        parted = words.encode().translate(_LETTERS).decode().split()
        return [word for word in parted if len(word) >= _LONG_WORD]
    return _HAN_PAIR.findall(words) or _CONTENT_WORD.findall(words)


def signs_of(text: str) -> list[float]:
    """`SIGNS` of a line's text."""
    return [
        text[:1] in _OPENING_QUOTES,
        text[:1].isdigit(),
        text.count(",") + text.count("，"),
        "(" in text or "（" in text,
        text[-1:] in (":", "："),
        text[-1:] in _CLOSING_QUOTES,
        sum([text.count(bar) for bar in _BARS]),
        "..." in text or "…" in text,
    ]


def followed(among: Candidates, lines: Sequence[Line]) -> Rows:
    """`FOLLOWED` for each of the lines."""
    paragraphs = among.around.paragraphs
    read: dict[int, frozenset[str]] = {}
    return np.array(
        [[*_next(among, line, paragraphs, read), *_weights(among, line.index)] for line in lines],
        dtype=np.float32,
    ).reshape(-1, len(FOLLOWED))


def _next(
    among: Candidates, line: Line, paragraphs: Sequence[int], read: dict[int, frozenset[str]]
) -> tuple[float, float, float, float]:
    """How much of the line the next paragraph says, how far it is, its width; how many words it has."""
    own = words_in(line.text)
    after = bisect_right(paragraphs, line.index)
    if after == len(paragraphs):
        return 0.0, 0.0, 0.0, len(own)
    index = paragraphs[after]
    text = among.page.lines[index].text
    if index not in read:
        read[index] = words_in(text[: 4 * _WIDEST_PARAGRAPH])
    shared = len(own & read[index]) / len(own) if own else 0.0
    return shared, min(index - line.index, NEAR), min(len(text), _WIDEST_PARAGRAPH), len(own)


def _weights(among: Candidates, index: int) -> list[float]:
    sums = among.around.widths
    last = len(sums) - 1
    found: list[float] = []
    for reach in _REACHES:
        found.append(sums[min(last, index + 1 + reach)] - sums[index + 1])
        found.append(sums[index] - sums[max(0, index - reach)])
    return found
