from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.analysis import (
    JOIN,
    LONGEST_TERM,
    RUN,
    analyser,
    fold_word,
    simplified,
    stem_of,
    stemming,
    word_of,
)
from corpusapp.text.folding import clean

# Characters that meet in one text: Latin with and without accents, Han of both scripts, kana,
# Hangul, Cyrillic, Thai, marks, digits, wide forms, emoji, rare ideographs
MIXED = st.text(
    st.sampled_from(
        "aZé́ßŁıﬁ'’ʼ`-_ .,\u3000０ＡｶﾞガかㄱＢ全球治理電影裡乾為㐀𠮷김치นี่жйΣς½㎏①👍🏽'0123456789\n"
    )
    | st.characters(codec="utf-8"),
    max_size=60,
)


def terms(text: str, language: str = "en") -> list[str]:
    return analyser(language).terms(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Running runs", ["run_ning", "run_s"]),
        ("happy happily", ["happi_.1y", "happili_.1y"]),
        ("the Café’s", ["the_", "cafe_"]),
        ("Obama's Obama’s", ["obama_", "obama_"]),
        ("don’t dont", ["dont_", "dont_"]),
        ("ＢＲＩＣＳ ﬁne Straße", ["bric_s", "fine_", "strass_e"]),
        ("naïve na\u0308ive Łódź", ["naiv_e", "naiv_e", "lodz_"]),
        ("well-known 3.5%", ["well_", "known_", "3_", "5_"]),
        ("snake_case", ["snake_", "case_"]),
    ],
)
def test_words_are_levelled_and_taken_to_their_stems(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全球治理", ["全球", "球治", "治理", "理"]),
        ("中", ["中"]),
        ("2023年G7峰会", ["2023_", "年", "g7_", "峰会", "会"]),
        ("ｶﾞﾝ", ["ガン", "ン"]),
        ("서울 시", ["서울", "울", "시"]),
        ("𠮷野", ["𠮷野", "野"]),
    ],
)
def test_scripts_without_spaces_become_overlapping_pairs(text, expected):
    assert terms(text, "zh-Hans") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("多邊主義", "多边主义"),
        ("電影裡", "电影里"),
        ("乾淨", "干净"),
        ("什麼", "什么"),
        ("臺灣", "台湾"),
        ("看著", "看着"),
    ],
)
def test_both_chinese_scripts_give_the_same_terms(one, other):
    assert terms(one, "zh-Hant") == terms(other, "zh-Hans")


@pytest.mark.parametrize(
    ("language", "word", "stem"),
    [
        ("de", "Universitäten", "universitat_"),
        ("fr", "l’université", "universit_"),
        ("es", "universidades", "univers_"),
        ("zh-Hans", "universities", "universiti_"),
        ("eo", "universitatoj", "universitatoj_"),
    ],
)
def test_each_language_has_its_own_stems(language, word, stem):
    assert [stem_of(term) for term in terms(word, language)] == [stem]


def test_languages_of_one_set_of_rules_share_one_memory():
    assert analyser("zh-Hant") is analyser("en")
    assert stemming("de-AT") == "de"
    assert stemming("eo") == ""


def test_a_word_of_enormous_length_is_cut():
    assert terms("x" * 5000) == ["x" * LONGEST_TERM + JOIN]


@given(MIXED)
def test_places_are_those_of_the_terms(text):
    for language in ("en", "fr", "zh-Hans"):
        tokens = list(analyser(language).tokens(text))
        assert [token.term for token in tokens] == terms(text, language)
        assert all(0 <= start < end <= len(text) for _term, start, end in map(astuple, tokens))
        assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(MIXED)
def test_a_term_holds_nothing_that_an_index_would_take_for_its_own_signs(text):
    for term in terms(text):
        bare = term.replace(JOIN, "", 1).replace(".", "", 1)
        assert all(one.isalnum() or ord(one) > 0x2FF for one in bare), term
        assert not set(term) & set("\"'*^:(){}\\ \0")


@given(st.from_regex(r"[a-zà-öø-ÿ]{1,14}", fullmatch=True))
def test_a_term_gives_its_word_back(word):
    for language in ("en", "de", "fr", "es"):
        assert "".join(map(word_of, terms(word, language))) == fold_word(word)


@given(MIXED)
def test_folding_to_simplified_keeps_every_place_and_stays(text):
    folded = simplified(text)

    assert len(folded) == len(text)
    assert simplified(folded) == folded


@given(MIXED)
def test_what_cannot_be_seen_changes_nothing(text):
    if "\u200d" not in text:  # joins letters of some scripts, and is none of a word
        assert terms(clean(text)) == terms(clean(clean(text)))


def test_hostile_repetition_is_read_in_linear_time():
    for text in (
        "'" * 200_000,
        "a'" * 100_000,
        "a\u0301" * 100_000,
        "中" * 200_000,
        "\u0301" * 200_000,
    ):
        assert len(RUN.findall(text)) <= len(text)
