from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from corpusapp.editing.publish import Moved, hold, publish, put_in_bin, take_from_bin, withdraw
from corpusapp.models import Article, State
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("trait", ["draft", "withdrawn", "undated"])
def test_publishing_makes_public_now(trait):
    article = ArticleFactory(**{trait: True})

    with time_machine.travel(NOW, tick=False):
        moved = publish([article.pk])

    article.refresh_from_db()
    assert moved == Moved(1)
    assert (article.state, article.live_from, article.withdrawn_at) == (State.PUBLISHED, NOW, None)
    assert article.version == 2


def test_publishing_for_later_hides_until_then():
    article = ArticleFactory()

    publish([article.pk], timezone.now() + timedelta(hours=1))

    assert list(Article.objects.published()) == []
    assert list(Article.objects.scheduled()) == [article]


def test_published_article_keeps_its_first_moment():
    article = ArticleFactory(published=True)
    before = article.live_from

    moved = publish([article.pk])

    article.refresh_from_db()
    assert (moved.moved, article.live_from, article.version) == (0, before, 1)


def test_without_title_or_text_nothing_is_published():
    untitled = ArticleFactory(title="")
    empty = ArticleFactory(title="Only a title", body="")

    moved = publish([untitled.pk, empty.pk])

    assert moved.moved == 0
    assert set(moved.held) == {untitled.public_id, "Only a title"}
    assert not Article.objects.published().exists()


def test_bin_is_not_published_from():
    article = ArticleFactory(binned=True)

    assert publish([article.pk]) == Moved(0)


def test_withdrawn_after_having_been_public_is_told_to_readers():
    article = ArticleFactory(published=True)

    moved = withdraw([article.pk], "At the author's wish.")

    article.refresh_from_db()
    assert moved == Moved(1)
    assert article.withdrawal_note == "At the author's wish."
    assert list(Article.objects.once_public()) == [article]


def test_withdrawn_before_anybody_saw_it_is_as_if_it_never_was():
    article = ArticleFactory(scheduled=True)

    withdraw([article.pk])

    assert not Article.objects.once_public().exists()


def test_withdrawing_without_a_note_keeps_the_note_that_stands():
    article = ArticleFactory(published=True, withdrawal_note="As it stood.")

    withdraw([article.pk])

    article.refresh_from_db()
    assert article.withdrawal_note == "As it stood."


def test_only_published_articles_are_withdrawn():
    article = ArticleFactory(draft=True)

    assert withdraw([article.pk]) == Moved(0)


@pytest.mark.parametrize("state", [State.REVIEW, State.DRAFT])
@pytest.mark.parametrize("trait", ["published", "scheduled", "withdrawn"])
def test_held_article_is_out_of_sight_and_forgotten(trait, state):
    article = ArticleFactory(**{trait: True})

    moved = hold([article.pk], state)

    article.refresh_from_db()
    assert moved == Moved(1)
    assert (article.state, article.live_from, article.withdrawn_at) == (state, None, None)


def test_holding_what_is_held_changes_nothing():
    article = ArticleFactory(draft=True)

    assert hold([article.pk], State.DRAFT) == Moved(0)


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_holding_moves_to_review_or_draft_only(state):
    with pytest.raises(ValueError, match="review or draft"):
        hold([ArticleFactory().pk], state)


def test_bin_keeps_the_state_for_the_way_back():
    article = ArticleFactory(published=True)

    binned = put_in_bin([article.pk])
    again = put_in_bin([article.pk])
    hidden = list(Article.objects.published())
    restored = take_from_bin([article.pk])

    assert (binned.moved, again.moved, hidden, restored.moved) == (1, 0, [], 1)
    assert list(Article.objects.published()) == [article]


def test_taking_from_the_bin_what_is_not_in_it_changes_nothing():
    article = ArticleFactory()

    assert take_from_bin([article.pk]) == Moved(0)


@pytest.mark.parametrize("deed", [publish, withdraw, put_in_bin, take_from_bin])
def test_nothing_and_nobody_known_are_no_error(deed):
    assert deed([]).moved == deed([999_999]).moved == 0
