"""The answer to a search as its page shows it: hits as cards with their snippets, facets as links."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corpusapp.models import Article
from corpusapp.public import addresses
from corpusapp.public.asking import FILTERS, Asked
from corpusapp.public.cards import Card, Link, cards
from corpusapp.public.frame import Alternate, Frame, Turn
from corpusapp.public.frame import Choice as LanguageChoice
from corpusapp.public.lists import PAGE_SIZE
from corpusapp.public.readings import on_the_spot
from corpusapp.public.shelves import SHELVES, Shelf, foreign, language_name
from corpusapp.search.contract import (
    COUNTED,
    LONGEST_QUERY,
    Excerpt,
    FacetValue,
    Hit,
    Page,
    Scope,
    Sort,
    Suggestion,
)
from corpusapp.search.engines import engine

_SHOWN = 6  # values of a facet; the others are folded away
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One hit, a value like the card it holds."""

    card: Card
    title: Excerpt
    snippet: Excerpt


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: a link that adds it, or takes it away where it is chosen."""

    text: str
    number: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    heading: str
    first: list[Value]
    others: list[Value]


@dataclass(frozen=True, slots=True)
class WayOn:
    """Where a search that found nothing may go on."""

    fewer: list[Link] = field(default_factory=list)  # each without one filter
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
    facets = [
        facet
        for name in FILTERS
        if (facet := _facet(name, page.facets.get(name, ()), asked, frame, page.total))
    ]
    nothing = not page.total and bool(asked.text or asked.chosen)
    chosen = _chosen(asked, page.facets, frame)
    return Answer(
        asked=asked,
        total=page.total,
        more=page.more,
        hits=_hits(page, frame),
        facets=facets,
        chosen=chosen,
        without_filters=replace(asked, filters={}, page=1).address(path),
        orders=_orders(asked, path),
        in_part=page.in_part,
        instead=_instead(asked, page.corrected_query, path),
        turn=_turn(asked, page.total, path),
        way_on=_way_on(asked, chosen, frame) if nothing else None,
    )


def heading_of(name: str) -> str:
    return {
        "section": pgettext("facet", "Section"),
        "author": pgettext("facet", "Author"),
        "tag": pgettext("facet", "Tag"),
        "year": pgettext("facet", "Year"),
        "language": pgettext("facet", "Language"),
        "source": pgettext("facet", "Source"),
    }[name]


def _hits(page: Page, frame: Frame) -> list[Found]:
    """The hits that readers may still see, each with its card. 2 queries."""
    by_pk = {
        card.pk: card
        for card in cards((hit.article_id for hit in page.hits), frame.shelf, frame.sections)
    }
    return [
        Found(card, _title_of(card, hit), _read(hit.snippet, card))
        for hit in page.hits
        if (card := by_pk.get(hit.article_id))
    ]


def _title_of(card: Card, hit: Hit) -> Excerpt:
    """The title with its marks; without them where the card shows it in other words."""
    title = _read(hit.title, card)
    return title if "".join(piece.text for piece in title) == card.title else ()


def _read(excerpt: Excerpt, card: Card) -> Excerpt:
    """The same in the reader's script, where the card is that of a rendition."""
    if not card.original:
        return excerpt
    return tuple(
        replace(piece, text=on_the_spot(piece.text, card.original)) if piece.text else piece
        for piece in excerpt
    )


def _words(name: str, value: FacetValue) -> str:
    """What readers call a value: languages by their name in the page's."""
    return language_name(value.value) if name == "language" else value.label


def _facet(
    name: str, values: Iterable[FacetValue], asked: Asked, frame: Frame, total: int
) -> Facet | None:
    """The links of one facet; None where it would not part anything."""
    path = frame.at["search"]
    picked = asked.filters.get(name, ())
    here = replace(asked, page=1).address(path)
    more = f"{here}{'&' if '?' in here else '?'}{name}="
    choices = [
        Value(
            text=_words(name, value),
            number=value.count,
            address=(
                asked.without_value(name, value.value).address(path)
                if value.value in picked
                else more + quote_plus(value.value)
            ),
            is_chosen=value.value in picked,
        )
        for value in values
    ]
    if not choices or (len(choices) == 1 and not picked and choices[0].number == total):
        return None
    choices.sort(key=lambda choice: not choice.is_chosen)  # stable: most frequent first within
    shown = max(_SHOWN, sum(choice.is_chosen for choice in choices))
    if len(choices) == shown + 1:
        shown += 1  # to fold one away saves nothing
    return Facet(heading_of(name), choices[:shown], choices[shown:])


def _chosen(asked: Asked, facets: Mapping[str, Iterable[FacetValue]], frame: Frame) -> list[Link]:
    """Every filter in words. A value that nothing has is called what it is called in the address."""
    labels = {(name, value.value): _words(name, value) for name in facets for value in facets[name]}
    path = frame.at["search"]
    return [
        Link(
            pgettext("a filter and its value", "%(name)s: %(value)s")
            % {"name": heading_of(name), "value": labels.get((name, value), value)},
            asked.without_value(name, value).address(path),
        )
        for name, value in asked.chosen
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


def _instead(asked: Asked, corrected: str | None, path: str) -> Link | None:
    if not corrected:
        return None
    return Link(corrected, replace(asked, exact=True, page=1).address(path))


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
    if asked.chosen and asked.text:
        bare = replace(asked, filters={}, page=1)
        fewer.append(Link(_("Search everything for these words"), bare.address(path)))
    if len(asked.chosen) > 1:
        fewer += [
            Link(_("Without “%(filter)s”") % {"filter": link.text}, link.address) for link in chosen
        ]
    newest = Article.objects.published().newest_first()
    here = newest.on_shelf(frame.shelf.key).values_list("pk", flat=True)
    ids = list(here[:_NEWEST]) or list(newest.values_list("pk", flat=True)[:_NEWEST])
    return WayOn(fewer, suggested(asked.text, frame.shelf), cards(ids, frame.shelf, frame.sections))


def suggested(text: str, shelf: Shelf) -> list[Link]:
    """What may be meant by the words typed so far, with its page; of what is public only."""
    found = engine().suggest(text[:LONGEST_QUERY], Scope.PUBLIC, shelf=shelf.key)
    keys = [one.key for one in found if one.kind == "article"]
    rows = Article.objects.published().filter(public_id__in=keys).only("public_id", "shelf", "slug")
    places = {row.public_id: addresses.article(row) for row in rows} if keys else {}
    links = []
    for one in found:
        lang = foreign(one.language, shelf) if one.language else ""
        if address := places.get(one.key, "") if one.kind == "article" else _place_of(one, shelf):
            links.append(Link(one.text, address, lang))
    return links


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
