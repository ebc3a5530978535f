"""The home page: a lead, a second rank, blocks by section; what is few folds together."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpusapp.models import Article, Listing
from corpusapp.models.article import ArticleQuerySet
from corpusapp.public.cards import Card, Link, cards
from corpusapp.public.elsewhere import Elsewhere, elsewhere
from corpusapp.public.frame import Frame
from corpusapp.public.lists import articles_in, totals_of

_TOP = 7  # the lead and the second rank
_ENOUGH_FOR_BLOCKS = 12  # below, everything stands in the second rank
_IN_BLOCK = 3
_BLOCKS = 6
_CHOSEN = 5


@dataclass(frozen=True, slots=True)
class Block:
    section: Link
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Front:
    total: int
    lead: Card | None
    second: list[Card]
    blocks: list[Block]
    chosen: list[Card]
    elsewhere: list[Elsewhere]


def front(frame: Frame) -> Front:
    """At most 13 queries, however many articles there are: 7 and one for each block."""
    totals = totals_of(Listing.ALL)
    total = totals[frame.shelf.key]
    shelf = Article.objects.published().on_shelf(frame.shelf.key)
    top = _newest(shelf, _TOP)
    chosen = _newest(shelf.filter(editors_choice=True), _CHOSEN) if total else []
    blocks = _block_ids(frame, top) if total >= _ENOUGH_FOR_BLOCKS else {}
    others = elsewhere(frame.shelf, frame.path, totals, Listing.ALL, besides=top)
    in_blocks = [pk for ids in blocks.values() for pk in ids]
    in_others = [pk for other in others for pk in other.ids]
    wanted = dict.fromkeys([*top, *chosen, *in_blocks, *in_others])
    by_pk = {card.pk: card for card in cards(wanted, frame.shelf, frame.sections, excerpts=True)}
    for other in others:
        other.cards = _those(by_pk, other.ids)
    own = _those(by_pk, top)
    return Front(
        total=total,
        lead=own[0] if own else None,
        second=own[1:],
        blocks=[
            Block(frame.sections[section], _those(by_pk, ids)) for section, ids in blocks.items()
        ],
        chosen=_those(by_pk, chosen),
        elsewhere=others,
    )


def _newest(articles: ArticleQuerySet, number: int) -> list[int]:
    return list(articles.newest_first().values_list("pk", flat=True)[:number])


def _those(by_pk: dict[int, Card], ids: Sequence[int]) -> list[Card]:
    return [by_pk[pk] for pk in ids if pk in by_pk]


def _block_ids(frame: Frame, shown: Sequence[int]) -> dict[int, list[int]]:
    """The newest of each section of the menu that are not shown above; full blocks only."""
    blocks: dict[int, list[int]] = {}
    for section in list(frame.sections)[:_BLOCKS]:
        articles = articles_in(Listing.SECTION, section).on_shelf(frame.shelf.key)
        ids = [pk for pk in _newest(articles, _IN_BLOCK + len(shown)) if pk not in shown]
        if len(ids) >= _IN_BLOCK:
            blocks[section] = ids[:_IN_BLOCK]
    return blocks
