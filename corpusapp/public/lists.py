"""The public lists: which articles each holds, how many, and which of them a numbered page shows.

How many is read from the kept totals, never counted; articles that have gone live since the last
count are few, nearly always none, and added here.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404

from corpusapp.editing import totals
from corpusapp.models import Article, Listing, PublicTotal, Role
from corpusapp.models.article import ArticleQuerySet, shelves_of
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask

PAGE_SIZE = 20
_SHELVES = ("shelf", "on_hans", "on_hant")
_PAGE_NUMBER = re.compile(r"[0-9]{1,6}")


def articles_in(listing: Listing, key: int = 0) -> ArticleQuerySet:
    """What readers may see of one list, on every shelf; `key` as in `PublicTotal`."""
    articles = Article.objects.published()
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
    key = {
        Listing.AUTHOR: F("bylines__author"),
        Listing.TAG: F("taggings__tag"),
        Listing.SECTION: F("section"),
        Listing.SERIES: F("series"),
        Listing.YEAR: F("published_order") / 10**8,
        Listing.MONTH: F("published_order") / 10**6,
    }[listing]
    rows = Article.objects.published().filter(pk__in=due)
    if listing == Listing.AUTHOR:
        rows = rows.filter(bylines__role=Role.AUTHOR)
    return [
        (row.key, shelf)
        for row in rows.annotate(key=key).values_list("key", *_SHELVES, named=True)
        if row.key and (listing != Listing.MONTH or row.key % 100)
        for shelf in shelves_of(row)
    ]


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


def ids_on(articles: ArticleQuerySet, total: int, number: int, size: int = PAGE_SIZE) -> list[int]:
    """The ids on page `number` of `articles` (of one shelf), newest first. 1 query.

    Only ids are read, from the covering index, and from whichever end of it is nearer.
    """
    start, stop = (number - 1) * size, min(number * size, total)
    return _slice(articles.newest_first(), total, start, stop)


def ids_in_series(articles: ArticleQuerySet, number: int, size: int = PAGE_SIZE) -> list[int]:
    """The ids on page `number` of a series' articles, the first first. 1 query."""
    ids = articles.in_series_order().values_list("pk", flat=True)
    return list(ids[(number - 1) * size : number * size])


def _slice(articles: ArticleQuerySet, total: int, start: int, stop: int) -> list[int]:
    ids = articles.values_list("pk", flat=True)
    if start * 2 <= total:
        return list(ids[start:stop])
    return list(ids.reverse()[total - stop : total - start])[::-1]
