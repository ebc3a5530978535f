"""What holds for any soup of lines: an article whose lines are all accounted for, or a refusal.

The lines are those of the golden captures, shuffled, doubled and cut, between random Unicode.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusapp.extraction.article import ExtractedArticle, Options, Part
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.extraction.readable import readable_text
from tests.extraction.captures import golden
from tests.extraction.scoring import squashed

TEXT_PARTS = {Part.BODY, Part.SUBHEADING, Part.QUOTATION}
T = TypeVar("T")
PLAIN, PAGE = "text/plain", "text/html"


often = settings(max_examples=3 * settings().max_examples)


@cache
def captures() -> list[list[str]]:
    """The lines of each golden text capture."""
    samples = (sample for sample in golden() if sample.media_type == PLAIN)
    return [sample.raw.decode("utf-8", "replace").split("\n") for sample in samples]


@cache
def known_lines() -> list[str]:
    """Every line of the golden text captures, once, in a fixed order."""
    return list(dict.fromkeys(chain(*captures())))


def some(found: Callable[[], Sequence[T]]) -> st.SearchStrategy[T]:
    """One of what `found` gives, which is first asked when a test runs."""
    return st.integers(0, 10_000_000).map(lambda number: found()[number % len(found())])


known = some(known_lines)
cut = st.tuples(known, st.integers(0, 200), st.integers(0, 200)).map(
    lambda it: it[0][it[1] :][: it[2]]
)
glued = st.tuples(known, known).map("".join)
noise = st.text(max_size=60)
line = st.one_of(known, known, known, st.just(""), st.just(""), cut, glued, noise)
runs = st.tuples(line, st.integers(1, 4)).map(lambda it: [it[0]] * it[1])
soups = st.lists(runs, max_size=40).map(lambda soup: "\n".join(chain(*soup)))
edits = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 30), line), max_size=12
)


def edited(it: tuple[Sequence[str], Sequence[tuple[int, int, int, str]]]) -> str:
    """A capture with runs of its lines taken out and put elsewhere, and strange lines between."""
    lines = list(it[0])
    for start, goal, length, strange in it[1]:
        start_, goal_ = (percent * len(lines) // 100 for percent in (start, goal))
        taken = lines[start_ : start_ + length]
        if length % 3:
            del lines[start_ : start_ + length]
        lines[goal_:goal_] = [*taken, strange] if length % 2 else taken
    return "\n".join(lines)


shuffled = st.tuples(some(captures), edits).map(edited)


def read(text: str, media_type: str = PLAIN) -> tuple[ExtractedArticle, list[str]] | None:
    raw = text.encode("utf-8", "surrogatepass")
    options = Options(media_type=media_type)
    try:
        article = extract(raw, options)
    except ExtractionError:
        return None
    assert article == extract(raw, options)
    return article, readable_text(raw, media_type).split("\n")


def check_every_line_went_somewhere(article: ExtractedArticle, lines: list[str]) -> None:
    body = squashed(article.body)
    standfirst = squashed(article.standfirst)
    assert [judged.line for judged in article.judgements] == list(range(1, len(lines) + 1))
    for words, judged in zip(map(squashed, lines), article.judgements, strict=True):
        if judged.part is Part.BLANK:
            assert not words
        if judged.part in TEXT_PARTS:
            assert words in body or (standfirst and standfirst in words)
    for name, evidence in article.evidence.items():
        assert 0 < evidence.confidence <= 1, name
        assert 1 <= evidence.first_line <= evidence.last_line <= len(lines), name


def check_the_body_is_made_of_the_text(article: ExtractedArticle, lines: list[str]) -> None:
    text = "".join(
        squashed(words)
        for words, judged in zip(lines, article.judgements, strict=True)
        if judged.part in TEXT_PARTS
    )
    for paragraph in article.body.split("\n"):
        assert squashed(paragraph) in text


@often
@given(st.one_of(shuffled, soups))
def test_any_soup_of_lines_is_accounted_for_or_refused(soup):
    if read_ := read(soup):
        check_every_line_went_somewhere(*read_)
        check_the_body_is_made_of_the_text(*read_)


@often
@given(st.text(max_size=600))
def test_any_text_is_accounted_for_or_refused(text):
    if read_ := read(text):
        check_every_line_went_somewhere(*read_)


TAGS = ("p", "div", "h1", "h2", "li", "blockquote", "span", "td", "a", "article", "time", "pre")
tagged = st.tuples(st.sampled_from(TAGS), line, st.booleans()).map(
    lambda it: f"<{it[0]} class='author'>{it[1]}" + (f"</{it[0]}>" if it[2] else "")
)


@often
@given(st.lists(tagged, max_size=25).map("\n".join))
def test_any_soup_of_tags_is_accounted_for_or_refused(soup):
    if read_ := read(f"<!DOCTYPE html><title>Soup</title>{soup}", PAGE):
        check_every_line_went_somewhere(*read_)


@cache
def pages() -> list[str]:
    return [sample.raw.decode("utf-8") for sample in golden() if sample.media_type == PAGE]


spliced = st.tuples(some(pages), some(pages), st.integers(0, 99), st.integers(0, 99)).map(
    lambda it: it[0][: it[2] * len(it[0]) // 100] + it[1][it[3] * len(it[1]) // 100 :]
)


@often
@given(spliced)
def test_a_page_cut_anywhere_and_joined_to_another_is_accounted_for(page):
    if read_ := read(page, PAGE):
        check_every_line_went_somewhere(*read_)


@pytest.mark.parametrize("media_type", [PLAIN, PAGE])
@often
@given(raw=st.binary(max_size=600))
def test_any_bytes_give_an_article_or_a_refusal(media_type, raw):
    with suppress(ExtractionError):
        assert extract(raw, Options(media_type=media_type)).judgements
