"""The answer to a search as its page shows it: hits as cards with their snippets, and ways on."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corpusapp.models import Article
from corpusapp.public import addresses, marks
from corpusapp.public.asking import Asked
from corpusapp.public.cards import Card, Link, cards
from corpusapp.public.frame import Alternate, Frame, Turn
from corpusapp.public.frame import Choice as LanguageChoice
from corpusapp.public.lists import PAGE_SIZE
from corpusapp.public.narrowing import Facet, facets_of, filters_in_use, without
from corpusapp.public.readings import HEAD, Head, head_on, on_the_spot
from corpusapp.public.shelves import SHELVES, Shelf, foreign
from corpusapp.search.contract import (
    COUNTED,
    LONGEST_QUERY,
    Excerpt,
    Page,
    Scope,
    Sort,
    Suggestion,
)
from corpusapp.search.engines import engine
from corpusapp.text.han import OTHER
from corpusapp.text.languages import han_script

_NEWEST = 5
_QUOTES = re.compile('["＂“”„«»「」『』]')


@dataclass(frozen=True, slots=True)
class Found:
    """One hit, a value like the card it holds."""

    card: Card
    title: Excerpt
    snippet: Excerpt


@dataclass(frozen=True, slots=True)
class WayOn:
    """Where a search that found nothing may go on."""

    fewer: list[Link] = field(default_factory=list)  # without quotation marks, or a filter
    meant: list[Link] = field(default_factory=list)  # what is spelled or begins alike
    newest: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    asked: Asked
    total: int
    more: bool
    hits: list[Found]
    facets: list[Facet]
    chosen: list[Link]  # each filter in words, with the address of the search without it
    without_filters: str
    orders: list[tuple[str, str, bool]]  # words, address, is the present one
    in_part: bool  # nothing has all the words; the hits have some of them
    instead: Link | None  # the words that were searched, with the address of the search as typed
    turn: Turn | None
    way_on: WayOn | None

    @property
    def asks_nothing(self) -> bool:
        return not self.asked.text and not self.asked.chosen


def answer(asked: Asked, frame: Frame) -> Answer:
    """Search, and put what was found in words; 404 past the last page."""
    if not asked.text and not asked.chosen and asked.page == 1:
        return _answer(asked, frame, Page())
    page = engine().find(asked.query(PAGE_SIZE, shelf=frame.shelf.key))
    if asked.page > max(1, -(-page.total // PAGE_SIZE)):
        raise Http404
    return _answer(asked, frame, page)


def _answer(asked: Asked, frame: Frame, page: Page) -> Answer:
    path = frame.at["search"]
    nothing = not page.total and bool(asked.text or asked.chosen)
    chosen = filters_in_use(asked, page.facets, frame)
    return Answer(
        asked=asked,
        total=page.total,
        more=page.more,
        hits=_hits(page, frame),
        facets=facets_of(page.facets, asked, frame, page.total),
        chosen=chosen,
        without_filters=replace(asked, filters={}, page=1).address(path),
        orders=_orders(asked, path),
        in_part=page.in_part,
        instead=_instead(asked, page.corrected_query, frame),
        turn=_turn(asked, page.total, path),
        way_on=_way_on(asked, chosen, frame) if nothing else None,
    )


def _hits(page: Page, frame: Frame) -> list[Found]:
    """The hits that readers may still see, each with its card. 2 queries."""
    by_pk = {
        card.pk: card
        for card in cards((hit.article_id for hit in page.hits), frame.shelf, frame.sections)
    }
    return [
        Found(card, marks.title_of(card, hit.title), marks.snippet_of(card, hit.snippet))
        for hit in page.hits
        if (card := by_pk.get(hit.article_id))
    ]


def _orders(asked: Asked, path: str) -> list[tuple[str, str, bool]]:
    orders = [
        (Sort.RELEVANCE, pgettext("order", "Best match")),
        (Sort.NEWEST, pgettext("order", "Newest")),
        (Sort.OLDEST, pgettext("order", "Oldest")),
    ]
    default = replace(asked, sort=None).order
    return [
        (
            words,
            replace(asked, sort=None if sort == default else sort, page=1).address(path),
            sort == asked.order,
        )
        for sort, words in orders
        if asked.text or sort != Sort.RELEVANCE
    ]


def _instead(asked: Asked, corrected: str | None, frame: Frame) -> Link | None:
    if not corrected:
        return None
    typed = replace(asked, exact=True, page=1)
    return Link(_as_read(corrected, asked.text, frame.shelf), typed.address(frame.at["search"]))


def _as_read(corrected: str, typed: str, shelf: Shelf) -> str:
    """The words that were searched, in the script of a Chinese shelf.

    Those that are in it already stay, and those that were typed so and may be in either.
    """
    if shelf.code not in OTHER:
        return corrected
    mine, as_typed = shelf.code.removeprefix("zh-"), typed.split()
    return " ".join(
        word
        if (script := han_script(word)) == mine or (not script and word in as_typed)
        else on_the_spot(word, OTHER[shelf.code])
        for word in corrected.split()
    )


def _turn(asked: Asked, total: int, path: str) -> Turn | None:
    pages = -(-min(total, COUNTED) // PAGE_SIZE)
    if pages <= 1:
        return None

    def at(number: int) -> str:
        return replace(asked, page=number).address(path)

    return Turn(
        number=asked.page,
        pages=pages,
        previous=at(asked.page - 1) if asked.page > 1 else "",
        next=at(asked.page + 1) if asked.page < pages else "",
        first=at(1),
        last=at(pages),
    )


def _way_on(asked: Asked, chosen: list[Link], frame: Frame) -> WayOn:
    """Fewer filters, other words, and what is newest: no search ends at a wall."""
    path = frame.at["search"]
    fewer = []
    if len(_QUOTES.findall(asked.text)) > 1 and (
        words := " ".join(_QUOTES.sub(" ", asked.text).split())
    ):
        loose = replace(asked, text=words, exact=False, page=1)
        fewer.append(Link(_("The same words without quotation marks"), loose.address(path)))
    if asked.chosen and asked.text:
        bare = replace(asked, filters={}, page=1)
        fewer.append(Link(_("Search everything for these words"), bare.address(path)))
    if len(asked.chosen) > 1:
        fewer += without(chosen)
    newest = Article.objects.published().newest_first()
    here = newest.on_shelf(frame.shelf.key).values_list("pk", flat=True)
    ids = list(here[:_NEWEST]) or list(newest.values_list("pk", flat=True)[:_NEWEST])
    return WayOn(fewer, suggested(asked.text, frame.shelf), cards(ids, frame.shelf, frame.sections))


def suggested(text: str, shelf: Shelf) -> list[Link]:
    """What may be meant by the words typed so far, with its page; of what is public only."""
    found = engine().suggest(text[:LONGEST_QUERY], Scope.PUBLIC, shelf=shelf.key)
    heads = _heads([one.key for one in found if one.kind == "article"], shelf)
    links = []
    for one in found:
        if one.kind != "article":
            lang = foreign(one.language, shelf) if one.language else ""
            links.append(Link(one.text, _place_of(one, shelf), lang))
        elif head := heads.get(one.key):
            links.append(Link(head.title, head.path, foreign(head.language, shelf)))
    return links


def _heads(public_ids: Sequence[str], shelf: Shelf) -> Mapping[str, Head]:
    """What names these articles to readers of a shelf, as far as they may see them. 1 query."""
    if not public_ids:
        return {}
    rows = Article.objects.published().filter(public_id__in=public_ids)
    rows = rows.select_related("rendition").only(*HEAD)
    return {row.public_id: head_on(row, shelf) for row in rows}


def _place_of(one: Suggestion, shelf: Shelf) -> str:
    return _PLACES[one.kind](shelf.key, one.key)


_PLACES: Mapping[str, Callable[[str, str], str]] = {
    "author": addresses.author,
    "section": addresses.section,
    "tag": addresses.tag,
}


def everywhere(asked: Asked, frame: Frame) -> None:
    """The same search is what the frame's languages lead to; robots are to keep out of it."""
    frame.indexed = False
    places = {key: asked.address(addresses.fixed(key, "search")) for key in SHELVES}
    frame.choices = [
        LanguageChoice(shelf, places[key], shelf == frame.shelf, "")
        for key, shelf in SHELVES.items()
    ]
    frame.alternates = [
        *(Alternate(shelf.code, addresses.absolute(places[key])) for key, shelf in SHELVES.items()),
        Alternate("x-default", addresses.absolute(places[settings.DEFAULT_LANGUAGE])),
    ]
