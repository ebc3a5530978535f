"""Write many rows: `bulk_create` and `bulk_update` at a fraction of their cost.

Those compile a statement with a parameter for every value of every row, again for each call. Here
one statement serves all rows, and the ids of new ones are known beforehand.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models

_Row = TypeVar("_Row", bound=models.Model)
_NOTHING = type(None)
# What a driver takes as it is, by the kind of field. All else goes the field's own way
_PLAIN: tuple[tuple[type[models.Field[Any, Any]], type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.BinaryField, bytes),
    (models.IntegerField, int),  # automatic ids are such fields, too
    (models.ForeignKey, int),
)


class _Column(NamedTuple):
    field: Any
    name: str
    plain: frozenset[type]
    is_derived: bool  # or follows from the clock


def insert(rows: Iterable[_Row]) -> list[_Row]:
    """Insert unsaved rows of one model and give them their ids; a transaction must be open.

    Promises what `bulk_create` does: derived columns are derived, constraints raise IntegrityError,
    and neither `save` nor signals are called. What a row refers to must have its id when the row is made.
    """
    new = list(rows)
    if not new:
        return new
    model = type(new[0])
    for row, number in zip(new, _ids(model, len(new)), strict=True):
        row.pk = number
    columns = _columns(model)
    with connection.cursor() as cursor:
        cursor.executemany(_statement(model), [_values(row, columns) for row in new])
    for row in new:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - the same
    return new


def update(rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Write these fields of stored rows of one model, as `save(update_fields=names)` would; no signals."""
    stored = list(rows)
    if not stored:
        return
    model, quoted = type(stored[0]), connection.ops.quote_name
    wanted = {model._meta.get_field(name).attname for name in names}  # type: ignore[union-attr]  # noqa: SLF001
    columns = tuple(column for column in _columns(model) if column.name in wanted)
    places = ", ".join(f"{quoted(str(column.field.column))} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(model._meta.db_table)} SET {places} WHERE id = %s",  # noqa: S608, SLF001
            [[*_values(row, columns, add=False), row.pk] for row in stored],
        )


def _values(row: models.Model, columns: tuple[_Column, ...], *, add: bool = True) -> list[Any]:
    held = row.__dict__
    values = []
    for field, name, plain, is_derived in columns:
        value = field.pre_save(row, add) if is_derived else held[name]
        if type(value) not in plain:
            value = field.get_db_prep_save(value, connection=connection)
        values.append(value)
    return values


@cache
def _columns(model: type[models.Model]) -> tuple[_Column, ...]:
    return tuple(
        _Column(
            field,
            field.attname,
            frozenset(
                {_NOTHING, *(one for kind, one in _PLAIN if isinstance(field, kind))}
                if not isinstance(field, models.JSONField)
                else ()
            ),
            type(field).pre_save is not models.Field.pre_save,
        )
        for field in model._meta.local_concrete_fields  # noqa: SLF001 - Django's documented name
    )


def _statement(model: type[models.Model]) -> str:
    quoted = connection.ops.quote_name
    columns = _columns(model)
    names = ", ".join(quoted(str(column.field.column)) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608, SLF001


def _ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody else gets: on SQLite, because whoever writes is the only one who does."""
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return [number for (number,) in cursor.fetchall()]
        # an id inserted outright moves SQLite's own counter on
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))
