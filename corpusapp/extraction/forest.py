"""Judgement by many small decision trees, whose weights a recipe has learned from annotated pages.

A forest is data: `weights/<name>.json`, made by `tests/extraction/training`. It names its features,
in the order in which a row gives them, so that a forest and the code that feeds it cannot drift
apart unseen. All rows are scored at once with numpy: a page has hundreds of lines.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from corpusapp.extraction.weights import learned

_TOGETHER = 64  # rows
Table = npt.NDArray[np.float64]
"""One row of numbers for each thing to judge, in the order of a forest's features."""


class WrongFeaturesError(Exception):
    """The weights were learned for other features than the code measures."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The weights “{name}” were learned for other features than are measured now."
            " Make them anew: python -m tests.extraction.training"
        )


class Forest:
    """The sum of its trees is the logarithm of the odds that a row is what is looked for.

    Trees are arrays of one depth each: node n has the children 2n + 1 and 2n + 2, a row goes left
    where its value is not above the threshold.
    """

    def __init__(self, weights: dict[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(weights["features"])
        self._base = float(weights["base"])
        self._depth = int(weights["depth"])
        self._feature = np.array(weights["feature"], dtype=np.int32)  # trees x inner nodes
        largest = np.finfo(np.float32).max
        thresholds = np.minimum(np.array(weights["threshold"], dtype=np.float64), largest)
        self._threshold = thresholds.astype(np.float32)
        self._value = np.array(weights["value"], dtype=np.float32)  # trees x all nodes
        self._trees = np.arange(len(self._feature), dtype=np.int32)

    def scores(self, rows: Sequence[Sequence[float]] | Table) -> list[float]:
        """The probability (0 to 1) of each row; rows hold a number for each of `features`."""
        if not len(rows):
            return []
        chances: list[float] = (1.0 / (1.0 + np.exp(-self.odds(rows)))).tolist()
        return chances

    def odds(self, rows: Sequence[Sequence[float]] | Table) -> Table:
        """The logarithm of the odds of each row, or what it is ranked by."""
        table = np.asarray(rows, dtype=np.float32)
        values, first = self._value.ravel(), self._trees * self._value.shape[1]
        found = np.empty(len(table), dtype=np.float64)
        # A few rows at a time: what is computed of them stays in the processor's cache
        for start in range(0, len(table), _TOGETHER):
            leaves = self._paths(table[start : start + _TOGETHER])[-1]
            found[start : start + _TOGETHER] = values.take(first + leaves).sum(axis=1)
        odds: Table = self._base + found
        return odds

    def reasons(self, row: Sequence[float]) -> list[tuple[str, float]]:
        """What each feature adds to the odds of `row`, the weightiest first.

        A step from a node to its child adds the difference of what rows at the two are worth.
        """
        paths = self._paths(np.array([row], dtype=np.float32))
        added = np.zeros(len(self.features))
        for above, below in pairwise(paths):
            gains = self._value[self._trees, below[0]] - self._value[self._trees, above[0]]
            np.add.at(added, self._feature[self._trees, above[0]], gains)
        order = sorted(range(len(added)), key=lambda place: -abs(added[place]))
        return [(self.features[place], float(added[place])) for place in order]

    def _paths(self, table: npt.NDArray[np.float32]) -> list[npt.NDArray[np.int32]]:
        """The nodes that each row meets in each tree, one array (rows x trees) a level."""
        # `take` on flat arrays does what two indexes would, in half the time
        values = table.ravel()
        starts = np.arange(len(table), dtype=np.int32)[:, None] * table.shape[1]
        first = self._trees * self._feature.shape[1]
        features, thresholds = self._feature.ravel(), self._threshold.ravel()
        node = np.zeros((len(table), len(self._trees)), dtype=np.int32)
        met = [node]
        for _ in range(self._depth):
            at = first + node
            right = values.take(starts + features.take(at)) > thresholds.take(at)
            node = 2 * node + 1 + right
            met.append(node)
        return met


@lru_cache(maxsize=16)
def forest(name: str, features: tuple[str, ...]) -> Forest:
    """The forest `name`, which must have been learned for just these `features`."""
    found = Forest(learned(name))
    if found.features != features:
        raise WrongFeaturesError(name)
    return found
