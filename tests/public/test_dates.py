from datetime import date, time

import pytest
from django.utils.translation import override

from corpusapp.models import Article, Precision
from corpusapp.public.dates import PrintedDate, month_name, printed_date, stated

DAY = date(2025, 9, 28)


def article(precision, clock=None, offset=None, day=DAY):
    return Article(
        published_on=day,
        published_precision=precision,
        published_time=clock,
        published_offset=offset,
    )


@pytest.mark.parametrize(
    ("language", "precision", "text"),
    [
        ("en", Precision.YEAR, "2025"),
        ("en", Precision.MONTH, "September 2025"),
        ("en", Precision.DAY, "28 September 2025"),
        ("zh-hans", Precision.YEAR, "2025年"),
        ("zh-hans", Precision.MONTH, "2025年9月"),
        ("zh-hans", Precision.DAY, "2025年9月28日"),
        ("zh-hant", Precision.YEAR, "2025年"),
        ("zh-hant", Precision.MONTH, "2025年9月"),
        ("zh-hant", Precision.DAY, "2025年9月28日"),
    ],
)
def test_date_is_shown_as_precisely_as_it_was_printed(language, precision, text):
    with override(language):
        assert printed_date(article(precision)).text == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "28 September 2025, 16:08"),
        ("zh-hans", "2025年9月28日 16:08"),
        ("zh-hant", "2025年9月28日 16:08"),
    ],
)
def test_time_of_day_is_shown_where_it_is_asked_for(language, text):
    printed = article(Precision.MINUTE, time(16, 8))

    with override(language):
        assert printed_date(printed, clock=True).text == text
        assert printed_date(printed).text == text.removesuffix("16:08").rstrip(", ")


@pytest.mark.parametrize(
    ("made", "machine"),
    [
        (article(Precision.YEAR), "2025"),
        (article(Precision.MONTH), "2025-09"),
        (article(Precision.DAY), "2025-09-28"),
        (article(Precision.MINUTE, time(16, 8)), "2025-09-28T16:08"),
        (article(Precision.MINUTE, time(16, 8), 480), "2025-09-28T16:08+08:00"),
        (article(Precision.MINUTE, time(16, 8), -210), "2025-09-28T16:08-03:30"),
        (article(Precision.MINUTE, time(16, 8), 0), "2025-09-28T16:08+00:00"),
        (article(Precision.YEAR, day=date(868, 1, 1)), "0868"),
        (article(Precision.MONTH, day=date(868, 5, 1)), "0868-05"),
    ],
)
def test_machines_read_no_more_than_was_printed(made, machine):
    assert printed_date(made).machine == machine


def test_unknown_date_is_none():
    assert printed_date(article("", day=None)) is None


def test_date_is_a_value():
    assert printed_date(article(Precision.DAY)) == PrintedDate("28 September 2025", "2025-09-28")


@pytest.mark.parametrize(
    ("language", "name"), [("en", "May"), ("zh-hans", "5月"), ("zh-hant", "5月")]
)
def test_month_alone_has_its_name(language, name):
    with override(language):
        assert month_name(5) == name


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (article(Precision.MONTH), "2025-09"),
        (article(Precision.DAY), "2025-09-28"),
        (article(Precision.MINUTE, time(16, 8)), "2025-09-28"),
        (article(Precision.MINUTE, time(16, 8), 480), "2025-09-28T16:08+08:00"),
        (article(Precision.MINUTE, time(16, 8), 0), "2025-09-28T16:08+00:00"),
    ],
)
def test_robots_are_told_a_time_only_with_its_zone(made, told):
    assert stated(made) == told
