"""What SQLite's planner knows of the tables. Without it every index looks as good as any other.

Without statistics an author's page walks the whole listing and asks of each article who signed it;
with them it starts from the author's bylines. PostgreSQL keeps statistics by itself.
"""

from django.db import connection, transaction

from corpusapp.models import Article

_ROWS_LOOKED_AT = 400  # of each index: some 40 ms for all, however large they are
_GROWN = 2  # times as many articles as when the statistics were made


def keep_planner_informed() -> bool:
    """Make the statistics, if there are none or the corpus has outgrown them; whether they were made."""
    if connection.vendor != "sqlite":
        return False
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or newest < _articles_known() * _GROWN:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return True


def _articles_known() -> int:
    """About how many articles there were when the statistics were made; 0 without any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:
            return 0
        # an entry is "rows rows-per-value …"; partial indexes count fewer rows than there are
        cursor.execute(
            "SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = %s",
            [Article._meta.db_table],  # noqa: SLF001 - Django's documented name
        )
        return int(cursor.fetchone()[0] or 0)
