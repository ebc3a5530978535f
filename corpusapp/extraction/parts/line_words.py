"""What the words and letters of a line tell of whether it is text, whatever stands about it.

The lines of a page are measured together. What short ones show is kept for the next pages: "Read more" stands
on all of them.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from corpusapp.extraction.forest import Table
from corpusapp.extraction.letters import openings
from corpusapp.extraction.lines import Line

MEASURED = (
    "small first",
    "colon",
    "pauses",
    "digits",
    "capitals",
    "words",
    "worst word",
    "best word",
)
_READ = 80  # characters
_EAST = "\u2e80"  # from here on scripts part no words
_MOST_WORDS, _MOST_SIGNS, _WHOLE = 12, 150, 4
_COLONS = ":："
_REMEMBERED, _SHORT = 8192, 60  # lines, characters of one: less than 3 MB


class LineWords:
    """Measures lines by the weights of words: how much each speaks for text."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._known: dict[str, bytes] = {}  # text of a short line -> its numbers

    def measure(self, lines: Sequence[Line]) -> Table:
        """The numbers of `MEASURED` for each line."""
        rows = [self._known.get(line.text) for line in lines]
        fresh = [place for place, row in enumerate(rows) if row is None]
        if fresh:
            self._learn([lines[place] for place in fresh], fresh, rows)
        table: Table = np.frombuffer(b"".join(filter(None, rows))).reshape(len(lines), -1)
        return table

    def _learn(
        self, lines: Sequence[Line], places: Sequence[int], rows: list[bytes | None]
    ) -> None:
        measured = np.hstack([_letters(lines), weighed(map(words_of, lines), self._weights)])
        raw, size = measured.tobytes(), measured.itemsize * len(MEASURED)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        for number, (place, line) in enumerate(zip(places, lines, strict=True)):
            row = rows[place] = raw[number * size : (number + 1) * size]
            if len(line.text) <= _SHORT:
                self._known[line.text] = row


def _letters(lines: Sequence[Line]) -> Table:
    """Of each line: opens with a small letter, ends with a colon, pauses, digits, capitals."""
    found = np.empty((len(lines), 5))
    found[:, 0] = [line.text[:1].islower() for line in lines]
    found[:, 1] = [line.text[-1:] in _COLONS for line in lines]
    found[:, 2:] = openings([line.text[:_READ] for line in lines])
    return found


def words_of(line: Line) -> list[str]:
    """What the first words of a line are looked up by: each word, how it opens, a short line whole."""
    known = line.key or line.opening
    words = known.split(None, _MOST_WORDS)
    del words[_MOST_WORDS:]
    if not words:
        return words
    opening = f"^{words[0]} {words[1]}" if len(words) > 1 else f"^{words[0]}"
    whole = "=" + " ".join(words) if len(words) <= _WHOLE else ""
    if not known.isascii() and max(words) >= _EAST:
        words = [sign for word in words for sign in signs(word)][:_MOST_SIGNS]
    words.append(opening)
    if whole:
        words.append(whole)
    return words


def signs(word: str) -> list[str]:
    """A word itself; of a script that parts no words its overlapping pairs."""
    if word[0] < _EAST or word.isascii():
        return [word]
    return [word[place : place + 2] for place in range(max(min(len(word), _MOST_WORDS) - 1, 1))]


def weighed(words_of_lines: Iterable[Sequence[str]], weights: Mapping[str, float]) -> Table:
    """Mean, least and greatest weight of each line's known words; nothing where none is known."""
    words: list[str] = []
    starts = []
    for own in words_of_lines:
        starts.append(len(words))
        words += own
        words.append("")  # no line is empty, as `reduceat` needs it
    looked_up = map(weights.get, words, itertools.repeat(math.nan))
    found = np.fromiter(looked_up, np.float64, len(words))
    unknown = np.isnan(found)
    number = np.add.reduceat(~unknown, starts, dtype=np.float64)
    measured = np.empty((len(starts), 3))
    measured[:, 1] = np.fmin.reduceat(found, starts)  # passes over what is not known
    measured[:, 2] = np.fmax.reduceat(found, starts)
    found[unknown] = 0.0
    measured[:, 0] = np.add.reduceat(found, starts)
    measured[:, 0] /= np.maximum(number, 1.0)
    measured[number == 0] = 0.0
    return measured
