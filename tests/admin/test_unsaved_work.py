"""What is typed and not saved is kept, offered again, and nobody's but the writer's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.publish import publish
from corpusapp.models import Article, Autosave, Presence, Revision, State
from tests.admin.browser import fields_of
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory, SectionFactory

ADD = reverse("admin:corpusapp_article_add")
NEW = reverse("admin:corpusapp_article_autosave_new")


def autosave(desk, article, **changes):
    fields = fields_of(desk.page(article), "article_form")
    return desk.client.post(
        reverse("admin:corpusapp_article_autosave", args=[article.pk]), {**fields, **changes}
    )


def latest():
    return str(Autosave.objects.latest("pk").pk)


def pulse(desk, article, version=1):
    address = reverse("admin:corpusapp_article_presence", args=[article.pk])
    return desk.client.post(address, {"version": version})


def test_kept_work_changes_nothing_and_is_offered_on_return(editor):
    article = ArticleFactory(title="Old")
    before = Article.objects.values().get()

    answer = autosave(editor, article, title="Half a thought")
    page = editor.page(article)

    assert "not saved yet" in answer.json()["said"]
    assert Article.objects.values().get() == before
    assert not Revision.objects.exists()
    assert "You have unsaved work here" in page.text
    assert "Half a thought" not in page.text


@pytest.mark.parametrize(
    ("saved", "is_offered"),
    [({"title": "New"}, False), ({"title": "Newer"}, True), ({}, True)],
)
def test_kept_work_that_was_saved_just_so_meanwhile_is_offered_no_more(
    editor, desk, saved, is_offered
):
    article = ArticleFactory(title="Old", tags=["China"], section=SectionFactory())
    BylineFactory(article=article)
    autosave(editor, article, title="New")

    desk("editor").save(article, **saved)

    assert ("You have unsaved work here" in editor.page(article).text) == is_offered


def test_kept_byline_alone_is_offered(editor):
    byline = BylineFactory()
    autosave(editor, byline.article, **{"bylines-0-post": "Keeper"})

    assert "You have unsaved work here" in editor.page(byline.article).text


def test_taken_up_it_stands_in_the_form_and_is_saved_when_saved(editor):
    article = ArticleFactory(title="Old")
    author = AuthorFactory()
    autosave(
        editor,
        article,
        title="Half a thought",
        tags=["China"],
        **{"bylines-0-author": author.pk, "bylines-0-post": "Keeper"},
    )

    shown = editor.post(editor.page(article), "article", "_ask", _take_up=latest())

    assert Article.objects.get().title == "Old"
    assert "This is your unsaved work" in shown.text
    assert shown.context["errors"] == []
    assert Autosave.objects.exists()

    editor.post(shown, "article")

    article.refresh_from_db()
    assert (article.title, list(article.tags.names())) == ("Half a thought", ["China"])
    assert [byline.post for byline in article.bylines.all()] == ["Keeper"]
    assert not Autosave.objects.exists()


def test_discarded_it_is_gone(editor):
    article = ArticleFactory(title="Old")
    autosave(editor, article, title="Half a thought")

    page = editor.post(editor.page(article), "article", "_ask", _discard=latest())

    assert messages_of(page) == ["The unsaved work is discarded."]
    assert not Autosave.objects.exists()
    assert "Half a thought" not in page.text


def test_work_on_an_older_version_is_merged_when_taken_up(desk):
    first, second = desk("editor"), desk("editor")
    article = ArticleFactory(title="Old", body="Old text")
    autosave(second, article, body="Half a thought")
    first.save(article, title="New")

    shown = second.post(second.page(article), "article", "_ask", _take_up=latest())
    second.post(shown, "article")

    article.refresh_from_db()
    assert (article.title, article.body) == ("New", "Half a thought")


def test_a_new_article_is_kept_too(editor):
    fields = fields_of(editor.get(ADD), "article_form")
    for title in ("Begun", "Begun again"):
        editor.client.post(NEW, {**fields, "title": title})
    assert Autosave.objects.count() == 1

    shown = editor.post(editor.get(ADD), "article", "_ask", _take_up=latest())
    assert not Article.objects.exists()
    editor.post(shown, "article")

    assert Article.objects.get().title == "Begun again"
    assert not Autosave.objects.exists()


def test_writing_anew_does_not_replace_what_was_left_before(editor):
    article = ArticleFactory(title="Old")
    autosave(editor, article, title="The first thought")
    first = latest()
    autosave(editor, article, title="The second thought")

    page = editor.page(article)
    assert [row.fields["title"] for row in page.context["unsaved"]] == [
        ["The second thought"],
        ["The first thought"],
    ]
    shown = editor.post(page, "article", "_ask", _take_up=first)
    editor.post(shown, "article")

    assert Article.objects.get().title == "The first thought"
    assert [row.fields["title"] for row in Autosave.objects.all()] == [["The second thought"]]


def test_what_nobody_came_back_for_goes_after_a_month(editor):
    autosave(editor, ArticleFactory())
    Autosave.objects.update(saved_at=timezone.now() - timedelta(days=31))
    autosave(editor, ArticleFactory())

    assert Autosave.objects.count() == 1


def test_nobody_is_offered_another_ones_work(desk):
    first, second = desk("editor"), desk("editor")
    article = ArticleFactory()
    autosave(first, article, title="Mine alone")

    page = second.page(article)
    shown = second.post(page, "article", "_ask", _take_up=latest())

    assert "unsaved work here" not in page.text
    assert "Mine alone" not in shown.text


@pytest.mark.parametrize("trait", ["reader", "author"])
def test_who_may_not_write_keeps_nothing(desk, trait):
    article = ArticleFactory()

    assert autosave(desk(trait), article).status_code == 403
    assert pulse(desk(trait), article).status_code == 403
    assert not Autosave.objects.exists()
    assert not Presence.objects.exists()


def test_reader_keeps_no_new_article(reader):
    assert reader.client.post(NEW, {"title": "Mine"}).status_code == 403


def test_neither_address_answers_to_a_look(editor):
    article = ArticleFactory()
    for name in ("autosave", "presence"):
        address = reverse(f"admin:corpusapp_article_{name}", args=[article.pk])
        assert editor.get(address).status_code == 405
    assert editor.get(NEW).status_code == 405


def test_what_is_far_too_long_is_refused_in_words(editor, monkeypatch):
    monkeypatch.setattr("corpusapp.admin.article_keeping._LONGEST", 100)

    answer = autosave(editor, ArticleFactory(), body="a" * 101)

    assert (answer.status_code, answer.json()["said"]) == (413, "Too long to be kept: save it.")
    assert not Autosave.objects.exists()


def test_page_says_who_else_is_editing(desk):
    first, second = desk("editor"), desk("editor")
    article = ArticleFactory()

    assert "is editing this article, too" not in first.page(article).text
    assert f"{first.user.username} is editing this article, too." in second.page(article).text


def test_who_opened_it_a_while_ago_may_still_be_writing(desk):
    first, second = desk("editor"), desk("editor")
    article = ArticleFactory()
    first.page(article)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=10))

    assert "may still be writing" in second.page(article).text

    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=31))

    assert first.user.username not in second.page(article).context["others"]


def test_pulse_tells_of_others_and_of_their_saves(desk):
    first, second = desk("editor"), desk("editor")
    article = ArticleFactory()
    pulse(first, article)

    assert pulse(second, article).json()["said"] == (
        f"{first.user.username} is editing this article, too."
    )

    first.save(article, title="New")

    assert "It has been saved since you opened it." in pulse(second, article).json()["said"]
    assert pulse(second, article, version=2).json()["said"] == ""


def test_readers_of_drafts_are_not_said_to_edit(desk):
    article = ArticleFactory()
    desk("reader").page(article)

    assert not Presence.objects.exists()


def begun_by(desk):
    page = desk.post(desk.get(ADD), "article", "_continue", title="Mine", body="Text")
    return Article.objects.get(), page


@pytest.mark.parametrize("view", ["change", "review"])
def test_what_was_typed_while_the_right_went_is_shown_to_be_copied(author, view):
    article, _page = begun_by(author)
    Article.objects.update(state=State.REVIEW)
    address = reverse(f"admin:corpusapp_article_{view}", args=[article.pk])
    opened = fields_of(author.get(address), "article_form")
    publish([article.pk])

    sent = {**opened, "body": ["An hour of <work>"], "_save": "1"}
    refused = author.client.post(address, sent)

    assert refused.status_code == 403
    assert "you may not change this article any more" in refused.text
    assert "An hour of &lt;work&gt;" in refused.text
    assert Article.objects.get().body == "Text"
    again = author.page(article)
    assert "An hour of &lt;work&gt;" in again.text

    gone = author.post(again, "article", "_ask", _discard=latest())

    assert "An hour of" not in gone.text
    assert not Autosave.objects.exists()


def test_what_the_page_had_kept_before_the_right_went_is_shown_to_its_writer_alone(author, editor):
    article, _page = begun_by(author)
    autosave(author, article, title="Half a thought")
    publish([article.pk])

    assert "Half a thought" in author.page(article).text
    assert "Half a thought" not in editor.page(article).text
