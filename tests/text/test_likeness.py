import random

import pytest

from corpusapp.text.likeness import MARKS, shared_part, shared_spans, shingle_set, text_marks

TEXT = "one two three four five six seven eight nine ten eleven twelve"


def test_a_text_inside_another_is_shared_whole():
    assert shared_part(shingle_set(TEXT), shingle_set(f"Menu Home {TEXT} Back to Top")) == 1.0


def test_other_words_share_nothing():
    assert shared_part(shingle_set(TEXT), shingle_set("alpha beta gamma delta epsilon zeta")) == 0.0


def test_an_empty_text_shares_nothing():
    assert shared_part(shingle_set(""), shingle_set(TEXT)) == 0.0


def test_chinese_is_compared_by_characters_whatever_its_punctuation():
    assert (
        shared_part(
            shingle_set("联合国成立八十周年之际"), shingle_set("在联合国，成立八十周年之际。")
        )
        == 1.0
    )


def test_shingles_and_marks_are_the_same_in_every_process():
    assert shingle_set("one two") == frozenset({3439823151})
    assert text_marks("one two") == (27518585213,)


@pytest.mark.parametrize(
    ("text", "other", "shared"),
    [
        (
            "Intro. “One two, three — four five” and six more words",
            "zero one two three four five nine",
            ["One two, three — four five"],
        ),
        ("在联合国，成立八十周年之际。", "联合国成立八十周年", ["联合国，成立八十周年"]),
        ("one two three", "alpha beta", []),
        ("one two", "one two", ["one two"]),
        ("", "one two", []),
    ],
)
def test_shared_words_are_shown_where_they_stand(text, other, shared):
    spans = shared_spans(text, shingle_set(other))

    assert [text[start:end] for start, end in spans] == shared


# Marks ------------------------------------------------------------------------------------------


def english(seed, words=600):
    dice = random.Random(seed)  # noqa: S311 - dull text, not a secret
    return " ".join("".join(dice.choices("aeiounrstlkm", k=5)) for _ in range(words))


def chinese(seed, characters=1200):
    dice = random.Random(seed)  # noqa: S311 - dull text, not a secret
    return "".join(chr(0x4E00 + int(2000 * dice.random() ** 2)) for _ in range(characters))


def common(one, other):
    return len(set(text_marks(one)) & set(text_marks(other)))


@pytest.mark.parametrize("text", [english(1), chinese(1), english(1, 30), "one", ""])
def test_marks_are_few_and_different(text):
    marks = text_marks(text)

    assert len(set(marks)) == len(marks) <= MARKS
    assert all(0 <= mark < 2**35 for mark in marks)
    assert bool(marks) == bool(text)


@pytest.mark.parametrize("write", [english, chinese])
def test_texts_of_other_words_have_no_mark_in_common(write):
    texts = [write(seed) for seed in range(20)]

    assert sum(common(a, b) for a in texts for b in texts if a is not b) == 0


@pytest.mark.parametrize("write", [english, chinese])
@pytest.mark.parametrize("seed", range(10))
def test_a_text_and_its_half_have_marks_in_common(write, seed):
    text = write(seed)

    assert common(text, text[: len(text) // 2]) >= 4
    assert common(text, text[len(text) // 4 : len(text) * 3 // 4]) >= 4


def test_short_copies_have_marks_in_common():
    text = english(3, 40)

    assert common(text, f"{text} and a few words at its end") >= 12


def test_quotation_marks_capitals_and_wrapping_make_no_other_marks():
    text = "“The Harbour’s keeper — she said — remembers” every winter, and each summer too. " * 3

    assert text_marks(text) == text_marks(
        '"the harbour\'s keeper - she said -\nremembers" EVERY winter and each\tsummer, too ' * 3
    )


def test_half_a_surrogate_is_a_letter_like_any_other():
    assert len(text_marks("a \ud800 b")) == len(text_marks("a x b"))
