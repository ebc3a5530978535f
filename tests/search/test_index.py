"""The index is what the articles are, whoever wrote them and however."""

import pytest
from django.db import connection, transaction

from corpusapp.editing.totals import recounted
from corpusapp.models import (
    Article,
    AuthorName,
    SearchEntry,
    SearchStale,
    SearchWord,
    Section,
    State,
    TagSynonym,
)
from corpusapp.search import index as keeping
from corpusapp.search import sqlite_index as sqlite
from corpusapp.search.contract import Query, Scope
from corpusapp.search.documents import documents
from corpusapp.search.engines import engine, index
from corpusapp.search.upkeep import differences, rebuild, tick
from corpusapp.search.word_counts import counts
from tests.factories import ArticleFactory, BylineFactory, SectionFactory

pytestmark = pytest.mark.django_db


def found(text, scope=Scope.PUBLIC):
    return [hit.article_id for hit in engine().find(Query(f'"{text}"', scope=scope)).hits]


@pytest.fixture
def article():
    made = ArticleFactory(
        title="Old title",
        body="Old words",
        published=True,
        section=SectionFactory(name="Oldsection"),
        tags=["Oldtag"],
    )
    BylineFactory(article=made)
    return made


CHANGES = {
    "a form": lambda article: _saved(article, body="New words"),
    "a bulk update": lambda article: Article.objects.filter(pk=article.pk).update(body="New words"),
    "SQL": lambda article: connection.cursor().execute(
        "UPDATE corpusapp_article SET title = 'New words' WHERE id = %s", [article.pk]
    ),
    "a renamed author": lambda article: AuthorName.objects.create(
        author=article.bylines.get().author, text="New words"
    ),
    "a relabelled section": lambda article: Section.objects.filter(pk=article.section_id).update(
        label_en="New words"
    ),
    "a synonym": lambda article: TagSynonym.objects.create(
        tag=article.tags.get(), text="New words", key="new words"
    ),
}


def _saved(article, **columns):
    for name, value in columns.items():
        setattr(article, name, value)
    article.save()


@pytest.mark.parametrize("way", CHANGES)
def test_whatever_changes_is_noted_by_the_database_and_indexed(article, way):
    CHANGES[way](article)

    assert [what for what, _remedy in differences()] == ["1 changed articles wait to be indexed"]
    tick()
    assert found("new words") == [article.pk]
    assert list(differences()) == []


def test_what_is_taken_out_leaves_nothing_behind(article):
    for body in ("Quillonbrax one", "Zebra two", "Zebra three"):
        with recounted([article.pk]):
            Article.objects.filter(pk=article.pk).update(body=body)
            # a second change of the same transaction does not hide what is indexed still
            Article.objects.filter(pk=article.pk).update(state=State.DRAFT)
            Article.objects.filter(pk=article.pk).update(body=f"{body} again")
            Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED)

    assert found("quillonbrax") == found("old words") == []
    assert found("zebra") == [article.pk]
    assert counts(["quillonbrax", "zebra", "zebra_", "words"], Scope.DESK) == {
        "zebra": 1,
        "zebra_": 1,
    }
    assert list(differences()) == []


def test_an_article_that_is_deleted_is_gone_from_the_index(article):
    other = ArticleFactory(title="Stays", published=True)
    article.bylines.all().delete()
    Article.objects.filter(pk=article.pk).delete()
    tick()

    assert found("old") == []
    assert SearchEntry.objects.get().article_id == other.pk
    assert not SearchWord.objects.filter(term="old").exists()
    assert list(differences()) == []


class Broken(Exception):  # noqa: N818 - a deed that is broken off
    pass


def test_article_and_index_are_committed_together(article):
    def broken_off():
        with transaction.atomic():
            with recounted([article.pk]):
                Article.objects.filter(pk=article.pk).update(body="New words")
            assert found("new words") == [article.pk]
            raise Broken

    with pytest.raises(Broken):
        broken_off()

    assert found("new words") == []
    assert found("old words") == [article.pk]
    assert not SearchStale.objects.exists()


