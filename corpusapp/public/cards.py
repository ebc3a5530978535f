"""What a list shows of an article, as plain values: templates neither query nor decide."""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import starmap
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Left
from django.utils import timezone

from corpusapp.editing.renditions import head_hash
from corpusapp.models import Article, Byline, Role
from corpusapp.public import addresses, shots
from corpusapp.public.dates import PrintedDate, printed_date
from corpusapp.public.prepared import ask, numbered
from corpusapp.public.readings import RENDITION, is_rendered_on, on_the_spot
from corpusapp.public.shelves import SHELVES, Shelf, foreign, language_name, language_of_name
from corpusapp.public.shots import Shot
from corpusapp.text import markdown, reading
from corpusapp.text.han import OTHER

_BEGINNING = 700  # characters of a body that an excerpt is looked for in
_EXCERPT = 220
_NAMES_SHOWN = 3

Signed = tuple[str, str, str, str]  # name, slug, post, and the language of the name

# What a card is made of. Rows of values, because twenty model instances cost more than their query.
COLUMNS = (
    "pk",
    "public_id",
    "shelf",
    "slug",
    "on_hans",
    "on_hant",
    "language",
    "title",
    "standfirst",
    "section_id",
    "units",
    "published_on",
    "published_time",
    "published_offset",
    "published_precision",
    "published_order",
)


def columns(shelf: Shelf) -> tuple[str, ...]:
    """`COLUMNS`, and on a Chinese shelf what a card takes of a rendition; rows need no query more."""
    if not shelf.code.startswith("zh"):
        return COLUMNS
    return (*COLUMNS, *(f"rendition__{name}" for name in RENDITION))


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str
    lang: str = ""  # of the text, where it is not the page's


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    address: str
    lang: str
    post: str


@dataclass(frozen=True, slots=True)
class Card:
    pk: int
    address: str
    title: str
    standfirst: str
    excerpt: str  # instead of a standfirst; "" unless asked for
    lang: str  # of title, standfirst, excerpt and posts, where it is not the page's
    language_name: str  # "" unless the language has no shelf of its own
    section: Link | None
    authors: tuple[Signature, ...]
    date: PrintedDate | None
    year: int  # 0 if unknown
    month: int  # 0 if unknown
    minutes: int
    picture: Shot | None = None  # where asked for
    original: str = ""  # language of the edition, where readers of this shelf find its rendition

    @property
    def first_authors(self) -> Sequence[Signature]:
        return self.authors[:_NAMES_SHOWN]

    @property
    def more_authors(self) -> int:
        return max(0, len(self.authors) - _NAMES_SHOWN)


