"""What a doubt offers, and what of it can be taken at a click."""

import json

import pytest

from corpusapp.admin.article_doubts import shown_doubts
from corpusapp.admin.article_form import ArticleForm
from corpusapp.editing.naming import label_key
from corpusapp.text.names import person_key
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    DoubtFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db


def offered(field, *candidates):
    """[(words, what they fill)] of the one doubt about `field`."""
    article = ArticleFactory()
    DoubtFactory(article=article, field=field, code="x", candidates=list(candidates))
    (doubt,) = shown_doubts(article, ArticleForm(instance=article))
    return [
        (candidate.words, json.loads(candidate.fills) if candidate.fills else None)
        for candidate in doubt.candidates
    ]


@pytest.mark.parametrize(
    ("field", "name"),
    [("title", "title"), ("standfirst", "standfirst"), ("biography", "author_note")],
)
def test_words_go_into_their_field(field, name):
    assert offered(field, "On <Peace>") == [("On <Peace>", {name: "On <Peace>"})]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("2015", ("2015-01-01", "year", "", "")),
        ("2015-05", ("2015-05-01", "month", "", "")),
        ("2015-05-21", ("2015-05-21", "day", "", "")),
        ("2025-09-28T16:08", ("2025-09-28", "minute", "16:08", "")),
        ("2025-09-28T16:08+08:00", ("2025-09-28", "minute", "16:08", "480")),
        ("2025-09-28T16:08-03:30", ("2025-09-28", "minute", "16:08", "-210")),
    ],
)
def test_date_fills_all_its_parts_as_precisely_as_it_is(words, parts):
    names = ("published_on", "published_precision", "published_time", "published_offset")

    assert offered("published_at", words) == [(words, dict(zip(names, parts, strict=True)))]


@pytest.mark.parametrize("words", ["31 February 2015", "", "2015-5-21", "x" * 300])
def test_what_is_no_date_is_shown_and_cannot_be_taken(words):
    assert offered("published_at", words) == [(words[:200], None)]


def test_known_section_and_author_can_be_taken_by_any_name_and_no_other():
    section = SectionFactory(name="Harbour Affairs")
    section.names.get_or_create(key=label_key("Sea Affairs"), defaults={"text": "Sea Affairs"})
    author = AuthorFactory(name="Ada Quill")
    author.names.create(text="QUILL Ada", key=person_key("QUILL Ada"), is_main=False)

    assert offered("section", "SEA affairs", "River Affairs") == [
        ("SEA affairs", {"section": {"id": section.pk, "text": "Harbour Affairs"}}),
        ("River Affairs", None),
    ]
    assert offered("authors", "Quill Ada", "Nobody Known") == [
        ("Quill Ada", {"bylines-author": {"id": author.pk, "text": "Ada Quill"}}),
        ("Nobody Known", None),
    ]


def test_list_of_a_conflict_is_legible_and_cannot_be_taken():
    assert offered("tags", ["China", "UN"]) == [("China; UN", None)]


def test_text_that_is_cut_to_be_shown_cannot_be_taken():
    assert offered("title", "x" * 201) == [("x" * 200, None)]
    assert offered("body", "A text.") == [("A text.", None)]


@pytest.mark.parametrize("doubts", [1, 5])
def test_offers_cost_the_same_however_many(doubts, django_assert_num_queries):
    article = ArticleFactory()
    form = ArticleForm(instance=article)
    for number in range(doubts):
        DoubtFactory(article=article, field="section", candidates=[f"Section {number}"])
        DoubtFactory(article=article, field="authors", candidates=[f"Ada Quill {number}"])

    with django_assert_num_queries(3):  # doubts, sections, authors
        shown_doubts(article, form)


def test_who_may_only_look_is_offered_nothing(editor, reader):
    article = ArticleFactory()
    DoubtFactory(article=article, field="title", code="title_uncertain", candidates=["On Peace"])

    assert 'class="take"' in editor.page(article).text
    page = reader.page(article).text
    assert "On Peace" in page
    assert 'class="take"' not in page
