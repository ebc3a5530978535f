"""By which marks of its text an article is found: the index behind possible duplicates.

A mark is a number drawn from five words of a text (`text.likeness.text_marks`); texts of which one
holds much of the other have some in common. The index is a hint and no truth: what it finds is
compared in full, so a mark of a text that has changed since costs a comparison and nothing else.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.db import connection, models

# Where more articles than this share five words, they say nothing: a notice, an address, a motto
COMMON = 64
# One article's marks lie all over a large index, and writing them one by one would touch hundreds of
# its pages for each article. So they are gathered here in a small one, and moved in order
_GATHERED = 100_000
_BITS = 32
_LAST = (1 << _BITS) - 1


class TextMarkManager(models.Manager["TextMark"]):
    """The marks of both tables."""

    def holders(self, marks: Collection[int]) -> dict[int, list[int]]:
        """Ids of the articles that have a mark, for those of `marks` that any has; 2 queries.

        A common mark lists its first articles only, at least `COMMON` of them.
        """
        holders: dict[int, list[int]] = {}
        if not marks:
            return holders
        first = sorted(mark << _BITS for mark in set(marks))
        asked: Any = first
        given = "unnest(%s::bigint[]) AS asked(value)"
        if connection.vendor == "sqlite":
            asked, given = json.dumps(first), "json_each(%s) AS asked"
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(
                    f"SELECT held.id FROM {given} CROSS JOIN {table} AS held "  # noqa: S608 - our own names
                    f"WHERE held.id BETWEEN asked.value AND asked.value + {_LAST}",
                    [asked],
                )
                for (row,) in cursor.fetchall():
                    holders.setdefault(row >> _BITS, []).append(row & _LAST)
        return holders

    def put(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Remember (mark, article id) pairs, known ones included; 2 queries, now and then 4."""
        rows = sorted({(mark << _BITS) | article for mark, article in pairs})
        if not rows:
            return
        gathered, settled = _TABLES
        asked: Any = rows
        given = "unnest(%s::bigint[]) AS asked(value)"
        if connection.vendor == "sqlite":
            # without a WHERE, SQLite would read ON CONFLICT as the condition of a join
            asked, given = json.dumps(rows), "json_each(%s) AS asked WHERE true"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {gathered} (id) SELECT value FROM {given} ON CONFLICT DO NOTHING",  # noqa: S608
                [asked],
            )
            cursor.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM {gathered} LIMIT {_GATHERED}) AS some"  # noqa: S608
            )
            if cursor.fetchone()[0] < _GATHERED:
                return
            cursor.execute(
                f"INSERT INTO {settled} (id) SELECT id FROM {gathered} WHERE true ORDER BY id "  # noqa: S608
                "ON CONFLICT DO NOTHING"
            )
            cursor.execute(f"DELETE FROM {gathered}")  # noqa: S608

    def forget(self) -> None:
        """Empty the index, so that it can be made anew."""
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608


class TextMark(models.Model):
    """The settled part. The mark and the article's id are one number: half the size of an index."""

    id = models.BigAutoField(primary_key=True)

    objects: ClassVar[TextMarkManager] = TextMarkManager()

    class Meta:
        verbose_name = "mark of a text"
        verbose_name_plural = "marks of texts"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.id >> _BITS} in {self.id & _LAST}"


class GatheredMark(models.Model):
    """The part that was written last."""

    id = models.BigAutoField(primary_key=True)

    class Meta:
        verbose_name = "gathered mark"
        verbose_name_plural = "gathered marks"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.id >> _BITS} in {self.id & _LAST}"


_TABLES = (GatheredMark._meta.db_table, TextMark._meta.db_table)  # noqa: SLF001 - Django's documented name
