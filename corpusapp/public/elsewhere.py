"""What a list holds in the other languages: for a page that has little or nothing in its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import addresses
from corpusapp.public.cards import Card
from corpusapp.public.lists import newest_ids
from corpusapp.public.shelves import SHELVES, Shelf

FEW = 5  # a page with more than these of its own does without
_SHOWN = 6


@dataclass(slots=True)
class Elsewhere:
    """The newest of one other shelf; whoever fetches the page's cards fills in these too."""

    shelf: Shelf
    heading: str
    total: int
    address: str  # of the whole list, on that shelf
    ids: list[int]
    cards: list[Card] = field(default_factory=list)

    @property
    def more(self) -> int:
        return max(0, self.total - len(self.ids))

    # the ranks of a front page made of nothing else
    @property
    def lead(self) -> Card | None:
        return self.cards[0] if self.cards else None

    @property
    def side(self) -> list[Card]:
        return self.cards[1:3]

    @property
    def second(self) -> list[Card]:
        return self.cards[3:]


def also_in(shelf: Shelf) -> str:
    """The heading above what stands on `shelf`, in the active language."""
    return {
        "en": _("Also in English"),
        "zh-hans": _("Also in Simplified Chinese"),
        "zh-hant": _("Also in Traditional Chinese"),
    }[shelf.key]


def _reads_the_same(shelf: Shelf, other: Shelf) -> bool:
    """Both Chinese: what stands on the other one stands here too, as an edition or a rendition."""
    pair = {shelf.key, other.key} == {"zh-hans", "zh-hant"}
    return pair and other.key != settings.DEFAULT_LANGUAGE  # which has other languages as well


def elsewhere(
    shelf: Shelf,
    path: str,
    totals: Mapping[str, int],
    listing: Listing,
    key: int = 0,
    *,
    besides: Collection[int],
) -> list[Elsewhere]:
    """The newest of the same list on the other shelves, if this one has few. At most 2 queries.

    Other editions of the pieces `besides`, which the page shows anyway, are left out.
    """
    if totals.get(shelf.key, 0) > FEW:
        return []
    blocks = []
    for other in SHELVES.values():
        if other == shelf or not totals.get(other.key) or _reads_the_same(shelf, other):
            continue
        ids = newest_ids(listing, key, other.key, _SHOWN, totals=totals, besides=besides)
        if ids:
            blocks.append(
                Elsewhere(
                    other,
                    also_in(other),
                    totals[other.key],
                    addresses.under(other.key, path),
                    ids,
                )
            )
    return blocks
