"""What stands in the list of articles, and the dates that lead into it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpusapp.admin.article_filters import (
    PRINTED,
    SINCE,
    UNTIL,
    between_dates,
    date_in_words,
    dates_there_are,
    on_printed_date,
    printed_date,
)
from corpusapp.admin.article_search import EXACT, MOST, Found
from corpusapp.admin.article_search_ways import Way, ways_on
from corpusapp.admin.desk import DeskList
from corpusapp.models import Article, Byline, Doubt, Role, State

_SHOWN = 80  # characters of a value that is none


@dataclass(frozen=True, slots=True)
class DateLink:
    words: str
    address: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class StateLink:
    words: str
    number: int
    address: str
    is_chosen: bool


class FarPages(Paginator):
    """Finds the ids of a page first, along an index, and its rows then.

    Rows are wide: to sort them all, or to pass over those of a thousand pages, takes a second.
    """

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        last = number * self.per_page
        if last + self.orphans >= self.count:
            last = self.count
        articles: Any = self.object_list
        ids = list(articles.values_list("pk", flat=True)[(number - 1) * self.per_page : last])
        return Page(articles.filter(pk__in=ids), number, self)


class ArticleList(DeskList):
    """Rows without their bodies, with their authors and open doubts: five queries for any number.

    Years and months lead into the list as Django's own date hierarchy does, but read off the index
    of the desk's order: at 100,000 articles that one computes every date in Python, twice.
    """

    dates: tuple[DateLink, ...] = ()
    states: tuple[StateLink, ...] = ()
    left_out = 0  # of what a search found: only the best are listed
    looked_through = 0  # of more that a search found, where the list's filters look themselves
    corrected = ""  # the words that were searched instead of those typed
    as_typed = ""  # the address of the search for those
    in_part = False  # no article has all the words; those listed have some
    ways: tuple[Way, ...] = ()  # where nothing was found

    def get_filters_params(self, params: Any = None) -> Any:
        asked = super().get_filters_params(params)
        for name in (PRINTED, SINCE, UNTIL, EXACT):
            asked.pop(name, None)
        return asked

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        _note_other_languages(self.result_list)
        self.dates = tuple(self._date_links())
        noted: Any = request
        if found := getattr(noted, "found", None):
            self._tell(request, found)
        if self.query and not self.result_count and not self.unknown:
            self.ways = tuple(ways_on(request, self.query))

    def _tell(self, request: HttpRequest, found: Found) -> None:
        """What the search made of the words, and what of all that was found stands in the list."""
        self.states = tuple(self._state_links(self._numbers(request, found)))
        if not found.is_part:
            self.left_out = max(0, found.total - MOST)
        elif found.more:
            self.looked_through = len(found.ids)
        if found.corrected:
            self.corrected = found.corrected
            self.as_typed = self.get_query_string({EXACT: "1"})
        self.in_part = found.in_part and self.result_count > 0

    def _numbers(self, request: HttpRequest, found: Found) -> dict[str, int]:
        """How many are in each state: as the engine counts, or, of what the list looked through, as it does."""
        if not found.is_part:
            return dict(found.states)
        articles = self._asked_for(request, ["state"]).order_by()
        return dict(articles.values_list("state").annotate(Count("pk", distinct=True)))

    @property
    def since(self) -> str:
        return str(self.params.get(SINCE, ""))

    @property
    def until(self) -> str:
        return str(self.params.get(UNTIL, ""))

    @property
    def no_dates(self) -> list[str]:
        """What was asked as the end of a range and is no date: the list is not narrowed by it."""
        return [value for value in (self.since, self.until) if value and not date_in_words(value)]

    @property
    def unknown(self) -> list[tuple[str, str]]:
        printed = str(self.params.get(PRINTED, ""))
        if not printed or printed_date(printed)[0]:
            return super().unknown
        return [*super().unknown, (_("date"), printed[:_SHOWN])]

    @property
    def besides_range(self) -> list[tuple[str, str]]:
        """What else is asked of the list: asking for a range keeps it, but for the page."""
        return [
            (name, str(value))
            for name, value in self.params.items()
            if name not in {SINCE, UNTIL, "p"}
        ]

    def _date_links(self) -> Iterator[DateLink]:
        """Back to all, what is chosen, and the years (or the months of the year) that there are."""
        year, month = printed_date(self.params.get(PRINTED, ""))
        if year:
            yield DateLink(_("All dates"), self.get_query_string(remove=[PRINTED]))
            chosen = self.get_query_string({PRINTED: f"{year:04}"})
            yield DateLink(f"{year:04}", chosen, is_chosen=not month)
        for part in dates_there_are(year):
            value = f"{year:04}-{part:02}" if year else f"{part:04}"
            link = self.get_query_string({PRINTED: value})
            yield DateLink(value, link, is_chosen=part == month)

    def _state_links(self, numbers: Mapping[str, int]) -> Iterator[StateLink]:
        """How many of what was found are in which state; one alone parts nothing."""
        chosen = self.params.get("state", "")
        if len(numbers) < 2 and not chosen:  # noqa: PLR2004
            return
        every = sum(numbers.values())
        yield StateLink(_("All"), every, self.get_query_string(remove=["state"]), not chosen)
        for state, label in State.choices:
            if number := numbers.get(state):
                address = self.get_query_string({"state": state})
                yield StateLink(str(label), number, address, chosen == state)

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Article]:
        articles = self._asked_for(request, *args, **kwargs)
        authors = Byline.objects.filter(role=Role.AUTHOR).select_related("author")
        return articles.defer(
            "body", "rendered", "standfirst", "author_note", "caption"
        ).prefetch_related(
            Prefetch("bylines", queryset=authors),
            Prefetch("doubts", queryset=Doubt.objects.open()),
        )

    def _asked_for(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Article]:
        """By date first: of what they leave, the best that a search finds stand first."""
        every = self.root_queryset
        dated = on_printed_date(every, self.params.get(PRINTED, ""))
        self.root_queryset = between_dates(dated, self.since, self.until)
        try:
            found: QuerySet[Article] = super().get_queryset(request, *args, **kwargs)
        finally:
            self.root_queryset = every
        return found


def _note_other_languages(rows: Iterable[Any]) -> None:
    """Tell each row in which other languages its piece has an edition. 1 query."""
    articles = list(rows)
    if not articles:
        return
    piece: dict[Any, dict[int, str]] = defaultdict(dict)
    editions = Article.objects.order_by("language").filter(
        translation_key__in=[article.translation_key for article in articles],
        binned_at__isnull=True,
    )
    for pk, key, language in editions.values_list("pk", "translation_key", "language"):
        piece[key][pk] = language
    for article in articles:
        others = piece[article.translation_key]
        article.other_languages = [others[pk] for pk in others if pk != article.pk]
