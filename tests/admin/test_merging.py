"""Merging at the desk: counts first, one button, and the way back on the same page."""

import pytest
from django.urls import reverse

from corpusapp.models import Author, Merging, Tag
from tests.admin.conftest import messages_of
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    SectionFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


def page_of(thing):
    return reverse(f"admin:corpusapp_{thing._meta.model_name}_merge", args=[thing.pk])


@pytest.mark.parametrize("factory", [AuthorFactory, SectionFactory, TagFactory])
def test_page_of_each_kind_leads_to_merging(editor, factory):
    thing = factory()

    assert page_of(thing) in editor.page(thing).text
    assert editor.get(page_of(thing)).status_code == 200


def test_counts_are_shown_before_anything_changes(editor):
    kept, gone = AuthorFactory(name="Du Qiwen"), AuthorFactory(name="Qiwen Du")
    BylineFactory.create_batch(2, author=gone)

    for words in ("Du Qiwen", kept.slug, str(kept.pk)):
        shown = editor.get(page_of(gone), into=words)
        assert "2 articles go over." in shown.text
    assert not Merging.objects.exists()


def test_button_merges_and_another_undoes(editor):
    kept, gone = TagFactory(name="China"), TagFactory(name="PRC")
    ArticleFactory(tags=["PRC"])

    merged = editor.client.post(page_of(gone), {"into": kept.pk, "why": "The same"}, follow=True)
    merging = Merging.objects.get()
    parted = editor.client.post(page_of(kept), {"_part": merging.pk}, follow=True)

    assert messages_of(merged) == ["“PRC” is part of “China” now. Its address leads there."]
    assert f'value="{merging.pk}"' in merged.text
    assert messages_of(parted) == ["“PRC” stands on its own again."]
    assert Tag.objects.count() == 2


def test_likely_matches_are_proposed(editor):
    AuthorFactory(name="杜起文", family_name="杜", given_name="起文", sort_name="杜 起文")
    latin = AuthorFactory(name="Du Qiwen", family_name="Du", given_name="Qiwen")

    text = editor.get(page_of(latin)).text

    assert "杜起文" in text
    assert "one in Chinese, the other as it is read" in text


def test_new_name_on_the_review_screen_has_its_proposals(editor):
    AuthorFactory(name="杜起文", family_name="杜", given_name="起文", sort_name="杜 起文")
    latin = AuthorFactory(name="Du Qiwen", family_name="Du", given_name="Qiwen", is_new=True)
    byline = BylineFactory(author=latin)

    screen = editor.get(reverse("admin:corpusapp_article_review", args=[byline.article.pk]))

    assert f"{page_of(latin)}?into=" in screen.text


@pytest.mark.parametrize("into", ["", "Nobody", "99999999999999999999", "itself"])
def test_nonsense_merges_nothing(editor, into):
    thing = TagFactory()

    response = editor.client.post(page_of(thing), {"into": thing.pk if into == "itself" else into})

    assert response.status_code == 200
    assert not Merging.objects.exists()


def test_name_of_two_authors_has_to_be_told_by_its_slug(editor):
    first, second, third = AuthorFactory.create_batch(3)
    Author.objects.filter(pk__in=[first.pk, second.pk]).update(name="Wang Li")

    asked = editor.get(page_of(third), into="Wang Li")

    assert "write its slug" in asked.text


@pytest.mark.parametrize("group", ["reader", "author"])
def test_who_may_not_merge_sees_and_does_nothing(desk, group):
    kept, gone = TagFactory(), TagFactory()
    somebody = desk(group)

    assert page_of(gone) not in somebody.page(gone).text
    assert somebody.get(page_of(gone)).status_code == 403
    assert somebody.client.post(page_of(gone), {"into": kept.pk}).status_code == 403
    assert not Merging.objects.exists()


def test_editor_of_one_section_does_not_merge(desk):
    somebody = desk("editor")
    SectionFactory().editors.add(somebody.user)

    assert somebody.get(page_of(TagFactory())).status_code == 403


def test_names_are_shown_escaped(editor):
    thing = TagFactory(name="<b>UN</b>")

    assert "<b>UN</b>" not in editor.get(page_of(thing)).text


@pytest.mark.parametrize("factory", [AuthorFactory, SectionFactory, TagFactory])
def test_whom_to_merge_into_is_offered_by_words_and_taken_by_slug(editor, factory):
    gone, kept = factory(name="Harbour (old)"), factory(name="Harbour")
    factory(name="Fog")

    def offered(words):
        return editor.get(f"{page_of(gone)}find/", q=words).json()["items"]

    assert offered("harb") == [{"id": kept.slug, "title": "Harbour"}]
    assert len(offered("")) == 2
    assert f'data-suggest="{page_of(gone)}find/"' in editor.get(page_of(gone)).text
    assert editor.get(page_of(gone), into=kept.slug).context["into"] == kept


def test_nobody_is_offered_to_those_who_may_not_merge(author):
    assert author.get(f"{page_of(AuthorFactory())}find/").status_code == 403
