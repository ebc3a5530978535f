from dataclasses import replace

import pytest

from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.fields import FIELDS, base, current, evidence, given, set_texts
from corpusapp.importing.merging import Standing, compare
from corpusapp.models import Article, Capture
from tests.factories import ArticleFactory
from tests.importing.pages import page, paragraphs

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

    untouched = compare(stored, after, Standing(current(article)))
    setattr(article, column, "An editor's words.")
    edited = compare(stored, after, Standing(current(article)))

    assert (untouched.moved, untouched.kept) == ({field}, set())
    assert (edited.moved, edited.kept) == (set(), {field})


def test_fields_of_an_older_capture_that_extraction_did_not_know_were_empty():
    assert base({"title": {"value": "On Peace"}}) == {
        "title": "On Peace",
        "caption": "",
        "biography": "",
        "source": "",
    }


def test_words_about_picture_and_author_are_columns_of_the_article():
    article = Article()

    set_texts(article, BEFORE, frozenset({"caption", "biography"}))

    assert (article.title, article.caption, article.author_note) == (
        "",
        "A harbour.",
        "Ada Quill keeps a light.",
    )


ABOUT = (
    "Ada Quill is Keeper of the Lighthouse Board and has written three books about winter storms."
)


def about_the_author(raw, note=ABOUT):
    return raw.replace(b"You might also like", f"{note}\n\nYou might also like".encode())


@pytest.mark.django_db
def test_note_about_the_author_is_kept_as_printed_and_no_part_of_the_text(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(about_the_author(page(1)))

    imported(tmp_path)

    article = Article.objects.get()
    assert article.author_note == ABOUT
    assert article.body == "\n\n".join(paragraphs(1))
    assert Capture.objects.get().fields["biography"] == {
        "value": ABOUT,
        "confidence": 0.8,
        "rule": "begins with the author's name",
        "lines": [20, 20],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "written", "note", "outcome"),
    [
        ({"value": ""}, "", ABOUT, "updated"),
        (None, "", ABOUT, "updated"),  # a capture from before the field was known
        ({"value": ""}, "An editor's note.", "An editor's note.", "conflict"),
        (None, "An editor's note.", "An editor's note.", "conflict"),
    ],
)
def test_note_of_a_later_capture_comes_in_unless_an_editor_wrote_one(
    tmp_path, imported, *, stored, written, note, outcome
):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    capture = Capture.objects.get()
    del capture.fields["biography"]
    if stored:
        capture.fields["biography"] = stored
    capture.save()
    Article.objects.update(author_note=written)
    (tmp_path / "a.txt").write_bytes(about_the_author(page(1)))

    (result,) = imported(tmp_path)

    assert (str(result.outcome), Article.objects.get().author_note) == (outcome, note)
