"""What can be asked of the search and what it answers, whatever the database.

Doors build a `Query` and show a `Page`; they never name an engine (`corpusapp.search.engines.engine()` picks
the one of the database). A third engine is one more module with these methods.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

LONGEST_QUERY = 500  # characters; doors refuse or cut what is longer before they ask
MOST_HITS = 100  # of one page
COUNTED = 10_000  # a match set is counted, and its facets with it, up to here
MOST_IDS = COUNTED  # hits of one page for the desk, which asks for ids and no excerpts


class Scope(StrEnum):
    """Whose search it is. The desk's finds what is public, too; in the bin lies what neither finds."""

    PUBLIC = "public"
    DESK = "desk"


class Sort(StrEnum):
    RELEVANCE = "relevance"  # without words to be relevant to: newest
    NEWEST = "newest"  # by the date as printed, undated last
    OLDEST = "oldest"  # undated last, too


class SearchError(Exception):
    """The base of what this room raises."""


class QuerySyntaxError(SearchError):
    """A query that cannot be asked: too long, or holding characters no text holds (NUL, surrogates).

    Everything else that people type is a query; one of nothing but punctuation finds nothing.
    """


@dataclass(frozen=True, slots=True)
class Filters:
    """Each a choice of any of its values; those of different kinds all have to hold."""

    section: tuple[str, ...] = ()  # slugs
    author: tuple[str, ...] = ()  # slugs
    tag: tuple[str, ...] = ()  # slugs
    year: tuple[int, ...] = ()  # as printed
    language: tuple[str, ...] = ()  # BCP 47: "en", "zh-Hans"
    source: tuple[str, ...] = ()  # `Source.slug`, or its name
    state: tuple[str, ...] = ()  # `State` values; of the desk only, others leave it out of sight


FACETS = ("section", "author", "tag", "year", "language", "source")
DESK_FACETS = (*FACETS, "state")


@dataclass(frozen=True, slots=True)
class Query:
    text: str = ""  # as typed; "" asks for everything the filters let through, newest first
    scope: Scope = Scope.PUBLIC
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0  # of the first hit wanted; pages end at COUNTED
    limit: int = 20  # hits wanted, at most MOST_HITS (the desk without excerpts: MOST_IDS)
    as_typed: bool = False  # "search instead for Y": nothing is corrected
    facets: bool = True  # False: `Page.facets` is empty, and costs nothing
    excerpts: bool = True  # False: titles and snippets of hits are empty
    labels: str = "en"  # the shelf in whose language facet values are labelled


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False


Excerpt = tuple[Piece, ...]  # plain text of the original, in order; "…" is a piece of its own


@dataclass(frozen=True, slots=True)
class Hit:
    article_id: int
    score: float  # higher is better, comparable within one answer; 0 where nothing was ranked
    title: Excerpt = ()
    snippet: Excerpt = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str  # what a filter takes
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer.

    `facets` holds for each name its values, most frequent first; the count of a value says how
    many would be found with it, other kinds of filter as they are.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0  # exact up to COUNTED
    more: bool = False  # there are more than COUNTED; `total` is COUNTED then
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    corrected_query: str | None = None  # the words that were searched instead, None as typed
    in_part: bool = False  # nothing has all that was asked for: the hits have some of it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be meant while somebody types: `kind` is article, author, section or tag."""

    kind: str
    key: str  # public_id of an article, else a slug
    text: str  # the title, name or label
    language: str  # BCP 47 of the text; "" for the reader's own


class Engine(Protocol):
    """Answers queries and keeps what it answers from, in the transaction of whoever calls it."""

    def find(self, query: Query) -> Page:
        """Best matches first. Raises QuerySyntaxError for what it cannot read."""

    def suggest(
        self, text: str, scope: Scope = Scope.PUBLIC, *, shelf: str = "en", limit: int = 8
    ) -> Sequence[Suggestion]:
        """What begins with, or has a word that begins with, the last word typed; never raises."""

    def put(self, article_ids: Iterable[int]) -> None:
        """Index or re-index these articles as they stand now; ids of none are removed."""

    def document_counts(self, terms: Iterable[str], scope: Scope) -> Mapping[str, int]:
        """How many articles hold each stem (`text.analysis.stem_of` of a term); 0 ones are left out."""

    def holders(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[int]:
        """Ids of articles that hold any of these stems, the latest indexed first, at most `limit`."""
