import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.editing.bulk_pins import Pins, packed, read, unpacked, written


@pytest.mark.parametrize(
    ("shown", "versions", "text"),
    [
        ([], {}, ""),
        ([12, 13], {12: 3}, "12.3,13"),
        ([4, 5, 6, 8], {4: 1, 5: 1, 6: 1, 8: 1}, "4-6.1,8.1"),
        ([4, 5, 6], {4: 1, 5: 2, 6: 2}, "4.1,5-6.2"),
        ([4, 5, 6, 7], {}, "4-7"),
        ([9, 3], {9: 1, 3: 1}, "3.1,9.1"),
    ],
)
def test_those_that_follow_each_other_are_told_by_the_first_and_the_last(shown, versions, text):
    assert written(shown, versions) == text
    assert read(text, 100) == Pins(versions, frozenset(set(shown) - set(versions)))


@given(st.dictionaries(st.integers(1, 10**17), st.integers(1, 10**9 - 1), max_size=200))
def test_what_is_packed_comes_back(versions):
    assert dict(unpacked(packed(versions))) == versions


@pytest.mark.parametrize("nonsense", ["", "x", "1.2.3", "9" * 40, "-1.1", ",,,", "5-3.1", "1-.2"])
def test_nonsense_is_nobody(nonsense):
    assert read(nonsense, 100) == Pins()


def test_a_run_of_all_numbers_there_are_is_cut_short():
    pins = read("1-999999999999999999.1,7", 1000)

    assert len(pins.shown) == 1000


def test_what_is_told_again_and_again_takes_its_room_each_time():
    assert read("1-3.1,1-3.1,7", 6) == Pins({1: 1, 2: 1, 3: 1})


def test_a_hundred_thousand_scattered_articles_fit_into_a_form():
    versions = {pk: pk % 7 + 1 for pk in range(1_000_000, 1_300_000, 3)}

    assert len(written(sorted(versions), versions)) < 2.5 * 1024 * 1024 / 2
    assert len(packed(versions)) < 300_000
