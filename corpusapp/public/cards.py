"""What a list shows of an article, as plain values: templates neither query nor decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Left

from corpusapp.models import Article, Byline, Role
from corpusapp.public import addresses
from corpusapp.public.dates import PrintedDate, printed_date
from corpusapp.public.shelves import SHELVES, Shelf, foreign, language_name, language_of_name
from corpusapp.text import markdown, reading

_BEGINNING = 700  # characters of a body that an excerpt is looked for in
_NAMES_SHOWN = 3


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
    excerpt: str  # "" unless asked for
    lang: str  # of title, standfirst, excerpt and posts, where it is not the page's
    language_name: str  # "" unless the language has no shelf of its own
    section: Link | None
    authors: tuple[Signature, ...]
    date: PrintedDate | None
    year: int  # 0 if unknown
    month: int  # 0 if unknown
    minutes: int

    @property
    def first_authors(self) -> tuple[Signature, ...]:
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

    Those that went out of sight since their ids were read are left out.
    """
    wanted = list(ids)
    if not wanted:
        return []
    signatures = Byline.objects.filter(role=Role.AUTHOR).select_related("author")
    articles = (
        Article.objects.published()
        .filter(pk__in=wanted)
        .prefetch_related(Prefetch("bylines", queryset=signatures))
        .defer("body", "body_html", "withdrawal_note", "source_address")
    )
    if excerpts:
        articles = articles.annotate(beginning=Left("body", _BEGINNING))
    found = {article.pk: article for article in articles}
    return [
        card_of(found[pk], found[pk].bylines.all(), shelf, sections) for pk in wanted if pk in found
    ]


def signature(byline: Byline, article: Article, shelf: Shelf) -> Signature:
    name = byline.printed_name
    return Signature(
        name=name,
        address=addresses.author(shelf.key, byline.author.slug),
        lang=foreign(language_of_name(name, article.language), shelf),
        post=byline.post,
    )


def card_of(
    article: Article, bylines: Iterable[Byline], shelf: Shelf, sections: Mapping[int, Link]
) -> Card:
    order = article.published_order
    return Card(
        pk=article.pk,
        address=addresses.article(article),
        title=article.title,
        standfirst=article.standfirst,
        excerpt=beginning_of(article),
        lang=foreign(article.language, shelf),
        language_name=unshelved_name(article.language),
        section=sections.get(article.section_id) if article.section_id else None,
        authors=tuple(signature(byline, article, shelf) for byline in bylines),
        date=printed_date(article),
        year=order // 10**8,
        month=order // 10**6 % 100,
        minutes=reading.minutes(article.units, article.language),
    )


def beginning_of(article: Article, limit: int = 220) -> str:
    """The first sentence of the body, of the `beginning` that was asked of the database; else ""."""
    beginning = getattr(article, "beginning", "")
    return reading.first_sentence(markdown.plain(beginning), limit) if beginning else ""


def unshelved_name(language: str) -> str:
    """What to call a language that has no shelf of its own ("German"); "" for one that has."""
    return "" if language.lower() in SHELVES else language_name(language)
