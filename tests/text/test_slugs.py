import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.text.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The UN's New Wave: 2025", "the-uns-new-wave-2025"),
        ("全球治理：新浪潮", "全球治理-新浪潮"),
        ("Über Größe", "über-größe"),
        ("!!! …", "untitled"),
        ("", "untitled"),
    ],
)
def test_slug_is_the_hyphenated_words(text, slug):
    assert slugify(text) == slug


def test_slug_ends_at_a_word_and_cuts_only_a_first_word_that_is_too_long():
    assert slugify("multilateral cooperation", 20) == "multilateral"
    assert slugify("x" * 100, 20) == "x" * 20


@given(st.text(), st.integers(1, 100))
def test_slug_is_never_empty_nor_too_long(text, length):
    slug = slugify(text, length)

    assert slug == "untitled" or 0 < len(slug) <= length
    assert "/" not in slug
    assert " " not in slug
