"""Measure extraction, and stop where a figure fell.

    python -m tests.extraction.gate           tables, and what fell or rose; 1 if anything fell
    python -m tests.extraction.gate --pin     the same, and today's figures become the measure

The golden captures are always measured; where EXTRACTION_SET names a folder with a public set, so is
a fixed quarter of its pages. Extraction is deterministic, so a figure that is lower in its third
decimal is a change, not chance: it is accepted by `--pin`, in a commit that says why, or not at all.
"""

import argparse
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpusapp.extraction.article import Options
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from tests.extraction.captures import (
    FIGURES,
    Sample,
    golden,
    readable_forms,
    sample_of,
    set_name,
)
from tests.extraction.scoring import Credit, confident, credits_of, figure

_BANDS = (0.9, 0.7, 0.5, 0.0)  # lower ends of confidence; the first is the promise
_PROMISED = 0.9  # of the fields given at that confidence are right
Figures = dict[str, dict[str, float]]  # "form/metric" -> {"records", "precision", "recall", "f1"}


@dataclass(slots=True)
class Measured:
    """The figures of one set of captures."""

    figures: Figures = field(default_factory=dict)
    calibration: Figures = field(default_factory=dict)  # "field/0.9" -> {"records", "right"}
    speed: dict[str, float] = field(default_factory=dict)  # form -> captures per CPU-second


def measure(samples: Iterable[Sample]) -> Measured:
    earned: dict[str, list[Credit]] = defaultdict(list)
    sure: dict[str, list[bool]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(list)
    for sample in samples:
        started = time.process_time()
        try:
            article = extract(sample.raw, Options(media_type=sample.media_type))
        except ExtractionError:
            article = None
        spent[sample.form].append(time.process_time() - started)
        record = credits_of(sample.truth, article)
        for metric, credit in record.items():
            earned[f"{sample.form}/{metric}"].append(credit)
        for name, (confidence, right) in (confident(article, record) if article else {}).items():
            band = next(low for low in _BANDS if confidence >= low)
            sure[f"{name}/{band}"].append(right)
    return Measured(
        {
            name: _rounded(credits_)
            for name, credits_ in sorted(earned.items())
            if any(credit.given or credit.due for credit in credits_)
        },
        {
            name: {"records": len(rights), "right": round(sum(rights) / len(rights), 3)}
            for name, rights in sorted(sure.items())
        },
        {form: len(times) / max(sum(times), 1e-9) for form, times in spent.items()},
    )


def _rounded(credits_: list[Credit]) -> dict[str, float]:
    found = figure(credits_)
    return {
        "records": found.records,
        "precision": round(found.precision, 3),
        "recall": round(found.recall, 3),
        "f1": round(found.f1, 3),
    }


def changes(
    pinned: Mapping[str, Figures], found: Mapping[str, Figures]
) -> tuple[list[str], list[str]]:
    """(what fell, what rose or is new), a line each. What is pinned and not found has fallen."""
    fell, rose = [], []
    for group, figures in pinned.items():
        for name, old in figures.items():
            new = found.get(group, {}).get(name, {})
            for measure_, before in old.items():
                after = new.get(measure_)
                line = f"{group:<12} {name:<22} {measure_:<10} {before:>8} -> {'gone' if after is None else after:>8}"
                if after is None or after < before:
                    fell.append(line)
                elif after > before:
                    rose.append(line)
    for group, figures in found.items():
        rose += [
            f"{group:<12} {name:<22} {'f1':<10} {'new':>8} -> {new.get('f1', new.get('right')):>8}"
            for name, new in figures.items()
            if name not in pinned.get(group, {})
        ]
    return fell, rose


def as_pinned(measured: Mapping[str, Measured]) -> dict[str, Figures]:
    """The figures as they are kept; of the calibration, how nearly the promise is kept."""
    kept: dict[str, Figures] = {}
    for group, found in measured.items():
        kept[group] = found.figures
        if group != "golden":  # too few for shares
            kept[f"{group} ≥ 0.9"] = {
                name: {"right": min(row["right"], _PROMISED)}
                for name, row in found.calibration.items()
                if name.endswith(f"/{_BANDS[0]}")
            }
    return kept


def _text(pinned: Mapping[str, Figures]) -> str:
    """JSON with a figure a line, so that a change of one is a line in the history."""
    groups = [
        f" {json.dumps(group, ensure_ascii=False)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in figures.items())
        + "\n }"
        for group, figures in sorted(pinned.items())
    ]
    return "{\n" + ",\n".join(groups) + "\n}\n"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def show(group: str, measured: Measured) -> None:
    _say(f"\n{group:<22} {'records':>8} {'precision':>10} {'recall':>8} {'F1':>8}")
    for name, row in measured.figures.items():
        _say(
            f"{name:<22} {row['records']:>8} {row['precision']:>10.3f} {row['recall']:>8.3f} {row['f1']:>8.3f}"
        )
    _say(f"\n{group}: fields by confidence")
    _say(f"{'field':<22} {'given':>8} {'right':>8}")
    for name, row in measured.calibration.items():
        low = name.endswith(f"/{_BANDS[0]}") and row["right"] < _PROMISED
        _say(
            f"{name.replace('/', ' ≥ '):<22} {row['records']:>8} {row['right']:>8.3f}{'  below the promise' if low else ''}"
        )
    for form, speed in measured.speed.items():
        _say(f"{form}: {speed:.0f} captures per CPU-second (information only)")


def _measured() -> dict[str, Measured]:
    found = {"golden": measure(sample for sample in golden() if sample.form in readable_forms())}
    if folder := os.environ.get("EXTRACTION_SET"):
        found[f"set {set_name(Path(folder))}"] = measure(sample_of(Path(folder)))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pin", action="store_true", help="make today's figures the measure")
    pin = parser.parse_args(arguments).pin
    folder = os.environ.get("EXTRACTION_SET")
    if folder and not (Path(folder) / "truth.jsonl.xz").is_file():
        _say(f"EXTRACTION_SET names {folder}, which holds no truth.jsonl.xz")
        return 2
    measured = _measured()
    for group, found in measured.items():
        show(group, found)
    pinned = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    found = as_pinned(measured)
    # A set that is not here today cannot fall
    at_hand = {group: figures for group, figures in pinned.items() if group in found}
    fell, rose = changes(at_hand, found)
    for heading, lines in (("Rose, or is new (keep it with --pin)", rose), ("FELL", fell)):
        if lines:
            _say(f"\n{heading}:\n  " + "\n  ".join(lines))
    if not any(group.startswith("set ") for group in found):
        _say("\nLEFT OUT: the public set (EXTRACTION_SET names no folder)")
    if pin:
        FIGURES.write_text(_text(pinned | found), "utf-8")
        _say(f"\nPinned in {FIGURES.name}.")
        return 0
    _say(f"\n{'A figure fell.' if fell else 'No figure fell.'}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
