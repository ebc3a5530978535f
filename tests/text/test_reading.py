import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.reading import first_sentence, minutes, words


@pytest.mark.parametrize(
    ("text", "count"), [("It's a well-known fact.", 4), ("全球治理", 4), ("G20 峰会", 3), ("", 0)]
)
def test_words_counts_words_and_chinese_characters(text, count):
    assert words(text) == count


def test_minutes_follow_the_language_and_are_at_least_one():
    assert minutes(0, "en") == 1
    assert minutes(2380, "en") == 10
    assert minutes(2000, "zh-Hant") == 5


def test_excerpt_ends_with_the_last_sentence_that_fits():
    text = "The first sentence is here. The second one follows. The third would be far too long."

    assert first_sentence(text, 60) == "The first sentence is here. The second one follows."


def test_excerpt_is_not_cut_at_an_abbreviation():
    text = "Speaking in the U.S. on Sept. 28, Mr. Smith praised the assembly and went on for long. More."

    assert first_sentence(text, 60) == "Speaking in the U.S. on Sept. 28, Mr. Smith praised the…"


def test_chinese_excerpt_ends_with_a_sentence_and_counts_wide_characters_double():
    assert first_sentence("联合国成立八十周年之际国际社会再次聚焦合作。" + "治理" * 60, 60) == (
        "联合国成立八十周年之际国际社会再次聚焦合作。"
    )


def test_short_paragraph_is_its_own_excerpt():
    assert first_sentence("Short and unfinished\n\nNext paragraph.") == "Short and unfinished"


@given(st.lists(st.text("abcdefg.", min_size=1, max_size=12), min_size=1, max_size=60))
def test_excerpt_never_ends_inside_a_word(parts):
    text = " ".join(parts)
    excerpt = first_sentence(text, 80)
    head = excerpt.removesuffix("…").rstrip(" .")

    assert text.startswith(head)
    rest = text[len(head) :]
    assert not rest or rest[0] in " ." or len(parts[0]) > 70


def test_a_text_of_any_length_is_counted_alike():
    assert words("one two\n" * 200_000) == 400_000
    assert words("漢字 word\n" * 200_000) == 600_000
