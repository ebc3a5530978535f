"""Judgement by many small decision trees, whose weights a recipe has learned from annotated pages.

A forest is data: `weights/<name>.json`, made by `tests/extraction/training`. It names its features,
in the order in which a row gives them, so that a forest and the code that feeds it cannot drift
apart unseen. All rows are scored at once with numpy: a page has hundreds of lines.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from corpusapp.extraction.weights import learned

_TOGETHER, _MANY = 128, 48  # rows
_SHALLOW = 4  # levels of inner nodes, whose answers are at most 16 bits
Table = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]
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
        depth = int(weights["depth"])
        feature = np.array(weights["feature"], dtype=np.intp)  # trees x inner nodes
        largest = np.finfo(np.float32).max
        limits = np.minimum(np.array(weights["threshold"], dtype=np.float64), largest)
        value = np.array(weights["value"], dtype=np.float32)  # trees x all nodes
        made = _Shallow if depth <= _SHALLOW else _Deep
        self._trees: _Shallow | _Deep = made(feature, limits.astype(np.float32), depth)
        self._leaves = value[:, 2**depth - 1 :].ravel()

    def scores(self, rows: Sequence[Sequence[float]] | Table | Rows) -> list[float]:
        """The probability (0 to 1) of each row; rows hold a number for each of `features`."""
        if not len(rows):
            return []
        chances: list[float] = (1.0 / (1.0 + np.exp(-self.odds(rows)))).tolist()
        return chances

    def odds(self, rows: Sequence[Sequence[float]] | Table | Rows) -> Table:
        """The logarithm of the odds of each row, or what it is ranked by."""
        table = np.asarray(rows, dtype=np.float32)
        found = np.empty(len(table), dtype=np.float64)
        # A few rows at a time: what is computed of them stays in the processor's cache
        for start in range(0, len(table), _TOGETHER):
            leaves = self._trees.reached(table[start : start + _TOGETHER])
            found[start : start + _TOGETHER] = self._leaves.take(leaves).sum(axis=1)
        odds: Table = self._base + found
        return odds


class _Shallow:
    """Trees whose inner nodes are asked all at once.

    Of few rows the answers are the bits of a number, and what that leads to stands in a table, so
    that a handful of calls judge them: then the calls are what costs. Of many rows it is their
    numbers: those of all rows are taken together, node by node, and the answers followed down.
    """

    def __init__(self, feature: npt.NDArray[np.intp], threshold: Rows, depth: int) -> None:
        trees, nodes = feature.shape
        bits = 8 if nodes < 8 else 16  # noqa: PLR2004 - of a byte
        self._number = np.uint8 if bits == 8 else np.uint16  # noqa: PLR2004
        asked = np.zeros((trees, bits), dtype=np.intp)
        limits = np.full(
            (trees, bits), np.inf, dtype=np.float32
        )  # what no tree asks is answered no
        asked[:, :nodes], limits[:, :nodes] = feature, threshold
        self._asked, self._limits = asked.ravel(), limits.ravel()
        self._leaf = _leaves_of_answers(bits, depth, self._number)
        self._first = np.arange(trees, dtype=np.intp) << depth  # leaf of each tree
        self._depth, self._shape = depth, (nodes, trees, -1)
        self._asked_by_node, self._limits_by_node = feature.T.ravel(), threshold.T.reshape(-1, 1)

    def reached(self, table: Rows) -> npt.NDArray[np.intp]:
        """The leaf that each row comes to in each tree (rows x trees)."""
        return self._of_many(table) if len(table) >= _MANY else self._of_few(table)

    def _of_few(self, table: Rows) -> npt.NDArray[np.intp]:
        answers = np.packbits(table.take(self._asked, axis=1) > self._limits, axis=1)
        leaves: npt.NDArray[np.intp] = self._leaf.take(answers.view(self._number)) + self._first
        return leaves

    def _of_many(self, table: Rows) -> npt.NDArray[np.intp]:
        values = np.ascontiguousarray(table.T).take(self._asked_by_node, axis=0)
        answers = (values > self._limits_by_node).reshape(self._shape)  # nodes x trees x rows
        turns = [answers[0]]  # right or left, from the root down
        leaf = turns[0].view(np.uint8)
        for level in range(1, self._depth):
            here = answers[2**level - 1 : 2 ** (level + 1) - 1]
            for turn in turns:  # which half of the nodes left over is the way
                left, right = here[: len(here) // 2], here[len(here) // 2 :]
                here = left ^ (turn & (left ^ right))
            turns.append(here[0])
            leaf = leaf + leaf + turns[-1].view(np.uint8)
        leaves: npt.NDArray[np.intp] = leaf.T + self._first
        return leaves


def _leaves_of_answers(
    bits: int, depth: int, number: type[np.uint8 | np.uint16]
) -> npt.NDArray[np.uint8]:
    """For each number that the answers of one tree make: the leaf to which they lead."""
    count = 1 << bits
    answers = np.unpackbits(np.arange(count, dtype=number).view(np.uint8)).reshape(count, bits)
    node = np.zeros(count, dtype=np.intp)
    here = np.arange(count)
    for _ in range(depth):
        node += node + 1 + answers[here, node]
    leaves: npt.NDArray[np.uint8] = (node - (2**depth - 1)).astype(np.uint8)
    return leaves


class _Deep:
    """Trees that are walked down level by level, all of them and all rows together."""

    def __init__(self, feature: npt.NDArray[np.intp], threshold: Rows, depth: int) -> None:
        self._trees = np.arange(len(feature), dtype=np.intp)
        levels = [slice(2**level - 1, 2 ** (level + 1) - 1) for level in range(depth)]
        # The nodes of one depth stand together, tree by tree: node n of a level has the children
        # 2n and 2n + 1 of the next, so that one flat array a level is all that a step needs.
        self._steps = [(feature[:, nodes].ravel(), threshold[:, nodes].ravel()) for nodes in levels]

    def reached(self, table: Rows) -> npt.NDArray[np.intp]:
        """The leaf that each row comes to in each tree (rows x trees)."""
        # `take` on flat arrays does what two indexes would, in half the time
        values = table.ravel()
        starts = np.arange(0, table.size, table.shape[1], dtype=np.intp)[:, None]
        features, thresholds = self._steps[0]
        node = self._trees + self._trees + (values.take(starts + features) > thresholds)
        for features, thresholds in self._steps[1:]:
            at = features.take(node)
            at += starts
            right = values.take(at) > thresholds.take(node)
            node += node
            node += right
        return node


@lru_cache(maxsize=16)
def forest(name: str, features: tuple[str, ...]) -> Forest:
    """The forest `name`, which must have been learned for just these `features`."""
    found = Forest(learned(name))
    if found.features != features:
        raise WrongFeaturesError(name)
    return found
