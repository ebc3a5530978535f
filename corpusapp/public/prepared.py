"""Queries that are put together once and then asked with other values.

Django puts a query together anew each time, which for the few that every page asks costs several
times what the database needs to answer. Here the SQL is kept, with the places where its values go.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_Value = int | str | datetime
_FIRST = 1 << 40  # no row has such an id


@dataclass(frozen=True, slots=True)
class _Kept:
    sql: str
    params: tuple[Any, ...]
    # where in `params` the value of this name goes, and what the driver wants it to be
    slots: tuple[tuple[int, str, Callable[[Any], Any]], ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


_kept: dict[tuple[str, Hashable], _Kept] = {}


def ask(
    key: Hashable, make: Callable[..., QuerySet[Any, Any]], /, **values: _Value
) -> list[tuple[Any, ...]]:
    """The rows of `make(**values)`, a query of values (never of models) that is the same but for them.

    `key` must tell apart whatever else changes the query: which branch was taken, how many ids
    there are. The values may not decide about its form, and no two of them may be used as one.
    """
    kept = _kept.get((connection.vendor, key))
    if kept is None:
        kept = _kept[connection.vendor, key] = _put_together(make, values)
    params = list(kept.params)
    for place, name, as_driver_wants in kept.slots:
        params[place] = as_driver_wants(values[name])
    with connection.cursor() as cursor:
        cursor.execute(kept.sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if not kept.converters:
        return rows
    converted = [list(row) for row in rows]
    for place, functions, expression in kept.converters:
        for row in converted:
            for function in functions:
                row[place] = function(row[place], expression, connection)
    return [tuple(row) for row in converted]


def numbered(ids: Iterable[int]) -> dict[str, int]:
    """Ids as values of a query, for as many as these; each once."""
    return {f"id_{place}": pk for place, pk in enumerate(ids)}


def _put_together(make: Callable[..., QuerySet[Any, Any]], values: dict[str, _Value]) -> _Kept:
    marks = {name: _mark(value, place) for place, (name, value) in enumerate(values.items())}
    query = make(**marks)
    compiler = query.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    adapted = {name: _adapted(mark) for name, mark in marks.items()}
    slots = [
        (place, name, type(given) if isinstance(given, int) else _adapted)
        for place, given in enumerate(params)
        for name, mark in adapted.items()
        if isinstance(given, type(mark)) and given == mark
    ]
    if {name for _place, name, _as in slots} != set(values):
        msg = f"not every value of the query has its place: {sorted(values)}"
        raise ValueError(msg)
    expressions = [select[0] for select in (compiler.select or [])[: compiler.col_count]]
    converters = compiler.get_converters(expressions)
    return _Kept(
        sql,
        tuple(params),
        tuple(slots),
        tuple((place, tuple(found), what) for place, (found, what) in converters.items()),
    )


def _mark(value: _Value, place: int) -> _Value:
    """A value of the same kind that stands nowhere else in a query."""
    if isinstance(value, datetime):
        return datetime(9998, 1, 1, microsecond=place, tzinfo=UTC)
    if isinstance(value, int):
        return _FIRST + place
    return f"\ufffe{place}"


def _adapted(value: _Value) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
