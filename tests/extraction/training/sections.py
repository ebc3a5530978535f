"""Learn which short line about the title is the section: `python -m tests.extraction.training.sections`.

Reads the annotated captures in the folder that EXTRACTION_SET names, writes the weights "section", and
prints what a five-fold split by host says of them. Pages that declare a section in their markup without
printing it near the title teach, with less weight, which lines are none; but lines that name a section
anywhere may be right there, too, and are left out. Pages that declare nothing teach nothing.

Needs lightgbm (`uv sync --group training`).
"""

import os
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.lines import read_page
from corpusapp.extraction.parts import section
from corpusapp.extraction.text_capture import opened
from corpusapp.text.folding import clean
from tests.extraction.scoring import harmonic, title_key
from tests.extraction.training.captures import annotated, fold_of
from tests.extraction.training.trees import grow, write

FOLDS = 5
PARAMETERS = {
    "learning_rate": 0.12,
    "num_leaves": 8,
    "max_depth": 3,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
}
ROUNDS = 60
_UNPRINTED = 0.3  # weight of pages that declare a section and do not print it
_KNOWN = section.FEATURES.index("known")
_DECLARES = re.compile(rb"article:section|\"articleSection\"", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    record: Mapping[str, Any]
    rows: np.ndarray
    right: np.ndarray
    wanted: str

    @property
    def fold(self) -> int:
        return fold_of(self.record["domain"], FOLDS)


def declaring(folder: Path) -> set[str]:
    """The pages whose markup names a section."""
    return {record["id"] for record, raw in annotated(folder, ("html",)) if _DECLARES.search(raw)}


def pages(folder: Path, known: Collection[str]) -> list[Page]:
    found = []
    for record, raw in annotated(folder, ("txt-main", "txt-full")):
        if not record["section"] and record["id"] not in known:
            continue
        try:
            place = opened(read_page(clean(decode(raw).text)), Options())
        except ExtractionError:
            continue
        if place is None:
            continue
        indexes = section.candidates(place)
        lines = place.page.lines
        wanted = title_key(record["section"] or "")
        if indexes:
            found.append(
                Page(
                    record,
                    np.array(section.features(place, indexes), float),
                    np.array(
                        [bool(wanted) and title_key(lines[i].text) == wanted for i in indexes],
                        float,
                    ),
                    wanted,
                )
            )
    return found


def learn(known: Sequence[Page]) -> lightgbm.Booster:
    rows, wanted, weights = [], [], []
    for page in known:
        taught = (page.rows[:, _KNOWN] == 0) | bool(page.wanted)
        rows.append(page.rows[taught])
        wanted.append(page.right[taught])
        weights.append(np.full(int(taught.sum()), 1.0 if page.wanted else _UNPRINTED))
    return grow(rows, wanted, PARAMETERS, rounds=ROUNDS, weight=weights)


def main() -> None:
    folder = Path(
        os.environ.get("EXTRACTION_SET")
        or sys.exit("EXTRACTION_SET must name the annotated captures.")
    )
    everything = pages(folder, declaring(folder))
    chosen: list[tuple[Page, float, bool]] = []
    for fold in range(FOLDS):
        booster = learn([page for page in everything if page.fold != fold])
        for page in everything:
            if page.fold == fold:
                chances = np.asarray(booster.predict(page.rows))
                best = len(chances) - 1 - int(chances[::-1].argmax())
                chosen.append((page, float(chances[best]), bool(page.right[best])))
    show(chosen)
    write("section", [learn(everything)], section.FEATURES, PARAMETERS["max_depth"])


def show(chosen: Sequence[tuple[Page, float, bool]]) -> None:
    for form in ("txt-main", "txt-full"):
        some = [one for one in chosen if one[0].record["form"] == form]
        due = sum(bool(page.wanted) for page, _, _ in some)
        for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            judged = [right for page, chance, right in some if page.wanted and chance >= least]
            others = sum(not page.wanted and chance >= least for page, chance, _ in some)
            precision, recall = sum(judged) / max(1, len(judged)), sum(judged) / due
            say(
                f"{form} section at {least}: P {precision:.3f} R {recall:.3f}"
                f" F1 {harmonic(precision, recall):.3f}; on {len(some) - due} other pages {others} given"
            )


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
