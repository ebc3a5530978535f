"""The archive's calendar: years and months with how many articles each holds on a shelf."""

from collections import Counter
from dataclasses import dataclass

from corpusapp.models import Listing
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.dates import month_name, year_name
from corpusapp.public.elsewhere import also_in
from corpusapp.public.lists import totals_by_key, totals_of
from corpusapp.public.shelves import SHELVES, Shelf

_FEW = 3  # years of its own; a shelf with as many does without the others'


@dataclass(frozen=True, slots=True)
class Period:
    link: Link
    articles: int


@dataclass(frozen=True, slots=True)
class OtherYears:
    """The years of another shelf."""

    shelf: Shelf
    heading: str
    years: list[Period]


@dataclass(frozen=True, slots=True)
class Years:
    own: list[tuple[Period, list[Period]]]  # each year with its months, newest first
    undated: int
    elsewhere: list[OtherYears]


def years(shelf: Shelf) -> Years:
    """The whole archive. 6 queries."""
    by_year = totals_by_key(Listing.YEAR)
    by_month = totals_by_key(Listing.MONTH)
    dated: Counter[str] = Counter()
    for counts in by_year.values():
        dated.update(counts)
    own = [
        (_year(shelf, year, counts[shelf.key]), _months(shelf, year, by_month))
        for year, counts in sorted(by_year.items(), reverse=True)
        if counts[shelf.key]
    ]
    others = []
    for other in SHELVES.values():
        theirs = [
            _year(other, year, counts[other.key])
            for year, counts in sorted(by_year.items(), reverse=True)
            if counts[other.key]
        ]
        if other != shelf and theirs and len(own) < _FEW:
            others.append(OtherYears(other, also_in(other), theirs))
    undated = totals_of(Listing.ALL)[shelf.key] - dated[shelf.key]
    return Years(own, max(0, undated), others)


def months_of(shelf: Shelf, year: int) -> list[Period]:
    """The months of one year that hold anything, January first. 2 queries."""
    return _months(shelf, year, totals_by_key(Listing.MONTH))


def _year(shelf: Shelf, year: int, articles: int) -> Period:
    return Period(Link(year_name(year), addresses.year(shelf.key, year)), articles)


def _months(shelf: Shelf, year: int, by_month: dict[int, Counter[str]]) -> list[Period]:
    return [
        Period(
            Link(month_name(month), addresses.month(shelf.key, year, month)),
            by_month[year * 100 + month][shelf.key],
        )
        for month in range(1, 13)
        if by_month.get(year * 100 + month, Counter())[shelf.key]
    ]
