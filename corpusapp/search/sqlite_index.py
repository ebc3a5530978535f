"""The index in SQLite, written: one FTS5 table for what readers search, one for what only the desk may find.

Both are contentless: they hold postings, and no text. Before SQLite 3.43 words can be taken out of such
a table only by naming them, so they are analysed once more from the text that was indexed: the
article's own, or, where that has changed, the one that a trigger has kept (`SearchStale`).
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection, transaction

from corpusapp.models import SearchCount, SearchEntry, SearchStale, SearchWord
from corpusapp.search.documents import Document, documents, earlier_body
from corpusapp.search.index import Index, batches, is_same, texts_of, unpacked
from corpusapp.search.watching import ARTICLE, PLACES, STALE, TEXTS, WATCHED
from corpusapp.search.word_counts import Changes, replace

PUBLIC, HIDDEN = "corpusapp_search_public", "corpusapp_search_hidden"
ENTRY = SearchEntry._meta.db_table
# The first column costs no byte to name beside each word of each article: most words are the body's
_COLUMNS = "body, title, names, section, marks"
# Terms are levelled already; the tokenizer is to part them at spaces and do nothing else
_TOKENIZER = "ascii tokenchars ''_.=''"
_FTS5 = f"USING fts5({_COLUMNS}, content='', tokenize='{_TOKENIZER}')"
_MADE = "search_made"
_COMPARED = 16  # terms of an article
_BESIDE = {PUBLIC: f"{PUBLIC}_new", HIDDEN: f"{HIDDEN}_new"}  # while they are made


class SqliteIndex(Index):
    def take_out(
        self,
        entries: Sequence[SearchEntry],
        now: Mapping[int, Document],
        stale: Mapping[int, SearchStale],
    ) -> Iterable[tuple[SearchEntry, Collection[str] | None]]:
        unchanged = {
            pk: document.body
            for pk, document in now.items()
            if (row := stale.get(pk)) is None or row.body is None
        }
        texts = texts_of(
            [
                entry.article_id
                for entry in entries
                if entry.article_id not in now
                or (
                    entry.article_id in unchanged
                    and entry.language != now[entry.article_id].language
                )
            ]
        )
        with connection.cursor() as cursor:
            for entry in entries:
                pk = entry.article_id
                body = (
                    unchanged[pk]
                    if pk in unchanged and pk not in texts
                    else earlier_body(entry, stale.get(pk), texts)
                )
                if body is None:
                    yield entry, None
                    continue
                yield entry, _removed(cursor, _table(entry), entry, body)
        gone = [entry.article_id for entry in entries]
        SearchEntry.objects.filter(article_id__in=gone).delete()

    def bring_in(self, come: Sequence[Document], entries: Sequence[SearchEntry]) -> None:
        SearchEntry.objects.bulk_create(entries)
        self._write(come, PUBLIC, HIDDEN)

    def _write(self, come: Sequence[Document], public: str, hidden: str) -> None:
        with connection.cursor() as cursor:
            for table, is_public in ((public, True), (hidden, False)):
                cursor.executemany(
                    f"INSERT INTO {table}(rowid, {_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)",
                    [
                        (one.article_id, one.body, one.title, one.names, one.section, one.marks)
                        for one in come
                        if one.is_public == is_public
                    ],
                )

    def set_up(self) -> None:
        self._clear_an_earlier_form()
        with connection.cursor() as cursor:
            for table in (PUBLIC, HIDDEN):
                _create(cursor, table)
            for name, when, then in _triggers():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN {then} END")

    def _clear_an_earlier_form(self) -> None:
        """An index whose columns were others is filled anew, as an empty one is."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [PUBLIC])
            made = cursor.fetchone()
            if made is None or _COLUMNS in made[0]:
                return
            self.tear_down()
            for table in (PUBLIC, HIDDEN):
                cursor.execute(f"DROP TABLE {table}")
            for model in (SearchEntry, SearchStale, SearchCount, SearchWord):
                model.objects.all().delete()

    def tear_down(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%%' ESCAPE '\\'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")

    def rebuild(self, told: Callable[[int], None]) -> int:
        """Beside the index that is searched; what changes meanwhile is made once more at the end.

        Until then what has been made of each body is kept in a table that is this connection's
        alone: what is to be taken out has to be named.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _BESIDE.values():
                cursor.execute(f"DROP TABLE IF EXISTS {table}")
                _create(cursor, table)
            cursor.execute(f"DROP TABLE IF EXISTS temp.{_MADE}")
            cursor.execute(f"CREATE TEMP TABLE {_MADE} (article_id INTEGER PRIMARY KEY, body BLOB)")
        changes = Changes()
        made: dict[int, SearchEntry] = {}
        seen: dict[int, SearchEntry | None] = {}
        for ids in batches():
            with transaction.atomic():  # as short as a batch of an import
                held = SearchEntry.objects.in_bulk(ids)
                come = documents(ids)
                self._write(come, *_BESIDE.values())
                _keep(come)
            for document in come:
                entry = made[document.article_id] = document.entry()
                seen[document.article_id] = held.get(document.article_id)
                changes.come(document, entry)
            told(len(ids))
        self._swap(made, seen, changes)
        return SearchEntry.objects.count()

    def _swap(
        self,
        made: dict[int, SearchEntry],
        seen: Mapping[int, SearchEntry | None],
        changes: Changes,
    ) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            now = SearchEntry.objects.defer("beside").in_bulk()
            moved = {
                pk
                for pk in now.keys() | made.keys()
                if not (
                    pk in made
                    and (entry := now.get(pk))
                    and (was := seen[pk])
                    and is_same(entry, was)
                )
                and not (pk in made and pk not in now and seen[pk] is None)
            }
            for pk in moved & made.keys():
                entry = made.pop(pk)
                cursor.execute(f"SELECT body FROM temp.{_MADE} WHERE article_id = %s", [pk])
                body = zlib.decompress(cursor.fetchone()[0]).decode()
                changes.go(_removed(cursor, _BESIDE[_table(entry)], entry, body), entry)
            self.tear_down()  # a trigger knows the tables by their names
            SearchEntry.objects.all().delete()
            for table, beside in _BESIDE.items():
                cursor.execute(f"DROP TABLE {table}")
                cursor.execute(f"ALTER TABLE {beside} RENAME TO {table}")
            self.set_up()
            replace(changes)
            SearchEntry.objects.bulk_create(made.values(), batch_size=500)
            self.put(moved)
            cursor.execute(f"DROP TABLE temp.{_MADE}")

    def strays(self) -> Iterator[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = [name for name, *_deeds in _triggers()]
            yield from self.lacking(names, {name for (name,) in cursor.fetchall()})
            for table, is_public in ((PUBLIC, 1), (HIDDEN, 0)):
                try:
                    cursor.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
                except DatabaseError as error:
                    yield f"{table} is damaged: {error}"
                    continue
                cursor.execute(
                    f"SELECT count(*) FROM {table}_docsize d WHERE NOT EXISTS "
                    f"(SELECT 1 FROM {ENTRY} e WHERE e.article_id = d.id AND e.is_public = {is_public})"
                )
                if number := cursor.fetchone()[0]:
                    yield f"{table} holds {number} texts that belong to no entry"
                cursor.execute(
                    f"SELECT count(*) FROM {ENTRY} e WHERE e.is_public = {is_public} AND NOT EXISTS "
                    f"(SELECT 1 FROM {table}_docsize d WHERE d.id = e.article_id)"
                )
                if number := cursor.fetchone()[0]:
                    yield f"{table} lacks {number} texts that have an entry"

    def wrong(self, batch: Sequence[Document], entries: Sequence[SearchEntry]) -> set[int]:
        """Those with other lengths, or without one of their longest terms: nearly nobody else has these."""
        tables = {entry.article_id: _table(entry) for entry in entries}
        found = set()
        with connection.cursor() as cursor:
            for one in batch:
                if table := tables.get(one.article_id):
                    columns = (one.body, *one.beside)
                    terms = sorted({*" ".join(columns).split()}, key=len)[-_COMPARED:]
                    query = " AND ".join(f'"{term}"' for term in terms)
                    cursor.execute(
                        f"SELECT d.sz FROM {table} t JOIN {table}_docsize d ON d.id = t.rowid "
                        f"WHERE t.rowid = %s AND {table} MATCH %s",
                        [one.article_id, query],
                    )
                    row = cursor.fetchone()
                    if row is None or _numbers(row[0]) != [len(text.split()) for text in columns]:
                        found.add(one.article_id)
        return found

    def optimise(self) -> None:
        with connection.cursor() as cursor:
            for table in (PUBLIC, HIDDEN):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def _keep(made: Sequence[Document]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO temp.{_MADE} VALUES (%s, %s)",
            [(one.article_id, zlib.compress(one.body.encode(), 1)) for one in made],
        )


def _removed(cursor: Any, table: str, entry: SearchEntry, body: str) -> set[str]:
    """Take out of `table` what has been indexed so; its terms."""
    title, names, section, marks = unpacked(entry.beside)
    cursor.execute(
        f"INSERT INTO {table}({table}, rowid, {_COLUMNS}) VALUES ('delete', %s, %s, %s, %s, %s, %s)",
        [entry.article_id, body, title, names, section, marks],
    )
    return set(f"{title} {names} {section} {body}".split())


def _create(cursor: Any, table: str) -> None:
    cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} {_FTS5}")
    # parts of the index that are merged at once: twice the usual number costs a seventh less
    cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('automerge', 8)")


def _numbers(packed: bytes) -> list[int]:
    """Integers as SQLite packs them: seven bits a byte, the highest first, the last byte below 128."""
    found, number = [], 0
    for byte in packed:
        number = number << 7 | byte & 127
        if byte < 128:  # noqa: PLR2004
            found.append(number)
            number = 0
    return found


def _table(entry: SearchEntry) -> str:
    return PUBLIC if entry.is_public else HIDDEN


def _triggers() -> list[tuple[str, str, str]]:
    """Name, occasion and deed of each. One that is changed needs another name."""
    note = f"INSERT INTO {STALE} (article_id) {{}} ON CONFLICT DO NOTHING;"
    texts = ", ".join(TEXTS)
    keep = (
        f"INSERT INTO {STALE} (article_id, {texts}) "
        f"VALUES (OLD.id, {', '.join(f'OLD.{one}' for one in TEXTS)}) "
        f"ON CONFLICT (article_id) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in TEXTS)} "
        f"WHERE {STALE}.body IS NULL;"
    )
    differs = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in TEXTS)
    moved = f"UPDATE OF {', '.join(PLACES)} ON {ARTICLE}"
    found = [
        ("search_article_come", f"INSERT ON {ARTICLE}", note.format("VALUES (NEW.id)")),
        ("search_article_gone", f"DELETE ON {ARTICLE}", keep),
        ("search_article_text", f"UPDATE OF {texts} ON {ARTICLE} WHEN {differs}", keep),
        ("search_article_place", moved, note.format("VALUES (NEW.id)")),
        # the last entry gone: whatever is left of postings belongs to none
        (
            "search_all_gone",
            f"DELETE ON {ENTRY} WHEN NOT EXISTS (SELECT 1 FROM {ENTRY})",
            "".join(f"INSERT INTO {one}({one}) VALUES ('delete-all');" for one in (PUBLIC, HIDDEN)),
        ),
    ]
    for one in WATCHED:
        old, new = (
            note.format(
                f"{one.articles.format(row=row)}{'' if ' WHERE ' in one.articles else ' WHERE true'}"
            )
            for row in ("OLD", "NEW")
        )
        columns = f"OF {one.columns} " if one.columns else ""
        found.append((f"search_{one.name}_changed", f"UPDATE {columns}ON {one.table}", old + new))
        if one.comes_and_goes:
            found.append((f"search_{one.name}_come", f"INSERT ON {one.table}", new))
            found.append((f"search_{one.name}_gone", f"DELETE ON {one.table}", old))
    return [(name, f"AFTER {occasion}", deed) for name, occasion, deed in found]
