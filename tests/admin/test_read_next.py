"""On an article's page: what to read next, and tags that it may be about."""

import pytest
from django.urls import reverse

from corpusapp.editing.publish import put_in_bin
from corpusapp.editing.read_next import chosen, refresh
from corpusapp.models import Article, FieldOwner
from corpusapp.search.upkeep import tick
from tests.admin.browser import fields_of
from tests.factories import ArticleFactory, TagFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db


def offered(response):
    return [button["value"] for button in read(response).all("button", name_="_add_tag")]


def test_choice_is_kept_in_its_order_and_shown_again(editor):
    article, first, second = ArticleFactory.create_batch(3)

    editor.save(article, read_next=[str(second.pk), str(first.pk)])

    assert chosen(article.pk) == [second.pk, first.pk]
    page = editor.page(article)
    assert fields_of(page, "article_form")["read_next"] == [str(second.pk), str(first.pk)]
    article.refresh_from_db()
    assert article.version == 2


def test_saving_something_else_leaves_the_choice(editor):
    article, other = ArticleFactory.create_batch(2)
    editor.save(article, read_next=[str(other.pk)])

    editor.save(article, title="Another title")
    assert chosen(article.pk) == [other.pk]

    editor.save(article, read_next=[])
    assert chosen(article.pk) == []


@pytest.mark.parametrize("wrong", ["0", "9" * 30, "x", "itself", "binned"])
def test_what_cannot_be_read_next_is_refused(editor, wrong):
    article, binned = ArticleFactory(), ArticleFactory(binned=True)
    value = {"itself": str(article.pk), "binned": str(binned.pk)}.get(wrong, wrong)

    response = editor.save(article, read_next=[value])

    assert response.context["errors"]
    assert chosen(article.pk) == []


def test_what_went_to_the_bin_since_it_was_chosen_stands_in_no_ones_way(editor):
    article, first, second = ArticleFactory.create_batch(3)
    editor.save(article, read_next=[str(first.pk), str(second.pk)])
    put_in_bin([first.pk])

    editor.save(article, title="New")

    article.refresh_from_db()
    assert (article.title, chosen(article.pk)) == ("New", [first.pk, second.pk])

    editor.save(article, read_next=[str(second.pk)])
    response = editor.save(article, read_next=[str(second.pk), str(first.pk)])

    assert response.context["errors"]  # it is no new choice
    assert chosen(article.pk) == [second.pk]


def test_more_than_a_page_shows_are_refused(editor):
    article, *others = ArticleFactory.create_batch(6)

    response = editor.save(article, read_next=[str(other.pk) for other in others])

    assert "At most 4 articles." in response.text


def test_field_offers_articles_by_words_of_their_text(editor):
    article = ArticleFactory(title="Night", body="The lantern burns.")
    tick()

    found = editor.get(
        reverse("admin:autocomplete"),
        term="lantern",
        app_label="corpusapp",
        model_name="related",
        field_name="other",
    ).json()

    assert found["results"] == [{"id": str(article.pk), "text": "Night"}]


def test_who_may_only_look_sees_the_choice_and_no_suggestion(editor, reader):
    article, other = ArticleFactory(body="On ropes."), ArticleFactory(title="The other")
    TagFactory(name="Ropes")
    editor.save(article, read_next=[str(other.pk)])
    assert offered(editor.page(article)) == ["Ropes"]

    page = reader.page(article)

    assert "The other" in page.text
    assert offered(page) == []


def test_suggested_tag_is_added_at_one_click_without_script_and_is_the_editors(editor):
    article = ArticleFactory(body="On ropes and quays.", tags=["Ports"])
    TagFactory(name="Ropes")
    assert offered(editor.page(article)) == ["Ropes"]

    response = editor.save(article, button="_enter", _add_tag=["Ropes"], title="New")

    assert sorted(tag.name for tag in article.tags.all()) == ["Ports", "Ropes"]
    article.refresh_from_db()
    assert article.title == "New"
    assert FieldOwner.objects.filter(article=article, field="tags").exists()
    assert response.request["PATH_INFO"].endswith(f"/{article.pk}/change/")
    assert offered(response) == []


def test_tags_of_near_articles_are_offered(editor):
    for tag, text in (("Ports", "Harbour ferries and quays."), ("Fruit", "Apples and blossom.")):
        ArticleFactory.create_batch(2, published=True, body=text, tags=[tag])
    for number in range(5):
        ArticleFactory(published=True, body=f"Matter{number}.")
    refresh()

    assert offered(editor.page(ArticleFactory(body="Ferries leave the harbour quays."))) == [
        "Ports"
    ]


def test_all_suggested_tags_are_accepted_by_one_button_and_what_was_typed_is_saved(editor):
    article = ArticleFactory()
    ports, ropes = TagFactory(name="Ports"), TagFactory(name="Ropes")

    response = editor.save(article, button="_enter", _add_tags="Ports\nRopes\n", title="New")

    assert set(article.tags.all()) == {ports, ropes}
    assert Article.objects.get(pk=article.pk).title == "New"
    assert "“Ports, Ropes” was added." in response.text
