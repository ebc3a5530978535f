"""Imports and what undoes or repeats them write one after the other."""

from django.db import connection

# Any number will do that nothing else on the database uses as an advisory lock
_NUMBER = 0xC04905


def one_writer() -> None:
    """Wait until this transaction is the only one that imports, and keep it so to its end.

    Two at once would each make the author the other is making. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBER])
