"""What SQLite's planner knows of the tables, and what it makes of that."""

import pytest

from corpusapp.editing.planning import keep_planner_informed
from corpusapp.models import Article, Byline, Listing
from corpusapp.public.lists import articles_in
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory

pytestmark = pytest.mark.django_db


def signed(number, author):
    articles = Article.objects.bulk_create(
        ArticleFactory.build(published=True, title=f"Number {n}") for n in range(number)
    )
    Byline.objects.bulk_create(BylineFactory.build(article=one, author=author) for one in articles)


def plan(author):
    listed = articles_in(Listing.AUTHOR, author.pk).on_shelf("en").newest_first()
    return listed.values_list("pk")[:20].explain()


@pytest.mark.sqlite
def test_page_of_an_author_starts_from_the_bylines_and_not_from_all_articles():
    authors = AuthorFactory.create_batch(40)
    for author in authors:
        signed(10, author)
    assert "article_public_listing" in plan(authors[0])

    assert keep_planner_informed()

    assert "article_public_listing" not in plan(authors[0])
    assert "byline_of_author" in plan(authors[0])


@pytest.mark.sqlite
def test_statistics_are_made_again_only_for_a_corpus_that_has_outgrown_them():
    assert not keep_planner_informed()  # nothing to know yet
    author = AuthorFactory()
    signed(30, author)

    made = [keep_planner_informed(), keep_planner_informed()]
    signed(10, author)
    made.append(keep_planner_informed())
    signed(60, author)
    made.append(keep_planner_informed())

    assert made == [True, False, False, True]


@pytest.mark.postgresql  # it keeps its statistics by itself
def test_postgresql_is_left_alone(django_assert_num_queries):
    ArticleFactory()

    with django_assert_num_queries(0):
        assert not keep_planner_informed()
