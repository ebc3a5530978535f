"""The index as a whole: set up, kept up to date, made anew, compared with the articles."""

import logging
from collections.abc import Collection

from django.db import connection

from corpusapp.models import Article, SearchEntry, SearchStale
from corpusapp.search.engines import index
from corpusapp.search.word_counts import fold

logger = logging.getLogger(__name__)

_REST = 50  # articles that a request looks after when nobody else did


def tear_down(*, plan: Collection[object] | None = None, **_signal: object) -> None:
    """Before migrations: no trigger may stand on a table that is rebuilt. Receives a signal."""
    if plan:
        index().tear_down()


def set_up() -> None:
    """Make the tables and triggers of the index; let an index that is empty be filled by and by."""
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return  # the migrations have not come so far
    index().set_up()
    if not SearchEntry.objects.exists():
        SearchStale.objects.bulk_create(
            (SearchStale(article_id=pk) for pk in Article.objects.values_list("pk", flat=True)),
            batch_size=5000,
            ignore_conflicts=True,
        )


def renew(article_ids: Collection[int]) -> None:
    """Bring the index up to these articles, inside the transaction that changed them.

    Of none: a run is over, and what its writes have left to be added up is.
    """
    if article_ids:
        index().renew(article_ids)
    else:
        fold()


def renew_rest() -> None:
    """After a transaction: look after articles that changed without a deed that said so."""
    if connection.in_atomic_block:
        return  # of a test; whoever opened it goes on
    if SearchStale.objects.exists():
        index().renew(most=_REST)


def tick() -> int:
    """What the worker does every minute: whatever has not been looked after; how many articles."""
    renewed = 0
    while step := index().renew():
        renewed += step
    fold()
    return renewed
