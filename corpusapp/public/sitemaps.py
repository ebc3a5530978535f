"""Every public address, for robots: one file, or an index of files when there are many.

Articles are parted by id and not by place, so that a file changes only with its own articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from corpusapp.models import Article, Author, Listing, PublicTotal, Section, Series, Tag
from corpusapp.public import addresses
from corpusapp.public.readings import address_on, other_shelf
from corpusapp.public.shelves import SHELVES

_IN_ONE_FILE = 1000  # articles, authors or tags
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_FIXED = (
    *("home", "articles", "authors", "tags", "archive"),
    *("corrections", "about", "accessibility"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    changed: datetime | None
    alternates: tuple[tuple[str, str], ...]  # language and path, the default one last


def sitemap(_request: HttpRequest) -> HttpResponse:
    """All of it in one file, or where it is too much for one, the index of the files."""
    parts = list(_parts())
    if len(parts) == len({kind for kind, _number in parts}):
        return _url_set(chain.from_iterable(_KINDS[kind](number) for kind, number in parts))
    places = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{kind}-{number}.xml</loc></sitemap>\n"
        for kind, number in parts
    )
    return _xml(f"<sitemapindex {_NAMESPACES}>\n{places}</sitemapindex>\n")


def sitemap_part(_request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One file of the index; 404 if nothing public stands in it."""
    if kind not in _KINDS or number > 10**9:
        raise Http404
    entries = list(_KINDS[kind](number))
    if not entries:
        raise Http404
    return _url_set(entries)


def _parts() -> Iterator[tuple[str, int]]:
    """The files that hold anything, by kind and number."""
    yield "pages", 0
    rows: tuple[tuple[str, QuerySet[Article] | QuerySet[Author] | QuerySet[Tag]], ...] = (
        ("articles", Article.objects.published()),
        ("authors", Author.objects.listed()),
        ("tags", Tag.objects.listed()),
    )
    for kind, listed in rows:
        numbers = listed.order_by().annotate(part=F("pk") / _IN_ONE_FILE)
        for number in sorted(numbers.values_list("part", flat=True).distinct()):
            yield kind, number


def _ids(number: int) -> tuple[int, int]:
    return number * _IN_ONE_FILE, (number + 1) * _IN_ONE_FILE - 1


def _pages(number: int) -> Iterator[Entry]:
    """What there is one of, or few: lists, sections, years and months."""
    if number:
        return
    for name in _FIXED:
        yield from _everywhere({key: addresses.fixed(key, name) for key in SHELVES})
    for slug in Section.objects.listed().values_list("slug", flat=True):
        yield from _everywhere({key: addresses.section(key, slug) for key in SHELVES})
    for slug in Series.objects.listed().values_list("slug", flat=True):
        yield from _everywhere({key: addresses.series(key, slug) for key in SHELVES})
    periods = PublicTotal.objects.filter(articles__gt=0).order_by("key")
    for year in periods.filter(listing=Listing.YEAR).values_list("key", flat=True).distinct():
        yield from _everywhere({key: addresses.year(key, year) for key in SHELVES})
    for month in periods.filter(listing=Listing.MONTH).values_list("key", flat=True).distinct():
        yield from _everywhere({key: addresses.month(key, *divmod(month, 100)) for key in SHELVES})


def _authors(number: int) -> Iterator[Entry]:
    listed = Author.objects.listed().filter(pk__range=_ids(number)).order_by("pk")
    for slug in listed.values_list("slug", flat=True):
        yield from _everywhere({key: addresses.author(key, slug) for key in SHELVES})


def _tags(number: int) -> Iterator[Entry]:
    listed = Tag.objects.listed().filter(pk__range=_ids(number)).order_by("pk")
    for slug in listed.values_list("slug", flat=True):
        yield from _everywhere({key: addresses.tag(key, slug) for key in SHELVES})


def _articles(number: int) -> Iterator[Entry]:
    columns = ("pk", "translation_key", "language", "shelf", "public_id", "slug", "title")
    public = Article.objects.published().order_by("pk")
    mine = public.filter(pk__range=_ids(number))
    editions = defaultdict(list)
    for row in (
        public.filter(translation_key__in=mine.order_by().values("translation_key"))
        .only(
            *(*columns, "standfirst", "on_hans", "on_hant", "paired", "updated_at", "live_from"),
            *("rendition__slug", "rendition__of_head"),
        )
        .select_related("rendition")
    ):
        editions[row.translation_key].append(row)
    first, last = _ids(number)
    for rows in editions.values():
        places = [(row, place) for row in rows for place in _places(row, rows)]
        alternates = [place for _row, place in places]
        alternates.append(("x-default", addresses.article(rows[0])))
        for row, (_language, path) in places:
            if first <= row.pk <= last:
                changed = max(row.updated_at, row.live_from or row.updated_at)
                yield Entry(path, changed, tuple(alternates))


def _places(row: Article, editions: Iterable[Article]) -> Iterator[tuple[str, str]]:
    """Language and path of an edition, and of its rendition if that stands."""
    yield row.language, addresses.article(row)
    there = other_shelf(row)
    if there and there.code not in {edition.language for edition in editions}:
        yield there.code, address_on(row, there)


def _everywhere(paths: dict[str, str]) -> Iterator[Entry]:
    """One page in each language."""
    alternates = (
        *((shelf.code, paths[key]) for key, shelf in SHELVES.items()),
        ("x-default", paths[settings.DEFAULT_LANGUAGE]),
    )
    for path in paths.values():
        yield Entry(path, None, alternates)


_KINDS = {"pages": _pages, "articles": _articles, "authors": _authors, "tags": _tags}


def _url_set(entries: Iterable[Entry]) -> HttpResponse:
    return _xml(f"<urlset {_NAMESPACES}>\n{''.join(map(_url, entries))}</urlset>\n")


def _url(entry: Entry) -> str:
    changed = f"<lastmod>{entry.changed:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>" if entry.changed else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)}'
        f" href={quoteattr(addresses.absolute(path))}/>"
        for language, path in entry.alternates
    )
    return f"<url><loc>{escape(addresses.absolute(entry.path))}</loc>{changed}{links}</url>\n"


def _xml(content: str) -> HttpResponse:
    return HttpResponse(_HEAD + content, content_type="application/xml; charset=utf-8")
