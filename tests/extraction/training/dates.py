"""Learn which date of a page is that of publication: `python -m tests.extraction.training.dates`.

Reads the annotated captures in the folder that EXTRACTION_SET names, writes the weights "dates", and prints what a
five-fold split by host says of precision, recall and calibration. Pages are learned from once more without the lines of
their date, so that a page that does not print it gets none. The same input gives the same bytes.

Needs lightgbm (`uv sync --group training`).
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lightgbm
import numpy as np

from corpusapp.extraction import pipeline, text_capture
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.lines import Page
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.date_features import FEATURES, DatedLine, Span, rows
from corpusapp.extraction.parts.dateline import nearest, resolved
from tests.extraction.training.captures import annotated, fold_of
from tests.extraction.training.trees import write

FOLDS, ROUNDS, DEPTH = 5, 45, 4
DATELESS_WEIGHT = 0.3  # of a page whose date was taken out, beside one of a page as it is
THRESHOLD = text_capture.DATE_THRESHOLD
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.12,
    "num_leaves": 12,
    "max_depth": DEPTH,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


@dataclass(slots=True)
class Example:
    """The dates of one page: a row each, and what each says once it is chosen ("" for nothing)."""

    form: str
    language: str
    fold: int
    wanted: frozenset[str]
    right: list[bool]
    given: list[str]
    rows: list[list[float]]
    scores: list[float] = field(default_factory=list)


def example(record: dict[str, Any], raw: bytes, *, dateless: bool) -> Example | None:
    """The dates of a capture as the engine sees them; None for what it refuses."""
    seen: list[Example] = []
    wanted = frozenset(record["published_days"])

    def keep(
        lines: Sequence[DatedLine], page: Page, span: Span, marks: Sequence[Mark | None]
    ) -> None:
        if dateless:
            lines = [line for line in lines if not _is_right(line, wanted)]
        lines = nearest(lines, span)
        chosen = [resolved(line, lines) for line in lines]
        seen.append(
            Example(
                form=record["form"],
                language=record["language"] or "",
                fold=fold_of(record["domain"], FOLDS),
                wanted=frozenset() if dateless else wanted,
                right=[_is_right(line, wanted) for line in chosen],
                given=[line.date.printed.iso[:10] if line.date.printed else "" for line in chosen],
                rows=rows(lines, page, span, marks),
            )
        )

    with patch.object(text_capture, "choose_date", keep):
        try:
            pipeline.extract(raw)
        except ExtractionError:
            return None
    return seen[0] if seen else None


def _is_right(line: DatedLine, wanted: frozenset[str]) -> bool:
    printed = line.date.printed
    readings = [printed.iso] if printed else list(line.date.candidates)
    return any(reading[:10] in wanted for reading in readings)


def learned(pages: Sequence[Example]) -> lightgbm.Booster:
    """The forest that best tells the date of publication from a page's others."""
    table = np.array([row for page in pages for row in page.rows], dtype=float)
    right = np.array([label for page in pages for label in page.right], dtype=float)
    weights = [
        (1.0 if page.wanted else DATELESS_WEIGHT) / max(1, len(page.rows)) ** 0.5
        for page in pages
        for _ in page.rows
    ]
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(table, right, weight=weights), ROUNDS)


def split_by_host(pages: Sequence[Example]) -> None:
    """Score each page by a forest that has seen no page of its fold's hosts."""
    for held in range(FOLDS):
        booster = learned([page for page in pages if page.fold != held])
        for page in pages:
            if page.fold == held and page.rows:
                page.scores = list(booster.predict(np.array(page.rows, dtype=float)))


def chosen(page: Example) -> tuple[float, str]:
    """(chance, day) of the likeliest date; (0, "") where there is none to give."""
    if not page.scores:
        return 0.0, ""
    best = max(range(len(page.scores)), key=page.scores.__getitem__)
    return page.scores[best], page.given[best]


def report(pages: Sequence[Example], say: Callable[[str], object] = sys.stdout.write) -> None:
    """Print precision, recall and F1 by form and language, false dates, and the calibration."""
    for form in ("txt-main", "txt-full"):
        shown = [page for page in pages if page.form == form]
        dated = [page for page in shown if page.wanted]
        for language in ("", "en", "zh-Hans", "de"):
            part = [page for page in dated if language in ("", page.language)]
            for threshold in (0.2, THRESHOLD, 0.4, 0.5):
                say(
                    f"{form} {language or 'all'} {len(part)} at {threshold}: {measured(part, threshold)}\n"
                )
        dateless = [page for page in shown if not page.wanted]
        false = sum(score >= THRESHOLD and day != "" for score, day in map(chosen, dateless))
        say(f"{form} a date on {false} of {len(dateless)} pages that do not print theirs\n")
        for low in (0.3, 0.5, 0.7, 0.8, 0.9):
            high = {0.3: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.9, 0.9: 1.01}[low]
            inside = [
                (score, day in page.wanted)
                for page in dated
                for score, day in [chosen(page)]
                if day and low <= score < high
            ]
            if inside:
                mean, right = np.mean(inside, axis=0)
                say(f"  {low}-{high}: {len(inside)} dates, mean {mean:.3f}, right {right:.3f}\n")


def measured(pages: Sequence[Example], threshold: float) -> str:
    """Precision, recall and F1 of the dates given."""
    pairs = [
        (day, page.wanted)
        for page in pages
        for score, day in [chosen(page)]
        if score >= threshold and day
    ]
    right = sum(day in wanted for day, wanted in pairs)
    precision, recall = right / max(1, len(pairs)), right / max(1, len(pages))
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> None:
    """Read, learn, print, write."""
    folder = Path(os.environ["EXTRACTION_SET"])
    pages = []
    for record, raw in annotated(folder, ("txt-main", "txt-full")):
        if not record["published_days"]:
            continue
        for dateless in (False, True):
            page = example(record, raw, dateless=dateless)
            if page is not None:
                pages.append(page)
    if "--no-report" not in sys.argv:
        split_by_host(pages)
        report(pages)
    write("dates", [learned(pages)], FEATURES, DEPTH)


if __name__ == "__main__":
    main()
