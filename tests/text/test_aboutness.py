import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.aboutness import MOST, Rarity, closeness, packed, weights

HOLDERS = {"the": 900, "harbour": 40, "lantern": 4, "rope": 30, "treaty": 20}
RARITY = Rarity(1000, HOLDERS)


def profile(**counts):
    return packed(weights(counts, RARITY))


def test_rare_words_weigh_more_and_what_stands_everywhere_nothing():
    weighed = weights({"the": 30, "harbour": 2, "lantern": 2}, RARITY)

    assert list(weighed) == ["lantern", "harbour"]


def test_word_nobody_has_counted_is_as_rare_as_one_held_once():
    assert RARITY.of("unheard") == Rarity(1000, {"unheard": 1}).of("unheard")


def test_in_three_texts_a_word_of_two_still_speaks():
    assert Rarity(3, {"harbour": 2}).of("harbour") > 0
    assert Rarity(4, {"harbour": 3}).of("harbour") == 0


def test_same_words_are_as_close_as_can_be_and_none_in_common_are_far():
    mine = profile(harbour=3, lantern=1)

    near, middle, far = closeness(
        mine, [profile(lantern=1, harbour=3), profile(harbour=3, rope=2), profile(treaty=5)]
    )

    assert near == pytest.approx(1)
    assert 0.2 < middle < 0.9
    assert far == 0


def test_text_without_a_telling_word_is_close_to_nothing():
    assert profile(the=10) == b""
    assert list(closeness(b"", [profile(rope=1)])) == [0]
    assert list(closeness(profile(rope=1), [b"", profile(rope=1)])) == pytest.approx([0, 1])
    assert list(closeness(profile(rope=1), [])) == []


def test_profile_holds_the_strongest_words_and_no_more():
    counts = {f"w{number}": number for number in range(1, 2 * MOST)}

    assert len(weights(counts, Rarity(10_000, {}))) == MOST
    assert len(packed(weights(counts, Rarity(10_000, {})))) == 5 * MOST


WORDS = st.dictionaries(st.sampled_from([f"w{n}" for n in range(12)]), st.integers(1, 9))


@given(WORDS, st.lists(WORDS, max_size=6))
def test_closeness_is_the_cosine_of_the_weights(mine, others):
    rarity = Rarity(50, {f"w{n}": n + 1 for n in range(12)})
    found = closeness(packed(weights(mine, rarity)), [packed(weights(o, rarity)) for o in others])

    def vector(counts):
        weighed = weights(counts, rarity)
        return np.array([weighed.get(f"w{n}", 0) for n in range(12)])

    for value, other in zip(found, others, strict=True):
        a, b = vector(mine), vector(other)
        lengths = np.linalg.norm(a) * np.linalg.norm(b)
        assert value == pytest.approx(a @ b / lengths if lengths else 0, abs=0.01)
