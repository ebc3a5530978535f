import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.witnesses.dates import day_in_address, read_instant


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-03-05T09:30:00+01:00", "2024-03-05T09:30+01:00"),
        ("2024-03-05T23:30:00Z", "2024-03-05T23:30+00:00"),
        ("2024-03-05 09:30", "2024-03-05T09:30"),
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T00:00:00", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
    ],
)
def test_an_instant_keeps_its_own_day_and_offset(text, shown):
    assert str(read_instant(text)) == shown


@pytest.mark.parametrize(
    "text", ["", "2024-02-31", "2024", "yesterday", "05/06/2015", "2024-13-01T00:00", "x" * 10_000]
)
def test_what_names_no_one_day_is_none(text):
    assert read_instant(text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_none(text):
    read_instant(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Mon Aug 03 12:45:00 EDT 2015", "2015-08-03T12:45"),
        ("Thu Jan  5 08:00:00 2017", "2017-01-05T08:00"),
        ("Tue, 07 Apr 2020 07:36:07 +0530", "2020-04-07T07:36"),
    ],
)
def test_an_instant_is_read_as_programs_print_it(text, iso):
    assert read_instant(text).iso == iso


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/2015/05/21/lamp", "2015-05-21"),
        ("https://example.org/isles/2015/may/21/lamp", "2015-05-21"),
        ("https://example.org/2015/lamp/21/", None),
        ("https://example.org/2015/05/lamp", None),
    ],
)
def test_the_day_in_an_address_may_have_its_month_in_words(address, day):
    found = day_in_address(address)

    assert (found and found.isoformat()) == day
