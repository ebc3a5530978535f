import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.extraction.witnesses.dates import read_instant


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
