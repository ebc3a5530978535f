"""Keep the public totals: how many articles each public list holds on each shelf.

Whoever changes what an article belongs to, or whether readers see it, does so within `recounted`.
An article is `counted` while the totals include it. A scheduled one is not, until it has gone live
and something settles it; readers of the totals add those few themselves (`due`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from corpusapp.editing.changes import changed, kept
from corpusapp.models import Article, Byline, Listing, PublicTotal, Role, Tagging
from corpusapp.models.article_columns import shelves_of
from corpusapp.text.han import OTHER

_CHINESE = tuple(OTHER)
ListKey = tuple[str, int, str]  # listing, key, shelf

# Django's own upsert can set a column to a new value, but not add to it
_UPSERT = (
    f"INSERT INTO {PublicTotal._meta.db_table} (listing, key, shelf, articles) VALUES %s "  # noqa: S608, SLF001
    "ON CONFLICT (listing, key, shelf) "
    f"DO UPDATE SET articles = {PublicTotal._meta.db_table}.articles + excluded.articles"  # noqa: SLF001
)


def _lists(article_ids: Collection[int], condition: Q) -> Counter[ListKey]:
    """In which lists those of `article_ids` that meet `condition` stand, and how often each."""
    rows = list(
        Article.objects.filter(condition, pk__in=article_ids).values_list(
            *("pk", "shelf", "on_hans", "on_hant", "section_id", "series_id", "published_order"),
            named=True,
        )
    )
    ids = [row.pk for row in rows]
    signatures = Byline.objects.filter(article__in=ids, role=Role.AUTHOR)
    taggings = Tagging.objects.filter(content_object__in=ids)
    return _counted(
        rows,
        signatures.values_list("article_id", "author_id"),
        taggings.values_list("content_object_id", "tag_id"),
    )


def _counted(
    articles: Iterable[Any],
    authors: Iterable[tuple[int, int]],
    tags: Iterable[tuple[int, int]],
) -> Counter[ListKey]:
    """The same of articles, or rows with their columns, and of (article, author) and (article, tag)."""
    where: dict[int, tuple[str, ...]] = {}
    lists: Counter[ListKey] = Counter()
    for row in articles:
        order = row.published_order
        where[row.pk] = shelves = shelves_of(row)
        for shelf in shelves:
            lists[Listing.ALL.value, 0, shelf] += 1
            if row.section_id:
                lists[Listing.SECTION.value, row.section_id, shelf] += 1
            if row.series_id:
                lists[Listing.SERIES.value, row.series_id, shelf] += 1
            if order:
                lists[Listing.YEAR.value, order // 10**8, shelf] += 1
                if order // 10**6 % 100:
                    lists[Listing.MONTH.value, order // 10**6, shelf] += 1
    for pk, author in authors:
        lists.update((Listing.AUTHOR.value, author, shelf) for shelf in where[pk])
    for pk, tag in tags:
        lists.update((Listing.TAG.value, tag, shelf) for shelf in where[pk])
    return lists


def _add(changes: Counter[ListKey]) -> None:
    """Write the differences in 3 statements at most.

    The rows are locked in key order first: two writers queue, they never deadlock. What grows is
    an upsert, so that the second of two who need a new row adds to the first one's.
    """
    wanted = sorted((key, difference) for key, difference in changes.items() if difference)
    if not wanted:
        return
    rows = PublicTotal.objects.select_for_update().order_by("listing", "key", "shelf")
    ids = {
        (row.listing, row.key, row.shelf): row.pk
        for row in rows.filter(key__in={key for (_listing, key, _shelf), _ in wanted})
    }
    less = {ids[key]: difference for key, difference in wanted if difference < 0 and key in ids}
    if less:
        PublicTotal.objects.filter(pk__in=less).update(
            articles=F("articles")
            + Case(*(When(pk=pk, then=Value(by)) for pk, by in less.items()), default=Value(0))
        )
    more = [(*key, difference) for key, difference in wanted if difference > 0]
    with connection.cursor() as cursor:
        for start in range(0, len(more), 200):
            part = more[start : start + 200]
            cursor.execute(
                _UPSERT % ", ".join(["(%s, %s, %s, %s)"] * len(part)),
                [value for row in part for value in row],
            )


def _live(at: datetime) -> Q:
    return Q(state="published", live_from__lte=at, binned_at__isnull=True)


def hold(article_ids: Collection[int]) -> list[tuple[int, str]]:
    """Keep these articles as they are to the end of the transaction: (id, language) of each.

    Their other Chinese editions are held, too. Who saves a whole article reads it after this, or
    would write over what somebody else saves in between. 1 query; always in the order of ids, so
    that two never wait for each other. Only a database that locks rows needs it and does it.
    """
    if not article_ids:
        return []
    keys = Article.objects.filter(pk__in=article_ids, language__in=_CHINESE)
    siblings = Q(translation_key__in=keys.values("translation_key"), language__in=_CHINESE)
    # rows that only name an article (`no_key`) need not wait for it
    held = Article.objects.select_for_update(no_key=True)
    rows = held.filter(Q(pk__in=article_ids) | siblings)
    return list(rows.order_by("pk").values_list("pk", "language"))


_UNDER_WAY: ContextVar[frozenset[int]] = ContextVar("articles being recounted", default=frozenset())


@contextmanager
def recounted(article_ids: Iterable[int]) -> Iterator[None]:
    """Run a change of these articles in one transaction and carry it over into the totals.

    Costs 8 queries and one or two for each list that gained or lost; the articles' rows are
    locked for its length where the database locks rows. May be nested: an article is settled once,
    by the outermost that names it, so that one deed can be made of others.
    """
    outer = _UNDER_WAY.get()
    ids = sorted(set(article_ids) - outer)
    if not ids:
        with transaction.atomic():
            yield
        return
    under_way = _UNDER_WAY.set(outer.union(ids))
    try:
        with _settled_after(ids):
            yield
    finally:
        _UNDER_WAY.reset(under_way)


@contextmanager
def _settled_after(ids: list[int]) -> Iterator[None]:
    with transaction.atomic():
        rows = hold(ids)  # before anything is read: nobody recounts the same article meanwhile
        concerned = [pk for pk, _language in rows]
        before = _lists(concerned, Q(counted=True))
        yield
        if any(language in _CHINESE for _pk, language in rows):
            _pair(concerned)
        settle(concerned, before)


def _pair(article_ids: Collection[int]) -> None:
    """Let a rendition give way to a public edition in its script, and come back when that goes.

    1 query, and 2 for each script in which one came or went.
    """
    rows = Article.objects.filter(pk__in=article_ids, language__in=_CHINESE)
    public = {
        (key, language)
        for key, language in rows.filter(_live(timezone.now())).values_list(
            "translation_key", "language"
        )
    }
    for article in rows.only("pk", "translation_key", "language", "shelf", "paired"):
        paired = (article.translation_key, OTHER[article.language]) in public
        if paired != article.paired:
            article.paired = paired
            article.save(update_fields=["paired", "on_hans", "on_hant"])


def settle(article_ids: Collection[int], before: Counter[ListKey] | None = None) -> None:
    """Bring the totals up to now for these articles; `before` is what they were counted in.

    Inside a transaction only. Without `before` the articles are new, and counted nowhere yet.
    """
    now = timezone.now()
    after = _lists(article_ids, _live(now))
    changes = after.copy()
    changes.subtract(before or Counter())
    Article.objects.filter(_live(now), pk__in=article_ids, counted=False).update(counted=True)
    Article.objects.filter(~_live(now), pk__in=article_ids, counted=True).update(counted=False)
    _add(changes)
    kept(article_ids)
    changed()


def add_new(
    articles: Iterable[Article], bylines: Iterable[Byline], taggings: Iterable[Tagging]
) -> None:
    """Count articles written a moment ago as `counted`, without asking the database about them.

    Inside the transaction that wrote them and their bylines and tags; these may be of others, too.
    """
    rows = [article for article in articles if article.counted]
    if not rows:
        return
    ids = {article.pk for article in rows}
    _add(
        _counted(
            rows,
            (
                (byline.article_id, byline.author_id)
                for byline in bylines
                if byline.role == Role.AUTHOR and byline.article_id in ids
            ),
            (
                (tagging.content_object_id, tagging.tag_id)
                for tagging in taggings
                if tagging.content_object_id in ids
            ),
        )
    )
    changed()


def due(at: datetime | None = None) -> list[int]:
    """Ids of articles that have gone live and are in no total yet; nearly always none."""
    now = at or timezone.now()
    return list(Article.objects.published(now).filter(counted=False).values_list("pk", flat=True))


def settle_due() -> int:
    """Count what has gone live since; returns how many. Publishing and importing do it in passing."""
    kept(())
    ids = due()
    for start in range(0, len(ids), 500):
        with recounted(ids[start : start + 500]):
            pass
    return len(ids)


def recount_all() -> None:
    """Make every total anew from the articles; the answer to a doubt about them."""
    with transaction.atomic():
        PublicTotal.objects.all().delete()
        Article.objects.filter(counted=True).update(counted=False)
        ids = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            settle(ids[start : start + 500])
