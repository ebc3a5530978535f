"""One article as its page shows it, with the other editions of the piece."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import unescape
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from corpusapp.models import Article, Byline, Label, NameOrder, Role
from corpusapp.models.article_columns import shelves_of
from corpusapp.models.article_sets import ArticleQuerySet
from corpusapp.public import addresses
from corpusapp.public.beside import Beside, Corrected, beside
from corpusapp.public.cards import Card, Link, Signature, signature, unshelved_name
from corpusapp.public.dates import PrintedDate, long_date, printed_date
from corpusapp.public.frame import Alternate, Choice, Frame
from corpusapp.public.inner_links import with_links
from corpusapp.public.names import in_other_script, names_for
from corpusapp.public.prepared import ask, ask_models
from corpusapp.public.readings import Reading, address_on, reading_of
from corpusapp.public.related import related
from corpusapp.public.shelves import SHELVES, Shelf, foreign, language_name
from corpusapp.public.shots import Shot, shot
from corpusapp.text import reading
from corpusapp.text.han import OTHER
from corpusapp.text.references import Person, person

_BIOGRAPHY = 320  # places; the author's own page has all of it


@dataclass(frozen=True, slots=True)
class Author:
    """One who signed, as the page's byline has it."""

    signature: Signature
    other_name: Label | None  # in the other script
    person: Person
    biography: str  # its beginning, in the page's language; "" where nobody wrote one


@dataclass(frozen=True, slots=True)
class Provenance:
    source: Link | None  # address "" if it has none that a page may link to
    captured: str  # the day, in words; "" if there is no capture
    rights: str
    edited: list[str]  # which fields editors have changed, in words
    page: str  # where readers see the capture itself; "" where its source does not allow that


@dataclass(frozen=True, slots=True)
class Piece:
    article: Article
    shelf: Shelf
    text: Reading  # the article as it reads here
    original: Link | None  # of a rendition: the edition it was made of
    lang: str  # of the article, where it is not the page's
    language_name: str  # "" unless the language has no shelf of its own
    description: str
    section: Link | None
    authors: list[Author]
    signed: list[tuple[str, Author]]  # everyone, with their role
    date: PrintedDate | None
    minutes: int
    editions: list[Link]
    tags: list[Link]
    around: Beside
    picture: Shot | None
    provenance: Provenance | None
    related: list[Card]

    @property
    def caption(self) -> str:
        return self.text.word(self.article.caption)

    @property
    def updated(self) -> Corrected | None:
        """The last correction, which is what readers are told of changes."""
        return self.around.corrections[-1] if self.around.corrections else None

    @property
    def retracted(self) -> Corrected | None:
        """The notice that the article stands no longer."""
        return next((one for one in self.around.corrections if one.is_retraction), None)

    @property
    def modified(self) -> datetime:
        changed, live = self.article.updated_at, self.article.live_from
        return max(changed, live) if live else changed

    @property
    def introduced(self) -> list[Author]:
        """Those of its authors of whom the page can tell who they are."""
        return [author for author in self.authors if author.biography]

    @property
    def helpers(self) -> list[tuple[str, Author]]:
        """Role in words, and who, of those who signed as other than author."""
        return [
            (str(Role(role).label), author) for role, author in self.signed if role != Role.AUTHOR
        ]


def edition(public_id: str, frame: Frame) -> Piece | None:
    """The public edition of this id on the frame's shelf, if there is one.

    The frame's languages then lead to the other editions. At most 7 queries, the menu's included.
    """
    editions = _editions(public_id, frame.shelf)
    article = next((row for row in editions if row.public_id == public_id), None)
    if article is None or _has_given_way(article, editions, frame.shelf):
        return None
    return _piece(article, editions, frame)


def preview_row(public_id: str) -> Any:
    """An article in whatever state, for the preview alone, which has asked whether it may; None in the bin."""
    rows = Article.objects.filter(public_id=public_id, binned_at__isnull=True)
    return _whole(rows).first()


