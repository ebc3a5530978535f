"""Titles broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.lines import broken


def within(width):
    return lambda line: sum(2 if ord(c) > 0x2E7F else 1 for c in line) <= width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("On Ferries and Ice", 11, ["On Ferries", "and Ice"]),
        ("Win-Win", 7, ["Win-Win"]),
        ("论全球治理，和平", 10, ["论全球治", "理，和平"]),
        ("他说：「和平」", 10, ["他说：「和", "平」"]),
        ("中国 and UN", 8, ["中国 and", "UN"]),
    ],
)
def test_words_stay_whole_and_no_line_begins_with_a_mark(text, width, lines):
    assert broken(text, within(width), 9) == lines


def test_what_does_not_fit_is_said_to():
    assert broken("Constantinople", within(5), 9) is None
    assert broken("one two three", within(5), 2) is None


@given(st.text(alphabet="ab 中国，。「」-", max_size=60), st.integers(6, 30))
def test_nothing_is_lost(text, width):
    lines = broken(text, within(width), 99)

    if lines is not None:
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(within(width)(line) for line in lines)
