"""What a candidate for the title is beside the others: a kicker above it, a standfirst below, the same words again.

Of 177 titles that were missed, 75 stood second: most often after the kicker or the standfirst next to
them. Neither gives itself away alone; so each candidate is told what the one above and the one below
show, and how much of its words they share ("Dare to Play" over "Dare to Play 3 / October pack").
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from corpusapp.extraction.forest import Rows
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.title_candidates import NEAR
from corpusapp.text.folding import ascii_words

_OF_NEXT = (
    "width",
    "words",
    "prose",
    "stops like a sentence",
    "capitalised words",
    "word weight",
    "best word",
    "weight of words",
    "echo",
    "echoed words",
    "repeated",
    "gap above",
    "bullet",
    "whole in the page",
)
_PLACED = ("lines to it above", "lines to it below", "place among them", "candidates")
_SHARED = (
    "words found above",
    "words found below",
    "words found of one above",
    "words found of one below",
)
_WORD = re.compile(r"\w+")
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def beside_names(own: Sequence[str]) -> tuple[str, ...]:
    """The names of what `beside` gives of rows that hold what `own` names."""
    assert set(_OF_NEXT) <= set(own)  # noqa: S101 - a name that is no feature would be found too late
    above = [f"{name}, candidate above" for name in _OF_NEXT]
    below = [f"{name}, candidate below" for name in _OF_NEXT]
    return (*above, *below, *_PLACED, *_SHARED)


def beside(rows: Rows, own: tuple[str, ...], lines: Sequence[Line]) -> Rows:
    """For each candidate what its neighbours among them show; -1 where there is none."""
    if len(lines) == 1:
        return _ALONE
    told = rows[:, _columns(own)]
    count, wide = told.shape
    found = np.full((count, 2 * wide + len(_PLACED) + len(_SHARED)), -1.0, dtype=np.float32)
    found[1:, :wide] = told[:-1]
    found[:-1, wide : 2 * wide] = told[1:]
    places = np.array([line.index for line in lines])
    apart = np.minimum(np.diff(places), NEAR)
    found[:, 2 * wide : 2 * wide + 2] = NEAR
    found[1:, 2 * wide] = apart
    found[:-1, 2 * wide + 1] = apart
    found[:, 2 * wide + 2] = np.arange(count)
    found[:, 2 * wide + 3] = count
    found[:, -len(_SHARED) :] = _shared([words_in(line.text) for line in lines])
    return found


@lru_cache(maxsize=1)
def _columns(own: tuple[str, ...]) -> list[int]:
    return [own.index(name) for name in _OF_NEXT]


def _without_any() -> Rows:
    """What `beside` gives of the only candidate of a page."""
    nobody, wide = [-1.0] * (2 * len(_OF_NEXT)), len(_SHARED)
    row = np.array([[*nobody, NEAR, NEAR, 0, 1, *[0.0] * wide]], dtype=np.float32)
    row.flags.writeable = False
    return row


_ALONE = _without_any()


def words_in(text: str) -> frozenset[str]:
    """The words of a text; of a script that parts none their overlapping pairs."""
    if text.isascii() and "_" not in text:
        return frozenset(ascii_words(text))
    words = _WORD.findall(text.lower())
    if not _UNPARTED.search(text):
        return frozenset(words)
    found: set[str] = set()
    for word in words:
        if _UNPARTED.search(word):
            found.update(word[place : place + 2] for place in range(max(1, len(word) - 1)))
        else:
            found.add(word)
    return frozenset(found)


def _shared(words: Sequence[frozenset[str]]) -> list[list[float]]:
    """For each the greatest part of its words in one other, and of one other's words in it."""
    found = [[0.0] * len(_SHARED) for _ in words]
    for low, above in enumerate(words):
        for high in range(low + 1, len(words)):
            below = words[high]
            if above.isdisjoint(below) or above == below:
                continue
            shared = len(above & below)
            in_above, in_below = shared / len(below), shared / len(above)
            # of the lower one: its words in the upper one, the upper one's in it; and the other way round
            found[high][0] = max(found[high][0], in_above)
            found[high][2] = max(found[high][2], in_below)
            found[low][1] = max(found[low][1], in_below)
            found[low][3] = max(found[low][3], in_above)
    return found