def in_preview(row: Any, frame: Frame, token: str) -> Piece | None:
    """`row` (of `preview_row`) as it will read on the frame's shelf; None where it will not stand there.

    The languages lead to its previews, under the same token.
    """
    others = _whole(
        Article.objects.published().filter(translation_key=row.translation_key).exclude(pk=row.pk)
    )
    editions = list({one.pk: one for one in (row, *others)}.values())
    if frame.shelf.key not in shelves_of(row) or _has_given_way(row, editions, frame.shelf):
        return None
    piece = _piece(row, sorted(editions, key=lambda one: int(one.pk)), frame)
    stands = shelves_of(row)
    frame.choices = [
        Choice(
            one.shelf,
            addresses.preview(one.shelf.key, row.public_id, token),
            one.current,
            instead="",
        )
        if one.shelf.key in stands
        else one
        for one in frame.choices
    ]
    return piece


def _piece(article: Any, editions: list[Any], frame: Frame) -> Piece:
    section = frame.sections.get(article.section_id) if article.section_id else None
    versions = _versions(editions)
    text = with_links({0: reading_of(article, frame.shelf)}, frame.shelf)[0]
    around = beside(article, text, frame.shelf)
    _lead_to(frame, versions, section)
    signed = _signed(article, text, frame.shelf)
    return Piece(
        article=article,
        shelf=frame.shelf,
        text=text,
        original=_original(article) if text.rendered else None,
        lang=foreign(text.language, frame.shelf),
        language_name=unshelved_name(article.language),
        description=reading.first_sentence(text.standfirst or _first_paragraph(text.html), 160),
        section=section,
        authors=[author for role, author in signed if role == Role.AUTHOR],
        signed=signed,
        date=printed_date(article, clock=True),
        minutes=reading.minutes(article.units, article.language),
        editions=[link for link in versions if link.lang != text.language],
        tags=around.tags,
        around=around,
        picture=shot(article.picture, frame.shelf),
        provenance=_provenance(article, around, frame.shelf),
        related=related(article, around.tag_ids, frame.shelf, frame.sections),
    )


def _has_given_way(article: Article, editions: list[Any], shelf: Shelf) -> bool:
    """Whether an edition of this shelf's own has taken the place of a rendition."""
    return article.shelf != shelf.key and any(row.language == shelf.code for row in editions)


def _original(article: Article) -> Link:
    return Link(_own_name(article.language), addresses.article(article), article.language)


def _versions(editions: list[Any]) -> list[Link]:
    """Every edition in the order in which they came, each followed by its rendition if that stands."""
    own = {row.language for row in editions}
    versions = []
    for row in editions:
        versions.append(_original(row))
        there = OTHER.get(row.language)
        if there and there not in own:
            shelf = SHELVES[there.lower()]
            versions.append(Link(shelf.name, address_on(row, shelf), there))
    return versions


def _editions(public_id: str, shelf: Shelf) -> list[Any]:
    """All public editions of the piece, oldest first, each with the moment of its first capture."""

    def of_the_piece(public_id: str, at: datetime) -> Any:
        public = Article.objects.published(at)
        asked = public.on_shelf(shelf.key).filter(public_id=public_id)
        return _whole(public.filter(translation_key__in=asked.values("translation_key")))

    key = ("editions", shelf.key)
    rows = ask_models(key, of_the_piece, public_id=public_id, at=timezone.now())
    editions: dict[int, Any] = {}
    for row in rows:  # one for each capture
        editions.setdefault(row.pk, row)
    return list(editions.values())


def _whole(articles: ArticleQuerySet) -> Any:
    """With all that a page shows of them: one row for each capture, the first of an article first."""
    return (
        articles.select_related("source", "series", "picture", "rendition")
        .annotate(captured_at=F("captures__imported_at"))
        .order_by("pk", "captured_at")
    )


