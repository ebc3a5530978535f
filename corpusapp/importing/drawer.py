"""What a dry run would have made, kept on disk: as much as an import writes, and nobody's memory holds that.

A temporary database of SQLite's own, which goes when it is closed, whatever database the import is for.
"""

import pickle
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from corpusapp.importing.known import Seen
from corpusapp.models import Article

_SCHEMA = """
CREATE TABLE seen (
    number INTEGER PRIMARY KEY, document TEXT, sha256 TEXT, text_hash TEXT, held BLOB
);
CREATE INDEX seen_document ON seen (document);
CREATE INDEX seen_sha256 ON seen (sha256);
CREATE INDEX seen_text ON seen (text_hash);
CREATE TABLE mark (mark INTEGER, number INTEGER, PRIMARY KEY (mark, number)) WITHOUT ROWID;
CREATE TABLE standing (article INTEGER PRIMARY KEY, held BLOB);
"""
_AT_ONCE = 400  # values in one question: any SQLite takes so many


class Drawer:
    """Documents of a run that writes nothing, by all that a later document may know them by."""

    def __init__(self) -> None:
        # "": a file without a name. Nothing in it is worth a sync
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """All that is in it is gone."""
        self._database.close()

    def put(self, documents: Iterable[tuple[Seen, Sequence[int]]]) -> None:
        """Keep documents, each with the marks that it is to be found by."""
        execute = self._database.execute
        execute("BEGIN")
        for seen, marks in documents:
            number = execute(
                "INSERT INTO seen (document, sha256, text_hash, held) VALUES (?, ?, ?, ?)",
                (seen.document, seen.sha256, seen.text_hash, _held(seen)),
            ).lastrowid
            self._database.executemany(
                "INSERT INTO mark VALUES (?, ?)", [(mark, number) for mark in marks]
            )
        execute("COMMIT")

    def look_up(
        self, documents: Collection[str], hashes: Collection[str], texts: Collection[str]
    ) -> list[Seen]:
        """All of one of these documents, bytes or texts, in the order in which they came."""
        found: dict[int, bytes] = {}
        for column, values in (("document", documents), ("sha256", hashes), ("text_hash", texts)):
            found |= dict(self._asked("seen", "number, held", column, values))
        return [_seen(found[number]) for number in sorted(found)]

    def holders(self, marks: Collection[int]) -> dict[int, list[int]]:
        """Numbers of the documents that have a mark, below zero, to be told from articles."""
        holders: dict[int, list[int]] = {}
        for mark, number in self._asked("mark", "mark, number", "mark", marks):
            holders.setdefault(mark, []).append(-number)
        return holders

    def get(self, number: int) -> Seen:
        """The document of a number below zero."""
        (held,) = self._database.execute(
            "SELECT held FROM seen WHERE number = ?", (-number,)
        ).fetchone()
        return _seen(held)

    def standing(self, article: int) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """What the run would have moved in an article so far, and the base of the next merge."""
        row = self._database.execute(
            "SELECT held FROM standing WHERE article = ?", (article,)
        ).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - written by this process

    def keep_standing(self, article: int, moved: dict[str, Any], base: dict[str, Any]) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO standing VALUES (?, ?)", (article, pickle.dumps((moved, base)))
        )

    def _asked(
        self, table: str, columns: str, column: str, values: Collection[Any]
    ) -> Iterable[tuple[Any, Any]]:
        several = list(values)
        for start in range(0, len(several), _AT_ONCE):
            some = several[start : start + _AT_ONCE]
            places = ", ".join("?" * len(some))
            yield from self._database.execute(
                f"SELECT {columns} FROM {table} WHERE {column} IN ({places})",  # noqa: S608 - our own names
                some,
            )


def _held(seen: Seen) -> bytes:
    article, root = seen.article, seen.root
    facts = (
        *(seen.document, seen.sha256, seen.text_hash, seen.path, seen.stated_hash),
        *(seen.values, seen.origin, (article.pk, article.public_id) if article else None),
        _held(root) if root else None,
    )
    return pickle.dumps(facts)


def _seen(held: bytes) -> Seen:
    document, sha256, text_hash, path, stated, values, origin, article, root = pickle.loads(held)  # noqa: S301 - the same
    return Seen(
        *(document, sha256, text_hash, path),
        article=Article(pk=article[0], public_id=article[1]) if article else None,
        values=values,
        origin=origin,
        stated_hash=stated,
        root=_seen(root) if root else None,
    )
