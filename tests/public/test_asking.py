import pytest
from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st

from corpusapp.public.asking import Asked, asked_of, page_size_of
from corpusapp.search.contract import LONGEST_QUERY, Scope, Sort


def asked(raw):
    return asked_of(QueryDict(raw))


def test_address_is_always_spelled_alike_and_says_only_what_says_something():
    question = asked("sort=newest&year=2015&q=++a++b&year=2015&year=&page=2&exact=1&x=y")

    assert Asked().address("/en/search/") == "/en/search/"
    assert question.address("") == "?q=a+b&year=2015&sort=newest&exact=1&page=2"
    assert question.without_value("year", "2015").address("") == "?q=a+b&sort=newest&exact=1"


def test_a_source_is_meant_by_any_spelling_of_its_name():
    question = asked("source=Daily+A&source=daily-a&source=daily++a&source=%E2%80%A6")

    assert question.filters == {"source": ("daily-a", "…")}


def test_best_match_comes_first_where_there_are_words_and_the_newest_where_there_are_none():
    assert (asked("q=a").order, asked("").order) == (Sort.RELEVANCE, Sort.NEWEST)
    assert asked("q=a&sort=oldest").order == Sort.OLDEST
    assert asked("q=a&sort=body").sort is None


def test_engine_is_asked_among_what_is_public_whatever_the_address_says():
    query = asked("q=a&scope=desk&state=draft&page=3&year=2015&year=x").query(20, shelf="en")

    assert query.scope == Scope.PUBLIC
    assert query.filters.state == ()
    assert query.filters.year == (2015, 0)  # no article is of the year 0
    assert (query.offset, query.limit) == (40, 20)


def test_what_is_too_long_or_too_much_is_cut():
    question = asked(
        urlencode({"q": "x" * 9000, "tag": ["y" * 900, *map(str, range(99))]}, doseq=True)
    )

    assert len(question.text) == LONGEST_QUERY
    assert len(question.filters["tag"]) == 20
    assert len(question.filters["tag"][0]) == 200


@pytest.mark.parametrize(
    ("raw", "size"),
    [("", 20), ("7", 7), ("100", 100), ("101", 100), ("0", 1), ("-1", 20), ("x", 20)],
)
def test_size_of_a_page_is_between_one_and_a_hundred(raw, size):
    assert page_size_of(QueryDict(f"page_size={raw}")) == size


@pytest.mark.parametrize("raw", ["page=0", "page=x", "page=1234567", "page=٣", "page=+1"])
def test_what_is_no_page_is_missing(raw):
    with pytest.raises(Http404):
        asked(raw)


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_read_the_same_again_or_refused(words, value):
    try:
        raw = urlencode({"q": words, "section": value})
        question = asked(raw)
    except (UnicodeEncodeError, BadRequest):
        return

    assert asked(question.address("").removeprefix("?")) == question
