import pytest
from django.utils.translation import override

from corpusapp.admin.part_words import PART_WORDS, part_words, rank
from corpusapp.extraction.article import Part


def test_every_judgement_has_a_word_and_no_two_the_same():
    assert set(PART_WORDS) == {part.value for part in Part}

    for language in ("en", "zh-hans", "zh-hant"):
        with override(language):
            assert len({str(words) for words in PART_WORDS.values()}) == len(PART_WORDS)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "页面杂项"), ("zh-hant", "頁面雜項"), ("en", "furniture")]
)
def test_judgement_is_named_in_the_desks_language(language, words):
    with override(language):
        assert str(part_words("furniture")) == words


def test_judgement_of_a_newer_extraction_is_legible_and_stands_last():
    assert part_words("moon-phase") == "moon phase"
    assert rank("moon-phase") > rank("blank") > rank("title")
