"""The public lists: which articles each holds, how many, and which of them a numbered page shows.

How many is read from the kept totals, never counted; articles that have gone live since the last
count are few, nearly always none, and added here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from corpusapp.editing import totals
from corpusapp.models import Article, Byline, Listing, PublicTotal, Role, Tagging
from corpusapp.models.article_columns import shelves_of
from corpusapp.models.article_sets import ArticleQuerySet
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask, ask_part, numbered

PAGE_SIZE = 20
_SHELVES = ("shelf", "on_hans", "on_hant")
_PERIODS = frozenset({Listing.YEAR, Listing.MONTH})
_SCATTERED = frozenset({Listing.AUTHOR, Listing.TAG})  # no index has their articles in order
_LONG, _DEARER = 100, 4  # to read and sort an article costs so many times what looking at one does
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


def articles_along(listing: Listing, key: int, at: datetime) -> ArticleQuerySet:
    """The same of an author or a tag, each article looked at in the order of all whether it belongs.

    For a list that holds much of a shelf: its first twenty are met soon, where `articles_in` sorts
    all that belongs, and finds out for each, in a row with its whole text, whether readers may see it.
    """
    if listing == Listing.TAG:
        belonging: QuerySet[Any] = Tagging.objects.filter(tag=key, content_object=OuterRef("pk"))
    else:
        belonging = Byline.objects.filter(author=key, role=Role.AUTHOR, article=OuterRef("pk"))
    return Article.objects.published(at).filter(Exists(belonging))


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
    listing: Listing,
    key: int,
    shelf: str,
    *,
    totals: Mapping[str, int],
    number: int,
    size: int = PAGE_SIZE,
) -> list[int]:
    """The ids on page `number` of a list of so many articles, as a shelf has it, newest first. 1 query.

    Only ids are read, from the covering index, and from whichever end of it is nearer.
    """
    total = totals[shelf]
    start, stop = (number - 1) * size, min(number * size, total)
    if start * 2 <= total:
        return _listed_ids(listing, key, shelf, _newest_first, window=(start, stop), totals=totals)
    window = (total - stop, total - start)
    return _listed_ids(listing, key, shelf, _oldest_first, window=window, totals=totals)[::-1]


def ids_in_series(key: int, shelf: str, number: int) -> list[int]:
    """The ids on page `number` of a series' articles on a shelf, the first first. 1 query."""
    window = ((number - 1) * PAGE_SIZE, number * PAGE_SIZE)
    return _listed_ids(Listing.SERIES, key, shelf, _in_their_order, window=window)


def newest_ids(
    listing: Listing,
    key: int,
    shelf: str,
    number: int,
    *,
    totals: Mapping[str, int],
    besides: Collection[int] = (),
) -> list[int]:
    """The ids of the newest so many articles of a list that are a shelf's own, no renditions. 1 query.

    Other editions of the pieces `besides` are left out.
    """
    return _listed_ids(
        *(listing, key, shelf, _newest_own), window=(0, number), totals=totals, besides=besides
    )


def _listed_ids(
    listing: Listing,
    key: int,
    shelf: str,
    chosen: Callable[[ArticleQuerySet, str], ArticleQuerySet],
    *,
    window: tuple[int, int],
    totals: Mapping[str, int] | None = None,
    besides: Collection[int] = (),
) -> list[int]:
    """The ids of what readers may see of a list, as `chosen` takes them for a shelf. 1 query.

    From `window[0]` up to `window[1]` of them; `totals` as far as they are known.
    """
    asked = {} if listing in _PERIODS or listing == Listing.ALL else {"of": key}
    soon = totals is not None and _are_met_soon(listing, shelf, totals, window[1])
    found = articles_along if soon else articles_in

    def listed(at: datetime, of: int = key, **shown: int) -> QuerySet[Any, Any]:
        articles = found(listing, of, at)
        if shown:
            pieces = Article.objects.published(at).filter(pk__in=list(shown.values()))
            articles = articles.exclude(translation_key__in=pieces.values("translation_key"))
        return chosen(articles, shelf).values_list("pk")

    # a period is two numbers in its query, of which there are as many as months with articles
    of_list = (listing, 0 if asked else key, shelf)
    same = ("ids", *of_list, found.__name__, chosen.__name__, len(besides))
    values: dict[str, Any] = {"at": timezone.now(), **asked, **numbered(besides)}
    return [pk for (pk,) in ask_part(same, listed, window, **values)]


def _are_met_soon(listing: Listing, shelf: str, totals: Mapping[str, int], wanted: int) -> bool:
    """Whether so many of a list are sooner found by going along the shelf than by sorting the list.

    1 query a minute, for lists of a length that makes a difference.
    """
    everywhere = sum(totals.values())  # which is what would be read, whatever the shelf
    if listing not in _SCATTERED or everywhere < _LONG:
        return False
    on_shelf = remembered(f"all of {shelf}", partial(_all_on, shelf))
    return wanted * on_shelf < _DEARER * everywhere * totals.get(shelf, 0)


def _all_on(shelf: str) -> int:
    return totals_of(Listing.ALL)[shelf]


def _newest_first(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).newest_first()


def _newest_own(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.filter(shelf=shelf).newest_first()


def _oldest_first(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).newest_first().reverse()


def _in_their_order(articles: ArticleQuerySet, shelf: str) -> ArticleQuerySet:
    return articles.on_shelf(shelf).in_series_order()
