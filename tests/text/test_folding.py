import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.folding import clean, clean_and_folded, fold, folded_text, lowered, text_hash


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  The UN's  80th—Anniversary! ", "the un s 80th anniversary"),
        ("ＦＵＬＬ　Ｗｉｄｔｈ", "full width"),
        ("Straße", "strasse"),
        ("全球治理：新浪潮", "全球治理 新浪潮"),
        ("हिन्दी में", "हिन्दी में"),
        ("…", ""),
    ],
)
def test_fold_keeps_letters_and_digits(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_text_hash_is_the_same_for_a_rewrapped_copy_and_differs_for_another_word():
    assert text_hash("One two,\nthree.") == text_hash("One   two three")
    assert text_hash("One two") != text_hash("One too")


@given(st.text())
def test_text_hash_is_that_of_the_folded_text_without_spaces(text):
    folded = fold(text).replace(" ", "")

    assert text_hash(text) == hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()


LINES = st.lists(
    st.text("aB_ 9.-\t\xa0ßİΣςé½…“ﬁＡ全。ｶﾞ\u0301\u200dกำ한가\u3000", max_size=12), min_size=1
)


@given(LINES)
def test_lines_folded_together_are_those_folded_one_by_one(lines):
    folded = folded_text("\n".join(lines))

    found = [" ".join(line.split()) for line in folded.words.split("\n")]
    assert found == [fold(line) for line in lines]
    assert folded.hash == text_hash("\n".join(lines))
    if folded.even:
        assert [len(line) for line in folded.words.split("\n")] == list(map(len, lines))


@given(LINES)
def test_text_cleaned_and_folded_at_once_is_what_either_makes_of_it(lines):
    text = "\n".join(lines)

    for raw in (None, text.encode()):
        assert clean_and_folded(text, raw) == (clean(text), folded_text(clean(text)))


@given(st.text("aBÉéΣσ“全İ ", max_size=12))
def test_small_letters_are_those_of_the_language(text):
    assert lowered(text) == text.lower()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("a\tb\xa0c", "a b c"),
        ("safe\u202egnp.exe\u202c", "safegnp.exe"),
        ("zero\u200bwidth\ufeff \u2060soft\xadhyphen", "zerowidth softhyphen"),
        ("joi\u200dner", "joiner"),
    ],
)
def test_clean_drops_what_cannot_be_seen(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f52c and \U0001f44d\U0001f3fd and ❤️",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "𠮷野家 𪚥",
        "« Ça va\xa0? »",
        "café naïve",
    ],
)
def test_clean_keeps_what_its_script_needs(text):
    assert clean(text) == text


@given(st.text(st.characters()))
def test_clean_text_holds_no_control_and_cleaning_is_final(text):
    cleaned = clean(text)

    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
    assert clean(cleaned) == cleaned
