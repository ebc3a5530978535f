from dataclasses import replace

import pytest

from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.fields import FIELDS, base, current, evidence, given, set_texts
from corpusapp.importing.merging import compare
from corpusapp.models import Article
from tests.factories import ArticleFactory

BEFORE = ExtractedArticle(
    title="On Peace", caption="A harbour.", biography="Ada Quill keeps a light."
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "field"), [("caption", "caption"), ("author_note", "biography")]
)
def test_words_about_picture_and_author_move_until_an_editor_has_changed_them(column, field):
    article = ArticleFactory(title="On Peace", body="")
    set_texts(article, BEFORE, frozenset(FIELDS) - {"published_at"})
    after = given(replace(BEFORE, **{field: "Later words."}), "en")
    stored = base(evidence(BEFORE, given(BEFORE, "en")))

    untouched = compare(stored, after, current(article))
    setattr(article, column, "An editor's words.")
    edited = compare(stored, after, current(article))

    assert (untouched.moved, untouched.kept) == ({field}, set())
    assert (edited.moved, edited.kept) == (set(), {field})


def test_fields_of_an_older_capture_that_extraction_did_not_know_were_empty():
    assert base({"title": {"value": "On Peace"}}) == {
        "title": "On Peace",
        "caption": "",
        "biography": "",
    }


def test_words_about_picture_and_author_are_columns_of_the_article():
    article = Article()

    set_texts(article, BEFORE, frozenset({"caption", "biography"}))

    assert (article.title, article.caption, article.author_note) == (
        "",
        "A harbour.",
        "Ada Quill keeps a light.",
    )
