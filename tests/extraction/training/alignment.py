"""Which of a page's lines stand where the true text has them, and which only say the same again.

A teaser, a gallery or a second copy for narrow screens has words of the text: that does not make it the text.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

SHINGLE = 4  # tokens
_MOST_PLACES, _MOST_STARTS = 20, 6  # of one shingle, of one line
_FEWEST = 0.3  # of a line's shingles stand there
_OVERLAP = 0.25  # of a line: so far it may begin before the middle of the one above
_MOST = 6000  # places of all lines; with more the page is left as it is
_COVERED = 0.5  # of a line


class _Found(NamedTuple):
    """A line found in the true text: from the token `start` on."""

    line: int
    start: int
    end: int
    weight: float


def in_place(
    tokens_of_lines: Mapping[int, Sequence[str]], tokens_of_text: Sequence[Sequence[str]]
) -> set[int]:
    """Those of the lines that are not a mere repetition; the text is given line by line."""
    text = [token for line in tokens_of_text for token in line]
    found = _found(tokens_of_lines, text, _whole_lines(tokens_of_text))
    kept = set(tokens_of_lines)
    if not 0 < len(found) <= _MOST:
        return kept
    chain = _chain(found)
    covered = np.zeros(len(text) + 1, dtype=bool)
    for one in chain:
        covered[max(0, one.start) : max(0, one.end)] = True
    placed = {one.line for one in chain}
    free: dict[int, float] = {}
    for line, start, end, _weight in found:
        part = covered[max(0, start) : min(len(text), max(0, end))]
        if line not in placed and len(part):
            free[line] = max(free.get(line, 0.0), 1 - part.mean())
    return kept - {line for line, share in free.items() if share < _COVERED}


def _whole_lines(tokens_of_text: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    places = defaultdict(list)
    start = 0
    for line in tokens_of_text:
        places[" ".join(line)].append(start)
        start += len(line)
    return places


def _found(
    lines: Mapping[int, Sequence[str]], text: Sequence[str], whole: Mapping[str, Sequence[int]]
) -> list[_Found]:
    """All places of all lines, those of one line from the last to the first."""
    places = defaultdict(list)
    for start in range(len(text) - SHINGLE + 1):
        places[tuple(text[start : start + SHINGLE])].append(start)
    found = []
    for line, words in lines.items():
        count = len(words) - SHINGLE + 1
        if count < 1:
            starts = whole.get(" ".join(words), ())[:_MOST_PLACES]
            found += [_Found(line, start, start + len(words), len(words)) for start in starts]
            continue
        shared: Counter[int] = Counter()
        for step in range(count):
            for place in places.get(tuple(words[step : step + SHINGLE]), ())[:_MOST_PLACES]:
                shared[place - step] += 1
        found += [
            _Found(line, start, start + len(words), number + SHINGLE - 1)
            for start, number in shared.most_common(_MOST_STARTS)
            if number >= _FEWEST * count
        ]
    return sorted(found, key=lambda one: (one.line, -one.start))


def _chain(found: Sequence[_Found]) -> list[_Found]:
    """The heaviest row of places that go on in page and text alike."""
    lines, starts, ends, weights = (np.array(column) for column in zip(*found, strict=True))
    middles, latest = (starts + ends) / 2, starts + _OVERLAP * (ends - starts)
    best, before = weights.astype(float), np.full(len(found), -1)
    for place in range(len(found)):
        above = np.searchsorted(lines, lines[place])
        reached = np.where(middles[:above] <= latest[place], best[:above], -1.0)
        if above and reached.max() > 0:
            before[place] = reached.argmax()
            best[place] += reached.max()
    place = int(best.argmax())
    chain = []
    while place >= 0:
        chain.append(found[place])
        place = int(before[place])
    return chain
