"""Two people at one author, section, source, tag, series, picture or page of the publication."""

import pytest

from corpusapp.models import Author, Publication, Redirect, Section, Source
from tests.admin.browser import fields_of
from tests.admin.conftest import messages_of
from tests.factories import AuthorFactory, SectionFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db
TOGETHER = "Somebody else had saved meanwhile. Theirs is kept, beside yours: "


@pytest.fixture
def other(desk):
    return desk("editor")


def field_errors(page, name):
    return [str(error) for error in page.context["adminform"].form.errors.get(name, [])]


def test_what_only_one_changed_goes_together(editor, other):
    author = AuthorFactory(name="Ada Quill")
    page = editor.page(author)
    other.save(author, biography_en="One wrote a long life.")

    saved = editor.post(page, "author", biography_zh_hans="一生。")

    stored = Author.objects.get()
    assert (stored.biography_en, stored.biography_zh_hans) == ("One wrote a long life.", "一生。")
    (said, *_rest) = messages_of(saved)
    assert said.startswith(TOGETHER)


def test_where_both_have_written_the_page_comes_again_and_the_next_save_decides(editor, other):
    section = SectionFactory(name="Sea")
    page = editor.page(section)
    other.save(section, description_en="Theirs.", slug="seas")

    again = editor.post(page, "section", description_en="Mine.")

    assert Section.objects.get().description_en == "Theirs."
    assert field_errors(again, "description_en") == [
        "Somebody else has written “Theirs.” here meanwhile. Save again to put yours in its place."
    ]
    assert "Mine." in again.text
    editor.post(again, "section")
    stored = Section.objects.get()
    assert (stored.description_en, stored.slug) == ("Mine.", "seas")
    assert Redirect.objects.count() == 1  # made by who renamed it, and not back again


def test_two_who_write_the_same_agree(editor, other):
    source = SourceFactory()
    page = editor.page(source)
    other.save(source, rights="Free to use.")

    saved = editor.post(page, "source", rights="Free to use.")

    assert not any(said.startswith(TOGETHER) for said in messages_of(saved))
    assert Source.objects.get().rights == "Free to use."


def test_a_row_within_the_form_is_not_put_back_either(editor, other):
    author = AuthorFactory(name="Ada Quill")
    main = author.names.get()
    page = editor.page(author)
    other.save(author, **{"names-0-text": "Ada Quill the Elder"})

    saved = editor.post(page, "author", biography_en="Mine.")

    main.refresh_from_db()
    assert main.text == "Ada Quill the Elder"
    assert Author.objects.get().biography_en == "Mine."
    assert "Ada Quill" in messages_of(saved)[0]


def test_a_row_that_both_have_written_is_named(editor, other):
    author = AuthorFactory(name="Ada Quill")
    page = editor.page(author)
    other.save(author, **{"names-0-text": "Theirs Quill"})

    again = editor.post(page, "author", **{"names-0-text": "Mine Quill"})

    assert author.names.get().text == "Theirs Quill"
    (said,) = again.context["adminform"].form.non_field_errors()
    assert "“Theirs Quill”" in said
    editor.post(again, "author")
    assert author.names.get().text == "Mine Quill"


def test_one_who_is_alone_is_told_nothing(editor):
    author = AuthorFactory(name="Ada Quill")

    saved = editor.save(author, biography_en="First.")
    saved = editor.save(author, biography_en="Second.")

    assert Author.objects.get().biography_en == "Second."
    assert len(messages_of(saved)) == 1


def test_the_texts_of_the_publication_go_together(desk):
    one, two = desk("administrator"), desk("administrator")
    UserFactory()
    publication = Publication.objects.get_or_create(pk=1)[0]
    page = one.page(publication)
    two.save(publication, about_en="Who we are.")

    one.post(page, "publication", about_zh_hans="我们是谁。")

    stored = Publication.objects.get()
    assert (stored.about_en, stored.about_zh_hans) == ("Who we are.", "我们是谁。")


@pytest.mark.parametrize("base", ["", "no JSON", "[]"])
def test_what_no_page_carried_stops_no_save(editor, base):
    author = AuthorFactory(name="Ada Quill")

    editor.post(editor.page(author), "author", biography_en="Mine.", base=base)

    assert Author.objects.get().biography_en == "Mine."


def test_a_row_that_somebody_else_has_removed_stops_nothing(editor):
    author = AuthorFactory(name="Ada Quill")
    author.names.create(text="A. Quill", language="en", is_main=False)
    author.names.create(text="Quill the Elder", language="en", is_main=False)
    page = editor.page(author)
    author.names.get(text="A. Quill").delete()

    saved = editor.post(page, "author", biography_en="Mine.")

    assert Author.objects.get().biography_en == "Mine."
    assert sorted(author.names.values_list("text", flat=True)) == ["Ada Quill", "Quill the Elder"]
    (said, *_rest) = messages_of(saved)
    assert said.startswith(TOGETHER)


def test_a_row_that_one_removes_and_another_writes_in_is_asked_about(editor):
    author = AuthorFactory(name="Ada Quill")
    author.names.create(text="A. Quill", language="en", is_main=False)
    page = editor.page(author)
    fields = fields_of(page, "author_form")
    stem = next(name for name, value in fields.items() if value == ["A. Quill"])
    author.names.get(text="A. Quill").delete()

    again = editor.post(page, "author", **{stem: "Miss Quill"})

    assert author.names.count() == 1
    (said,) = again.context["adminform"].form.non_field_errors()
    assert "removed" in said
    editor.post(again, "author")
    assert sorted(author.names.values_list("text", flat=True)) == ["Ada Quill", "Miss Quill"]


def test_a_row_that_two_remove_is_gone(editor):
    author = AuthorFactory(name="Ada Quill")
    author.names.create(text="A. Quill", language="en", is_main=False)
    page = editor.page(author)
    stem = next(
        name for name, value in fields_of(page, "author_form").items() if value == ["A. Quill"]
    )
    author.names.get(text="A. Quill").delete()

    saved = editor.post(page, "author", **{stem.replace("-text", "-DELETE"): "on"})

    assert author.names.count() == 1
    assert not messages_of(saved)[0].startswith(TOGETHER)