def test_nothing_is_written_for_what_the_index_holds_already(
    article, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        index().put([article.pk])

    assert found("old") == [article.pk]


def test_a_text_of_no_words_and_one_of_very_many_are_indexed(monkeypatch):
    monkeypatch.setattr("corpusapp.search.documents.MOST_TERMS", 100)
    empty = ArticleFactory(title="…", body="—", published=True)
    long = ArticleFactory(title="Long", body="zebra " * 90 + "last " * 90, published=True)
    enormous = ArticleFactory(title="Words", body=" ".join(f"x{n}y" * 15 for n in range(99)))
    tick()

    assert found("zebra") == found("last") == [long.pk]
    assert found("words", Scope.DESK) == [enormous.pk]
    assert SearchEntry.objects.get(pk=empty.pk).terms == 0
    assert list(differences()) == []


def test_the_index_is_made_anew_as_it_was(article):
    hidden = ArticleFactory(title="Hidden zebra", draft=True)
    tick()
    words = sorted(SearchWord.objects.values_list("term", "public", "hidden"))
    done = []

    assert rebuild(done.append) == 2

    assert found("old title") == [article.pk]
    assert found("zebra", Scope.DESK) == [hidden.pk]
    assert sorted(SearchWord.objects.values_list("term", "public", "hidden")) == words
    assert sum(done) == 2
    assert list(differences()) == []
    CHANGES["a bulk update"](article)  # the triggers are there again
    assert SearchStale.objects.count() == 1


def test_what_changes_while_the_index_is_made_anew_is_in_it(article, monkeypatch):
    monkeypatch.setattr(keeping, "_BATCH", 1)
    others = ArticleFactory.create_batch(3, published=True)

    def meanwhile(_done):
        for one in (article, others[0]):
            with recounted([one.pk]):
                Article.objects.filter(pk=one.pk).update(
                    body=f"New words {SearchEntry.objects.count()}"
                )

    rebuild(meanwhile)

    assert set(found("new words")) == {article.pk, others[0].pk}
    assert found("old words") == []
    assert list(differences()) == []


def test_what_goes_or_waits_while_the_index_is_made_anew_is_seen_to(article, monkeypatch):
    monkeypatch.setattr(keeping, "_BATCH", 1)
    others = ArticleFactory.create_batch(3, published=True)

    def meanwhile(_done):
        Article.objects.filter(pk=article.pk).update(body="New words")
        Article.objects.filter(pk=others[0].pk).delete()

    rebuild(meanwhile)

    assert found("new words") == [article.pk]
    assert found("old words") == []
    assert list(differences()) == []


def test_what_was_changed_before_the_index_is_made_anew_does_not_wait_any_more(article):
    CHANGES["a bulk update"](article)
    assert SearchStale.objects.exists()

    assert rebuild(lambda _done: None) == 1

    assert not SearchStale.objects.exists()
    assert list(differences()) == []


def test_a_difference_is_told_with_what_to_do(article):
    SearchEntry.objects.filter(pk=article.pk).update(digest=1)
    stray = SearchEntry.objects.get(pk=article.pk)
    stray.pk = 4711
    stray.is_public = False
    stray.save(force_insert=True)

    told = dict(differences())

    assert set(told.values()) == {"run `manage.py reindex`"}
    assert f"article {article.pk} is indexed otherwise than it stands" in told
    assert "1 articles are indexed and gone" in told
    rebuild(lambda _done: None)
    assert list(differences()) == []


def test_words_that_are_not_the_articles_are_seen(article):
    document = documents([article.pk])[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            columns = (document.body, *document.beside)
            names = "rowid, body, title, names, section, marks"
            cursor.execute(
                f"INSERT INTO {sqlite.PUBLIC}({sqlite.PUBLIC}, {names}) "  # noqa: S608 - our own names
                "VALUES ('delete', %s, %s, %s, %s, %s, %s)",
                [article.pk, *columns],
            )
            columns = (document.body.replace("word_s", "wort_s"), *document.beside)
            cursor.execute(
                f"INSERT INTO {sqlite.PUBLIC}({names}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
                [article.pk, *columns],
            )
        else:
            cursor.execute("UPDATE corpusapp_searchentry SET vector = %s::tsvector", ["'wort_s':3"])
    assert found("old words") == []

    assert f"article {article.pk} is indexed otherwise than it stands" in dict(differences())
    rebuild(lambda _done: None)
    assert (found("old words"), list(differences())) == ([article.pk], [])


def test_counts_that_are_not_the_articles_are_seen(article):
    SearchWord.objects.filter(term="words").update(public=9)
    SearchWord.objects.filter(term="old").delete()

    assert [what for what, _remedy in differences()] == [
        "2 words are counted otherwise than they stand in the articles"
    ]
    rebuild(lambda _done: None)
    assert list(differences()) == []
    assert article


def test_triggers_that_are_gone_are_seen_and_made_again(article):
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER search_byline_come"
            + ("" if connection.vendor == "sqlite" else " ON corpusapp_byline")
        )

    assert [what for what, _remedy in differences()] == [
        "the database lacks what tells it of changes (search_byline_come)"
    ]
    rebuild(lambda _done: None)
    assert list(differences()) == []
    assert article
