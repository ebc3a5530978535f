"""Boosted trees as `corpusapp.extraction.forest` reads them. Needs lightgbm (`uv sync --group training`)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from corpusapp.extraction import weights

FOLDER = Path(next(iter(weights.__path__)))
_NEVER_RIGHT = 1e308


def grow(
    rows: Sequence[np.ndarray],
    wanted: Sequence[np.ndarray],
    parameters: dict[str, Any],
    *,
    rounds: int,
    weight: Sequence[np.ndarray] | None = None,
    groups: Sequence[int] | None = None,
) -> lightgbm.Booster:
    """Trees that tell the wanted rows; the same input gives the same trees."""
    fixed = {
        "objective": "binary",
        "verbose": -1,
        "seed": 1,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
    }
    data = lightgbm.Dataset(
        np.vstack(rows),
        np.concatenate(wanted),
        weight=None if weight is None else np.concatenate(weight),
        group=groups,
    )
    return lightgbm.train({**fixed, **parameters}, data, rounds)


def write(
    name: str, boosters: Sequence[lightgbm.Booster], features: Sequence[str], depth: int
) -> None:
    """The forest of all trees of the boosters as `weights/<name>.json`."""
    trees = [
        complete(tree["tree_structure"], depth)
        for booster in boosters
        for tree in booster.dump_model()["tree_info"]
    ]
    save(
        name,
        {
            "features": list(features),
            "base": 0.0,
            "depth": depth,
            "feature": [tree[0] for tree in trees],
            "threshold": [tree[1] for tree in trees],
            "value": [tree[2] for tree in trees],
        },
    )


def save(name: str, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def complete(root: dict[str, Any], depth: int) -> tuple[list[int], list[float], list[float]]:
    """(features, thresholds, values) of a tree filled up to `depth`, breadth first."""
    features: list[int] = []
    thresholds: list[float] = []
    values: list[float] = []
    level = [root]
    for height in range(depth + 1):
        below = []
        for node in level:
            inner = "split_feature" in node
            values.append(round(node["internal_value" if inner else "leaf_value"], 4))
            if height == depth:
                continue
            features.append(node["split_feature"] if inner else 0)
            thresholds.append(_rounded(node["threshold"]) if inner else _NEVER_RIGHT)
            below += [node["left_child"], node["right_child"]] if inner else [node, node]
        level = below
    return features, thresholds, values


def _rounded(threshold: float) -> float:
    """Shorter, but on the same side of zero: lightgbm parts 0 from more than 0 by a tiny number."""
    return round(threshold, 5) or (-1e-6 if threshold < 0 else 1e-6 if threshold > 0 else 0.0)
