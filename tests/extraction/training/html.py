"""Learn the judges of saved pages: `python -m tests.extraction.training.html [--no-report] [html_date …]`.

Reads the annotated pages in the folder that EXTRACTION_SET names, writes the weights "html_text", "html_title",
"html_authors" and "html_date" (or those named), and prints what a five-fold split by host says of each. With
"html_text" go "html_text_again", which learns from what trees of other hosts say of each page, and "html_words", how
much words speak for text there. The same input gives the same bytes.

Needs lightgbm (`uv sync --group training`).
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from corpusapp.extraction import forest, markup_features, second_look
from corpusapp.extraction.page_judge import (
    FIRST_TREES,
    OUT_OF_QUESTION,
    UNSURE,
    in_question,
    likeliest,
)
from corpusapp.extraction.witnesses import authors, dates, titles
from tests.extraction.scoring import body_overlap, harmonic
from tests.extraction.training.html_pages import FOLDS, Example, Rows, examples, fold_of
from tests.extraction.training.html_words import Words
from tests.extraction.training.text import sureness
from tests.extraction.training.trees import save

WEIGHTS = Path(forest.__file__).parent / "weights"
RIGHT = 0.9  # precision and recall of a text that is right, together
PARAMETERS = {
    "objective": "binary",
    "lambda_l2": 4,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class Judge:
    """How one forest is learned."""

    name: str
    features: tuple[str, ...]
    rounds: int
    depth: int
    parameters: dict[str, Any]
    of: Callable[[Example], Rows | None]
    seeds: int = 1  # so many forests, each by other samples, say together what one says


JUDGES = (
    Judge(
        "html_text", markup_features.FEATURES, 200, 6,
        {"learning_rate": 0.06, "num_leaves": 31, "min_data_in_leaf": 60, "feature_fraction": 0.3},
        lambda example: example.text,
    ),
    Judge(
        "html_title", titles.FEATURES, 80, 4,
        {"learning_rate": 0.08, "num_leaves": 12, "min_data_in_leaf": 15, "feature_fraction": 0.5},
        lambda example: example.title,
    ),
    Judge(
        "html_authors", authors.FEATURES, 100, 5,
        {"learning_rate": 0.07, "num_leaves": 14, "min_data_in_leaf": 12, "feature_fraction": 0.4,
         "bagging_fraction": 0.8, "bagging_freq": 1},
        lambda example: example.authors,
    ),
    Judge(
        "html_date", dates.FEATURES, 80, 4,
        {"learning_rate": 0.08, "num_leaves": 12, "min_data_in_leaf": 15, "feature_fraction": 0.3},
        lambda example: example.date,
    ),
)  # fmt: skip
AGAIN = Judge(
    "html_text_again", second_look.FEATURES, 200, 6,
    {"learning_rate": 0.03, "num_leaves": 31, "min_data_in_leaf": 60, "feature_fraction": 0.1,
     "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 127},
    lambda _example: None, seeds=2,
)  # fmt: skip


def learned(judge: Judge, pages: Sequence[Rows], words: Words) -> list[lightgbm.Booster]:
    """The forests that best tell right rows from others on `pages`."""
    pages = [page for page in pages if len(page.table)]
    data = lightgbm.Dataset(
        np.vstack([words.table(page) for page in pages]),
        np.concatenate([np.array(page.right, dtype=float) for page in pages]),
        weight=np.concatenate([np.array(page.weights) for page in pages]),
    )
    settings = {**PARAMETERS, **judge.parameters, "max_depth": judge.depth}
    return [
        lightgbm.train({**settings, "seed": seed}, data, judge.rounds)
        for seed in range(1, judge.seeds + 1)
    ]


def as_json(judge: Judge, boosters: Sequence[lightgbm.Booster], trees_: slice = slice(None)) -> str:
    """The forests, or these trees of each, as one in the form that `corpusapp.extraction.forest` reads."""
    trees = [
        complete(tree["tree_structure"], judge.depth, len(boosters))
        for booster in boosters
        for tree in booster.dump_model()["tree_info"][trees_]
    ]
    weights = {
        "features": list(judge.features),
        "base": 0.0,
        "depth": judge.depth,
        "feature": [tree[0] for tree in trees],
        "threshold": [tree[1] for tree in trees],
        "value": [tree[2] for tree in trees],
    }
    return json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n"


def complete(
    root: dict[str, Any], most: int, forests: int
) -> tuple[list[int], list[float], list[float]]:
    """(features, thresholds, values) of a tree filled up to the depth `most`, breadth first; one of so many forests."""
    level = [root]
    features: list[int] = []
    thresholds: list[float] = []
    values: list[float] = []
    for depth in range(most + 1):
        values.extend(
            round(node.get("leaf_value", node.get("internal_value", 0.0)) / forests, 5)
            for node in level
        )
        below = []
        for node in level if depth < most else []:
            inner = "split_feature" in node
            features.append(node["split_feature"] if inner else 0)
            thresholds.append(round(node["threshold"], 5) if inner else 1e308)
            below += [node["left_child"], node["right_child"]] if inner else [node, node]
        level = below
    return features, thresholds, values


def split_by_host(judge: Judge, pages: Sequence[Rows], others: Sequence[Rows]) -> list[list[float]]:
    """The chances of each page's rows by a forest that has seen no page of its fold's hosts."""
    scores: list[list[float]] = [[] for _ in pages]
    for held in range(FOLDS):
        seen = [page for page in (*pages, *others) if fold_of(page.domain) != held]
        words = Words(seen)
        boosters = learned(judge, seen, words)
        for place, page in enumerate(pages):
            if fold_of(page.domain) == held and len(page.table):
                scores[place] = predicted(judge, boosters, words.table(page))
    return scores


def predicted(judge: Judge, boosters: Sequence[lightgbm.Booster], table: np.ndarray) -> list[float]:
    """The chances as the engine finds them: lines that the first trees rule out are not asked about further."""
    odds = np.mean([booster.predict(table, raw_score=True) for booster in boosters], axis=0)
    if judge.name == "html_text":
        first = boosters[0].predict(table, raw_score=True, num_iteration=FIRST_TREES)
        odds = np.where(first > OUT_OF_QUESTION, odds, first)
    chances: list[float] = (1 / (1 + np.exp(-odds))).tolist()
    return chances


def report(
    judge: Judge,
    pages: Sequence[Rows],
    others: Sequence[Rows],
    out: Callable[[str], None] = print,
) -> list[list[float]]:
    """Print how often the best row is right, what the rows above one half are, and the calibration.

    The chances of the rows of `pages`, split by host; from `others` the judge learns beside them.
    """
    scores = split_by_host(judge, pages, others)
    pairs = [
        pair
        for page, row in zip(pages, scores, strict=True)
        for pair in zip(row, page.right, strict=True)
    ]
    best = sum(
        page.right[max(range(len(row)), key=row.__getitem__)]
        for page, row in zip(pages, scores, strict=True)
        if row
    )
    given = [right for score, right in pairs if score >= 0.4]
    wanted = sum(page.wanted for page in pages) or sum(right for _score, right in pairs)
    out(
        f"{judge.name}: {len(pages)} pages, {len(pairs)} rows; best row right {best / len(pages):.3f};"
        f" above 0.4: precision {sum(given) / max(1, len(given)):.3f}, recall {sum(given) / max(1, wanted):.3f}"
    )
    for step in range(10):
        inside = [pair for pair in pairs if step <= 10 * pair[0] < step + 1]
        if inside:
            mean, right = np.mean(np.array(inside, dtype=float), axis=0)
            out(f"  {step / 10:.1f}-{(step + 1) / 10:.1f} {len(inside):7d} {mean:.3f} {right:.3f}")
    return scores


def second_look_at(page: Rows, chances: Sequence[float]) -> Rows | None:
    """What the judge of the second look sees of a page and these chances; None where no other reader is heard."""
    if page.truth is None or page.seen is None or page.heard is None:
        return None
    first = likeliest(page.truth.widths, chances)
    table = second_look.look_again(page.seen, page.table, chances, first.expected, page.heard)
    asked = np.nonzero(in_question(chances, page.heard))[0]
    right, weights = ([of[place] for place in asked] for of in (page.right, page.weights))
    return replace(page, table=table[asked], right=right, weights=weights, asked=asked)


def learn_again(pages: Sequence[Rows], scores: Sequence[list[float]]) -> list[list[float]]:
    """Learn the second look from chances that trees of other hosts give; the chances once it is taken.

    It learns from all pages, though only the unsure ones are looked at again: with these alone it is worse.
    """
    looked = [second_look_at(page, row) for page, row in zip(pages, scores, strict=True)]
    again = iter(report(AGAIN, [rows for rows in looked if rows is not None], []))
    found = []
    for page, rows, row in zip(pages, looked, scores, strict=True):
        second = None if rows is None else next(again)
        if (
            second is not None
            and page.truth is not None
            and page.heard is not None
            and likeliest(page.truth.widths, row).expected < UNSURE
        ):
            asked = np.nonzero(in_question(row, page.heard))[0].tolist()
            row = list(row)  # noqa: PLW2901 - the first look's stays as it is
            for place, chance in zip(asked, second, strict=True):
                row[place] = chance
        found.append(row)
    write(AGAIN, [rows for rows in looked if rows is not None])
    return found


def print_texts(name: str, pages: Sequence[Rows], scores: Sequence[Sequence[float]]) -> None:
    """How well the texts that these chances give agree with the true ones."""
    overlaps = []
    for page, row in zip(pages, scores, strict=True):
        truth = page.truth
        if truth is not None:
            given = "\n".join(truth.lines[place] for place in likeliest(truth.widths, row).lines)
            overlaps.append(body_overlap(truth.body, given, truth.title))
    precision, recall = np.mean(np.array(overlaps), axis=0)
    good = np.mean([harmonic(*overlap) >= RIGHT for overlap in overlaps])
    print(  # noqa: T201 - what a recipe is asked for
        f"{name}: P {precision:.4f} R {recall:.4f} F1 {harmonic(precision, recall):.4f} f>=.9 {good:.4f}"
    )


def agreement(pages: Sequence[Rows], scores: Sequence[Sequence[float]]) -> tuple[float, float]:
    """(slope, offset) of the curve from what a text is expected to be to whether it is right."""
    pairs = []
    for page, row in zip(pages, scores, strict=True):
        truth = page.truth
        if truth is not None:
            text = likeliest(truth.widths, row)
            given = "\n".join(truth.lines[place] for place in text.lines)
            pairs.append(
                (text.expected, harmonic(*body_overlap(truth.body, given, truth.title)) >= RIGHT)
            )
    return sureness(pairs)


def write(judge: Judge, pages: Sequence[Rows]) -> None:
    """Learn from all pages; the first trees of the judge of lines are kept apart from the rest."""
    words = Words(pages)
    boosters = learned(judge, pages, words)
    parts = {judge.name: slice(None)}
    if judge.name == "html_text":
        parts = {judge.name: slice(FIRST_TREES), f"{judge.name}_more": slice(FIRST_TREES, None)}
        save("html_words", words.weights)
    for name, trees in parts.items():
        (WEIGHTS / f"{name}.json").write_text(as_json(judge, boosters, trees), encoding="utf-8")


def main() -> None:
    """Read, learn, print, write."""
    read = list(examples())
    named = [judge for judge in JUDGES if judge.name in sys.argv]
    for judge in named or JUDGES:
        pages = [rows for example in read if (rows := judge.of(example)) is not None]
        others = nobody(judge, read)
        if "--no-report" not in sys.argv:
            scores = report(judge, pages, others)
            if judge.name == "html_text":
                again = learn_again(pages, scores)
                print_texts("text, first look", pages, scores)
                print_texts("text, second look", pages, again)
                slope, offset = agreement(pages, again)
                save("html_agreement", {"slope": round(slope, 3), "offset": round(offset, 3)})
        write(judge, [*pages, *others])


def nobody(judge: Judge, read: Sequence[Example]) -> list[Rows]:
    """What a judge learns of pages that name nobody."""
    if judge.name != "html_authors":
        return []
    return [example.nobody for example in read if example.nobody is not None]


if __name__ == "__main__":
    main()
