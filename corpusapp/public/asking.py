"""What a reader asks the search, read from an address: by the page and by the API alike.

What is no value of a parameter finds nothing, or is left out; it never widens what is shown and
never fails, save that characters no text can hold are refused like everywhere (400).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from corpusapp.public.lists import PAGE_SIZE, page_number
from corpusapp.search.contract import LONGEST_QUERY, MOST_HITS, Filters, Query, Scope, Sort
from corpusapp.text.folding import fold

FILTERS = ("section", "author", "tag", "year", "language", "source")
_PARAMETERS = ("q", *FILTERS, "sort", "page", "page_size", "exact")
_LONGEST_VALUE = 200  # characters
_MOST_VALUES = 20  # of one kind
_YEAR = re.compile(r"[0-9]{4}")
_SIZE = re.compile(r"[0-9]{1,6}")
_NO_YEAR = 0  # no article is of it
# Half a pair of UTF-16, noncharacters, and what stands for bytes that are no UTF-8
_BROKEN = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with the filters as they stand in the address."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort | None = None  # None: not said
    exact: bool = False  # nothing is to be corrected
    page: int = 1

    @property
    def order(self) -> Sort:
        return self.sort or (Sort.RELEVANCE if self.text else Sort.NEWEST)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Each filter with each of its values."""
        return [(name, value) for name in FILTERS for value in self.filters.get(name, ())]

    def without_value(self, name: str, value: str) -> "Asked":
        values = tuple(one for one in self.filters.get(name, ()) if one != value)
        return replace(self, filters={**self.filters, name: values}, page=1)

    def address(self, path: str) -> str:
        """`path` with this question: always spelled alike, and nothing in it that says nothing."""
        parts = [("q", self.text)] if self.text else []
        parts += self.chosen
        if self.sort:
            parts.append(("sort", self.sort.value))
        if self.exact:
            parts.append(("exact", "1"))
        if self.page > 1:
            parts.append(("page", str(self.page)))
        return f"{path}?{urlencode(parts)}" if parts else path

    def query(self, size: int, *, shelf: str, **options: bool) -> Query:
        """The same for the engine, among what is public; `size` hits, labels for `shelf`."""
        years = (
            int(value) if _YEAR.fullmatch(value) else _NO_YEAR
            for value in self.filters.get("year", ())
        )
        kinds = {name: self.filters.get(name, ()) for name in FILTERS if name != "year"}
        return Query(
            text=self.text,
            scope=Scope.PUBLIC,
            filters=Filters(**kinds, year=tuple(years)),
            sort=self.order,
            offset=(self.page - 1) * size,
            limit=size,
            as_typed=self.exact,
            labels=shelf,
            **options,
        )


def asked_of(given: QueryDict) -> Asked:
    """Read an address; `page` as everywhere: plain digits, or 404."""
    for name in _PARAMETERS:
        if any(_BROKEN.search(value) for value in given.getlist(name)):
            raise BadRequest
    wanted = given.get("sort", "")
    return Asked(
        text=" ".join(given.get("q", "")[:LONGEST_QUERY].split()),
        filters={
            name: values for name in FILTERS if (values := _values(name, given.getlist(name)))
        },
        sort=Sort(wanted) if wanted in set(Sort) else None,
        exact=given.get("exact") == "1",
        page=page_number(given.get("page")),
    )


def page_size_of(given: QueryDict) -> int:
    """How many the API is to give at once: 1 to 100; 20 where that is not said, or no number."""
    raw = given.get("page_size", "")
    return min(max(int(raw), 1), MOST_HITS) if _SIZE.fullmatch(raw) else PAGE_SIZE


def _values(name: str, given: Iterable[str]) -> tuple[str, ...]:
    short = (value.strip()[:_LONGEST_VALUE] for value in given)
    if name == "source":  # by whatever spelling of its name, spelled alike
        short = (fold(value).replace(" ", "-") or value for value in short)
    return tuple(dict.fromkeys(value for value in short if value))[:_MOST_VALUES]
