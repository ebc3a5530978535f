import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.search.corrections import edits_allowed, edits_between, likely_run


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("law", "law", 0),
        ("treaty", "treatys", 1),
        ("treaty", "traety", 1),
        ("governance", "govrnence", 2),
        ("climate", "finance", 3),
    ],
)
def test_edits_are_letters_put_in_left_out_changed_or_swapped(one, other, edits):
    assert edits_between(one, other, 2) == edits
    assert edits_between(other, one, 2) == edits


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edits_are_symmetric_and_bounded(one, other):
    edits = edits_between(one, other, 2)

    assert edits == edits_between(other, one, 2)
    assert 0 <= edits <= 3
    assert (edits == 0) == (one == other)


def test_short_words_are_left_alone():
    assert [edits_allowed("x" * length) for length in (3, 4, 7, 8, 20)] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("run", "strange", "text", "expected"),
    [
        ("全球环鏡治理", [0, 0, 1, 1, 0], "论全球环境治理之道", "全球环境治理"),
        ("全球环鏡治理", [0, 0, 0, 1, 0], "论全球环境治理之道", "全球环境治理"),
        ("全球环鏡治理", [0, 0, 0, 0, 0], "论全球环境治理之道", None),
        ("全球环鏡治理", [1, 1, 0, 0, 1], "论全球环境治理之道", None),
        ("全球環境治裡", [0, 0, 0, 0, 1], "论全球环境治理之道", "全球环境治理"),
        ("环境治理", [1, 1, 1], "论全球环境治理之道", None),
        ("环境治裡", [0, 0, 1], "论全球环境治理之道", "环境治理"),
        ("环竟治理", [1, 0, 0], "论全球环境治理之道", None),
        ("环境治，", [0, 0, 1], "环境治理", "环境治理"),
        ("环境治裡", [0, 0, 1], "环境治，", None),
        ("治裡", [1], "治理", None),
        ("全求环竞治理", [1, 1, 1, 1, 0], "论全球环境治理之道", None),
    ],
)
def test_a_run_with_one_letter_in_six_wrong_is_found(run, strange, text, expected):
    assert likely_run(run, strange, [text]) == expected
