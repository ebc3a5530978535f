"""Corrections and retractions at the desk: looked at, recorded, listed, changed, taken back."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from corpusapp.editing.correcting import record
from corpusapp.models import Article, AuditEntry, Correction
from tests.admin.conftest import messages_of
from tests.factories import ArticleFactory, SectionFactory

LIST = reverse("admin:corpusapp_correction_changelist")
NOTICE = {"kind": "correction", "made_on": "2026-03-02", "text": "Not 1915 but 1914."}
pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return ArticleFactory(published=True, title="On Peace")


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel("2026-03-10 09:00Z", tick=False):
        yield


def page_of(article):
    return reverse("admin:corpusapp_article_corrections", args=[article.pk])


def post(desk, article, button="_record", **changes):
    return desk.client.post(page_of(article), {**NOTICE, **changes, button: "1"}, follow=True)


def told():
    return list(Correction.objects.values_list("kind", "made_on", "text"))


def test_a_look_shows_the_words_and_the_places_and_records_nothing(editor, article):
    shown = post(editor, article, "_look").context["shown"]

    assert shown.heading == "Correction, 2 March 2026:"
    assert [place.address for place in shown.places] == [
        f"/en/articles/{article.public_id}/on-peace/",
        "/en/corrections/",
        "/en/feed.atom",
        f"/api/v1/articles/{article.public_id}",
    ]
    assert told() == []


def test_each_place_that_the_look_names_has_it_afterwards(editor, article, client):
    shown = post(editor, article, "_look").context["shown"]
    for place in shown.places:
        assert NOTICE["text"] not in client.get(place.address).text

    post(editor, article)

    for place in shown.places:
        assert NOTICE["text"] in client.get(place.address).text


def test_a_chinese_notice_reads_in_the_words_of_its_page_and_shows_on_both_shelves(editor):
    article = ArticleFactory(published=True, language="zh-Hant", title="論和平")

    shown = post(editor, article, "_look", text="應為一九一四年。").context["shown"]

    assert shown.heading == "更正（2026年3月2日）："
    assert [place.address.split("/")[1] for place in shown.places] == [
        *["zh-hant"] * 3,
        *["zh-hans"] * 3,
        "api",
    ]


def test_recording_is_told_in_the_trail_and_moves_the_article_on(editor, article):
    Article.objects.filter(pk=article.pk).update(updated_at="2026-01-01T00:00Z")

    response = post(editor, article)

    assert messages_of(response) == ["Recorded. Readers see it from now on."]
    assert told() == [("correction", date(2026, 3, 2), "Not 1915 but 1914.")]
    entry = AuditEntry.objects.get(kind="article")
    assert (entry.who, entry.called, entry.details) == (
        editor.user.username,
        "On Peace",
        {"correction": "Not 1915 but 1914."},
    )
    article.refresh_from_db()
    assert f"{article.updated_at:%Y-%m-%d}" == "2026-03-10"
    history = editor.get(reverse("admin:corpusapp_article_history", args=[article.pk]))
    assert "correction: Not 1915 but 1914." in history.text


def test_of_a_draft_it_is_said_that_readers_do_not_see_it_yet(editor):
    article = ArticleFactory(draft=True)

    assert "Readers do not see this article now." in post(editor, article, "_look").text
    assert messages_of(post(editor, article)) == [
        "Recorded. Readers see it as soon as they see the article."
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "  "}, "This field is required."),
        ({"made_on": "2026-03-11"}, "Readers are told of what was done, not of what will be."),
        ({"made_on": "yesterday"}, "Enter a valid date."),
        ({"kind": "rumour"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_told_is_refused(editor, article, changes, said):
    response = post(editor, article, **changes)

    assert said in response.text
    assert told() == []


def test_an_article_is_retracted_once(editor, article):
    post(editor, article, kind="retraction")

    response = post(editor, article, kind="retraction")

    assert "This article is retracted already." in response.text
    assert len(told()) == 1


def test_of_two_who_retract_at_once_the_second_is_told(editor, article, monkeypatch):
    def quicker(correction):
        Correction.objects.create(article=article, kind="retraction", text="First.")
        with transaction.atomic():
            record(correction)

    monkeypatch.setattr("corpusapp.admin.correction.record", quicker)

    response = post(editor, article, kind="retraction")

    assert messages_of(response) == ["This article is retracted already."]
    assert [text for _kind, _day, text in told()] == ["First."]


def test_list_leads_to_each_which_is_changed_and_taken_back(editor, article):
    post(editor, article)
    correction = Correction.objects.get()
    assert "Not 1915 but 1914." in editor.get(LIST).text
    assert editor.get(LIST, kind__exact="retraction").context["cl"].result_count == 0

    editor.save(correction, text="Neither 1915 nor 1914.")
    assert told() == [("correction", date(2026, 3, 2), "Neither 1915 nor 1914.")]
    there = reverse("admin:corpusapp_correction_delete", args=[correction.pk])
    editor.client.post(there, {"post": "yes"})

    assert told() == []
    assert [entry.details for entry in AuditEntry.objects.filter(kind="article")] == [
        {"correction_taken_back": "Neither 1915 nor 1914."},
        {"correction_changed": "Neither 1915 nor 1914."},
        {"correction": "Not 1915 but 1914."},
    ]


def test_who_may_not_change_the_article_tells_readers_nothing(author, reader, desk, article):
    section = SectionFactory()
    limited = desk("editor")
    section.editors.add(limited.user)
    correction = Correction.objects.create(article=article, text="Not so.")

    for one in (author, reader, limited):
        page = one.get(page_of(article))
        assert (page.status_code, page.context["form"]) == (200, None)
        assert post(one, article).status_code == 403
        there = reverse("admin:corpusapp_correction_change", args=[correction.pk])
        assert one.client.post(there, NOTICE).status_code == 403

    assert [text for _kind, _day, text in told()] == ["Not so."]


@pytest.mark.parametrize("notices", [1, 6])
def test_page_costs_the_same_however_much_is_told(
    editor, article, notices, django_assert_num_queries
):
    for number in range(notices):
        Correction.objects.create(article=article, text=f"{number}.")

    # session, user, rights of user and groups, sections, the article, what is told
    with django_assert_num_queries(7):
        editor.get(page_of(article))


@pytest.mark.parametrize("notices", [1, 6])
def test_list_costs_the_same_and_loads_no_bodies(
    editor, article, notices, django_assert_num_queries
):
    for number in range(notices):
        Correction.objects.create(article=article, text=f"{number}.")

    # session, user, rights of user and groups, count, page
    with django_assert_num_queries(6) as queries:
        editor.get(LIST)

    assert not any('"body"' in query["sql"] for query in queries.captured_queries)
