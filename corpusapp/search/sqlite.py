"""The index in SQLite, read: FTS5 finds, counts and ranks."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.db import connection

from corpusapp.search.answering import IndexedEngine
from corpusapp.search.bm25 import leaves_of
from corpusapp.search.contract import Scope
from corpusapp.search.expressions import (
    EVERYTHING,
    All,
    AnyOf,
    Expression,
    InTitle,
    Phrase,
    Term,
    all_of,
    any_of,
)
from corpusapp.search.postings import Postings, Ranked, Tally, orders
from corpusapp.search.sqlite_desk_ranks import ranked_together
from corpusapp.search.sqlite_index import ENTRY, HIDDEN, PUBLIC, SqliteIndex

_WEIGHTS = "1.0, 4.0, 2.0, 1.0, 0.0"
_COMPARED = 1000  # articles of each table that are compared with those of the other


def written(asked: Expression) -> str:
    """The expression in the language of FTS5. Terms hold no quotation mark."""
    match asked:
        case Term(text, begins):
            return f'"{text}"*' if begins else f'"{text}"'
        case Phrase(terms, begins):
            return f'"{" ".join(terms)}"{"*" if begins else ""}'
        case InTitle(what):
            return f"title : {written(what)}"
        case All(parts):
            return f"({' AND '.join(map(written, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(written, parts))})"


class SqlitePostings(Postings):
    """Reads the FTS5 tables."""

    def tally(
        self, asked: Expression, scope: Scope, limit: int, *, places: bool, people: bool
    ) -> Tally:
        query = written(asked)
        count, more = 0, False
        found: list[Counter[str]] = [Counter(), Counter()]
        with connection.cursor() as cursor:
            for table in _tables(scope):
                if places or people:
                    columns = ", ".join(
                        f"group_concat(e.{column}, ' ')" if wanted else "NULL"
                        for column, wanted in (("place", places), ("people", people))
                    )
                    source = f"JOIN {ENTRY} e ON e.article_id = m.rowid"
                else:
                    columns, source = "NULL, NULL", ""
                cursor.execute(
                    f"SELECT count(*), {columns} FROM (SELECT rowid FROM {table} WHERE {table} MATCH %s "
                    f"ORDER BY rowid DESC LIMIT %s) m {source}",
                    [query, limit - count],
                )
                number, *marks = cursor.fetchone()
                count += number
                for counter, joined in zip(found, marks, strict=True):
                    counter.update((joined or "").split())
                if count >= limit and not (places or people):
                    break
                if count >= limit:
                    cursor.execute(
                        f"SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT 1 OFFSET %s",
                        [query, number],
                    )
                    more = cursor.fetchone() is not None
                    break
        return Tally(count, more, *found)

    def numbers(self, asked: Sequence[Expression], scope: Scope, limit: int) -> Sequence[int]:
        each = " + ".join(
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT {limit:d}))"
            for table in _tables(scope)
        )
        queries = [written(one) for one in asked for _table in _tables(scope)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join([each] * len(asked))}", queries)
            return [min(number, limit) for number in cursor.fetchone()]

    def ranked(
        self,
        needed: Expression,
        welcome: Sequence[Expression],
        scope: Scope,
        limit: int,
        *,
        newest: int = 0,
    ) -> Ranked:
        query = written(
            all_of([needed, any_of([Term(EVERYTHING), *welcome])]) if welcome else needed
        )
        is_desk = scope == Scope.DESK
        found: dict[str, Ranked] = {}
        with connection.cursor() as cursor:
            for table in _tables(scope):
                first = 0
                if newest:
                    cursor.execute(
                        f"SELECT rowid FROM {table} WHERE {table} MATCH %s "
                        "ORDER BY rowid DESC LIMIT 1 OFFSET %s",
                        [written(needed), newest - 1],
                    )
                    first = (cursor.fetchone() or (0,))[0]
                cursor.execute(
                    f"SELECT rowid, bm25({table}, {_WEIGHTS}) FROM {table} "
                    f"WHERE {table} MATCH %s AND rowid >= %s ORDER BY 2, rowid DESC LIMIT %s",
                    [query, first, max(limit, _COMPARED) if is_desk else limit],
                )
                found[table] = [(pk, -score) for pk, score in cursor.fetchall()]
            if not is_desk:
                return found[PUBLIC]
            leaves = {leaf: written(leaf.expression) for leaf in leaves_of([needed, *welcome])}
            ids = {table: [pk for pk, _score in rows] for table, rows in found.items()}
            return ranked_together(cursor, ids, leaves, _WEIGHTS)[:limit]

    def latest(self, asked: Expression, scope: Scope, limit: int) -> list[int]:
        found: list[int] = []
        with connection.cursor() as cursor:
            for table in _tables(scope):
                cursor.execute(
                    f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT %s",
                    [written(asked), limit],
                )
                found += [pk for (pk,) in cursor.fetchall()]
        return sorted(found, reverse=True)[:limit]

    def by_date(
        self, asked: Expression, scope: Scope, offset: int, limit: int, *, oldest_first: bool
    ) -> list[int]:
        order = (
            'e."order" = 0, e."order", e.article_id'
            if oldest_first
            else 'e."order" DESC, e.article_id DESC'
        )
        matching = " UNION ALL ".join(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s" for table in _tables(scope)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.article_id FROM ({matching}) m JOIN {ENTRY} e ON e.article_id = m.rowid "
                f"ORDER BY {order} LIMIT %s OFFSET %s",
                [*[written(asked)] * len(_tables(scope)), limit, offset],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def orders(self, article_ids: Collection[int]) -> dict[int, int]:
        return orders(article_ids)


def _tables(scope: Scope) -> tuple[str, ...]:
    return (PUBLIC,) if scope == Scope.PUBLIC else (PUBLIC, HIDDEN)


class SqliteEngine(IndexedEngine):
    """Search in SQLite."""

    def __init__(self) -> None:
        super().__init__(SqliteIndex(), SqlitePostings())
