"""What can be seen of a date that tells whether it is the day of publication.

Nothing here decides: each date of a page becomes a row of numbers for the forest "dates". They say
how the date is printed, what leads it, where it stands, and how it compares with the page's others.
"""

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Part, Precision
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark
from corpusapp.extraction.parts.dates import FoundDate
from corpusapp.extraction.vocabulary import folded

FEATURES = (
    "precision",
    "alone",
    "published",
    "updated",
    "small_lead",
    "copyright",
    "address",
    "signed",
    "signed_above",
    "signed_below",
    "other_words",
    "width",
    "prose",
    "bullet",
    "gap",
    "dates_in_line",
    "place_in_line",
    "from_title",
    "from_body",
    "from_end",
    "place",
    "title_found",
    "dates_between",
    "dates_about",
    "same_day",
    "dates_on_page",
    "older_than_newest",
    "newer_than_oldest",
    "furniture",
    "caption",
    "under_comments",
    "under_links",
    "prose_above",
    "prose_below",
    "width_above",
    "width_below",
    "repeats",
)
_PRECISION = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2, Precision.MINUTE: 3}
_FARTHEST = 80  # lines
_WIDEST = 200
_ABOUT = 6  # lines
_BY = tuple(f"{lead} " for lead in folded("by", "by_colon"))
_SIGNED_READ = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Where title and text stand: indexes of lines. Without a title, `title` is that of the text."""

    title: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line with a date that could be the article's."""

    index: int
    date: FoundDate
    alone: bool  # nothing but the date, its lead and small words
    lead: str  # "published", "updated", "small" (words like "on", which lead any date) or ""
    rest: str  # what else stands on the line
    owned: bool = False  # by a sign of copyright before it


def rows(
    lines: Sequence[DatedLine], page: Page, span: Span, marks: Sequence[Mark | None]
) -> list[list[float]]:
    """A row of `FEATURES` for each of `lines`, which are in the order of the page."""
    crowd = _Crowd(lines)
    headings = _Headings(marks, span)
    return [
        [
            *_words(line, page),
            *crowd.in_line(order, line),
            *_place(line, page, span),
            *crowd.among(line, span),
            *_company(line, page, marks, headings),
        ]
        for order, line in enumerate(lines)
    ]


def _words(dated: DatedLine, page: Page) -> tuple[float, ...]:
    line = page.lines[dated.index]
    return (
        _PRECISION[dated.date.printed.precision] if dated.date.printed else 2,
        dated.alone,
        dated.lead == "published",
        dated.lead == "updated",
        dated.lead == "small",
        dated.owned,
        "/" in dated.rest and ("http" in dated.rest or "www." in dated.rest),
        _signs(line),
        dated.index > 0 and _signs(page.lines[dated.index - 1]),
        dated.index + 1 < len(page.lines) and _signs(page.lines[dated.index + 1]),
        min(dated.rest.count(" "), 20),
        min(line.width, _WIDEST),
        line.prose,
        line.bullet,
        line.gap,
    )


def _signs(line: Line) -> bool:
    return line.key[:_SIGNED_READ].startswith(_BY)


def _place(dated: DatedLine, page: Page, span: Span) -> tuple[float, ...]:
    return (
        _clipped(dated.index - span.title),
        _clipped(dated.index - span.body),
        _clipped(dated.index - span.end),
        dated.index / len(page.lines),
        span.title != span.body,
    )


def _clipped(distance: int) -> int:
    return max(-_FARTHEST, min(distance, _FARTHEST))


class _Crowd:
    """The dates of a page together: where they stand, and which day is how common."""

    def __init__(self, lines: Sequence[DatedLine]) -> None:
        self._indexes = [line.index for line in lines]
        self._in_line = Counter(self._indexes)
        self._days = [_day(line.date) for line in lines]
        self._same = Counter(self._days)
        known = [day for day in self._days if day is not None]
        self._oldest, self._newest = min(known, default=0), max(known, default=0)

    def in_line(self, order: int, dated: DatedLine) -> tuple[float, ...]:
        first = bisect_left(self._indexes, dated.index)
        return self._in_line[dated.index], order - first

    def among(self, dated: DatedLine, span: Span) -> tuple[float, ...]:
        here, title = (bisect_left(self._indexes, index) for index in (dated.index, span.title))
        about = bisect_right(self._indexes, dated.index + _ABOUT) - bisect_left(
            self._indexes, dated.index - _ABOUT
        )
        day = _day(dated.date)
        return (
            _clipped(here - title),
            about - self._in_line[dated.index],
            0 if day is None else self._same[day] - 1,
            min(len(self._indexes), _FARTHEST),
            -1 if day is None else math.log2(1 + self._newest - day),
            -1 if day is None else math.log2(1 + day - self._oldest),
        )


def _day(date: FoundDate) -> int | None:
    """The day as a number; None for less than a day, and for what could be two."""
    if date.printed is None or len(date.printed.iso) < len("2020-01-01"):
        return None
    return dt.date.fromisoformat(date.printed.iso[:10]).toordinal()


class _Headings:
    """The headings after the title under which others write, or other pieces are listed."""

    def __init__(self, marks: Sequence[Mark | None], span: Span) -> None:
        self._places = [
            index
            for index in range(span.title + 1, len(marks))
            if marks[index] in (COMMENTS, LINKS_HEADING, TEXT_END)
        ]
        self._marks = marks

    def over(self, index: int) -> Mark | None:
        """The last of them above the line `index`."""
        order = bisect_left(self._places, index)
        return self._marks[self._places[order - 1]] if order else None


def _company(
    dated: DatedLine, page: Page, marks: Sequence[Mark | None], headings: _Headings
) -> tuple[float, ...]:
    mark = marks[dated.index]
    part = None if mark is None else mark.part
    under = headings.over(dated.index)
    above = page.lines[dated.index - 1] if dated.index else None
    below = page.lines[dated.index + 1] if dated.index + 1 < len(page.lines) else None
    return (
        part is Part.FURNITURE,
        part is Part.CAPTION,
        under in (COMMENTS, TEXT_END),
        under is LINKS_HEADING,
        above is not None and above.prose,
        below is not None and below.prose,
        -1 if above is None else min(above.width, _WIDEST),
        -1 if below is None else min(below.width, _WIDEST),
        page.repeats(page.lines[dated.index]),
    )
