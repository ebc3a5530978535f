"""A publication date as printed, in the words of the page that shows it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Protocol

from django.utils import dateformat
from django.utils.translation import get_language, pgettext

from corpusapp.models import Precision


@dataclass(frozen=True, slots=True)
class PrintedDate:
    text: str  # for people, in the active language
    machine: str  # for `<time datetime>`, no more precise than what was printed


class Dated(Protocol):
    """What a date is made of: an article, or a row of its columns."""

    @property
    def published_on(self) -> date | None: ...
    @property
    def published_time(self) -> time | None: ...
    @property
    def published_offset(self) -> int | None: ...
    @property
    def published_precision(self) -> str: ...


def printed_date(article: Dated, *, clock: bool = False) -> PrintedDate | None:
    """None for an unknown date; `clock` adds the time of day where one was printed."""
    day = article.published_on
    if day is None:
        return None
    precision = article.published_precision
    if precision == Precision.YEAR:
        return PrintedDate(year_name(day.year), f"{day.year:04}")
    if precision == Precision.MONTH:
        return PrintedDate(month_and_year(day.year, day.month), day.isoformat()[:7])
    text, machine = long_date(day), day.isoformat()
    if article.published_time:
        machine += f"T{article.published_time:%H:%M}{_offset(article.published_offset)}"
        if clock:
            text = pgettext("date and time", "%(date)s, %(time)s") % {
                "date": text,
                "time": f"{article.published_time:%H:%M}",
            }
    return PrintedDate(text, machine)


def stated(article: Any) -> str:
    """ISO 8601 for those who take a time without a zone for one in theirs: such a date is the day alone."""
    printed: str = article.published_at
    return printed if article.published_offset is not None else printed.partition("T")[0]


def long_date(day: date | datetime) -> str:
    language = get_language()
    return _formatted(day, _pattern_of_a_day(language), language)


@lru_cache(maxsize=8)
def _pattern_of_a_day(_language: str | None) -> str:
    return pgettext("format of a day", "j F Y")


def year_name(year: int) -> str:
    return pgettext("a year", "%(year)s") % {"year": year}


def month_and_year(year: int, month: int) -> str:
    return _formatted(date(year, month, 1), pgettext("format of a month", "F Y"), get_language())


def month_name(month: int) -> str:
    return _formatted(
        date(2000, month, 1), pgettext("format of a month's name", "F"), get_language()
    )


@lru_cache(maxsize=2000)
def _formatted(day: date, pattern: str, _language: str | None) -> str:
    """By Django's formats; the same few thousand days come again in every list."""
    return dateformat.format(day, pattern)


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
