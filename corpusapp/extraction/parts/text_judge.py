"""Which lines of a capture are its text: a forest judges each among its neighbours, then all are chosen together.

The forest gives each line the chance that it is text. How sure one must be depends on the page: the
lines chosen are those that make the expected agreement (F1, by words) of chosen and true text
greatest, so that a page of clear prose drops what is doubtful and a page of scraps keeps it. That
expected agreement is also what the body's confidence comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpusapp.extraction.forest import forest
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.line_words import LineWords
from corpusapp.extraction.parts.text_features import FEATURES, Surroundings, features, near_text
from corpusapp.extraction.weights import learned

_SCRAP = 0.5  # words: of a line without any


@dataclass(frozen=True, slots=True)
class TextJudged:
    """The chance of each line, those chosen, and how well they are expected to agree with the text."""

    chances: Sequence[float]
    chosen: frozenset[int]
    agreement: float  # expected F1


def judge_text(page: Page, marks: Sequence[Mark | None], known: Surroundings) -> TextJudged:
    """Judge all lines of a page together; at least one is chosen."""
    near = near_text(page, known)
    rows = features(page, marks, known, near, _line_words())
    if near.all():
        chances = np.array(forest("text", FEATURES).scores(rows))
    else:
        chances = np.zeros(len(rows))
        chances[near] = forest("text", FEATURES).scores(rows[near])
    return choose(chances.tolist(), [words_in(line) for line in page.lines])


@lru_cache(maxsize=1)
def _line_words() -> LineWords:
    return LineWords(learned("words"))


def words_in(line: Line) -> float:
    """About as many words as a line has; two Han characters are one."""
    return max(_SCRAP, line.width / 6)


def choose(chances: Sequence[float], weights: Sequence[float]) -> TextJudged:
    """The lines at or above the chance that makes the expected F1 greatest."""
    chance, weight = np.array(chances), np.array(weights)
    order = np.argsort(-chance, kind="stable")
    taken = np.cumsum(weight[order])
    right = np.cumsum((weight * chance)[order])
    agreements = 2 * right / (taken + right[-1])
    last = int(np.argmax(agreements))
    chosen = order[: last + 1]
    return TextJudged(chances, frozenset(map(int, chosen)), round(float(agreements[last]), 3))
