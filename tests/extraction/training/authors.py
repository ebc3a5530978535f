"""Learn who of the names that a page gives signed it: `python -m tests.extraction.training.authors`.

Reads the annotated captures in the folder that EXTRACTION_SET names, writes the weights "authors", and prints
what a five-fold split by host says of precision, recall and calibration. Pages without their author's lines
are learned from as well, so that a page that names nobody gets nobody. The same input gives the same bytes.

Needs lightgbm (`uv sync --group training`).
"""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lightgbm
import numpy as np

from corpusapp.extraction import pipeline
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.parts import byline
from corpusapp.extraction.parts.byline.choosing import THRESHOLD
from corpusapp.extraction.parts.byline.features import FEATURES, candidates, rows
from corpusapp.extraction.parts.byline.mentions import mentions
from corpusapp.extraction.parts.scene import Scene
from corpusapp.text.folding import fold, fold_words
from tests.extraction.training.captures import annotated, fold_of
from tests.extraction.training.trees import write

FOLDS, ROUNDS, DEPTH = 5, 70, 3
NAMELESS_WEIGHT = 0.3  # of a page whose authors were taken out, beside one of a page as it is
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.14,
    "num_leaves": 8,
    "max_depth": DEPTH,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
_LEADS = ("by ", "von ", "par ", "por ", "written by ")
_HONOURS = ("dr ", "prof ", "professor ", "mr ", "mrs ", "ms ", "sir ", "dame ")


@dataclass(slots=True)
class Example:
    """The candidates of one page: a row each, and whether it is an author."""

    form: str
    language: str
    fold: int
    wanted: frozenset[str]
    keys: list[str]
    rows: list[list[float]]
    scores: list[float]


def name_key(name: str) -> str:
    """What the benchmark takes for the same name."""
    key = fold(name)
    for lead in (*_LEADS, *_HONOURS):
        key = key.removeprefix(lead)
    return key


def scene_of(raw: bytes) -> Scene | None:
    """What the engine sees of a capture when it looks for authors; None for what it refuses."""
    seen: list[Scene] = []

    def keep(scene: Scene) -> list[byline.Signature]:
        marks = list(scene.marks)  # the engine goes on to write into its own
        seen.append(Scene(scene.page, marks, scene.dated, scene.title, scene.body, scene.end))
        return []

    with patch.object(byline, "signatures", keep):
        try:
            pipeline.extract(raw)
        except ExtractionError:
            return None
    return seen[0] if seen else None


def without_names(raw: bytes, names: Iterable[str]) -> bytes:
    """The capture without the lines that hold one of the names."""
    keys = [key for name in names if (key := fold(name))]
    lines = raw.decode("utf-8", "replace").split("\n")
    return "\n".join(
        line for line in lines if not any(key in " ".join(fold_words(line)) for key in keys)
    ).encode()


def example(record: dict[str, Any], raw: bytes, wanted: Iterable[str]) -> Example | None:
    """The candidates of a capture; None where it has none."""
    scene = scene_of(raw)
    if scene is None:
        return None
    names = candidates(scene, mentions(scene))
    return Example(
        form=record["form"],
        language=record["language"] or "",
        fold=fold_of(record["domain"], FOLDS),
        wanted=frozenset(map(name_key, wanted)),
        keys=[name_key(candidate.best.name) for candidate in names],
        rows=rows(scene, names),
        scores=[],
    )


def learned(pages: Sequence[Example]) -> lightgbm.Booster:
    """The forest that best tells authors from other names on `pages`."""
    table = [row for page in pages for row in page.rows]
    signed = [key in page.wanted for page in pages for key in page.keys]
    weights = [1.0 if page.wanted else NAMELESS_WEIGHT for page in pages for _ in page.keys]
    data = lightgbm.Dataset(np.array(table), np.array(signed, float), weight=weights)
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def split_by_host(pages: Sequence[Example]) -> None:
    """Score each page by a forest that has seen no page of its fold's hosts."""
    for held in range(FOLDS):
        booster = learned([page for page in pages if page.fold != held])
        for page in pages:
            if page.fold == held and page.rows:
                page.scores = list(booster.predict(np.array(page.rows)))


def report(pages: Sequence[Example], out: Any = sys.stdout) -> None:
    """Print precision, recall and F1 by form and language, false names, and the calibration."""
    for form in ("txt-main", "txt-full"):
        shown = [page for page in pages if page.form == form]
        named = [page for page in shown if page.wanted]
        nameless = [page for page in shown if not page.wanted]
        for language in ("", "en", "zh-Hans", "de"):
            part = [page for page in named if language in ("", page.language)]
            print(
                form,
                language or "all",
                len(part),
                "P {:.3f} R {:.3f} F1 {:.3f}".format(*measured(part)),
                file=out,
            )
        false = sum(any(score >= THRESHOLD for score in page.scores) for page in nameless)
        print(form, f"names on {false} of {len(nameless)} pages that name nobody", file=out)
    print("calibration: scores, names, their mean, right", file=out)
    pairs = [
        (score, key in page.wanted)
        for page in pages
        if page.wanted
        for score, key in zip(page.scores, page.keys, strict=True)
    ]
    for step in range(10):
        inside = [pair for pair in pairs if step <= 10 * pair[0] < step + 1]
        if inside:
            mean, right = np.mean(inside, axis=0)
            print(
                f"  {step / 10:.1f}-{(step + 1) / 10:.1f} {len(inside):6d} {mean:.3f} {right:.3f}",
                file=out,
            )


def measured(pages: Iterable[Example]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the names at or above the threshold."""
    right = given = wanted = 0
    for page in pages:
        chosen = {
            key for key, score in zip(page.keys, page.scores, strict=False) if score >= THRESHOLD
        }
        right += len(chosen & page.wanted)
        given += len(chosen)
        wanted += len(page.wanted)
    precision, recall = right / max(1, given), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Read, learn, print, write."""
    folder = Path(os.environ["EXTRACTION_SET"])
    pages = []
    for record, raw in annotated(folder, ("txt-main", "txt-full")):
        if not record["authors"]:
            continue
        nameless = without_names(raw, record["authors"])
        read = (example(record, raw, record["authors"]), example(record, nameless, ()))
        pages.extend(page for page in read if page is not None)
    if "--no-report" not in sys.argv:
        split_by_host(pages)
        report(pages)
    write("authors", [learned(pages)], FEATURES, DEPTH)


if __name__ == "__main__":
    main()
