"""Names that only captures brought: proposed matches, one key to merge after a look, one to confirm."""

import pytest
from django.urls import reverse

from corpusapp.editing.trail import entries_of
from corpusapp.models import Author
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, AuthorFactory, AuthorNameFactory, BylineFactory

pytestmark = pytest.mark.django_db
NEW = reverse("admin:corpusapp_author_new")
LIST = reverse("admin:corpusapp_author_changelist")


def new(name="Qiwen Du", **columns):
    parts = {"family_name": "Du", "given_name": "Qiwen", "sort_name": "du qiwen"}
    return AuthorFactory(name=name, is_new=True, **{**parts, **columns})


def test_page_and_list_hold_what_no_editor_has_looked_at(editor):
    first, second = new(), new("Anna Quill", family_name="Quill", given_name="Anna")
    AuthorFactory()
    new("Gone", merged_into=AuthorFactory())

    page = editor.get(NEW)
    listed = editor.get(LIST, new="yes").context["cl"].queryset

    assert [one["author"] for one in page.context["names"]] == [first, second]
    assert set(listed) == {first, second}


def test_alias_is_proposed_and_named(editor):
    known = AuthorFactory(
        name="杜起文", family_name="杜", given_name="起文", sort_name="杜 起文", names=None
    )
    AuthorNameFactory(author=known, text="Chris Du", language="en", is_main=False, key="chris du")
    new("Du Chris", given_name="Chris", sort_name="du chris")

    page = editor.get(NEW)

    ((proposal, _words, address),) = page.context["names"][0]["proposed"]
    assert (proposal.author, proposal.known_as) == (known, "Chris Du")
    assert f'href="{address.replace("&", "&amp;")}"' in page.text


def test_merging_is_looked_at_first_and_leads_on_to_the_next_name(editor):
    known = AuthorFactory(
        name="Du Qiwen", family_name="Du", given_name="Qiwen", sort_name="du qiwen"
    )
    one = new()
    BylineFactory(author=one)
    ((_proposal, _words, address),) = editor.get(NEW).context["names"][0]["proposed"]

    look = editor.get(address)
    assert Author.objects.get(pk=one.pk).merged_into is None
    done = editor.client.post(
        look.wsgi_request.path,
        {"into": known.pk, "back": "new", "_merge": "1", "why": ""},
        follow=True,
    )

    assert done.redirect_chain[-1][0] == NEW
    assert Author.objects.get(pk=one.pk).merged_into == known
    assert "No new names: every author is known." in done.text


def test_confirmed_name_is_new_no_longer_and_the_trail_says_so(editor):
    one = new()

    page = editor.client.post(NEW, {"confirm": one.pk, "why": "Met in person"}, follow=True)
    again = editor.client.post(NEW, {"confirm": one.pk}, follow=True)

    assert messages_of(page) == ["Confirmed: Qiwen Du."]
    assert messages_of(again) == ["Somebody has decided that already."]
    assert not Author.objects.get(pk=one.pk).is_new
    (entry,) = entries_of(one)
    assert (entry.who, entry.why) == (editor.user.username, "Met in person")
    assert entry.details == {"changes": {"is_new": [True, False]}}


@pytest.mark.parametrize("group", ["reader", "author"])
def test_others_look_and_decide_nothing(desk, group):
    one = new()
    AuthorFactory(name="Du Qiwen", family_name="Du", given_name="Qiwen", sort_name="du qiwen")
    somebody = desk(group)

    page = somebody.get(NEW)
    refused = somebody.client.post(NEW, {"confirm": one.pk})

    assert (page.status_code, refused.status_code) == (200, 403)
    assert "Confirm" not in page.text
    assert "/merge/" not in page.text
    assert Author.objects.get(pk=one.pk).is_new


def test_what_lies_in_the_bin_is_not_shown_as_signed(editor):
    one = new()
    for binned in (False, True):
        BylineFactory(author=one, article=ArticleFactory(binned=binned))

    (shown,) = editor.get(NEW).context["names"]

    assert len(shown["articles"]) == 1


@pytest.mark.parametrize("names", [2, 9, 30])
def test_page_costs_the_same_however_many_are_new(editor, names, django_assert_max_num_queries):
    for number in range(names):
        BylineFactory(author=new(f"Person{number} Only{number}", family_name=f"Only{number}"))
        AuthorFactory(name=f"P. Only{number}", family_name=f"Only{number}", given_name="P.")
    editor.get(NEW)

    with django_assert_max_num_queries(12):
        page = editor.get(NEW)

    assert all(one["proposed"] for one in page.context["names"])
