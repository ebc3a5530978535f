"""Every public address, for robots: one file, or an index of files when there are many.

Articles are parted by id and not by place, so that a file changes only with its own articles.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from corpusapp.models import Article, Author, Listing, PublicTotal, Section, Series, Tag
from corpusapp.public import addresses, last_changes
from corpusapp.public.readings import address_on, other_shelf
from corpusapp.public.shelves import SHELVES

_IN_ONE_FILE = 1000  # articles, authors or tags
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
_FIXED = ("home", "articles", "authors", "tags", "archive")
_OWN_WORDS = ("about", "accessibility")  # of which nobody notes when they change


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    changed: date | None
    alternates: tuple[tuple[str, str], ...]  # language and path, the default one last


def sitemap(_request: HttpRequest) -> HttpResponse:
    """All of it in one file, or where it is too much for one, the index of the files."""
    parts = list(_parts())
    if len(parts) == len({kind for kind, _number in parts}):
        return _url_set(chain.from_iterable(_KINDS[kind](number) for kind, number in parts))
    changes = _changes_of_parts()
    places = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{kind}-{number}.xml</loc>"
        f"{_last_change(changes.get((kind, number)))}</sitemap>\n"
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


def _changes_of_parts() -> dict[tuple[str, int], datetime]:
    """When anything in a file last changed. 3 queries."""
    articles = last_changes.of_articles(_IN_ONE_FILE)
    found = {
        "pages": {0: max(articles.values())} if articles else {},
        "articles": articles,
        "authors": last_changes.in_parts(last_changes.of_authors(), _IN_ONE_FILE),
        "tags": last_changes.in_parts(last_changes.of_tags(), _IN_ONE_FILE),
    }
    return {(kind, part): moment for kind, parts in found.items() for part, moment in parts.items()}


def _ids(number: int) -> last_changes.Ids:
    return number * _IN_ONE_FILE, (number + 1) * _IN_ONE_FILE - 1


def _pages(number: int) -> Iterator[Entry]:
    """What there is one of, or few: lists, sections, years and months."""
    if number:
        return
    changes = last_changes.last_changes()
    of_fixed = {
        **dict.fromkeys(_FIXED, changes.newest),
        "corrections": last_changes.last_correction(),
        **dict.fromkeys(_OWN_WORDS),
    }
    for name, changed in of_fixed.items():
        yield from _in_all(addresses.fixed, name, changed=changed)
    for pk, slug in Section.objects.listed().values_list("pk", "slug"):
        yield from _in_all(addresses.section, slug, changed=changes.sections.get(pk))
    for pk, slug in Series.objects.listed().values_list("pk", "slug"):
        yield from _in_all(addresses.series, slug, changed=changes.series.get(pk))
    periods = PublicTotal.objects.filter(articles__gt=0).order_by("key")
    for year in periods.filter(listing=Listing.YEAR).values_list("key", flat=True).distinct():
        yield from _in_all(addresses.year, year, changed=changes.years.get(year))
    for month in periods.filter(listing=Listing.MONTH).values_list("key", flat=True).distinct():
        yield from _in_all(addresses.month, *divmod(month, 100), changed=changes.months.get(month))


def _authors(number: int) -> Iterator[Entry]:
    ids = _ids(number)
    changes = last_changes.of_authors(ids)
    listed = Author.objects.listed().filter(pk__range=ids).order_by("pk")
    for pk, slug in listed.values_list("pk", "slug"):
        yield from _in_all(addresses.author, slug, changed=changes.get(pk))


def _tags(number: int) -> Iterator[Entry]:
    ids = _ids(number)
    changes = last_changes.of_tags(ids)
    listed = Tag.objects.listed().filter(pk__range=ids).order_by("pk")
    for pk, slug in listed.values_list("pk", "slug"):
        yield from _in_all(addresses.tag, slug, changed=changes.get(pk))


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


def _in_all(
    address: Callable[..., str], *which: str | int, changed: date | None
) -> Iterator[Entry]:
    """One page in each language: that at `address(shelf, *which)`."""
    paths = {key: address(key, *which) for key in SHELVES}
    alternates = (
        *((shelf.code, paths[key]) for key, shelf in SHELVES.items()),
        ("x-default", paths[settings.DEFAULT_LANGUAGE]),
    )
    for path in paths.values():
        yield Entry(path, changed, alternates)


_KINDS = {"pages": _pages, "articles": _articles, "authors": _authors, "tags": _tags}


def _url_set(entries: Iterable[Entry]) -> HttpResponse:
    return _xml(f"<urlset {_NAMESPACES}>\n{''.join(map(_url, entries))}</urlset>\n")


def _url(entry: Entry) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)}'
        f" href={quoteattr(addresses.absolute(path))}/>"
        for language, path in entry.alternates
    )
    return f"<url><loc>{escape(addresses.absolute(entry.path))}</loc>{_last_change(entry.changed)}{links}</url>\n"


def _last_change(changed: date | None) -> str:
    """A day alone where no more is known."""
    if changed is None:
        return ""
    as_written = "%Y-%m-%dT%H:%M:%S+00:00" if isinstance(changed, datetime) else "%Y-%m-%d"
    return f"<lastmod>{changed:{as_written}}</lastmod>"


def _xml(content: str) -> HttpResponse:
    return HttpResponse(_HEAD + content, content_type="application/xml; charset=utf-8")
