"""Words of a long run are counted later, and in the end as if each had been counted at once."""

import os

import pytest
from django.db import OperationalError, connection, transaction

from corpusapp.editing.changes import kept
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, SearchCount, SearchEntry, SearchStale, SearchWord
from corpusapp.search import gathering
from corpusapp.search.contract import Scope
from corpusapp.search.engines import index
from corpusapp.search.gathering import words_gathered
from corpusapp.search.upkeep import differences, rebuild, set_up, tick
from corpusapp.search.word_counts import DOCUMENTS, Changes, counts
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)


def words():
    return sorted(SearchWord.objects.values_list("term", "public", "hidden"))


def as_made_anew():
    rebuild(lambda _done: None)
    return words()


def test_words_that_cannot_be_counted_are_told_without_a_traceback(articles, monkeypatch, caplog):
    def full(*_args, **_named):
        msg = "database or disk is full"
        raise OperationalError(msg)

    with words_gathered():
        index().put(article.pk for article in articles)
        monkeypatch.setattr(Changes, "write", full)

    (told,) = [record for record in caplog.records if "wait to be counted" in record.message]
    assert "disk is full" in told.message
    assert told.exc_info is None


@pytest.fixture
def articles():
    made = ArticleFactory.create_batch(3, body="Zebras run", published=True)
    made.append(ArticleFactory(body="A zebra hides", draft=True))
    for model in (SearchEntry, SearchStale, SearchCount, SearchWord):  # as if nobody had seen them
        model.objects.all().delete()
    return made


def indexed(articles):
    with transaction.atomic():
        index().put([article.pk for article in articles])


def test_at_the_end_of_a_run_its_words_are_counted_as_if_each_had_been_at_once(articles):
    with words_gathered():
        indexed(articles[:2])
        assert counts(["zebras"], Scope.DESK) == {}
        indexed(articles[2:])

    assert counts(["zebras", "zebra_", "zebra"], Scope.PUBLIC) == {"zebras": 3, "zebra_": 3}
    assert not SearchEntry.objects.waiting().exists()
    assert words() == as_made_anew()


def test_so_are_those_of_very_many_before_the_end(articles, monkeypatch):
    monkeypatch.setattr(gathering, "_MOST", 2)

    with words_gathered():
        indexed(articles[:2])
        assert counts(["zebras"], Scope.PUBLIC) == {"zebras": 2}


def test_a_batch_that_is_rolled_back_is_not_counted(articles):
    with words_gathered():
        with transaction.atomic():
            index().put([articles[0].pk])
            transaction.set_rollback(True)
        indexed(articles[1:3])

    assert counts(["zebras"], Scope.PUBLIC) == {"zebras": 2}


@pytest.mark.parametrize("again", ["changed", "binned"])
def test_what_an_editor_changes_meanwhile_is_counted_once_and_as_it_is(articles, again):
    with words_gathered():
        indexed(articles)
        gathered, gathering._this.gathered = gathering._this.gathered, None  # an editor's process
        with recounted([articles[0].pk]):
            row = Article.objects.filter(pk=articles[0].pk)
            if again == "changed":
                row.update(body="A lion walks")
            else:
                row.update(binned_at=articles[1].created_at)
        gathering._this.gathered = gathered
    tick()

    assert counts(["zebras"], Scope.PUBLIC) == {"zebras": 2}
    assert not SearchEntry.objects.waiting().exists()
    assert words() == as_made_anew()


def test_the_words_of_a_run_that_was_killed_are_counted_by_whoever_comes_next(articles):
    with words_gathered():
        indexed(articles)
        gathering._this.gathered._changes.articles = 0  # so that nothing is written at the end
    SearchEntry.objects.update(uncounted=f"{gathering.platform.node()[:30]}/{dead()}/{9**11}/0")

    assert list(differences()) == [
        (
            "the words of 4 articles wait to be counted",
            "`manage.py db_worker` does it within a minute; see that it runs",
        )
    ]
    tick()

    assert list(differences()) == []
    assert counts(["zebras"], Scope.PUBLIC) == {"zebras": 3}
    assert words() == as_made_anew()


@pytest.mark.parametrize("end", [lambda: kept(()), tick], ids=["a run", "the minute's tick"])
def test_whoever_counts_what_was_left_behind_adds_it_up_too(end):
    # too many to be added up at once
    ArticleFactory.create_batch(6, body="Zebras run", published=True)
    tick()
    SearchWord.objects.all().delete()
    SearchEntry.objects.update(uncounted=f"{gathering.platform.node()[:30]}/{dead()}/{9**11}/0")

    end()

    assert not SearchCount.objects.exists()
    assert counts([DOCUMENTS, "zebras"], Scope.PUBLIC) == {DOCUMENTS: 6, "zebras": 6}
    assert list(differences()) == []
    assert words() == as_made_anew()


def test_words_that_wait_to_be_added_up_are_told(articles):
    changes = Changes()
    indexed(articles)
    changes.articles = 9
    changes.public.general["zebras"] = 9

    changes.write()

    assert [what for what, _remedy in differences()] == [
        "the counted words of 9 articles wait to be added up"
    ]


def dead():
    """The number of a process that has ended."""
    process = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(process, 0)
    return process


def test_the_words_of_a_run_under_way_are_left_to_it(articles):
    with words_gathered():
        indexed(articles)
        mine, gathering._this.gathered = gathering._this.gathered, None
        living = f"{gathering.platform.node()[:30]}/{os.getppid()}/{9**11}/0"
        elsewhere = f"another host/1/{gathering.time.time():.0f}/0"
        for name in (living, elsewhere):
            SearchEntry.objects.update(uncounted=name)
            tick()
            assert SearchEntry.objects.waiting().count() == 4

        SearchEntry.objects.update(uncounted="another host/1/1000/0")  # long ago
        tick()
        assert SearchEntry.objects.waiting().count() == 0
        gathering._this.gathered = mine


@pytest.mark.sqlite
def test_an_index_of_an_earlier_form_is_filled_anew(articles):
    indexed(articles)
    with connection.cursor() as cursor:
        for table in ("corpusapp_search_public", "corpusapp_search_hidden"):
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(title, body, content='')")

    set_up()
    tick()

    assert counts(["zebras"], Scope.PUBLIC) == {"zebras": 3}
    assert list(differences()) == []
