"""Before one article is published over a doubt, withdrawn or binned, a page says what that changes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from corpusapp.editing.linking import note_links
from corpusapp.models import Article, State
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, DoubtFactory, SectionFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def effects(desk, article, button):
    return desk.save(article, button).context["effects"]


def page_of(article, name):
    return reverse("admin:corpusapp_article_move", args=[article.pk, name])


def test_withdrawing_says_what_readers_find_then(editor):
    article = ArticleFactory(
        published=True,
        language="zh-Hans",
        series=SeriesFactory(name="Winters"),
        withdrawal_note="At the author’s wish.",
    )
    for other in (ArticleFactory(published=True), ArticleFactory(draft=True)):
        note_links({other.pk: f"[x](article:{article.public_id})"})

    assert effects(editor, article, "_withdraw") == [
        f"/zh-hans/articles/{article.public_id}/ answers that the article was withdrawn.",
        f"/zh-hant/articles/{article.public_id}/ answers that the article was withdrawn.",
        "Readers who come there are told: “At the author’s wish.”",
        "It leaves the lists, the feeds, the search and the sitemap at once.",
        "The link to it in 1 other article leads nowhere then.",
        "The series “Winters” goes on without it.",
    ]
    article.refresh_from_db()
    assert article.state == State.PUBLISHED


def test_the_bin_leaves_nothing_at_the_address(editor):
    article = ArticleFactory(published=True)

    assert effects(editor, article, "_bin") == [
        f"/en/articles/{article.public_id}/ answers as if there had never been an article.",
        "It leaves the lists, the feeds, the search and the sitemap at once.",
        "It leaves every list of the desk but the bin, from which it can be brought back.",
    ]


def test_of_what_readers_do_not_see_nothing_changes_for_them(editor):
    assert effects(editor, ArticleFactory(draft=True), "_bin")[0] == (
        "Readers do not see it now, so nothing changes for them."
    )
    with time_machine.travel(datetime.fromisoformat("2026-03-10T09:00+00:00"), tick=False):
        planned = ArticleFactory(scheduled=True)
        assert effects(editor, planned, "_withdraw") == [
            "Readers have not seen it; it will not appear on 2026-03-11 09:00."
        ]


def test_publishing_over_a_doubt_names_it_and_where_readers_find_the_article(editor):
    article = DoubtFactory(holds=True, code="title_uncertain", field="title").article

    asked = editor.save(article, "_publish", standfirst="And saved")

    article.refresh_from_db()
    assert (article.state, article.standfirst) == (State.REVIEW, "And saved")
    assert "The title is a guess; other lines may be it." in asked.text
    assert asked.context["effects"][0] == f"Readers find it at /en/articles/{article.public_id}/."

    done = editor.client.post(page_of(article, "_publish"), {"why": ""}, follow=True)

    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    assert messages_of(done) == [f"“{article}” is published."]


def test_publishing_over_a_doubt_at_a_later_moment_says_when(editor):
    article = DoubtFactory(holds=True, code="title_uncertain", field="title").article
    Article.objects.filter(pk=article.pk).update(live_from=datetime(2999, 1, 2, 3, 4, tzinfo=UTC))

    done = editor.client.post(page_of(article, "_publish"), {"why": ""}, follow=True)

    assert messages_of(done) == [
        f"“{article}” is scheduled: readers see it from 2999-01-02 03:04 on."
    ]


@pytest.mark.parametrize(
    ("title", "body", "needs"),
    [("", "x", "a title"), ("x" * 300, "", "a text"), ("", "", "a title and a text")],
)
def test_what_an_article_lacks_is_named(editor, title, body, needs):
    article = ArticleFactory(title=title, body=body, draft=True)

    done = editor.client.post(page_of(article, "_publish"), {"why": ""}, follow=True)

    shown = f"{title[:119]}…" if title else f"[{article.public_id}]"
    assert messages_of(done) == [f"“{shown}” needs {needs} first."]


def test_each_address_that_the_page_names_answers_as_it_says(editor, client):
    article = ArticleFactory(published=True)
    there = f"/en/articles/{article.public_id}/{article.slug}/"
    assert client.get(there).status_code == 200

    editor.move(article, "_withdraw", why="The author asked")
    assert client.get(there).status_code == 410
    editor.move(article, "_bin")
    assert client.get(there).status_code == 404


def test_page_asks_the_same_rights_as_the_button(author, reader, desk):
    article = ArticleFactory(published=True)
    section = SectionFactory()
    limited = desk("editor")
    section.editors.add(limited.user)

    for one in (author, reader, limited):
        for name in ("_withdraw", "_bin", "_review", "_publish"):
            assert one.client.post(page_of(article, name), {"why": "x"}).status_code == 403

    assert Article.objects.published().get() == article


def test_what_cannot_be_done_any_more_is_told(editor):
    article = ArticleFactory(draft=True)

    answer = editor.client.post(page_of(article, "_withdraw"), {"why": "x"}, follow=True)

    assert messages_of(answer) == [f"That cannot be done with “{article}” as it stands now."]
    assert editor.get(page_of(article, "_nonsense")).status_code == 404


@pytest.mark.parametrize("leading", [1, 6])
def test_page_costs_the_same_however_many_lead_there(editor, leading, django_assert_num_queries):
    article = ArticleFactory(published=True, series=SeriesFactory())
    for other in ArticleFactory.create_batch(leading, published=True):
        note_links({other.pk: f"[x](article:{article.public_id})"})

    # session, user, rights of user and groups, sections, the article, its series, links to it, and
    # whether a doubt holds it
    with django_assert_num_queries(9):
        editor.get(page_of(article, "_withdraw"))
