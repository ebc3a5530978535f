"""What of the list's filters the engine takes, so that a search finds all that they let through.

The engine gives the best of what it finds. What it is not told, the list looks for among those only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from corpusapp.admin.article_filters import (
    PRINTED,
    SINCE,
    UNTIL,
    date_in_words,
    dates_there_are,
    printed_date,
)
from corpusapp.admin.desk import row_ids
from corpusapp.admin.own_part import MINE
from corpusapp.models import Author, Source, State, Tag
from corpusapp.search.contract import Filters

# The index has no mark of these
_OF_THE_LIST = (
    *("doubt", "author", "date", "tag", "waiting", "choice", "links", "edition", "read"),
    MINE,
)
_NO_YEAR = 0  # no article is of it

Read = Callable[[Sequence[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Handed:
    """What the engine is told, and whether the list has to look through what it gives."""

    filters: Filters = field(default_factory=Filters)
    is_part: bool = False


def handed(asked: QueryDict) -> Handed:
    """Read the parameters of the list. 1 query each for a source, authors, tags and years."""
    is_part = any(asked.get(name) for name in _OF_THE_LIST)
    filters: dict[str, Any] = {}
    for name, (kind, read) in _READ.items():
        if given := [value for value in asked.getlist(name) if value]:
            filters[kind] = read(given)
            is_part = is_part or not filters[kind]
    since, until = (date_in_words(asked.get(name, "")) for name in (SINCE, UNTIL))
    year, month = printed_date(asked.get(PRINTED, ""))
    if year or since or until:
        years = [year] if year else dates_there_are(0)
        first, last = since[0] if since else 0, until[0] if until else max(years, default=0)
        filters["year"] = tuple(_within(years, first, last)) or (_NO_YEAR,)
    within = month or (since and since[1]) or (until and until[1])
    is_none = asked.get(PRINTED) and not year
    return Handed(Filters(**filters), bool(is_part or within or is_none))


def _within(years: Sequence[int], first: int, last: int) -> Iterator[int]:
    return (year for year in years if first <= year <= last)


def _state(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in given[-1:] if value in State)


def _section(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in given[-1:] if value != "-")


def _language(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in given[-1:] if value != "other")


def _source(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(Source.objects.filter(pk__in=row_ids(given[-1:])).values_list("key", flat=True))


def _authors(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(Author.objects.filter(pk__in=row_ids(given)).values_list("slug", flat=True))


def _tags(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(Tag.objects.filter(pk__in=row_ids(given)).values_list("slug", flat=True))


_READ: dict[str, tuple[str, Read]] = {
    "state": ("state", _state),
    "section": ("section", _section),
    "language": ("language", _language),
    "source": ("source", _source),
    "bylines__author": ("author", _authors),
    "taggings__tag": ("tag", _tags),
}