def _signed(article: Article, here: Reading, shelf: Shelf) -> list[tuple[str, Author]]:
    """Who signed, with their roles, in the order of the byline. 1 query."""
    main_names: dict[int, list[tuple[str, str]]] = defaultdict(list)
    bylines: dict[int, tuple[Any, ...]] = {}
    for pk, *byline, language, text, is_main in ask(
        ("signed", shelf.key), partial(_signatures, shelf), article=article.pk
    ):
        bylines[pk] = tuple(byline)
        if is_main:
            main_names[pk].append((language, text))
    signed = []
    for pk, (role, printed, post, name, slug, family, given, order, told) in bylines.items():
        shown = printed or name
        names = names_for(shelf, name, main_names[pk])
        if here.rendered:  # a name is never converted, but its owner may have one in this script
            shown = dict(main_names[pk]).get(here.language, shown)
        known = (family, given) if shown == name else ("", "")  # parts of that spelling alone
        author = Author(
            signature(
                shown,
                slug,
                here.word(post),
                here.language if shown != (printed or name) else article.language,
                shelf,
            ),
            in_other_script(names, shown),
            person(shown, *known, family_first=order == NameOrder.FAMILY_FIRST),
            reading.first_sentence(told, _BIOGRAPHY) if told else "",
        )
        signed.append((role, author))
    return signed


def _signatures(shelf: Shelf, article: int) -> QuerySet[Any, Any]:
    """One row for each name of each who signed."""
    return (
        Byline.objects.filter(article=article)
        .order_by("position", "pk", "author__names__pk")
        .values_list(
            *("pk", "role", "name", "post", "author__name", "author__slug"),
            *("author__family_name", "author__given_name", "author__name_order"),
            "author__biography_" + shelf.key.replace("-", "_"),
            *("author__names__language", "author__names__text", "author__names__is_main"),
        )
    )


def _first_paragraph(body: str) -> str:
    """The words of the body's beginning, from its sanitised form."""
    html, _end, _rest = body.partition("</p>")
    plain = html.removeprefix("<p>")
    return unescape(strip_tags(html[:2000]) if "<" in plain else plain[:2000])


def _own_name(language: str) -> str:
    shelf = SHELVES.get(language.lower())
    return shelf.name if shelf else language_name(language)


def _lead_to(frame: Frame, versions: list[Link], section: Link | None) -> None:
    """Alternates are the versions there are; the switcher leads to them, else to the section."""
    by_language = {link.lang.lower(): link.address for link in versions}
    frame.alternates = [
        *(Alternate(link.lang, addresses.absolute(link.address)) for link in versions),
        Alternate("x-default", addresses.absolute(versions[0].address)),
    ]
    choices = []
    for key, shelf in SHELVES.items():
        if shelf == frame.shelf:
            choices.append(Choice(shelf, frame.path, current=True, instead=""))
        elif key in by_language:
            choices.append(Choice(shelf, by_language[key], current=False, instead=""))
        elif section:
            address = addresses.under(key, section.address)
            choices.append(Choice(shelf, address, current=False, instead=section.text))
        else:
            home = addresses.fixed(key, "home")
            choices.append(Choice(shelf, home, current=False, instead=_("the home page")))
    frame.choices = choices


def _provenance(article: Any, around: Beside, shelf: Shelf) -> Provenance | None:
    source = article.source
    captured = article.captured_at
    if source is None and captured is None and not article.source_address:
        return None
    address = addresses.outside(article.source_address)
    link = None
    if source:
        language = foreign(source.language, shelf) if source.language else ""
        link = Link(source.name, address or addresses.outside(source.address), language)
    elif address:
        link = Link(addresses.host(address), address)
    may_be_seen = captured and source and source.shows_captured and article.shelf == shelf.key
    return Provenance(
        link,
        long_date(captured.date()) if captured else "",
        source.rights if source else "",
        around.edited if captured else [],
        addresses.captured(shelf.key, article.public_id) if may_be_seen else "",
    )
