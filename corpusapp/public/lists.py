"""The public lists: which articles each holds, how many, and which of them a numbered page shows.

How many is read from the kept totals, never counted; articles that have gone live since the last
count are few, nearly always none, and added here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet
from django.http import Http404
from django.utils import timezone

from corpusapp.editing import totals
from corpusapp.models import Article, Listing, PublicTotal, Role
from corpusapp.models.article_columns import shelves_of
from corpusapp.models.article_sets import ArticleQuerySet
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask, ask_part, numbered

PAGE_SIZE = 20
_SHELVES = ("shelf", "on_hans", "on_hant")
_PERIODS = frozenset({Listing.YEAR, Listing.MONTH})
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")


def articles_in(listing: Listing, key: int = 0, at: datetime | None = None) -> ArticleQuerySet:
    """What readers may see of one list at `at`, on every shelf; `key` as in `PublicTotal`."""
    articles = Article.objects.published(at)
    if listing == Listing.YEAR:
        return articles.in_year(key)
    if listing == Listing.MONTH:
        return articles.in_month(*divmod(key, 100))
    return articles.filter(**{name: value or key for name, value in _BELONGS[listing].items()})


# "" where the key itself is asked for
_BELONGS: dict[Listing, dict[str, str]] = {
    Listing.ALL: {},
    Listing.SECTION: {"section": ""},
    Listing.SERIES: {"series": ""},
    Listing.AUTHOR: {"bylines__author": "", "bylines__role": Role.AUTHOR.value},
    Listing.TAG: {"taggings__tag": ""},
}


def totals_of(listing: Listing, key: int = 0) -> Counter[str]:
    """How many public articles the list holds, by shelf. 2 queries."""
    counts: Counter[str] = Counter(dict(ask("totals", _totals, listing=listing.value, key=key)))
    if due := _due():
        for row in articles_in(listing, key).filter(pk__in=due).values_list(*_SHELVES, named=True):
            counts.update(shelves_of(row))
    return counts


def _totals(listing: str, key: int) -> QuerySet[Any, Any]:
    kept = PublicTotal.objects.filter(listing=listing, key=key, articles__gt=0)
    return kept.values_list("shelf", "articles")


def pieces(counts: Counter[str]) -> int:
    """How many different pieces these totals mean: what is Chinese stands in both scripts."""
    return counts["en"] + max(counts["zh-hans"], counts["zh-hant"])


def _due() -> list[int]:
    return remembered("due", totals.due)


def totals_by_key(listing: Listing) -> dict[int, Counter[str]]:
    """The same of every year or month, author, section or tag that has any. 2 queries."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for key, shelf, number in PublicTotal.objects.filter(
        listing=listing, articles__gt=0
    ).values_list("key", "shelf", "articles"):
        counts[key][shelf] = number
    for key, shelf in due_in(listing):
        counts[key][shelf] += 1
    return counts


def due_in(listing: Listing) -> list[tuple[int, str]]:
    """(key, shelf) for each list of this kind that an article gone live just now belongs to."""
    due = _due()
    if not due:
        return []
    rows = _by_list(Article.objects.published().filter(pk__in=due), listing)
    return [
        (row.key, shelf)
        for row in rows.values_list("key", *_SHELVES, named=True)
        if row.key and (listing != Listing.MONTH or row.key % 100)
        for shelf in shelves_of(row)
    ]


def articles_of(
    listing: Listing, keys: Collection[int], shelves: Collection[str]
) -> dict[int, int]:
    """How many public articles whose own shelf is one of these belong to each list; 1 query.

    Without renditions, which the totals of lists count beside them.
    """
    rows = _by_list(Article.objects.published().filter(shelf__in=shelves), listing)
    counted = rows.filter(key__in=keys).order_by().values("key").annotate(count=Count("pk"))
    return dict(counted.values_list("key", "count"))


