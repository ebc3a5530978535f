"""Queries that are put together once and then asked with other values.

Django puts a query together anew each time, which for the few that every page asks costs several
times what the database needs to answer. Here the SQL is kept, with the places where its values go.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

_Value = int | str | datetime
_Model = TypeVar("_Model", bound=Model)
_FIRST = 1 << 40  # no row has such an id
_PLACE = re.compile("(?<!%)%s")


@dataclass(frozen=True, slots=True)
class _Kept:
    sql: str  # its parameters by name: Django looks for "%s" in a whole query for longer than it runs
    params: dict[str, Any]
    # by the name of a value: what the driver wants it to be, and which parameters it is
    slots: dict[str, tuple[Callable[[Any], Any], list[str]]]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    shape: "_Shape | None"  # of a query of models


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns of a row are the model's, which those of the models fetched with it."""

    model: type[Model]
    columns: slice
    fields: list[str]
    related: list[Any]  # Django's own, which know the columns of each
    annotations: tuple[tuple[str, int], ...]


_kept: dict[tuple[str, Hashable], _Kept] = {}


def ask(
    key: Hashable, make: Callable[..., QuerySet[Any, Any]], /, **values: _Value
) -> list[tuple[Any, ...]]:
    """The rows of `make(**values)`, a query of values (of models: `ask_models`) that is the same but for them.

    `key` must tell apart whatever else changes the query: which branch was taken, how many ids
    there are. The values may not decide about its form, and no two of them may be used as one.
    """
    return _answered(_kept_query(key, make, values), values)


def ask_part(
    key: Hashable,
    make: Callable[..., QuerySet[Any, Any]],
    window: tuple[int, int],
    /,
    **values: _Value,
) -> list[tuple[Any, ...]]:
    """The same of `make(**values)[start:stop]`, with `window` (start, stop)."""
    return _answered(_kept_query(key, make, values), values, window)


def ask_models(
    key: Hashable, make: Callable[..., QuerySet[_Model, _Model]], /, **values: _Value
) -> list[_Model]:
    """The same of a query of models, with what `select_related` and `annotate` add; no prefetching."""
    kept = _kept_query(key, make, values)
    shape = kept.shape
    if shape is None:
        msg = f"no query of models: {key}"
        raise TypeError(msg)
    found = []
    for row in _answered(kept, values):
        one: Any = shape.model.from_db(DEFAULT_DB_ALIAS, shape.fields, row[shape.columns])
        for related in shape.related:
            related.populate(row, one)
        for name, place in shape.annotations:
            setattr(one, name, row[place])
        found.append(one)
    return found


def _kept_query(
    key: Hashable, make: Callable[..., QuerySet[Any, Any]], values: dict[str, _Value]
) -> _Kept:
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    kept = _kept.get((vendor, key))
    if kept is None:
        kept = _kept[vendor, key] = _put_together(make, values)
    return kept


def _answered(
    kept: _Kept, values: dict[str, _Value], window: tuple[int, int] | None = None
) -> list[tuple[Any, ...]]:
    database, sql = connections[DEFAULT_DB_ALIAS], kept.sql
    params = dict(kept.params)
    for name, (as_driver_wants, parameters) in kept.slots.items():
        params.update(dict.fromkeys(parameters, as_driver_wants(values[name])))
    if window is not None:
        start, stop = window
        sql += " LIMIT %(limit)s OFFSET %(offset)s"
        params |= {"limit": stop - start, "offset": start}
    with database.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if not kept.converters:
        return rows
    converted = [list(row) for row in rows]
    for place, functions, expression in kept.converters:
        for row in converted:
            for function in functions:
                row[place] = function(row[place], expression, database)
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
    slots: dict[str, tuple[Callable[[Any], Any], list[str]]] = {}
    for place, given in enumerate(params):
        for name, mark in adapted.items():
            if isinstance(given, type(mark)) and given == mark:
                wanted = type(given) if isinstance(given, int) else _adapted
                slots.setdefault(name, (wanted, []))[1].append(f"p{place}")
    if set(slots) != set(values):
        msg = f"not every value of the query has its place: {sorted(values)}"
        raise ValueError(msg)
    expressions = [select[0] for select in (compiler.select or [])[: compiler.col_count]]
    converters = compiler.get_converters(expressions)
    names = (f"%(p{place})s" for place in range(len(params)))
    return _Kept(
        _PLACE.sub(lambda _place: next(names), sql),
        {f"p{place}": given for place, given in enumerate(params)},
        slots,
        tuple((place, tuple(found), what) for place, (found, what) in converters.items()),
        _shape(query, compiler),
    )


def _shape(query: Any, compiler: Any) -> _Shape | None:
    """As Django itself takes models out of rows (`ModelIterable`)."""
    if query._iterable_class is not ModelIterable:  # noqa: SLF001 - nothing else tells it
        return None
    klass = compiler.klass_info
    first, last = klass["select_fields"][0], klass["select_fields"][-1]
    columns = slice(first, last + 1)
    populators: Any = get_related_populators
    how = [query._fetch_mode] if hasattr(query, "_fetch_mode") else []  # noqa: SLF001 - from Django 6.1
    return _Shape(
        klass["model"],
        columns,
        [expression.target.attname for expression, *_rest in compiler.select[columns]],
        populators(klass, compiler.select, DEFAULT_DB_ALIAS, *how),
        tuple((compiler.annotation_col_map or {}).items()),
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
