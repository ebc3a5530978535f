"""One rank for what stands in both tables of SQLite, whichever of them is the small one.

FTS5 weighs a word by how many articles of its own table have it. Where few articles are hidden, every
word is common among them, and weighs nothing: withdrawn, an article would come last. So it is read off
FTS5's scores how often each article has each word, and weighed again by the statistics of both tables.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from corpusapp.models import SearchEntry
from corpusapp.search import word_counts
from corpusapp.search.bm25 import K1, Counted, Leaf, Statistics, scores
from corpusapp.search.contract import Scope
from corpusapp.search.expressions import EVERYTHING
from corpusapp.search.postings import Ranked

_LEAST = 1e-6  # what FTS5 lets a word weigh that stands in half of a table or more
_EVERYTHING = f'"{EVERYTHING}"'
_ONE_EACH = "1.0, 1.0, 1.0, 1.0, 1.0"


def ranked_together(
    cursor: Any,
    found: Mapping[str, Collection[int]],
    leaves: Mapping[Leaf, str],
    weights: str,
) -> Ranked:
    """The articles of `found` (ids by table), best first, by all `leaves` (each as FTS5 is asked).

    Costs two queries for each leaf and table, and as much as counting what has each leaf.
    """
    tables = {table: ids for table, ids in found.items() if ids}
    if not tables:
        return []
    numbers = _numbers(cursor, list(found), [_EVERYTHING, *leaves.values()])
    lengths = _lengths([pk for ids in tables.values() for pk in ids])
    counted: list[Counted] = []
    for table, ids in tables.items():
        documents, *holders = numbers[table]
        longer = _length_parts(cursor, table, ids, documents)
        each = [
            _how_often(
                cursor, table, query, weights, longer=longer, weight=_weight(documents, number)
            )
            for query, number in zip(leaves.values(), holders, strict=True)
        ]
        counted += [
            Counted(pk, lengths.get(pk, 0), [often.get(pk, 0.0) for often in each]) for pk in longer
        ]
    documents, *holders = map(sum, zip(*numbers.values(), strict=True))
    held = dict(zip(leaves, holders, strict=True))
    return scores(counted, list(leaves), Statistics(documents, _average_length(), held))


def _numbers(
    cursor: Any, tables: Sequence[str], queries: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """How many articles of each table match each query; a query for a table."""
    found = {}
    for table in tables:
        each = f"(SELECT count(*) FROM {table} WHERE {table} MATCH %s)"
        cursor.execute(f"SELECT {', '.join([each] * len(queries))}", list(queries))
        found[table] = cursor.fetchone()
    return found


def _lengths(ids: Collection[int]) -> dict[int, int]:
    """Terms of the bodies of these articles."""
    return dict(SearchEntry.objects.filter(article_id__in=ids).values_list("article_id", "terms"))


def _average_length() -> float:
    """Terms of a body, of all that the desk searches, as they are counted."""
    kept = word_counts.counts([word_counts.DOCUMENTS, word_counts.LENGTH], Scope.DESK)
    return kept.get(word_counts.LENGTH, 0) / max(1, kept.get(word_counts.DOCUMENTS, 1))


def _weight(documents: int, holders: int) -> float:
    """What FTS5 lets a word weigh; negative ones it takes for none."""
    weight = math.log((documents - holders + 0.5) / (holders + 0.5))
    return weight if weight > 0 else _LEAST


def _length_parts(
    cursor: Any, table: str, ids: Collection[int], documents: int
) -> dict[int, float]:
    """What BM25 adds to the number of places for the length of each article.

    All articles have the mark of everything once, so that they differ in nothing else by it.
    """
    found = _scores(cursor, table, _EVERYTHING, _ONE_EACH, ids)
    weight = _weight(documents, documents)
    return {pk: weight * (K1 + 1) / score - 1 for pk, score in found.items()}


def _how_often(
    cursor: Any,
    table: str,
    query: str,
    weights: str,
    *,
    longer: Mapping[int, float],
    weight: float,
) -> dict[int, float]:
    """How often each article has what is asked, weighed by the column: BM25, solved for it.

    Rounded, so that what is equal is equal in both tables.
    """
    parts = {
        pk: score / weight for pk, score in _scores(cursor, table, query, weights, longer).items()
    }
    return {pk: round(part * longer[pk] / (K1 + 1 - part), 6) for pk, part in parts.items()}


def _scores(
    cursor: Any, table: str, query: str, weights: str, ids: Collection[int]
) -> dict[int, float]:
    """FTS5's scores of those of `ids` that match; the sign keeps it from asking for each id anew."""
    cursor.execute(
        f"SELECT rowid, -bm25({table}, {weights}) FROM {table} WHERE {table} MATCH %s "
        f"AND rowid >= {min(ids):d} AND +rowid IN ({', '.join(map(str, ids))})",
        [query],
    )
    return dict(cursor.fetchall())
