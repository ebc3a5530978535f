"""What SQLite's planner knows of the tables, and what it makes of that."""

import pytest
from django.db import connection

from corpusapp.editing.planning import keep_planner_informed
from corpusapp.models import Article, Byline, Listing
from corpusapp.public.lists import articles_in
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory

pytestmark = pytest.mark.django_db


def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its statistics by itself")


def signed(number, author):
    articles = Article.objects.bulk_create(
        ArticleFactory.build(published=True, title=f"Number {n}") for n in range(number)
    )
    Byline.objects.bulk_create(BylineFactory.build(article=one, author=author) for one in articles)


def plan(author):
    listed = articles_in(Listing.AUTHOR, author.pk).on_shelf("en").newest_first()
    return listed.values_list("pk")[:20].explain()


def test_page_of_an_author_starts_from_the_bylines_and_not_from_all_articles():
    on_sqlite()
    authors = AuthorFactory.create_batch(40)
    for author in authors:
        signed(10, author)
    assert "article_public_listing" in plan(authors[0])

    assert keep_planner_informed()

    assert "article_public_listing" not in plan(authors[0])
    assert "byline_of_author" in plan(authors[0])


def test_statistics_are_made_again_only_for_a_corpus_that_has_outgrown_them():
    on_sqlite()
    assert not keep_planner_informed()  # nothing to know yet
    author = AuthorFactory()
    signed(30, author)

    made = [keep_planner_informed(), keep_planner_informed()]
    signed(10, author)
    made.append(keep_planner_informed())
    signed(60, author)
    made.append(keep_planner_informed())

    assert made == [True, False, False, True]


def test_postgresql_is_left_alone(django_assert_num_queries):
    if connection.vendor == "sqlite":
        pytest.skip("of the other database")
    ArticleFactory()

    with django_assert_num_queries(0):
        assert not keep_planner_informed()
