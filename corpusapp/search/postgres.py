"""The index in PostgreSQL: a tsvector beside each entry, and two GIN indexes.

One of them holds what readers search, the other what only the desk may find. Of what matches, the
articles that `ts_rank` likes best are ranked once more by BM25, from the counts that are kept
(`word_counts`) and the places that their vectors tell: so that both databases answer alike.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from django.db import connection, transaction

from corpusapp.models import Article, SearchEntry, SearchStale
from corpusapp.search import word_counts
from corpusapp.search.answering import IndexedEngine
from corpusapp.search.bm25 import Leaf, Statistics, leaves_of, scores
from corpusapp.search.contract import Page, Query, Scope
from corpusapp.search.documents import Document, documents
from corpusapp.search.expressions import (
    All,
    AnyOf,
    Expression,
    InTitle,
    Phrase,
    Term,
    any_of,
)
from corpusapp.search.index import Index, batches
from corpusapp.search.postings import Postings, Ranked, Tally, orders
from corpusapp.search.watching import ARTICLE, PLACES, STALE, TEXTS, WATCHED
from corpusapp.search.word_counts import Changes

_ENTRY = SearchEntry._meta.db_table
_COLUMNS = tuple(str(field.column) for field in SearchEntry._meta.concrete_fields)
_TITLE = (
    "^"  # before terms of the title, once more: a label would have to be looked up in each vector
)
_RERANKED = 300
_VAST = 1000
_LARGEST = 900_000  # bytes of a vector; the database takes a tenth more
_GAP = 10  # places between fields, so that no phrase reaches from one into the next
_LAST_PLACE = 16_383
_COUNTED = 3000  # articles that hold a pair or a phrase; more make no difference to a rank
_PUBLIC, _HIDDEN = "is_public", "NOT is_public"


class PostgresIndex(Index):
    locks_rows = True

    def take_out(
        self,
        entries: Sequence[SearchEntry],
        now: Mapping[int, Document],  # noqa: ARG002 - SQLite's need
        stale: Mapping[int, SearchStale],  # noqa: ARG002
    ) -> Iterable[tuple[SearchEntry, Collection[str] | None]]:
        if not entries:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {_ENTRY} WHERE article_id = ANY(%s) "
                "RETURNING article_id, uncounted, tsvector_to_array(vector)",
                [[entry.article_id for entry in entries]],
            )
            removed = {pk: rest for pk, *rest in cursor.fetchall()}
        taken = []
        for entry in entries:
            if entry.article_id in removed:
                entry.uncounted, terms = removed[entry.article_id]
                taken.append((entry, terms or ()))
        return taken

    def bring_in(self, come: Sequence[Document], entries: Sequence[SearchEntry]) -> None:
        names = ", ".join(f'"{column}"' for column in _COLUMNS)
        places = ", ".join(["%s"] * len(_COLUMNS))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_ENTRY} ({names}, vector) VALUES ({places}, %s::tsvector)",
                [
                    (*(getattr(entry, column) for column in _COLUMNS), vector_of(document))
                    for document, entry in zip(come, entries, strict=True)
                ],
            )

    def set_up(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {_ENTRY} ADD COLUMN IF NOT EXISTS vector tsvector")
            cursor.execute(
                "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
            )
            if cursor.fetchone() == (
                True,
            ):  # the other way gives up at the first kilobyte of a vector
                cursor.execute(f"ALTER TABLE {_ENTRY} ALTER COLUMN vector SET COMPRESSION lz4")
            for name, part in (("public", _PUBLIC), ("hidden", _HIDDEN)):
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS search_entry_{name} ON {_ENTRY} USING gin (vector) "
                    f"WITH (gin_pending_list_limit = 512) WHERE {part}"
                )
            for statement in _triggers():
                cursor.execute(statement)

    def tear_down(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgname LIKE 'search\\_%%'"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")

    def rebuild(self, told: Callable[[int], None]) -> int:
        """Portion by portion, in place: nobody sees half of one."""
        for ids in batches():
            with transaction.atomic():
                # nobody changes them meanwhile
                list(
                    Article.objects.select_for_update()
                    .filter(pk__in=ids)
                    .order_by("pk")
                    .values("pk")
                )
                SearchEntry.objects.filter(article_id__in=ids).delete()
                come = documents(ids)
                self.bring_in(come, [document.entry() for document in come])
                SearchStale.objects.filter(article_id__in=ids).delete()
            told(len(ids))
        SearchEntry.objects.exclude(article_id__in=Article.objects.values("pk")).delete()
        self._recount()
        return SearchEntry.objects.count()

    def _recount(self) -> None:
        """Count all words anew, from what the index holds at one moment."""
        changes = Changes()
        with transaction.atomic():
            with connection.cursor() as cursor:
                word_counts.lock()
                # what a run has in hand is counted by it
                rows = SearchEntry.objects.filter(uncounted="").order_by("article_id")
                last = -1
                while portion := list(rows.filter(article_id__gt=last)[:500]):
                    cursor.execute(
                        f"SELECT article_id, tsvector_to_array(vector) FROM {_ENTRY} WHERE article_id = ANY(%s)",
                        [[entry.article_id for entry in portion]],
                    )
                    terms = dict(cursor.fetchall())
                    for entry in portion:
                        changes.add(
                            terms.get(entry.article_id) or (),
                            entry.terms,
                            entry.language,
                            is_public=entry.is_public,
                            by=1,
                        )
                    last = portion[-1].article_id
            word_counts.replace(changes)

    def strays(self) -> Iterator[str]:
        gone = SearchEntry.objects.exclude(article_id__in=Article.objects.values("pk")).count()
        if gone:
            yield f"the index holds {gone} articles that are gone"

    def wrong(self, batch: Sequence[Document], entries: Sequence[SearchEntry]) -> set[int]:  # noqa: ARG002
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT fresh.pk FROM unnest(%s::bigint[], %s::text[]) AS fresh(pk, vector) "
                f"JOIN {_ENTRY} e ON e.article_id = fresh.pk "
                "WHERE e.vector IS DISTINCT FROM fresh.vector::tsvector",
                [[one.article_id for one in batch], [vector_of(one) for one in batch]],
            )
            return {pk for (pk,) in cursor.fetchall()}

    def optimise(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {_ENTRY}")


def vector_of(document: Document) -> str:
    """The document as a tsvector is written: each term with its place and the label of its field."""
    beside = [*document.marks.split(), *(_TITLE + term for term in document.title.split())]
    parts: list[str] = [f"'{mark}'" for mark in beside]
    place, size = 1, 0
    for label, terms in (
        ("A", document.title),
        ("B", document.names),
        ("C", document.section),
        ("", document.body),
    ):
        found = terms.split()
        size += len(terms.encode()) + 4 * len(found)
        if size > _LARGEST:  # of words that no language has: what is over is not searched
            found = found[: max(0, len(found) - (size - _LARGEST) // 8)]
            if len(" ".join(found).encode()) > _LARGEST:
                found = []
        parts += [f"'{term}':{min(_LAST_PLACE, at)}{label}" for at, term in enumerate(found, place)]
        place += len(found) + _GAP
    return " ".join(parts)


def _triggers() -> Iterator[str]:
    """Functions and triggers; as often as one likes."""
    note = f"INSERT INTO {STALE} (article_id) {{}} ON CONFLICT DO NOTHING;"

    def trigger(name: str, occasion: str, deed: str, condition: str = "") -> Iterator[str]:
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {deed} RETURN NULL; END $$"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {occasion} FOR EACH ROW {condition} "
            f"EXECUTE FUNCTION {name}()"
        )

    watched = ", ".join((*TEXTS, *PLACES))
    new, old = note.format("VALUES (NEW.id)"), note.format("VALUES (OLD.id)")
    yield from trigger("search_article_come", f"INSERT ON {ARTICLE}", new)
    yield from trigger("search_article_gone", f"DELETE ON {ARTICLE}", old)
    yield from trigger("search_article_changed", f"UPDATE OF {watched} ON {ARTICLE}", new)
    for one in WATCHED:
        old, new = (note.format(one.articles.format(row=row)) for row in ("OLD", "NEW"))
        columns = f"OF {one.columns} " if one.columns else ""
        yield from trigger(
            f"search_{one.name}_changed", f"UPDATE {columns}ON {one.table}", old + new
        )
        if one.comes_and_goes:
            yield from trigger(f"search_{one.name}_come", f"INSERT ON {one.table}", new)
            yield from trigger(f"search_{one.name}_gone", f"DELETE ON {one.table}", old)


def written(asked: Expression) -> str:
    """The expression in the language of tsquery. Terms hold no quotation mark and no backslash."""
    match asked:
        case Term(text, begins):
            return f"'{text}':*" if begins else f"'{text}'"
        case Phrase(terms, begins):
            *others, last = (f"'{term}'" for term in terms)
            return f"({' <-> '.join([*others, f'{last}:*' if begins else last])})"
        case InTitle(Phrase(terms, _)):  # in the title at all: ranking looks at the places
            return written(All(tuple(Term(_TITLE + term) for term in terms)))
        case InTitle(Term(text, begins)):
            return written(Term(_TITLE + text, begins))
        case All(parts):
            return f"({' & '.join(map(written, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(written, parts))})"
    raise TypeError(asked)


class PostgresPostings(Postings):
    """Reads the vectors."""

    def tally(
        self, asked: Expression, scope: Scope, limit: int, *, places: bool, people: bool
    ) -> Tally:
        columns = ", ".join(
            f"string_agg({column}, ' ')" if wanted else "NULL"
            for column, wanted in (("place", places), ("people", people))
        )
        matching = _matching("article_id, place, people", scope)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), {columns} FROM (SELECT * FROM ({matching}) m "
                f"{'ORDER BY article_id DESC' if places or people else ''} LIMIT %s) n",
                [*_asked(asked, scope), limit + 1],
            )
            number, joined_places, joined_people = cursor.fetchone()
        return Tally(
            min(number, limit),
            number > limit,
            Counter((joined_places or "").split()),
            Counter((joined_people or "").split()),
        )

    def ranked(
        self,
        needed: Expression,
        welcome: Sequence[Expression],
        scope: Scope,
        limit: int,
        *,
        newest: int = 0,
    ) -> Ranked:
        leaves = leaves_of([needed, *welcome])
        if not leaves:
            return []
        rank = "ts_rank('{0.25, 0.25, 0.5, 1}', vector, %s::tsquery)"
        preferred = written(any_of(leaf.expression for leaf in leaves))
        matching = _matching("article_id, terms, vector", scope)
        # of as many as hold all the words, the latest are taken as they come
        number = newest if newest > _VAST else _RERANKED
        latest = f"ORDER BY article_id DESC LIMIT {number}" if newest else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({matching} {latest}) "
                "SELECT article_id, terms, tsvectorsend(vector) FROM m "
                f"ORDER BY CASE WHEN (SELECT count(*) FROM m) > {_RERANKED} THEN {rank} END DESC NULLS LAST, "
                "article_id DESC LIMIT %s",
                [*_asked(needed, scope), preferred, _RERANKED],
            )
            rows = cursor.fetchall()
        return scores(rows, leaves, self._statistics(leaves, scope))[:limit]

    def _statistics(self, leaves: Sequence[Leaf], scope: Scope) -> Statistics:
        stems = [leaf.stem for leaf in leaves if leaf.stem]
        kept = word_counts.counts([*stems, word_counts.DOCUMENTS, word_counts.LENGTH], scope)
        holders = {leaf: kept[leaf.stem] for leaf in leaves if leaf.stem in kept}
        others = [leaf for leaf in leaves if leaf not in holders]
        if others:
            each = f"(SELECT count(*) FROM ({_matching('1', scope)} LIMIT {_COUNTED}) n)"
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {', '.join([each] * len(others))}",
                    [value for leaf in others for value in _asked(leaf.expression, scope)],
                )
                holders |= dict(zip(others, cursor.fetchone(), strict=True))
        documents = max(1, kept.get(word_counts.DOCUMENTS, 1))
        return Statistics(documents, kept.get(word_counts.LENGTH, 0) / documents, holders)

    def latest(self, asked: Expression, scope: Scope, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({_matching('article_id', scope)}) "
                "SELECT article_id FROM m ORDER BY article_id DESC LIMIT %s",
                [*_asked(asked, scope), limit],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def by_date(
        self, asked: Expression, scope: Scope, offset: int, limit: int, *, oldest_first: bool
    ) -> list[int]:
        order = (
            '"order" = 0, "order", article_id' if oldest_first else '"order" DESC, article_id DESC'
        )
        columns = 'article_id, "order"'
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({_matching(columns, scope)}) "
                f"SELECT article_id FROM m ORDER BY {order} LIMIT %s OFFSET %s",
                [*_asked(asked, scope), limit, offset],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def orders(self, article_ids: Collection[int]) -> dict[int, int]:
        return orders(article_ids)


def _matching(columns: str, scope: Scope) -> str:
    """A query of the entries that match a tsquery, along the indexes of the scope."""
    one = f"SELECT {columns} FROM {_ENTRY} WHERE {{}} AND vector @@ %s::tsquery"
    if scope == Scope.PUBLIC:
        return one.format(_PUBLIC)
    return f"({one.format(_PUBLIC)} UNION ALL {one.format(_HIDDEN)})"


def _asked(asked: Expression, scope: Scope) -> list[str]:
    query = written(asked)
    return [query] if scope == Scope.PUBLIC else [query, query]


class PostgresEngine(IndexedEngine):
    """Search in PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(PostgresIndex(), PostgresPostings())

    def find(self, query: Query) -> Page:
        """See the contract.

        The planner does not know what it costs to unpack a vector, and would rather look at
        them one by one than ask the index that is made for it, which is always read as a bitmap.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            page = super().find(query)
            # the transaction may be somebody's, who asks for other things in it
            cursor.execute(
                "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT"
            )
            return page
