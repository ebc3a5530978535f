"""Feeds: the newest articles of a list in full, as Atom and as JSON Feed; and what was corrected.

Who has read an article is owed its correction, however old the article: for a month it stands in its
feeds once more, behind the newest, as changed.

An entry's id is the article's permanent address without its slug, so that a renamed article is not
new to a feed reader.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.utils import timezone as time_zones
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext as _

from corpusapp.models import Amends, Article, Correction, Listing, Tagging
from corpusapp.public import addresses
from corpusapp.public.cards import Signature, Signed, bylines_of, signature
from corpusapp.public.dates import long_date
from corpusapp.public.inner_links import with_links
from corpusapp.public.lists import articles_in
from corpusapp.public.readings import (
    HEAD,
    Reading,
    head_on,
    is_rendered_on,
    on_the_spot,
    reading_of,
)
from corpusapp.public.shelves import Shelf

ENTRIES = 20
OWED_DAYS = 30
ATOM, JSON = "application/atom+xml", "application/feed+json"
# What XML cannot hold; stored text has none of it, and one would cost the whole feed
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN_ADDRESS = re.compile(r'(?:(?<= href=")|(?<= src="))/(?!/)')


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    address: str
    title: str
    summary: str
    html: str
    language: str
    published: datetime
    updated: datetime
    authors: tuple[Signature, ...]
    source: str  # who stands for the authors of an article that names none
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    home: str  # path of the page it is the feed of
    path: str  # its own
    shelf: Shelf
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max(
            (entry.updated for entry in self.entries), default=datetime(1970, 1, 1, tzinfo=UTC)
        )


def entries_of(shelf: Shelf, listing: Listing, key: int = 0) -> list[Entry]:
    """The newest of one list on one shelf, whole, and at most as many that were corrected last.

    6 queries, and 1 where they lead to other articles.
    """
    listed = articles_in(listing, key).on_shelf(shelf.key).newest_first()
    ids = list(listed.values_list("pk", flat=True)[:ENTRIES])
    since = time_zones.localdate() - timedelta(days=OWED_DAYS)
    owed = Correction.objects.order_by().filter(made_on__gte=since).values("article")
    latest = Correction.objects.filter(article=OuterRef("pk")).order_by("-made_on")
    corrected = (
        listed.filter(pk__in=owed)
        .exclude(pk__in=ids)
        .annotate(corrected_on=Subquery(latest.values("made_on")[:1]))
        .order_by("-corrected_on", "-pk")
    )
    ids += corrected.values_list("pk", flat=True)[:ENTRIES]
    rows = (
        Article.objects.published()
        .filter(pk__in=ids)
        .select_related("source", "rendition")
        .in_bulk()
    )
    bylines = bylines_of(ids, shelf)
    tags = defaultdict(list)
    tagged = Tagging.objects.filter(content_object__in=ids).select_related("tag").order_by("pk")
    for tagging in tagged:
        tags[tagging.content_object_id].append(tagging.tag.label(shelf.key).text)
    corrections = defaultdict(list)
    for correction in Correction.objects.filter(article__in=ids).order_by("made_on", "pk"):
        corrections[correction.article_id].append(correction)
    texts = with_links({pk: reading_of(row, shelf) for pk, row in rows.items()}, shelf)
    return [
        _entry(rows[pk], texts[pk], shelf, bylines[pk], tags=tags[pk], corrections=corrections[pk])
        for pk in ids
        if pk in rows
    ]


def notices_of(shelf: Shelf) -> list[Entry]:
    """The newest corrections and retractions of what readers of a shelf have. 1 query."""
    return [_notice(one, shelf) for one in with_heads(corrections_on(shelf)[:ENTRIES])]


def corrections_on(shelf: Shelf) -> QuerySet[Correction]:
    """All of what readers of a shelf have, the newest first."""
    here = Article.objects.published().on_shelf(shelf.key)
    return Correction.objects.filter(Exists(here.filter(pk=OuterRef("article"))))


def with_heads(corrections: QuerySet[Correction]) -> QuerySet[Correction]:
    """These, with what `head_on` asks of their articles, and none of the bodies. 1 query.

    Which they are is a question of its own within it, or a database may begin with all articles.
    """
    these = Correction.objects.filter(pk__in=corrections.values("pk"))
    return these.select_related("article__rendition").only(
        *("kind", "text", "made_on"),
        *(f"article__{name}" for name in HEAD),
    )


def _notice(correction: Any, shelf: Shelf) -> Entry:
    article = correction.article
    head = head_on(article, shelf)
    words = {
        Amends.CORRECTION: _("Correction: %(title)s"),
        Amends.RETRACTION: _("Retraction: %(title)s"),
    }[Amends(correction.kind)]
    moment = _moment_of(correction)
    return Entry(
        key=f"{addresses.absolute(addresses.fixed(shelf.key, 'corrections'))}#{correction.pk}",
        address=addresses.absolute(head.path),
        title=words % {"title": head.title},
        summary="",
        html=linebreaks(words_on(correction, shelf), autoescape=True),
        language=head.language,
        published=moment,
        updated=moment,
        authors=(),
        source="",  # it is the publication that says so
        tags=(),
    )


def words_on(correction: Correction, shelf: Shelf) -> str:
    """What it says, as readers of a shelf have its article."""
    words: str = correction.text
    article = correction.article
    return on_the_spot(words, article.language) if is_rendered_on(article, shelf) else words


def _entry(
    article: Any,
    text: Reading,
    shelf: Shelf,
    bylines: Iterable[Signed],
    *,
    tags: Iterable[str],
    corrections: Sequence[Correction],
) -> Entry:
    return Entry(
        key=addresses.absolute(f"{addresses.fixed(shelf.key, 'articles')}{article.public_id}/"),
        address=addresses.absolute(text.path),
        title=text.title,
        summary=text.standfirst,
        html=_told(corrections, Amends.RETRACTION, article, text)
        + absolute_html(text.html)
        + _told(corrections, Amends.CORRECTION, article, text),
        language=text.language,
        published=instant(article),
        updated=max(article.updated_at, article.live_from, *map(_moment_of, corrections)),
        authors=tuple(
            signature(name, slug, text.word(post), language, shelf)
            for name, slug, post, language in bylines
        ),
        source=article.source.name if article.source else "",
        tags=tuple(tags),
    )


def _moment_of(correction: Correction) -> datetime:
    return datetime.combine(correction.made_on, time(), tzinfo=UTC)


def _told(corrections: Iterable[Correction], kind: Amends, article: Article, text: Reading) -> str:
    """What a feed's readers are told, below the text they have read already, or above it."""
    words = {
        Amends.CORRECTION: _("Correction, %(day)s:"),
        Amends.RETRACTION: _("Retraction, %(day)s:"),
    }[kind]
    return "".join(
        format_html(
            "<p><strong>{}</strong> {}</p>\n",
            words % {"day": long_date(correction.made_on)},
            on_the_spot(correction.text, article.language) if text.rendered else correction.text,
        )
        for correction in corrections
        if correction.kind == kind
    )


