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
# its pages for each article. So they are gathered in a small one, and moved in their order whenever
# the articles' ids pass a multiple of this
_GATHERED = 4096
_BITS = 28  # of the article's id; the other 35 are the mark
_LAST = (1 << _BITS) - 1


class TextMarkManager(models.Manager["TextMark"]):
    """The marks of both tables."""

    def holders(self, marks: Collection[int]) -> dict[int, list[int]]:
        """Ids of the articles that have a mark, for those of `marks` that any has; 1 query."""
        holders: dict[int, list[int]] = {}
        if not marks:
            return holders
        first = sorted(mark << _BITS for mark in set(marks))
        tables = " UNION ALL ".join(
            f"SELECT held.id FROM asked CROSS JOIN {table} AS held "  # noqa: S608 - our own names
            f"WHERE held.id BETWEEN asked.first AND asked.first + {_LAST}"
            for table in (_GATHERED_MARKS, _SETTLED_MARKS)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH asked(first) AS (SELECT value FROM {_numbers()}) {tables}",  # noqa: S608
                [_parameter(first)],
            )
            for (row,) in cursor.fetchall():
                holders.setdefault(row >> _BITS, []).append(row & _LAST)
        return holders

    def put(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Remember (mark, article id) pairs, known ones included; 1 query, now and then 3."""
        rows = sorted({(mark << _BITS) | article for mark, article in pairs})
        if not rows:
            return
        articles = {row & _LAST for row in rows}
        with connection.cursor() as cursor:
            # without a WHERE, SQLite would read ON CONFLICT as the condition of a join
            cursor.execute(
                f"INSERT INTO {_GATHERED_MARKS} (id) SELECT value FROM {_numbers()} "  # noqa: S608
                "WHERE true ON CONFLICT DO NOTHING",
                [_parameter(rows)],
            )
            if (min(articles) - 1) // _GATHERED == max(articles) // _GATHERED:
                return
            cursor.execute(
                f"INSERT INTO {_SETTLED_MARKS} (id) SELECT id FROM {_GATHERED_MARKS} WHERE true "  # noqa: S608
                "ORDER BY id ON CONFLICT DO NOTHING"
            )
            cursor.execute(f"DELETE FROM {_GATHERED_MARKS}")  # noqa: S608

    def drop(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Forget (mark, article id) pairs; 2 queries."""
        rows = sorted({(mark << _BITS) | article for mark, article in pairs})
        if not rows:
            return
        with connection.cursor() as cursor:
            for table in (_GATHERED_MARKS, _SETTLED_MARKS):
                cursor.execute(
                    f"DELETE FROM {table} WHERE id IN (SELECT value FROM {_numbers()})",  # noqa: S608
                    [_parameter(rows)],
                )

    def forget(self) -> None:
        """Empty the index, so that it can be made anew."""
        with connection.cursor() as cursor:
            for table in (_GATHERED_MARKS, _SETTLED_MARKS):
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


_GATHERED_MARKS, _SETTLED_MARKS = GatheredMark._meta.db_table, TextMark._meta.db_table  # noqa: SLF001 - Django's documented name


def _numbers() -> str:
    """A table of one column, `value`, of one parameter: some thousand numbers at once."""
    if connection.vendor == "sqlite":
        return "json_each(%s)"
    return "unnest(%s::bigint[]) AS numbers(value)"


def _parameter(numbers: list[int]) -> Any:
    return json.dumps(numbers) if connection.vendor == "sqlite" else numbers
