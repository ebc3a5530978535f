"""What the search asks of an index: how many, which, and how well they fit."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db import connection

from corpusapp.models import SearchEntry
from corpusapp.search.contract import Scope
from corpusapp.search.expressions import Expression

Ranked = list[tuple[int, float]]  # article and score, best first


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles match, counted up to a limit, and the marks of those."""

    count: int = 0
    more: bool = False  # than were counted
    places: Counter[str] = field(default_factory=Counter)  # of `SearchEntry.place`
    people: Counter[str] = field(default_factory=Counter)  # of each mark in `SearchEntry.people`


class Postings(Protocol):
    """An index, to be read. Articles come by their ids."""

    def tally(
        self, asked: Expression, scope: Scope, limit: int, *, places: bool, people: bool
    ) -> Tally:
        """Count what matches; with `places` and `people` the marks of the newest `limit`, too."""

    def numbers(self, asked: Sequence[Expression], scope: Scope, limit: int) -> Sequence[int]:
        """How many articles match each of these, counted up to a limit. 1 query."""

    def ranked(
        self,
        needed: Expression,
        welcome: Sequence[Expression],
        scope: Scope,
        limit: int,
        *,
        newest: int = 0,
    ) -> Ranked:
        """The best `limit` of what matches `needed`, by BM25 of all of `needed` and `welcome`.

        `newest`: look at so many of them only, those that were added last; 0: at all.
        """

    def latest(self, asked: Expression, scope: Scope, limit: int) -> list[int]:
        """What matches, the ids that were added last first."""

    def by_date(
        self, asked: Expression, scope: Scope, offset: int, limit: int, *, oldest_first: bool
    ) -> list[int]:
        """What matches, by the date as printed, undated last."""

    def orders(self, article_ids: Collection[int]) -> dict[int, int]:
        """The printed date (`Article.published_order`) of these articles."""


def orders(article_ids: Collection[int]) -> dict[int, int]:
    """See `Postings.orders`."""
    if not article_ids:
        return {}
    places = ", ".join(["%s"] * len(article_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT article_id, "order" FROM {SearchEntry._meta.db_table} '
            f"WHERE article_id IN ({places})",
            list(article_ids),
        )
        return dict(cursor.fetchall())
