"""The articles of one list page: this shelf's, page by page, and what other shelves add."""

from dataclasses import dataclass, replace
from itertools import groupby

from django.http import Http404, HttpRequest

from corpusapp.models import Listing
from corpusapp.public.cards import Card, cards
from corpusapp.public.dates import month_and_year, year_name
from corpusapp.public.elsewhere import FEW, Elsewhere, elsewhere
from corpusapp.public.frame import Frame, Turn
from corpusapp.public.lists import ids_in_series, ids_on, page_of, totals_of

_LED = frozenset({Listing.SECTION, Listing.TAG})


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Contents:
    total: int  # on this shelf
    everywhere: int
    turn: Turn | None
    cards: list[Card]
    elsewhere: list[Elsewhere]
    lead: Card | None  # above the others, and none of `cards`

    def by_year(self) -> list[Group]:
        """The cards under the years they were published in; the undated ones under no heading."""
        return [
            Group(year_name(year) if year else "", list(group))
            for year, group in groupby(self.cards, lambda card: card.year)
        ]

    def by_month(self) -> list[Group]:
        """The cards under their months; those of which only the year is known under no heading."""
        return [
            Group(month_and_year(year, month) if month else "", list(group))
            for (year, month), group in groupby(self.cards, lambda card: (card.year, card.month))
        ]


def contents(
    request: HttpRequest,
    frame: Frame,
    listing: Listing,
    key: int = 0,
    *,
    always_stands: bool = False,
) -> Contents:
    """What the page shows of the list; 404 if no language has anything of it.

    5 queries, and one more for each other language that is shown.
    """
    totals = totals_of(listing, key)
    everywhere = totals.total()
    if not everywhere and not always_stands:
        raise Http404
    total = totals[frame.shelf.key]
    page = page_of(total, request.GET.get("page"))
    own_ids: list[int] = []
    if total and listing == Listing.SERIES:
        own_ids = ids_in_series(key, frame.shelf.key, page.number)
    elif total:
        own_ids = ids_on(listing, key, frame.shelf.key, totals=totals, number=page.number)
    blocks = elsewhere(frame.shelf, frame.path, totals, listing, key, besides=own_ids)
    turn = frame.turned(page.number, page.pages)
    ids = [*own_ids, *(pk for block in blocks for pk in block.ids)]
    by_pk = {card.pk: card for card in cards(ids, frame.shelf, frame.sections)}
    for block in blocks:
        block.cards = [by_pk[pk] for pk in block.ids if pk in by_pk]
    own = [by_pk[pk] for pk in own_ids if pk in by_pk]
    lead = own.pop(0) if listing in _LED and page.number == 1 and len(own) > FEW else None
    if lead and listing == Listing.SECTION:
        lead = replace(lead, section=None)  # which the page's own heading names
    return Contents(total, everywhere, turn, own, blocks, lead)
