"""The index as a whole: set up, kept up to date, made anew, compared with the articles."""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence

from django.db import connection
from django.db.models import Sum

from corpusapp.models import Article, SearchCount, SearchEntry, SearchStale
from corpusapp.search import word_counts
from corpusapp.search.contract import Scope
from corpusapp.search.documents import documents
from corpusapp.search.engines import index
from corpusapp.search.gathering import left_behind
from corpusapp.search.index import batches, is_same
from corpusapp.search.word_counts import LEFT_BEHIND, Changes, fold, general
from corpusapp.text.analysis import ANALYSER_VERSION

logger = logging.getLogger(__name__)

REINDEX = "run `manage.py reindex`"
WAIT = "`manage.py db_worker` does it within a minute; see that it runs"
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
        _count_all()


def _count_all() -> None:
    """Count what runs have left behind, and add up what waits: that, too, was written just now."""
    index().count_left()
    # within somebody's transaction nobody is waited for, who might wait for that
    fold(waits=not connection.in_atomic_block)


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
    _count_all()
    return renewed


def differences() -> Iterator[tuple[str, str]]:
    """How the index differs from the articles: what, and what to do about it; changes nothing."""
    stale = set(SearchStale.objects.values_list("article_id", flat=True))
    waiting = list(_waiting(len(stale)))
    yield from waiting
    for stray in index().strays():
        yield stray, REINDEX
    if left := general(Scope.DESK).get(LEFT_BEHIND):
        yield f"former words of {left} articles are left in the index", REINDEX
    known: set[int] = set()
    words = Changes()
    for ids in batches():
        known.update(ids)
        for pk, what in _compared(ids, words):
            if pk not in stale:
                yield f"article {pk} {what}", REINDEX
    gone = set(SearchEntry.objects.values_list("article_id", flat=True)) - known - stale
    if gone:
        yield f"{len(gone)} articles are indexed and gone", REINDEX
    if not waiting and (number := word_counts.wrong(words)):
        yield f"{number} words are counted otherwise than they stand in the articles", REINDEX


def _waiting(stale: int) -> Iterator[tuple[str, str]]:
    """What somebody will do anyhow."""
    if stale:
        yield f"{stale} changed articles wait to be indexed", WAIT
    for run in left_behind():
        number = SearchEntry.objects.waiting().filter(uncounted=run).count()
        yield f"the words of {number} articles wait to be counted", WAIT
    if waiting := SearchCount.objects.aggregate(articles=Sum("articles"))["articles"]:
        yield f"the counted words of {waiting} articles wait to be added up", WAIT


def _compared(ids: Sequence[int], words: Changes) -> Iterator[tuple[int, str]]:
    """What is wrong with each of these; their words go into `words` as they should have been counted."""
    fresh = documents(ids)
    held = SearchEntry.objects.in_bulk(ids)
    wrong = index().wrong(fresh, list(held.values()))
    for document in fresh:
        pk = document.article_id
        if pk not in held:
            yield pk, "is not indexed"
        elif held[pk].analyser != ANALYSER_VERSION:
            yield pk, "was analysed by an earlier version"
        elif pk in wrong or not is_same(document.entry(), held[pk]):
            yield pk, "is indexed otherwise than it stands"
        if pk in held and not held[pk].uncounted:
            words.come(document, held[pk])
    for pk in held.keys() - {document.article_id for document in fresh}:
        yield pk, "lies in the bin and is indexed"


def rebuild(told: Callable[[int], None]) -> int:
    """Make the whole index anew; how many articles it holds then. `told` hears of progress."""
    set_up()
    index().rebuild(told)
    # what had changed before, or did meanwhile; of what is as it was indexed only the mark goes
    while index().renew():
        pass
    index().optimise()
    return SearchEntry.objects.count()
