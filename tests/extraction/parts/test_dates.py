import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.article import Precision, PrintedDate
from corpusapp.extraction.parts.dates import find_dates


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("Sept. 28, 2025, 4:08 p.m.", "2025-09-28T16:08", Precision.MINUTE),
        ("May 21 , 2015", "2015-05-21", Precision.DAY),
        ("March 3, 2011, noon", "2011-03-03T12:00", Precision.MINUTE),
        ("March 3, 2011, midnight", "2011-03-03T00:00", Precision.MINUTE),
        ("March 3, 2011, 7 a.m.", "2011-03-03T07:00", Precision.MINUTE),
        ("28 September 2025", "2025-09-28", Precision.DAY),
        ("the 1st of June, 2020", "2020-06-01", Precision.DAY),
        ("28. September 2025, 16:08 Uhr", "2025-09-28T16:08", Precision.MINUTE),
        ("28.09.2025", "2025-09-28", Precision.DAY),
        ("28.9.25, 08:10", "2025-09-28T08:10", Precision.MINUTE),
        ("28 de septiembre de 2025 a las 10:30", "2025-09-28T10:30", Precision.MINUTE),
        ("le 1er février 2024 à 9h05", "2024-02-01T09:05", Precision.MINUTE),
        ("2025-09-28", "2025-09-28", Precision.DAY),
        ("2025/9/28 16:08", "2025-09-28T16:08", Precision.MINUTE),
        ("2025年9月28日 下午4:08", "2025-09-28T16:08", Precision.MINUTE),
        ("2025年09月28日16:08", "2025-09-28T16:08", Precision.MINUTE),
        ("令和7年9月28日", "2025-09-28", Precision.DAY),
        ("2025년 9월 28일", "2025-09-28", Precision.DAY),
        ("28 сентября 2025 г.", "2025-09-28", Precision.DAY),
        ("13/06/2015", "2015-06-13", Precision.DAY),
        ("06/13/2015", "2015-06-13", Precision.DAY),
        ("06/06/2015", "2015-06-06", Precision.DAY),
        ("Mar 2015", "2015-03", Precision.MONTH),
        ("2015年3月", "2015-03", Precision.MONTH),
        ("2015", "2015", Precision.YEAR),
    ],
)
def test_a_printed_date_keeps_its_precision(text, iso, precision):
    [found] = find_dates(text)

    assert found.printed == PrintedDate(iso, precision)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2025-09-28T16:08:00+08:00", 480),
        ("28 Sept 2025 16:08 GMT", 0),
        ("September 28, 2025 4:08 PM EST", -300),
        ("4:08 PM EDT, Sun September 28, 2025", -240),
        ("28 Sept 2025 16:08 GMT+5:30", 330),
        ("2025年9月28日 16:08（北京时间）", 480),
        ("28. September 2025, 16:08 Uhr MESZ", 120),
    ],
)
def test_a_named_offset_is_kept(text, minutes):
    [found] = find_dates(text)

    assert found.printed == PrintedDate("2025-09-28T16:08", Precision.MINUTE, minutes)


@pytest.mark.parametrize("zone", ["IST", "CST", "ET", "BST"])
def test_a_zone_that_means_two_offsets_gives_none(zone):
    [found] = find_dates(f"28 Sept 2025 16:08 {zone}")

    assert found.printed == PrintedDate("2025-09-28T16:08", Precision.MINUTE)


def test_day_and_month_are_never_guessed():
    [found] = find_dates("05/06/2015")

    assert found.printed is None
    assert found.candidates == ("2015-06-05", "2015-05-06")


@pytest.mark.parametrize(("day_first", "iso"), [(True, "2015-06-05"), (False, "2015-05-06")])
def test_evidence_from_outside_decides_day_and_month(day_first, iso):
    [found] = find_dates("05/06/2015", day_first=day_first)

    assert found.printed == PrintedDate(iso, Precision.DAY)


@pytest.mark.parametrize(
    "text", ["31 February 2020", "2020-13-45", "99999年1月1日", "2099年13月1日", "30.02.2021"]
)
def test_a_day_that_does_not_exist_is_told_as_impossible(text):
    [found] = find_dates(text)

    assert (found.printed, found.impossible) == (None, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version 1.2.3.4",
        "call 555 1234",
        "in 30 days",
        "Room 2015b costs",
        "0000000000000000000000",
    ],
)
def test_other_numbers_are_no_dates(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("PublishedMay 11, 2024", "2024-05-11"),
        ("2. Februar 20203. März 2020 Ann Lee", "2020-02-02"),
        ("Ann28.09.1912:44", "2019-09-28T12:44"),
        ("28.09.2019: the fair opens", "2019-09-28"),
    ],
)
def test_a_date_glued_to_its_neighbours_is_read(text, first):
    assert next(date.printed.iso for date in find_dates(text) if date.printed) == first


@pytest.mark.parametrize("text", ["5. November 20231", "TheMay 11, 20241"])
def test_a_year_of_five_digits_is_none(text):
    assert find_dates(text) == []


def test_two_dates_in_a_line_are_both_found_in_their_order():
    found = find_dates("Published 1 May 2020 | Updated 2 May 2020")

    assert [date.printed.iso for date in found if date.printed] == ["2020-05-01", "2020-05-02"]


@given(
    st.lists(
        st.sampled_from(
            ["1", "31", "2020", "May", "/", "-", ".", " ", "年", "月", ":", "p.m.", "+", "T"]
        )
    ).map("".join)
)
def test_no_line_breaks_the_reading_of_dates(text):
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("printed", ["2023-02-00", "2023-00-12", "00/02/2023", "2023年0月5日"])
def test_a_day_or_month_of_nought_is_no_date(printed):
    assert [found.printed for found in find_dates(printed) if found.printed] == []
