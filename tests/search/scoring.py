"""How good an answer is: the measures of the trade, by kind of query.

A set is a folder with `docs.jsonl` (id, title, body, lang, date, section, author, tags) and
`queries.jsonl` (id, text, kind, relevant: {id: grade}), one JSON object a line.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    kind: str
    good: frozenset[str]  # ids of what should be found


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def queries_of(folder: Path) -> list[Asked]:
    return [
        Asked(
            row["text"],
            row["kind"],
            frozenset(key for key, grade in row["relevant"].items() if grade),
        )
        for row in rows_of(folder / "queries.jsonl")
    ]


def judged(ranked: Sequence[str], good: frozenset[str]) -> dict[str, float]:
    """nDCG@10, recall@100, success@1 and @5 of one answer."""
    gains = [key in good for key in ranked[:SHOWN]]
    ideal = sum(1 / math.log2(place + 2) for place in range(min(10, len(good))))
    gained = sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:10]))
    return {
        "ndcg10": gained / ideal,
        "recall100": sum(gains) / len(good),
        "success1": float(any(gains[:1])),
        "success5": float(any(gains[:5])),
    }


def measured(
    queries: Sequence[Asked], find: Callable[[str], Sequence[str]]
) -> dict[str, Mapping[str, float]]:
    """The measures of each kind of query, and their mean over kinds."""
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for query in queries:
        found[query.kind].append(judged(find(query.text), query.good))
    kinds = {kind: _mean(rows) for kind, rows in sorted(found.items())}
    return kinds if len(kinds) == 1 else kinds | {"mean over kinds": _mean(list(kinds.values()))}


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: round(mean(row[name] for row in rows), 3) for name in rows[0]}
