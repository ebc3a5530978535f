"""What surrounds the content of every page: menu, languages, trail, and what machines read in the head."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, partial
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corpusapp.models import Article, Listing, PublicTotal, Section
from corpusapp.public import addresses, linked_data
from corpusapp.public.cards import Link
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask_models
from corpusapp.public.shelves import SHELVES, Shelf, foreign, shelf_of

_CARD = (1200, 630)  # of the pictures that are drawn
_IN_MENU = 7  # sections; the footer names the rest


@dataclass(frozen=True, slots=True)
class Choice:
    """One language of the switcher."""

    shelf: Shelf
    address: str
    current: bool
    instead: str  # "" when it leads to the same page, else what it leads to


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language, for `<link rel="alternate">`."""

    hreflang: str
    address: str  # absolute


@dataclass(frozen=True, slots=True)
class Turn:
    """The numbered pages of a list, as links."""

    number: int
    pages: int
    previous: str  # "" on the first page
    next: str  # "" on the last page
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that the page announces; `base` is where its two forms stand."""

    title: str
    base: str


@dataclass(frozen=True, slots=True)
class SocialImage:
    """Under which a page is shared."""

    address: str  # absolute
    width: int
    height: int
    alt: str


class Frame:
    """The surroundings of one answer; `show` puts a page into them. 1 query."""

    def __init__(self, request: HttpRequest) -> None:
        self.shelf = shelf_of(request)
        self.site = settings.SITE_NAME
        self.path = addresses.quoted(request.path)
        self.canonical = addresses.absolute(self.path)
        self.turn: Turn | None = None
        self.indexed = True
        self.feeds: Sequence[FeedLink] = ()
        self.more_feeds: Sequence[FeedLink] = ()
        self.image = SocialImage(
            addresses.absolute(f"{self.at['home']}card.png"), *_CARD, self.site
        )

    @property
    def at(self) -> Mapping[str, str]:
        return fixed_addresses(self.shelf.key)

    def with_feed(self, name: str) -> None:
        """Announce the feed of the list that this page shows."""
        self.feeds = [FeedLink(f"{name} · {self.site}", self.path)]

    def with_corrections(self) -> None:
        """Announce, after the feed of the whole, that of what had to be corrected."""
        self.more_feeds = [FeedLink(f"{_('Corrections')} · {self.site}", self.at["corrections"])]

    @property
    def feed_links(self) -> Sequence[FeedLink]:
        return [*self.feeds, FeedLink(self.site, self.at["home"]), *self.more_feeds]

    @property
    def locale(self) -> str:
        """As OpenGraph names it, with a region."""
        traditional = f"zh_{settings.HAN_VARIANT.upper()}"
        return {"en": "en_US", "zh-hans": "zh_CN", "zh-hant": traditional}[self.shelf.key]

    @property
    def assets(self) -> SafeString:
        return _assets()

    @property
    def menu_html(self) -> SafeString:
        menu = tuple(self.menu)
        here = {link.address for link in menu} | {self.at["archive"], self.at["authors"]}
        return _menu(self.shelf.key, menu, self.path if self.path in here else "")

    @property
    def seek_html(self) -> SafeString:
        return _seek(self.shelf.key)

    @property
    def footer_html(self) -> SafeString:
        return _footer(self.shelf.key, tuple(self.listed.values()))

    @cached_property
    def sections(self) -> dict[int, Link]:
        """Every section with something public in any language, in the order of the menu.

        Those with something on this shelf come first: a reader of Chinese looks for what can be
        read in Chinese.
        """
        return {pk: link for pk, (link, _is_new) in self._sections.items()}

    @property
    def listed(self) -> dict[int, Link]:
        """Those that menus name: not what an import took for a section and no editor has confirmed."""
        return {pk: link for pk, (link, is_new) in self._sections.items() if not is_new}

    @cached_property
    def _sections(self) -> dict[int, tuple[Link, bool]]:
        """And whether each is new."""
        return remembered(f"sections {self.shelf.key}", self._all_sections)

    def _all_sections(self) -> dict[int, tuple[Link, bool]]:
        rows = ask_models(
            ("sections", self.shelf.key), partial(_with_anything, self.shelf), at=timezone.now()
        )
        return {row.pk: (self.section_link(row), row.is_new) for row in rows}

    def section_link(self, section: Section) -> Link:
        label = section.label(self.shelf.key)
        return Link(
            label.text,
            addresses.section(self.shelf.key, section.slug),
            foreign(label.language, self.shelf),
        )

    @property
    def menu(self) -> list[Link]:
        return list(self.listed.values())[:_IN_MENU]

    def turned(self, number: int, pages: int) -> Turn | None:
        """Links of a numbered page; None if there is only one. Later pages stand in no other language."""
        if number > 1:
            self.canonical = addresses.absolute(self._page(number))
            self.alternates = ()
        if pages > 1:
            self.turn = Turn(
                number=number,
                pages=pages,
                previous=self._page(number - 1) if number > 1 else "",
                next=self._page(number + 1) if number < pages else "",
                first=self._page(1),
                last=self._page(pages),
            )
        return self.turn

    def _page(self, number: int) -> str:
        return self.path if number == 1 else f"{self.path}?page={number}"

    # Most pages stand in all languages under the same path; one that does not sets its own.

    @cached_property
    def choices(self) -> Sequence[Choice]:
        return [
            Choice(shelf, addresses.under(key, self.path), shelf == self.shelf, "")
            for key, shelf in SHELVES.items()
        ]

    @cached_property
    def alternates(self) -> Sequence[Alternate]:
        codes = {shelf.code: key for key, shelf in SHELVES.items()}
        return [
            Alternate(code, addresses.absolute(addresses.under(key, self.path)))
            for code, key in (*codes.items(), ("x-default", settings.DEFAULT_LANGUAGE))
        ]

    def not_indexed(self) -> None:
        """For a page that belongs to another one: robots keep to that, and so do the languages."""
        self.indexed = False
        self.alternates = ()

    def only_here(self) -> None:
        """For an answer that has no counterpart anywhere: the languages lead home."""
        self.indexed = False
        self.alternates = ()
        self.choices = [
            Choice(shelf, addresses.fixed(key, "home"), current=False, instead=_("the home page"))
            for key, shelf in SHELVES.items()
        ]

    def show(
        self,
        template: str,
        *,
        title: str,
        description: str = "",
        crumbs: Iterable[Link] = (),
        linked: Iterable[Mapping[str, Any]] = (),
        status: int = 200,
        **content: Any,
    ) -> HttpResponse:
        """The page: `template` with `content` in this frame; `linked` are nodes of JSON-LD about it.

        Rendered without the request, so that no context processor can touch the session.
        """
        whole_trail = [Link(_("Home"), self.at["home"]), *crumbs]
        if self.indexed and self.path != self.at["home"]:
            linked = [*linked, linked_data.trail(whole_trail, title, self.canonical)]
        content.update(
            frame=self,
            title=title,
            description=description,
            crumbs=whole_trail,
            linked=linked_data.graph(*linked) if self.indexed else None,
        )
        response = HttpResponse(loader.render_to_string(template, content), status=status)
        response.headers["Content-Language"] = self.shelf.code
        return response


def _with_anything(shelf: Shelf, *, at: datetime) -> QuerySet[Section]:
    """Sections with anything public at `at`: those with something on the shelf first."""
    counted = PublicTotal.objects.filter(listing=Listing.SECTION, articles__gt=0)
    gone_live = Article.objects.published(at).filter(counted=False, section__isnull=False)
    return (
        Section.objects.filter(
            Q(pk__in=counted.values("key")) | Q(pk__in=gone_live.values("section"))
        )
        .annotate(
            is_elsewhere=~Exists(counted.filter(key=OuterRef("pk"), shelf=shelf.key))
            & ~Exists(gone_live.on_shelf(shelf.key).filter(section=OuterRef("pk")))
        )
        .order_by("is_elsewhere", "position", "name", "pk")
        .only(
            *("name", "slug", "is_new", "name_language"),
            *("label_en", "label_zh_hans", "label_zh_hant"),
        )
    )


# The same on every page of a language until a section changes: rendered once for each state that was
# read from the database, which every request reads anew.


@lru_cache(maxsize=8)
def fixed_addresses(shelf: str) -> Mapping[str, str]:
    """Addresses of the pages that stand once in each language."""
    names = (
        *("home", "articles", "authors", "tags", "archive", "search"),
        *("corrections", "about", "accessibility"),
    )
    return {name: addresses.fixed(shelf, name) for name in names}


@lru_cache(maxsize=1)
def _assets() -> SafeString:
    return loader.render_to_string("corpusapp/parts/assets.html")


@lru_cache(maxsize=256)
def _menu(shelf: str, menu: tuple[Link, ...], current: str) -> SafeString:
    content = {"menu": menu, "current": current, "at": fixed_addresses(shelf)}
    return loader.render_to_string("corpusapp/parts/menu.html", content)


@lru_cache(maxsize=8)
def _seek(shelf: str) -> SafeString:
    """The search field of the masthead; on a narrow screen a link to the page of the search."""
    return loader.render_to_string("corpusapp/parts/seek.html", {"at": fixed_addresses(shelf)})


@lru_cache(maxsize=16)
def _footer(shelf: str, sections: tuple[Link, ...]) -> SafeString:
    content = {"sections": sections, "at": fixed_addresses(shelf)}
    return loader.render_to_string("corpusapp/parts/footer.html", content)