def cards(
    ids: Iterable[int],
    shelf: Shelf,
    sections: Mapping[int, Link],
    *,
    excerpts: bool = False,
) -> list[Card]:
    """The cards of these articles, in this order, for a page of `shelf`. 2 queries.

    With `excerpts` they have what a front page shows: the beginning of the text, and the picture.

    Those that went out of sight since their ids were read are left out.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    found = {row.pk: row for row in _rows(wanted, shelf, excerpts=excerpts)}
    bylines = bylines_of(wanted, shelf)
    return [
        card_of(
            found[pk],
            shelf,
            sections,
            bylines=bylines[pk],
            beginning=found[pk].beginning if excerpts else "",
        )
        for pk in wanted
        if pk in found
    ]


def _rows(ids: Sequence[int], shelf: Shelf, *, excerpts: bool) -> Iterator[Any]:
    """The public ones of these articles, with what a card takes of each. 1 query."""
    names = (*columns(shelf), *shots.COLUMNS) if excerpts else columns(shelf)

    def published(at: datetime, **asked: int) -> QuerySet[Any, Any]:
        rows = Article.objects.published(at).filter(pk__in=list(asked.values()))
        if excerpts:
            return rows.values_list(*names, Left("body", _BEGINNING))
        return rows.values_list(*names)

    row_of = row_type((*names, "beginning") if excerpts else names)
    key = ("cards", shelf.key, excerpts, len(ids))
    return starmap(row_of, ask(key, published, at=timezone.now(), **numbered(ids)))


@lru_cache(maxsize=16)
def row_type(names: tuple[str, ...]) -> Any:
    """Rows with these columns."""
    return namedtuple("CardRow", names)  # noqa: PYI024 - its names are known at run time


def bylines_of(ids: Sequence[int], shelf: Shelf) -> dict[int, list[Signed]]:
    """Those who wrote each of these articles, as a page of `shelf` calls them. 1 query.

    No name is converted, but under a rendition stands the one its owner has in that script.
    """

    def signatures(**asked: int) -> QuerySet[Any, Any]:
        rows = Byline.objects.filter(article__in=list(asked.values()), role=Role.AUTHOR)
        here: Any = Value("")
        if shelf.code in OTHER:
            main = Q(author__names__language=shelf.code, author__names__is_main=True)
            rows = rows.annotate(named=FilteredRelation("author__names", condition=main))
            here = F("named__text")
        return rows.order_by("position", "pk").values_list(
            *("article_id", "article__language", "name", "post", "author__name", "author__slug"),
            here,
        )

    bylines: dict[int, list[Signed]] = defaultdict(list)
    if not ids:
        return bylines
    key = ("bylines", shelf.key, len(ids))
    for article, language, printed, post, name, slug, here in ask(key, signatures, **numbered(ids)):
        if here and OTHER.get(language) == shelf.code:
            bylines[article].append((here, slug, post, shelf.code))
        else:
            bylines[article].append((printed or name, slug, post, language))
    return bylines


def card_of(
    row: Any,
    shelf: Shelf,
    sections: Mapping[int, Link],
    *,
    bylines: Iterable[Signed] = (),
    beginning: str = "",
) -> Card:
    """The card of a row of `columns(shelf)`; of `COLUMNS` alone, too, at the price of a conversion."""
    section = sections.get(row.section_id) if row.section_id else None
    if row.shelf == shelf.key and row.shelf == "en" and not getattr(row, "picture__key", None):
        # a row's values are all it is made of, and the same rows come again in many lists
        return _card(row, shelf, section, tuple(bylines), beginning)
    return _card.__wrapped__(row, shelf, section, bylines, beginning)


@lru_cache(maxsize=3000)
def _card(
    row: Any,
    shelf: Shelf,
    section: Link | None,
    bylines: Iterable[Signed],
    beginning: str,
) -> Card:
    shown = _shown(row, shelf, beginning)
    return Card(
        pk=row.pk,
        address=shown.address,
        title=shown.title,
        standfirst=shown.standfirst,
        excerpt=shown.excerpt,
        lang=foreign(shown.language, shelf),
        language_name=unshelved_name(row.language),
        section=section,
        authors=tuple(
            signature(name, slug, shown.word(post), language, shelf)
            for name, slug, post, language in bylines
        ),
        date=printed_date(row),
        year=row.published_order // 10**8,
        month=row.published_order // 10**6 % 100,
        minutes=reading.minutes(row.units, row.language),
        picture=shots.shot_of_row(row, shelf),
        original=row.language if is_rendered_on(row, shelf) else "",
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    address: str
    title: str
    standfirst: str
    excerpt: str
    language: str
    word: Callable[[str], str]  # how a post reads here


def _shown(row: Any, shelf: Shelf, beginning: str) -> _Shown:
    """What readers of a shelf see of a row: its own words, or those of its rendition."""
    if not is_rendered_on(row, shelf):
        excerpt = "" if row.standfirst else _excerpt(beginning)
        return _Shown(addresses.article(row), row.title, row.standfirst, excerpt, row.language, str)
    if getattr(row, "rendition__of_head", None) == head_hash(row):
        words = row.rendition__words
        return _Shown(
            addresses.rendition(shelf.key, row.public_id, row.rendition__slug),
            row.rendition__title,
            row.rendition__standfirst,
            row.rendition__excerpt if beginning else "",
            OTHER[row.language],
            lambda post: words.get(post, post),
        )
    convert = partial(on_the_spot, language=row.language)
    return _Shown(
        addresses.rendition(shelf.key, row.public_id, convert(row.slug)),
        convert(row.title),
        convert(row.standfirst),
        "" if row.standfirst else convert(_excerpt(beginning)),
        OTHER[row.language],
        convert,
    )


@lru_cache(maxsize=500)
def _excerpt(beginning: str) -> str:
    """The first sentence of a body that begins so; reading Markdown costs more than the rest of a card."""
    return reading.first_sentence(markdown.plain(beginning), _EXCERPT)


def signature(name: str, slug: str, post: str, language: str, shelf: Shelf) -> Signature:
    """One who signed an article in `language`, as a page of `shelf` names them."""
    lang = foreign(language_of_name(name, language), shelf)
    return Signature(name, addresses.author(shelf.key, slug), lang, post)


def unshelved_name(language: str) -> str:
    """What to call a language that has no shelf of its own ("German"); "" for one that has."""
    return "" if language.lower() in SHELVES else language_name(language)