def _by_list(articles: ArticleQuerySet, listing: Listing) -> QuerySet[Any]:
    """The articles once for each list of this kind to which they belong, whose `key` is beside them."""
    key = {
        Listing.AUTHOR: F("bylines__author"),
        Listing.TAG: F("taggings__tag"),
        Listing.SECTION: F("section"),
        Listing.SERIES: F("series"),
        Listing.YEAR: F("published_order") / 10**8,
        Listing.MONTH: F("published_order") / 10**6,
    }[listing]
    if listing == Listing.AUTHOR:
        articles = articles.filter(bylines__role=Role.AUTHOR)
    return articles.annotate(key=key)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of how many pages."""

    number: int
    pages: int


def page_number(raw: str | None) -> int:
    """The page a reader asked for: plain digits, at most six; anything else is no page of ours."""
    if raw is None:
        return 1
    if not _PAGE_NUMBER.fullmatch(raw) or not int(raw):
        raise Http404
    return int(raw)


def page_of(total: int, raw: str | None, size: int = PAGE_SIZE) -> Place:
    """Where in a list of `total` the page `raw` lies; 404 past the end. The first always is."""
    place = Place(page_number(raw), max(1, -(-total // size)))
    if place.number > place.pages:
        raise Http404
    return place


def ids_on(
    listing: Listing, key: int, shelf: str, *, total: int, number: int, size: int = PAGE_SIZE
) -> list[int]:
    """The ids on page `number` of the `total` articles a list has on a shelf, newest first. 1 query.

    Only ids are read, from the covering index, and from whichever end of it is nearer.
    """
    start, stop = (number - 1) * size, min(number * size, total)
    if start * 2 <= total:
        return _listed_ids(listing, key, shelf, _newest_first, window=(start, stop))
    window = (total - stop, total - start)
    return _listed_ids(listing, key, shelf, _oldest_first, window=window)[::-1]


def ids_in_series(key: int, shelf: str, number: int) -> list[int]:
    """The ids on page `number` of a series' articles on a shelf, the first first. 1 query."""
    window = ((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
    return _listed_ids(Listing.SERIES, key, shelf, _in_their_order, window=window)


def newest_ids(
    listing: Listing, key: int, shelf: str, number: int, *, besides: Collection[int] = ()
) -> list[int]:
    """The ids of the newest so many articles of a list that are a shelf's own, no renditions. 1 query.

    Other editions of the pieces `besides` are left out.
    """
    window = (0, number)
    return _listed_ids(listing, key, shelf, _newest_own, window=window, besides=besides)


def _listed_ids(
    listing: Listing,
    key: int,
    shelf: str,
    chosen: Callable[[ArticleQuerySet, str], ArticleQuerySet],
    *,
    window: tuple[int, int],
    besides: Collection[int] = (),
) -> list[int]:
    """The ids of what readers may see of a list, as `chosen` takes them for a shelf. 1 query.

    From `window[0]` up to `window[1]` of them.
    """
    asked = {} if listing in _PERIODS or listing == Listing.ALL else {"of": key}

    def listed(at: datetime, of: int = key, **shown: int) -> QuerySet[Any, Any]:
        articles = articles_in(listing, of, at)
        if shown:
            pieces = Article.objects.published(at).filter(pk__in=list(shown.values()))
            articles = articles.exclude(translation_key__in=pieces.values("translation_key"))
        return chosen(articles, shelf).values_list("pk")

    # a period is two numbers in its query, of which there are as many as months with articles
    same = ("ids", listing, 0 if asked else key, shelf, chosen.__name__, len(besides))
    values: dict[str, Any] = {"at": timezone.now(), **asked, **numbered(besides)}
    return [pk for (pk,) in ask_part(same, listed, window, **values)]


def _newest_first(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).newest_first()


def _newest_own(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.filter(shelf=shelf).newest_first()


def _oldest_first(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).newest_first().reverse()


def _in_their_order(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).in_series_order()