def instant(article: Any) -> datetime:
    """The printed date as a moment, which is all that feeds know: unknown parts are the first ones.

    Of an undated article, the moment it appeared here.
    """
    if article.published_on is None:
        moment: datetime = article.live_from
        return moment
    east = timedelta(minutes=article.published_offset or 0)
    return datetime.combine(
        article.published_on, article.published_time or time(), tzinfo=timezone(east)
    )


def absolute_html(html: str) -> str:
    """A sanitised body with addresses that hold wherever it is shown."""
    return _OWN_ADDRESS.sub(f"{settings.SITE_URL}/", html)


def atom(feed: Feed) -> HttpResponse:
    own = addresses.absolute(feed.path)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.shelf.code}">\n'
        f"<id>{_text(own)}</id>\n<title>{_text(feed.title)}</title>\n"
        f"<updated>{_moment(feed.updated)}</updated>\n"
        f'<link rel="self" type="{ATOM}" href={quoteattr(own)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(addresses.absolute(feed.home))}/>\n'
        f"<author><name>{_text(settings.SITE_NAME)}</name><uri>{_text(settings.SITE_URL)}/</uri></author>\n"
    )
    body = "".join(map(_atom_entry, feed.entries))
    return HttpResponse(f"{head}{body}</feed>\n", content_type=f"{ATOM}; charset=utf-8")


def _atom_entry(entry: Entry) -> str:
    authors = "".join(
        f"<author><name>{_text(author.name)}</name>"
        f"<uri>{_text(addresses.absolute(author.address))}</uri></author>\n"
        for author in entry.authors
    )
    summary = f"<summary>{_text(entry.summary)}</summary>\n" if entry.summary else ""
    tags = "".join(f"<category term={quoteattr(_xml(tag))}/>\n" for tag in entry.tags)
    return (
        f'<entry xml:lang="{entry.language}">\n<id>{_text(entry.key)}</id>\n'
        f"<title>{_text(entry.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>\n'
        f"<published>{_moment(entry.published)}</published>\n"
        f"<updated>{_moment(entry.updated)}</updated>\n"
        f"{authors or _instead(entry)}{tags}{summary}"
        f'<content type="html">{_text(entry.html)}</content>\n</entry>\n'
    )


def _instead(entry: Entry) -> str:
    """Who an article that names nobody comes from: its source, or this publication."""
    return f"<author><name>{_text(entry.source or settings.SITE_NAME)}</name></author>\n"


def json_feed(feed: Feed) -> HttpResponse:
    """JSON Feed 1.1."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": addresses.absolute(feed.home),
        "feed_url": addresses.absolute(feed.path),
        "language": feed.shelf.code,
        "authors": [{"name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(text + "\n", content_type=f"{JSON}; charset=utf-8")


def _json_item(entry: Entry) -> Mapping[str, Any]:
    item: dict[str, Any] = {
        "id": entry.key,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "language": entry.language,
        "authors": [
            {"name": author.name, "url": addresses.absolute(author.address)}
            for author in entry.authors
        ]
        or [{"name": entry.source or settings.SITE_NAME}],
    }
    if entry.summary:
        item["summary"] = entry.summary
    if entry.tags:
        item["tags"] = list(entry.tags)
    return item


FORMS: Mapping[str, Callable[[Feed], HttpResponse]] = {"atom": atom, "json": json_feed}


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_xml(text))
