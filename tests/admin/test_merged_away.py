"""The page of a name that has become part of another, and what was typed there meanwhile."""

import pytest
from django.urls import reverse

from corpusapp.editing.merging_names import merge, part
from corpusapp.models import Author, Merging, Section, Tag
from tests.admin.conftest import messages_of
from tests.factories import AuthorFactory, SectionFactory, TagFactory

pytestmark = pytest.mark.django_db
REFUSED = "Nothing was saved: this name is part of another one now."


def pages(model, *things):
    return [reverse(f"admin:corpusapp_{model}_change", args=[thing.pk]) for thing in things]


def test_an_author_that_was_merged_meanwhile_is_not_saved_and_the_text_stays(editor):
    gone, kept = AuthorFactory(name="Emily North"), AuthorFactory(name="Emily Jane North")
    page = editor.page(gone)
    merge(kept, gone)

    refused = editor.post(page, "author", name="Emily N.", biography_en="A long life.")

    assert refused.context["adminform"].form.non_field_errors() == [REFUSED]
    assert messages_of(refused) == []
    assert "A long life." in refused.text
    assert f'href="{pages("author", kept)[0]}"' in refused.text
    gone.refresh_from_db()
    assert (gone.name, gone.biography_en) == ("Emily North", "")


def test_what_was_refused_is_saved_once_the_two_are_parted(editor):
    gone, kept = AuthorFactory(name="Emily North"), AuthorFactory(name="Emily Jane North")
    page = editor.page(gone)
    merging = merge(kept, gone)
    refused = editor.post(page, "author", biography_en="A long life.")
    part(merging)

    editor.post(refused, "author")

    assert Author.objects.get(pk=gone.pk).biography_en == "A long life."


def test_the_page_of_a_merged_author_says_of_whom_it_is_part_and_saves_nothing(editor):
    gone, kept, last = (AuthorFactory(name=name) for name in ("Ada Q.", "A. Quill", "Ada Quill"))
    alive = editor.page(gone)
    merge(kept, gone)
    merge(last, kept)

    page = editor.page(gone)

    assert "“Ada Q.” is part of “Ada Quill”" in page.text
    assert f'href="{pages("author", last)[0]}"' in page.text
    for words in ('name="_save"', 'name="_addanother"', "View on site"):
        assert (words in alive.text, words in page.text) == (True, False)


@pytest.mark.parametrize(
    ("model", "factory", "stored"), [("section", SectionFactory, Section), ("tag", TagFactory, Tag)]
)
def test_what_was_typed_into_a_merged_section_or_tag_is_shown_again(editor, model, factory, stored):
    gone, kept = factory(name="Sea"), factory(name="Ocean")
    page = editor.page(gone)
    here, there = pages(model, gone, kept)
    merge(kept, gone)

    refused = editor.post(page, model, description_en="All about the sea.")

    assert REFUSED in refused.text
    assert '<pre class="carried-text">All about the sea.</pre>' in refused.text
    assert f'href="{there}"' in refused.text
    assert stored.objects.get().description_en == ""
    read = editor.get(here)
    assert "“Sea” is part of “Ocean”" in read.text
    assert REFUSED not in read.text


def test_a_section_that_never_was_leads_back_as_before(editor):
    answer = editor.client.get(reverse("admin:corpusapp_section_change", args=[4711]), follow=True)

    assert not Merging.objects.exists()
    assert answer.redirect_chain
