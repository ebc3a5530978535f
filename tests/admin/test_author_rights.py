"""An author's page is public: who writes drafts adds authors, and leaves those there are alone."""

import pytest
from django.urls import reverse

from corpusapp.models import Article, Author, AuthorName, Byline
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory

ADD = reverse("admin:corpusapp_author_add")
ADD_ARTICLE = reverse("admin:corpusapp_article_add")


def sent(author, name):
    """A form made by hand: the author renamed, with another biography, its first name as well."""
    (first,) = author.names.all()
    return {
        "name": "Renamed",
        "sort_name": "Renamed",
        "slug": "renamed",
        "name_order": author.name_order,
        "biography_en": "Slander",
        "names-TOTAL_FORMS": "2",
        "names-INITIAL_FORMS": "1",
        "names-MIN_NUM_FORMS": "0",
        "names-MAX_NUM_FORMS": "1000",
        "names-0-id": str(first.pk),
        "names-0-author": str(author.pk),
        "names-0-text": name,
        "names-0-language": first.language,
        "names-1-id": "",
        "names-1-author": str(author.pk),
        "names-1-text": "Another",
        "names-1-language": "",
        "_save": "1",
    }


@pytest.fixture
def known(db):  # noqa: ARG001 - an author is a row
    return AuthorFactory(name="Du Qiwen", slug="du-qiwen")


def address(author):
    return reverse("admin:corpusapp_author_change", args=[author.pk])


@pytest.mark.parametrize("group", ["reader", "author"])
def test_author_there_is_stays_as_it_is(desk, known, group):
    somebody = desk(group)
    before = list(Author.objects.values()), list(AuthorName.objects.values())

    answer = somebody.client.post(address(known), sent(known, "Renamed"))
    deleted = somebody.client.post(address(known), {**sent(known, "x"), "names-0-DELETE": "on"})
    page = somebody.page(known)

    assert (answer.status_code, deleted.status_code) == (403, 403)
    assert (list(Author.objects.values()), list(AuthorName.objects.values())) == before
    assert 'name="_save"' not in page.text
    assert 'name="names-0-text"' not in page.text


def test_new_author_takes_no_name_of_another(author, known):
    author.client.post(ADD, sent(known, "Stolen"))

    assert [name.text for name in known.names.all()] == ["Du Qiwen"]
    known.refresh_from_db()
    assert (known.name, known.slug) == ("Du Qiwen", "du-qiwen")


def test_editor_changes_the_author(editor, known):
    answer = editor.client.post(address(known), sent(known, "Renamed"))

    assert answer.status_code == 302
    known.refresh_from_db()
    assert (known.name, known.slug, known.biography_en) == ("Renamed", "renamed", "Slander")
    assert {name.text for name in known.names.all()} == {"Renamed", "Another"}


def test_author_adds_an_author_in_passing_and_signs_tags_and_writes_the_own_draft(author):
    popup = author.get(ADD, _popup="1")
    answer = author.post(
        popup,
        "author",
        name="Zhang Jun",
        **{"names-TOTAL_FORMS": "1", "names-0-text": "张军", "names-0-language": "zh-Hans"},
    )
    added = Author.objects.get()
    author.post(author.get(ADD_ARTICLE), "article", title="Mine", body="Text")
    article = Article.objects.get()

    saved = author.save(
        article,
        body="Better",
        tags=["China"],
        **{"bylines-0-author": added.pk, "bylines-0-post": "Member"},
    )

    assert "Zhang Jun" in answer.text
    assert [name.text for name in added.names.all()] == ["张军"]
    assert saved.redirect_chain
    article.refresh_from_db()
    assert (article.body, list(article.tags.names())) == ("Better", ["China"])
    assert str(article.bylines.get()) == "Zhang Jun (Member)"
    assert "change_author" not in author.page(article).text


def test_bylines_of_others_are_for_reading_only(author):
    byline = BylineFactory(post="Member")

    page = author.page(byline.article)

    assert "Member" in page.text
    assert 'name="bylines-0-post"' not in page.text


@pytest.mark.parametrize("field", ["position", "author", "role", "name", "post"])
def test_every_part_of_a_byline_has_a_label(editor, field):
    article = ArticleFactory()
    BylineFactory(article=article)

    page = editor.page(article).text

    for number in ("0", "__prefix__"):
        assert page.count(f'for="id_bylines-{number}-{field}"') == 1
        assert page.count(f'id="id_bylines-{number}-{field}"') == 1
    assert Byline.objects.count() == 1
