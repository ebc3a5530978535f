"""Which engine answers: that of the database."""

from functools import lru_cache

from django.db import connection

from corpusapp.search.answering import IndexedEngine
from corpusapp.search.contract import Engine
from corpusapp.search.index import Index


def engine() -> Engine:
    """The engine of the database."""
    return _of(connection.vendor)


def index() -> Index:
    """What it answers from, to be kept."""
    return _of(connection.vendor).index


@lru_cache(maxsize=2)
def _of(vendor: str) -> IndexedEngine:
    # each knows a database that the other's users need not have
    if vendor == "postgresql":
        from corpusapp.search.postgres import PostgresEngine  # noqa: PLC0415

        return PostgresEngine()
    from corpusapp.search.sqlite import SqliteEngine  # noqa: PLC0415

    return SqliteEngine()
