"""Titles broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.lines import broken


def width(line):
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("On Ferries and Ice", 11, ["On Ferries", "and Ice"]),
        ("Win-Win", 7, ["Win-Win"]),
        ("论全球治理，和平", 10, ["论全球治", "理，和平"]),
        ("他说：「和平」", 10, ["他说：", "「和平」"]),
        ("中国 and UN", 8, ["中国", "and UN"]),
        ("夜里的贸易——一个港口城市", 16, ["夜里的贸易——", "一个港口城市"]),
        ("论港口：所建、所诺与大海的裁决", 24, ["论港口：所建、", "所诺与大海的裁决"]),
        ("one two three four", 14, ["one two", "three four"]),
        ("", 5, []),
    ],
)
def test_lines_are_alike_words_stay_whole_and_no_line_begins_with_a_mark(text, room, lines):
    assert broken(text, width, room, 9) == lines


def test_what_does_not_fit_is_said_to():
    assert broken("Constantinople", width, 5, 9) is None
    assert broken("one two three", width, 5, 2) is None


def test_word_is_broken_where_that_is_asked_for():
    assert broken("On Constantinople", width, 8, 9, within_words=True) == [
        "On Co",
        "nstant",
        "inople",
    ]
    assert broken("on ice", width, 5, 9, within_words=True) == ["on", "ice"]


@given(st.text(alphabet="ab 中国，。「」—-", max_size=60), st.integers(6, 30), st.booleans())
def test_nothing_is_lost(text, room, within_words):
    lines = broken(text, width, room, 99, within_words=within_words)

    if lines is not None:
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(width(line) <= room for line in lines)
