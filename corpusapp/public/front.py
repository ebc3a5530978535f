"""The home page: a lead, a second rank, blocks by section; what is few folds together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from corpusapp.models import Article, Listing, MostRead
from corpusapp.public.cards import Card, Link, cards
from corpusapp.public.elsewhere import Elsewhere, elsewhere
from corpusapp.public.frame import Frame
from corpusapp.public.lists import totals_of
from corpusapp.public.prepared import ask
from corpusapp.public.shelves import Shelf

_TOP = 6  # the lead, two beside it, three below
_ROWS_BELOW = 6  # where the editors' choice stands beside the lead, with one card below it
_BESIDE = 2
_UNDER = 2  # below a lead without a picture, which the editors' choice beside it would overtop
_ENOUGH_FOR_BLOCKS = 12  # below, everything stands in the second rank
_IN_BLOCK = 3
_LATEST = 100  # how far back a section must have published to have its block
_BLOCKS = 6
_CHOSEN = 5
_FEWEST_READ = 3  # below, there is no most among them


@dataclass(frozen=True, slots=True)
class Block:
    section: Link
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Front:
    total: int
    lead: Card | None
    under: list[Card]  # below the lead, in its column
    side: list[Card]  # beside the lead, below the editors' choice if there is one
    second: list[Card]
    blocks: list[Block]
    chosen: list[Card]
    most_read: list[Card]
    elsewhere: list[Elsewhere]

    @property
    def more(self) -> bool:
        """Whether the page leaves any of its own shelf out."""
        shown = {card.pk for card in (*self.under, *self.side, *self.second, *self.chosen)}
        return self.total > len(shown) + sum(len(block.cards) for block in self.blocks) + 1


def front(frame: Frame) -> Front:
    """8 queries, however many articles there are; up to two more for a shelf with few."""
    totals = totals_of(Listing.ALL)
    total = totals[frame.shelf.key]
    read = [pk for (pk,) in _asked(frame.shelf, _most_read)]
    latest = _asked(frame.shelf, _latest, at=timezone.now())
    lead = latest[0][0] if latest else None
    chosen = [pk for (pk,) in _asked(frame.shelf, _chosen, at=timezone.now()) if pk != lead]
    chosen = chosen[:_CHOSEN]
    latest = [row for row in latest if row[0] not in chosen]  # no piece stands twice
    beside = 2 if chosen else 1 + _BESIDE
    top = [pk for pk, _section in latest[: beside + (_ROWS_BELOW if chosen else _TOP - beside)]]
    blocks = _block_ids(frame, latest[len(top) :]) if total >= _ENOUGH_FOR_BLOCKS else {}
    others = elsewhere(frame.shelf, frame.path, totals, Listing.ALL, besides=[*top, *chosen])
    in_blocks = [pk for ids in blocks.values() for pk in ids]
    in_others = [pk for other in others for pk in other.ids]
    wanted = dict.fromkeys([*top, *chosen, *read, *in_blocks, *in_others])
    by_pk = {card.pk: card for card in cards(wanted, frame.shelf, frame.sections, excerpts=True)}
    for other in others:
        other.cards = _those(by_pk, other.ids)
    own = _those(by_pk, top)
    rest = own[beside:]
    under = rest[:_UNDER] if chosen and len(rest) == _ROWS_BELOW and not own[0].picture else []
    return Front(
        total=total,
        lead=own[0] if own else None,
        under=_without_pictures(under),
        side=_without_pictures(own[1:beside]),
        second=_evenly_pictured(rest[len(under) :]),
        blocks=[
            Block(frame.sections[section], _those(by_pk, ids)) for section, ids in blocks.items()
        ],
        chosen=_those(by_pk, chosen),
        most_read=_those(by_pk, read) if len(read) >= _FEWEST_READ else [],
        elsewhere=others,
    )


def _asked(
    shelf: Shelf, make: Callable[..., QuerySet[Any, Any]], **values: datetime
) -> list[tuple[Any, ...]]:
    return ask((make.__name__, shelf.key), partial(make, shelf.key), **values)


def _chosen(shelf: str, *, at: datetime) -> QuerySet[Any, Any]:
    chosen = Article.objects.published(at).on_shelf(shelf).filter(editors_choice=True)
    return chosen.newest_first().values_list("pk")[: _CHOSEN + 1]  # one may lead the page anyway


def _most_read(shelf: str) -> QuerySet[Any, Any]:
    read = MostRead.objects.filter(shelf=shelf, section__isnull=True)
    return read.order_by("rank").values_list("article")


def _latest(shelf: str, *, at: datetime) -> QuerySet[Any, Any]:
    shown = Article.objects.published(at).on_shelf(shelf).newest_first()
    return shown.values_list("pk", "section_id")[:_LATEST]


def _evenly_pictured(row: list[Card]) -> list[Card]:
    """A picture here and there would tear holes into a row: all cards as they are, or none with its picture."""
    if sum(1 for card in row if card.picture) * 2 > len(row):
        return row
    return _without_pictures(row)


def _without_pictures(row: Sequence[Card]) -> list[Card]:
    return [replace(card, picture=None) for card in row]


def _those(by_pk: dict[int, Card], ids: Sequence[int]) -> list[Card]:
    return [by_pk[pk] for pk in ids if pk in by_pk]


def _block_ids(frame: Frame, latest: Sequence[tuple[Any, ...]]) -> dict[int, list[int]]:
    """Of the latest that are not shown above, the newest of each section; full blocks only."""
    blocks: dict[int, list[int]] = {section: [] for section in frame.listed}
    for pk, section in latest:
        if section in blocks and len(blocks[section]) < _IN_BLOCK:
            blocks[section].append(pk)
    full = [(section, ids) for section, ids in blocks.items() if len(ids) == _IN_BLOCK]
    return dict(full[:_BLOCKS])
