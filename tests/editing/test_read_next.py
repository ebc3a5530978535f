"""What to read next is kept up to date in the background, by what changed and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.editing import read_next
from corpusapp.editing.publish import publish, withdraw
from corpusapp.editing.read_next import choose, chosen, refresh
from corpusapp.models import Article, Related, TextProfile
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

HARBOUR = "The harbour master counted ferries, ropes and lanterns along the old quay."
ORCHARD = "Frost came to the orchard, and the apple blossom fell before the bees woke."


def article(title, *texts, **columns):
    return ArticleFactory(published=True, title=title, body="\n\n".join(texts), **columns)


def kept(one):
    rows = Related.objects.filter(article=one).order_by("-closeness")
    return [row.other.title for row in rows.select_related("other")]


@pytest.fixture
def corpus():
    """Two of harbours, two of orchards, and some of neither, so that words differ in rarity."""
    for number in range(6):
        article(f"Other {number}", f"The matter{number} and the thing{number}, to and before.")
    return (
        article("Ferries", HARBOUR, "Winter ferries."),
        article("Lanterns", HARBOUR, "Lanterns at night."),
        article("Apples", ORCHARD, "Apples."),
        article("Bees", ORCHARD, "Bees."),
    )


def test_texts_about_the_same_find_each_other(corpus):
    refresh()

    assert [kept(one)[0] for one in corpus] == ["Lanterns", "Ferries", "Bees", "Apples"]
    assert not {"Apples", "Bees"} & set(kept(corpus[0]))


@pytest.mark.usefixtures("corpus")
def test_second_refresh_has_nothing_to_do():
    assert refresh() == 10
    assert refresh() == 0


def test_what_is_published_later_takes_its_place_in_earlier_lists_and_costs_itself_alone(corpus):
    refresh()
    article("Quay", HARBOUR, "The quay.")

    assert refresh() == 1

    assert set(kept(corpus[0])) == {"Lanterns", "Quay"}


def test_changed_text_changes_places(corpus):
    refresh()
    moved = corpus[1]
    moved.body, moved.title, moved.version = ORCHARD, "Pears", moved.version + 1
    moved.save()

    refresh()

    assert kept(corpus[0]) == []
    assert "Pears" in kept(corpus[2])


def test_withdrawn_article_leaves_and_comes_back(corpus):
    refresh()
    withdraw([corpus[1].pk])

    refresh()
    assert (kept(corpus[0]), kept(corpus[1])) == ([], [])

    publish([corpus[1].pk])
    refresh()
    assert (kept(corpus[0]), kept(corpus[1])) == (["Lanterns"], ["Ferries"])


def test_both_chinese_scripts_are_near_each_other():
    for number in range(4):
        article(f"文{number}", f"第{number}个完全不同的题目。", language="zh-Hans")
    hans = article("港口", "多边主义与全球治理。多边主义是治理。", language="zh-Hans")
    hant = article("碼頭", "多邊主義與全球治理。多邊主義是治理。", language="zh-Hant")

    refresh()

    assert (kept(hans), kept(hant)) == (["碼頭"], ["港口"])


def test_profiles_are_made_anew_once_the_corpus_has_grown_fourfold(corpus):
    refresh()
    TextProfile.objects.filter(article=corpus[0]).update(measured=1)

    assert refresh() == 1
    assert TextProfile.objects.get(article=corpus[0]).measured == 10


def test_hidden_articles_have_no_profile_among_the_placed(corpus):
    ArticleFactory(title="Draft", body=HARBOUR)
    ArticleFactory(title="Later", body=HARBOUR, scheduled=True)

    refresh()

    read = TextProfile.objects.values_list("article__title", flat=True)
    assert not {"Draft", "Later"} & set(read)
    assert kept(corpus[0]) == ["Lanterns"]


def test_short_words_that_stand_everywhere_bring_nobody_together():
    for number in range(8):
        article(f"Matter{number}", f"It is of us to do so at no {number}th place.")
    apart = (
        article("Ferries", "It is of us to do so at no ferry."),
        article("Bees", "It is of us to do so at no hive."),
    )

    refresh()

    assert not Related.objects.filter(article__in=apart, other__in=apart).exists()


def test_text_that_says_nothing_is_near_nothing_and_not_asked_about_again():
    article("…", "!")

    assert (refresh(), refresh()) == (1, 0)


def test_choice_keeps_its_order_and_takes_over_what_the_texts_had(corpus):
    refresh()
    ferries, lanterns, apples, _bees = corpus

    choose(ferries.pk, [apples.pk, lanterns.pk, ferries.pk, apples.pk])

    assert chosen(ferries.pk) == [apples.pk, lanterns.pk]
    refresh()
    assert Related.objects.filter(article=ferries).count() == 2

    choose(ferries.pk, [])
    assert chosen(ferries.pk) == []


def test_first_refresh_of_many_gives_the_earliest_their_lists_too(monkeypatch):
    """The latest holders of a word are looked at; they must have their profiles by then."""
    monkeypatch.setattr(read_next, "_AT_ONCE", 2)
    monkeypatch.setattr(read_next, "_HOLDERS", 3)
    for number in range(12):
        article(f"Other {number}", f"The matter{number} and the thing{number}.")
    many = [article(f"Ferry {letter}x", HARBOUR) for letter in "abcdefgh"]

    refresh()

    assert all(kept(one) for one in many)
    assert TextProfile.objects.filter(is_placed=False).count() == 0


# In the background --------------------------------------------------------------------------------


@pytest.fixture
def quiet(monkeypatch):
    """As in a process that has not asked yet."""
    monkeypatch.setattr(read_next, "_asked_at", 0.0)


@pytest.mark.usefixtures("quiet")
def test_many_changes_are_one_piece_of_work_some_seconds_later():
    for _ in range(3):
        read_next.request_refresh()

    task = DBTaskResult.objects.get()
    assert timedelta(0) < task.run_after - timezone.now() <= timedelta(seconds=5)
    assert not DBTaskResult.objects.ready().exists()


def test_another_process_sees_that_it_is_asked_for(monkeypatch):
    for _ in range(2):
        monkeypatch.setattr(read_next, "_asked_at", 0.0)
        read_next.request_refresh()
    assert DBTaskResult.objects.count() == 1

    monkeypatch.setattr(read_next, "_asked_at", 0.0)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        read_next.request_refresh()  # the first may have begun by now, and have missed this

    assert DBTaskResult.objects.count() == 2


@pytest.mark.usefixtures("quiet")
def test_publishing_asks_for_it_and_the_worker_does_it(corpus, django_capture_on_commit_callbacks):
    draft = ArticleFactory(title="Quay", body=HARBOUR)
    with django_capture_on_commit_callbacks(execute=True):
        publish([draft.pk])
    assert DBTaskResult.objects.count() == 1

    read_next.refresh_read_next.func()

    assert set(kept(corpus[0])) == {"Lanterns", "Quay"}
    assert Article.objects.get(pk=draft.pk).nearby.exists()


def test_new_choice_has_the_nearest_chosen_anew(corpus):
    refresh()
    here, other = corpus[0], corpus[2]

    choose(here.pk, [other.pk])
    assert TextProfile.objects.filter(is_placed=False).get().article_id == here.pk
    assert refresh() == 1

    choose(here.pk, [other.pk])
    assert refresh() == 0
