"""Several editors in one queue: nobody is led to what somebody else has open, and nothing is held for ever."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.unsaved import HELD, arrive
from corpusapp.models import Presence
from tests.admin.conftest import Desk, messages_of
from tests.admin.test_reviewing import NEXT, QUEUE, press, screen
from tests.editing.test_two_at_once import at_once
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return ArticleFactory.create_batch(3)


@pytest.fixture
def other(desk):
    return desk("editor")


def test_second_editor_begins_where_the_first_is_not(editor, other, three):
    first = editor.get(NEXT)
    second = other.get(NEXT)

    assert [first.url, second.url] == [screen(three[0]), screen(three[1])]


@pytest.mark.parametrize("button", ["_approve", "_approve_draft", "_skip", "_refuse"])
def test_every_way_on_leads_past_what_others_have_open(editor, other, three, button):
    other.get(screen(three[1]))

    response = press(editor, three[0], button, why="x")

    assert response.url == screen(three[2])


def test_own_open_articles_are_not_passed_over(editor, three):
    editor.get(screen(three[0]))

    assert editor.get(NEXT).url == screen(three[0])


def test_opening_one_directly_works_and_says_who_has_it(editor, other, three):
    editor.get(NEXT)

    shown = other.get(screen(three[0]))

    assert shown.status_code == 200
    assert f"{editor.user.username} is editing this article, too." in shown.text


@pytest.mark.usefixtures("three")
def test_queue_page_says_who_has_what_open(editor, other):
    editor.get(NEXT)

    shown = other.get(QUEUE)

    assert f"{editor.user.username} has it open" in shown.text
    assert f"{editor.user.username} has it open" not in editor.get(QUEUE).text


def test_what_is_decided_or_left_for_later_is_held_no_longer(editor, other, three):
    press(editor, three[0], "_skip")

    assert other.get(NEXT).url == screen(three[0])


def test_after_some_minutes_without_a_word_it_is_free_again(editor, other, three):
    editor.get(NEXT)
    Presence.objects.update(seen_at=timezone.now() - HELD - timedelta(seconds=1))

    assert other.get(NEXT).url == screen(three[0])


def close(desk, article, seen):
    address = reverse("admin:corpusapp_article_presence", args=[article.pk])
    return desk.client.post(address, {"gone": seen})


def test_closing_the_page_frees_it_at_once(editor, other, three):
    seen = editor.get(screen(three[0])).context["seen"]

    close(editor, three[0], seen)

    assert other.get(NEXT).url == screen(three[0])


@pytest.mark.parametrize("seen", ["", "yesterday", "9" * 60, "2020-01-01T00:00"])
def test_page_that_was_opened_again_since_stays_open(editor, other, three, seen):
    editor.get(screen(three[0]))

    close(editor, three[0], seen)

    assert other.get(NEXT).url == screen(three[1])


def test_where_others_have_all_the_rest_it_says_so(editor, other, three):
    for article in three:
        other.get(screen(article))

    response = editor.get(NEXT)

    assert response.url == QUEUE
    told = messages_of(editor.get(QUEUE))
    assert told == ["What else waits from here on, others have open now."]


@pytest.mark.parametrize("editors", [1, 6])
def test_way_on_costs_the_same_however_many_are_at_work(
    editor, editors, django_assert_max_num_queries
):
    for article in ArticleFactory.create_batch(editors):
        arrive(UserFactory(editor=True), article.pk)
    ArticleFactory()
    editor.get(NEXT)

    with django_assert_max_num_queries(
        16
    ):  # session, user, rights, five parts, the claim and its savepoint
        editor.get(NEXT)


@pytest.mark.django_db(transaction=True)
def test_four_who_ask_at_the_same_moment_get_four_articles():
    ArticleFactory.create_batch(4)
    desks = [Desk(UserFactory(editor=True)) for _ in range(4)]
    led = []

    at_once(*(lambda one=one: led.append(one.get(NEXT).url) for one in desks))

    assert len(set(led)) == 4


@pytest.mark.parametrize("button", ["_approve", "_approve_draft"])
def test_nobody_approves_what_came_since_the_page_was_opened(editor, other, button):
    article = ArticleFactory(title="Mine to look at", standfirst="As it was.")
    page = editor.get(screen(article))
    other.save(article, standfirst="Words that nobody else has seen.")

    answer = editor.post(page, "article", button, title="As I made it")

    article.refresh_from_db()
    assert (article.state, article.title) == ("review", "As I made it")
    assert article.standfirst == "Words that nobody else has seen."
    assert messages_of(answer)[-1] == (
        "“As I made it” has changed since you saw it. Look again, then decide."
    )
    assert answer.redirect_chain[-1][0].startswith(screen(article))
    press(editor, article, button)
    article.refresh_from_db()
    assert article.state != "review"


def test_nobody_publishes_what_came_since_the_page_was_opened(editor, other):
    article = ArticleFactory(title="Mine to look at", standfirst="As it was.", draft=True)
    page = editor.page(article)
    other.save(article, standfirst="Words that nobody else has seen.")

    answer = editor.post(page, "article", "_publish", title="As I made it")

    article.refresh_from_db()
    assert (article.state, article.title) == ("draft", "As I made it")
    assert messages_of(answer)[-1].endswith("Look again, then decide.")
    editor.save(article, "_publish")
    article.refresh_from_db()
    assert article.state == "published"
