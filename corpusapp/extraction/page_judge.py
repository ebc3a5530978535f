"""Which lines of a saved page are its text, and how sure that is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpusapp.extraction import second_look
from corpusapp.extraction.forest import Table, forest
from corpusapp.extraction.markup_features import FEATURES
from corpusapp.extraction.weights import learned

FIRST_TREES = 50
"""Of the judge of lines; they are asked about all of a page's, the many more about those only that are in question."""
OUT_OF_QUESTION = -3.3  # odds (their logarithm) that leave a line no chance
OUT_OF_QUESTION_CHANCE = 1 / (1 + math.exp(-OUT_OF_QUESTION))
UNSURE = 0.88  # expected of a text; below, its page is looked at again
_LEAST_LINE = 0.15  # a line less likely is no text, however unsure its page


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of the text, and how good precision and recall of it are expected to be together (0 to 1)."""

    lines: list[int]
    expected: float

    @property
    def sureness(self) -> float:
        """How likely a text so good to be expected is right in nine of its ten words or more."""
        curve = learned("html_agreement")
        return 1 / (1 + math.exp(-curve["slope"] * self.expected - curve["offset"]))


def chances(table: Table) -> list[float]:
    """How likely each line is of the text (0 to 1), by rows as `markup_features.measure` gives them."""
    odds = forest("html_text", FEATURES).odds(table)
    open_ = np.nonzero(odds > OUT_OF_QUESTION)[0]
    if len(open_):
        odds[open_] += forest("html_text_more", FEATURES).odds(table[open_])
    likely: list[float] = (1.0 / (1.0 + np.exp(-odds))).tolist()
    return likely


def in_question(likely: Sequence[float], heard: Sequence[float]) -> np.typing.NDArray[np.bool_]:
    """Which lines of an unsure page are looked at again: those with a chance, and what another reader takes for text."""
    return (np.array(likely) > OUT_OF_QUESTION_CHANCE) | (np.array(heard) > 0)


def second_chances(
    table: Table, likely: Sequence[float], heard: Sequence[float]
) -> Sequence[float]:
    """The chances of the lines after a second look, by rows as `second_look.look_again` gives them."""
    found = np.array(likely)
    asked = in_question(likely, heard)
    if asked.any():
        found[asked] = forest("html_text_again", second_look.FEATURES).scores(table[asked])
    chances: list[float] = found.tolist()
    return chances


def likeliest(widths: Sequence[int], likely: Sequence[float]) -> PageText:
    """So many of the likeliest lines that precision and recall are best.

    With F the harmonic mean to be expected, a line gains by being taken if its chance is above F / 2:
    on a page that is unsure as a whole more of its lines are taken.
    """
    order = sorted(range(len(likely)), key=lambda place: -likely[place])
    whole = sum(width * chance for width, chance in zip(widths, likely, strict=True))
    taken = right = best = 0.0
    count = 0
    for number, place in enumerate(order, 1):
        if likely[place] < _LEAST_LINE:
            break
        taken += widths[place]
        right += widths[place] * likely[place]
        if right / (taken + whole) > best:
            best, count = right / (taken + whole), number
    return PageText(sorted(order[:count]), min(1.0, 2 * best))
