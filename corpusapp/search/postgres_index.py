"""The index in PostgreSQL, written: a tsvector beside each entry, and two GIN indexes.

One of them holds what readers search, the other what only the desk may find.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from django.db import connection, transaction

from corpusapp.models import Article, SearchEntry, SearchStale
from corpusapp.search import word_counts
from corpusapp.search.documents import Document, documents
from corpusapp.search.index import Index, batches
from corpusapp.search.watching import ARTICLE, PLACES, STALE, TEXTS, WATCHED
from corpusapp.search.word_counts import Changes

ENTRY = SearchEntry._meta.db_table
TITLE = (
    "^"  # before terms of the title, once more: a label would have to be looked up in each vector
)
UNPLACED = "~"  # before terms of which the vector does not hold each place, once more
PUBLIC, HIDDEN = "is_public", "NOT is_public"
_COLUMNS = tuple(str(field.column) for field in SearchEntry._meta.concrete_fields)
_LARGEST = 900_000  # bytes of a vector; the database takes a tenth more
_GAP = 10  # places between fields, so that no phrase reaches from one into the next
_LAST_PLACE = 16_383
_MOST_PLACES = 255  # of a term, which the database keeps; further ones are lost
_MAY_LOSE_PLACES = 1000  # terms of a text


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
                f"DELETE FROM {ENTRY} WHERE article_id = ANY(%s) "
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
                f"INSERT INTO {ENTRY} ({names}, vector) VALUES ({places}, %s::tsvector)",
                [
                    (*(getattr(entry, column) for column in _COLUMNS), vector_of(document))
                    for document, entry in zip(come, entries, strict=True)
                ],
            )

    def set_up(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {ENTRY} ADD COLUMN IF NOT EXISTS vector tsvector")
            cursor.execute(
                "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
            )
            if cursor.fetchone() == (
                True,
            ):  # the other way gives up at the first kilobyte of a vector
                cursor.execute(f"ALTER TABLE {ENTRY} ALTER COLUMN vector SET COMPRESSION lz4")
            for name, part in (("public", PUBLIC), ("hidden", HIDDEN)):
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS search_entry_{name} ON {ENTRY} USING gin (vector) "
                    f"WITH (gin_pending_list_limit = 512) WHERE {part}"
                )
            for _name, function, trigger in _triggers():
                cursor.execute(function)
                cursor.execute(trigger)

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
                        f"SELECT article_id, tsvector_to_array(vector) FROM {ENTRY} WHERE article_id = ANY(%s)",
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
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgname = ANY(%s) AND tgenabled <> 'D'",
                [names := [name for name, *_statements in _triggers()]],
            )
            yield from self.lacking(names, {name for (name,) in cursor.fetchall()})

    def wrong(self, batch: Sequence[Document], entries: Sequence[SearchEntry]) -> set[int]:  # noqa: ARG002
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT fresh.pk FROM unnest(%s::bigint[], %s::text[]) AS fresh(pk, vector) "
                f"JOIN {ENTRY} e ON e.article_id = fresh.pk "
                "WHERE e.vector IS DISTINCT FROM fresh.vector::tsvector",
                [[one.article_id for one in batch], [vector_of(one) for one in batch]],
            )
            return {pk for (pk,) in cursor.fetchall()}

    def optimise(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {ENTRY}")


def vector_of(document: Document) -> str:
    """The document as a tsvector is written: each term with its place and the label of its field."""
    beside = [*document.marks.split(), *(TITLE + term for term in document.title.split())]
    parts: list[str] = [f"'{mark}'" for mark in beside]
    unplaced: set[str] = set()
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
        if len(found) > _MAY_LOSE_PLACES:
            unplaced.update(found[max(0, _LAST_PLACE - place) :])
            unplaced.update(term for term, n in Counter(found).items() if n > _MOST_PLACES)
        place += len(found) + _GAP
    return " ".join([*parts, *(f"'{UNPLACED}{term}'" for term in unplaced)])


def _triggers() -> Iterator[tuple[str, str, str]]:
    """Name, function and trigger of each; as often as one likes."""
    note = f"INSERT INTO {STALE} (article_id) {{}} ON CONFLICT DO NOTHING;"

    def trigger(name: str, occasion: str, deed: str) -> tuple[str, str, str]:
        return (
            name,
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {deed} RETURN NULL; END $$"
            ),
            f"CREATE OR REPLACE TRIGGER {name} AFTER {occasion} FOR EACH ROW EXECUTE FUNCTION {name}()",
        )

    watched = ", ".join((*TEXTS, *PLACES))
    new, old = note.format("VALUES (NEW.id)"), note.format("VALUES (OLD.id)")
    yield trigger("search_article_come", f"INSERT ON {ARTICLE}", new)
    yield trigger("search_article_gone", f"DELETE ON {ARTICLE}", old)
    yield trigger("search_article_changed", f"UPDATE OF {watched} ON {ARTICLE}", new)
    for one in WATCHED:
        old, new = (note.format(one.articles.format(row=row)) for row in ("OLD", "NEW"))
        columns = f"OF {one.columns} " if one.columns else ""
        yield trigger(f"search_{one.name}_changed", f"UPDATE {columns}ON {one.table}", old + new)
        if one.comes_and_goes:
            yield trigger(f"search_{one.name}_come", f"INSERT ON {one.table}", new)
            yield trigger(f"search_{one.name}_gone", f"DELETE ON {one.table}", old)
