"""Trees are walked as they are written, all rows at once."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpusapp.extraction import weights
from corpusapp.extraction.forest import Forest, WrongFeaturesError, forest

NEVER = 1e308
# One tree asks for a width of more than 40 and then for a gap, the other for a gap alone.
TREES = {
    "features": ["width", "gap"],
    "base": 0.5,
    "depth": 2,
    "feature": [[0, 0, 1], [1, 0, 0]],
    "threshold": [[40.0, NEVER, 0.5], [0.5, NEVER, NEVER]],
    "value": [[0.0, -1.0, 1.0, -1.0, -1.0, 0.5, 2.0], [0.0, -0.25, 0.25, -0.25, -0.25, 0.25, 0.25]],
}


def test_a_row_goes_left_where_its_value_is_not_above_the_threshold():
    odds = Forest(TREES).odds([[40, 1], [41, 0], [41, 1]])

    assert odds.tolist() == pytest.approx([0.5 - 1.0 + 0.25, 0.5 + 0.5 - 0.25, 0.5 + 2.0 + 0.25])


def test_scores_are_chances():
    low, even = Forest({**TREES, "base": -0.25}).scores([[40, 0], [41, 0]])

    assert low == pytest.approx(0.1824, abs=1e-4)
    assert even == pytest.approx(0.5)
    assert Forest(TREES).scores([]) == []


def test_many_rows_are_scored_as_each_alone():
    trees = Forest(TREES)
    rows = [[width, width % 2] for width in range(200)]

    assert trees.scores(rows) == [trees.scores([row])[0] for row in rows]


@pytest.mark.parametrize("name", ["text", "title_list", "section"])
def test_many_rows_come_to_the_leaves_that_few_come_to(name):
    trees = Forest(json.loads((Path(next(iter(weights.__path__))) / f"{name}.json").read_text()))
    rows = np.random.default_rng(1).normal(0, 20, (150, len(trees.features)))

    alone = [trees.odds(row[None])[0] for row in rows]

    assert trees.odds(rows).tolist() == alone


def test_weights_for_other_features_are_refused():
    with pytest.raises(WrongFeaturesError, match="learned for other features"):
        forest("text", ("width", "gap"))


@pytest.mark.parametrize(
    "path", sorted(Path(next(iter(weights.__path__))).glob("*.json")), ids=lambda path: path.stem
)
def test_weights_are_whole(path):
    learned = json.loads(path.read_text("utf-8"))
    if not isinstance(learned.get("features"), list):
        assert all(isinstance(weight, int | float) for weight in learned.values())
        return
    inner, nodes = 2 ** learned["depth"] - 1, 2 ** (learned["depth"] + 1) - 1

    assert {len(tree) for tree in learned["feature"]} == {inner}
    assert {len(tree) for tree in learned["threshold"]} == {inner}
    assert {len(tree) for tree in learned["value"]} == {nodes}
    assert max(max(tree) for tree in learned["feature"]) < len(learned["features"])
