"""What editors alone set in an article has a history, too: pictures, series, moments, choices, words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.read_next import choose, chosen
from corpusapp.editing.undescribed import UNDESCRIBED
from corpusapp.models import Article, Glossary, Picture, Revision, Series
from tests.admin.conftest import messages_of
from tests.admin.test_article_history import changed, history, restore
from tests.factories import ArticleFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def picture(name="Harbour", **words):
    return Picture.objects.create(
        name=name, width=900, height=600, sizes=[[900, 600]], **{"alt_en": "A harbour", **words}
    )


def told_picture(shown):
    words = {"credit", "alt_en", "alt_zh_hans", "alt_zh_hant", "is_decorative"}
    return {"id": shown.pk, "name": shown.name, **{name: getattr(shown, name) for name in words}}


def last():
    return Revision.objects.latest("pk").changes


def test_lead_picture_is_compared_and_restored(editor):
    first, second = picture("Harbour", credit="Ana"), picture("Crane", alt_en="A crane")
    article = ArticleFactory(picture=first)

    editor.save(article, picture=second.pk, caption="New")
    page = history(editor, article)
    restore(editor, article, 0, "picture")

    article.refresh_from_db()
    assert set(changed(page)) == {"picture", "caption"}
    assert "Harbour" in page.text
    assert "what it shows, in English: " in page.text
    assert (article.picture, article.caption) == (first, "New")


def test_words_of_a_picture_are_in_the_history_of_each_article_it_leads(editor):
    shown = picture(credit="Ana")
    articles = ArticleFactory.create_batch(2, picture=shown)

    editor.save(shown, credit="Ben", alt_en="A crane")
    page = history(editor, articles[0])
    restore(editor, articles[0], 0, "picture")

    shown.refresh_from_db()
    assert changed(page) == {"picture": (["Ana", "harbour"], ["Ben", "crane"])}
    assert (shown.credit, shown.alt_en) == ("Ana", "A harbour")
    assert [one.kind for one in Revision.objects.filter(article=articles[1])] == [
        "edited",
        "restored",
    ]


def test_picture_that_shows_something_again_is_doubted_in_the_texts_it_stands_in(editor):
    shown = picture(is_decorative=True)
    article = ArticleFactory(picture=shown)
    other = ArticleFactory(body=f"Text.\n\n![]({shown.address(900, 600, 'jpg')})")
    Revision.objects.create(
        article=article,
        at=timezone.now(),
        version=1,
        changes={"picture": [{**told_picture(shown), "is_decorative": False}, None]},
    )

    restore(editor, article, 0, "picture")

    shown.refresh_from_db()
    assert not shown.is_decorative
    assert [doubt.code for doubt in other.doubts.open()] == [UNDESCRIBED]


def test_picture_that_is_gone_cannot_come_back(desk):
    admin = desk("superuser")
    gone = picture()
    article = ArticleFactory(picture=gone)
    admin.save(article, picture="")
    admin.client.post(
        reverse("admin:corpusapp_picture_delete", args=[gone.pk]), {"post": "yes"}, follow=True
    )
    assert not Picture.objects.exists()

    page = restore(admin, article, 0)

    assert last()["picture"][1] is None
    assert messages_of(page) == [
        "Left as it is, because the article cannot stand otherwise: lead picture."
    ]


def test_place_in_a_series_comes_back_while_it_is_free(editor):
    series = SeriesFactory()
    article = ArticleFactory(series=series, series_position=2)
    editor.save(article, series="", series_position="")

    restore(editor, article, 0, "series")
    article.refresh_from_db()
    assert (article.series, article.series_position) == (series, 2)

    restore(editor, article, 1, "series")
    ArticleFactory(series=series, series_position=2)
    page = restore(editor, article, 0, "series")

    article.refresh_from_db()
    assert article.series is None
    assert "cannot stand otherwise: series" in " ".join(messages_of(page))


def test_series_that_is_gone_stays_gone(editor):
    article = ArticleFactory(series=SeriesFactory())
    editor.save(article, series="")
    Series.objects.all().delete()

    restore(editor, article, 0)

    article.refresh_from_db()
    assert article.series is None


def test_choices_of_editors_are_restored(editor):
    first, second = ArticleFactory.create_batch(2, published=True)
    article = ArticleFactory(editors_choice=True, withdrawal_note="Old")
    choose(article.pk, [first.pk, second.pk])

    editor.save(
        article, editors_choice=[], withdrawal_note="New", read_next=[str(second.pk)], why="Tidier"
    )
    page = history(editor, article)
    restore(editor, article, 0)

    article.refresh_from_db()
    assert set(changed(page)) == {"editors_choice", "withdrawal_note", "read_next"}
    assert (article.editors_choice, article.withdrawal_note) == (True, "Old")
    assert chosen(article.pk) == [first.pk, second.pk]


def test_words_of_an_article_alone_are_restored(desk):
    editor = desk("superuser")
    article = ArticleFactory(language="zh-Hans")
    Glossary.objects.create(article=article, simplified="里程", traditional="哩程")
    version = article.version
    editor.save(
        article,
        **{"glossary-0-traditional": "里程"},
    )
    article.refresh_from_db()
    assert article.version == version + 1

    restore(editor, article, 0)

    assert list(article.glossary.values_list("simplified", "traditional")) == [("里程", "哩程")]


def test_planned_moment_is_restored_and_hides_nothing_that_is_public(editor):
    later = timezone.now().replace(microsecond=0) + timedelta(days=3)
    article = ArticleFactory(draft=True, live_from=later)
    editor.save(article, live_from_0="", live_from_1="")
    restore(editor, article, 0, "live_from")
    article.refresh_from_db()
    assert article.live_from == later

    editor.save(article, live_from_0="", live_from_1="")
    editor.save(article, "_publish")
    page = restore(editor, article, 0)

    article.refresh_from_db()
    assert article.is_public()
    assert "cannot stand otherwise: public from" in " ".join(messages_of(page))


def test_move_of_many_is_in_the_history_of_what_it_changed(editor):
    article = ArticleFactory()

    editor.do("publish_chosen", [article], held_too="")

    assert set(last()) == {"live_from"}
    assert Revision.objects.get().kind == "moved"
    assert history(editor, article).context["versions"][0].what == "Published"


def test_history_says_which_move_it_was(editor):
    article = ArticleFactory()

    editor.do("publish_chosen", [article], held_too="")
    editor.do("review_chosen", [article], sure="1")
    editor.do("publish_chosen", [article], held_too="")

    told = [version.what for version in history(editor, article).context["versions"]]
    assert told == [
        *("Published", "Taken out of readers’ sight", "Published"),
        "As it was imported or begun",
    ]


def test_who_may_not_publish_restores_nothing_that_readers_are_shown(desk, editor):
    author = desk("author")
    author.post(
        author.get(reverse("admin:corpusapp_article_add")), "article", title="One", body="Text"
    )
    article = Article.objects.get()
    editor.save(article, editors_choice="on", title="Two")

    page = restore(author, article, 0)

    article.refresh_from_db()
    assert (article.title, article.editors_choice) == ("One", True)
    assert "What readers are shown, and when, an editor decides: that stays." in messages_of(page)


def test_older_revision_without_these_fields_reads_and_restores(editor):
    article = ArticleFactory(title="Two", editors_choice=True)
    Revision.objects.create(
        article=article,
        at=timezone.now(),
        version=1,
        changes={"title": ["One", "Two"], "body": ["Old text", {"sha256": "0" * 64}]},
    )

    page = history(editor, article)
    restore(editor, article, 0)

    article.refresh_from_db()
    assert set(changed(page)) == {"title", "body"}
    assert (article.title, article.body, article.editors_choice) == ("One", "Old text", True)
