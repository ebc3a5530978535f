import pytest
from django.urls import reverse

from tests.factories import (
    AuthorFactory,
    AuthorNameFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
    TagSynonymFactory,
)

ADDRESS = reverse("admin:autocomplete")


def suggested(desk, term, model, field):
    answer = desk.get(ADDRESS, term=term, app_label="corpusapp", model_name=model, field_name=field)
    return [(row["id"], row["text"]) for row in answer.json()["results"]]


def test_authors_are_suggested_by_any_name_but_not_merged_ones(editor):
    author = AuthorFactory(name="Du Qiwen")
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans", is_main=False)
    AuthorFactory(name="Du Qi-wen", merged_into=author)

    assert suggested(editor, "Du Qi", "byline", "author") == [(str(author.pk), "Du Qiwen")]
    assert suggested(editor, "起文", "byline", "author") == [(str(author.pk), "Du Qiwen")]


def test_tags_are_suggested_by_synonym_and_chosen_by_word(editor):
    TagSynonymFactory(tag=TagFactory(name="2015"), text="Year of the Goat")

    assert suggested(editor, "goat", "tagging", "tag") == [("2015", "2015")]


def test_sections_and_sources_are_suggested(editor):
    section, source = SectionFactory(name="Economy"), SourceFactory(name="Caixin")

    assert suggested(editor, "econ", "article", "section") == [(str(section.pk), "Economy")]
    assert suggested(editor, "cai", "article", "source") == [(str(source.pk), "Caixin")]


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"app_label": "auth", "model_name": "user", "field_name": "password"},
        {"app_label": "corpusapp", "model_name": "nothing", "field_name": "tag"},
        {"app_label": "auth", "model_name": "user", "field_name": "groups"},
    ],
)
def test_nothing_else_is_suggested(editor, question):
    assert editor.get(ADDRESS, term="a", **question).status_code == 403


@pytest.mark.parametrize("typed", ["China", "china", "Zhongguo", " CHINA "])
def test_tag_that_goes_by_the_typed_word_stands_first(editor, typed):
    TagFactory(name="Africa and China, Zhongguo")
    TagSynonymFactory(tag=TagFactory(name="China"), text="Zhongguo")
    TagFactory(name="Chinaware of Zhongguo")

    assert suggested(editor, typed, "tagging", "tag")[0] == ("China", "China")
