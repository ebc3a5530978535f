"""What the desk finds is ranked alike whether readers see it or not; run on both databases."""

import pytest

from corpusapp.editing.publish import publish, withdraw
from corpusapp.search.contract import Query, Scope
from corpusapp.search.engines import engine
from corpusapp.search.upkeep import tick
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

_OFTEN = 15  # articles about lanterns, each of which says so once more than the one before


def found(text):
    return [hit.article_id for hit in engine().find(Query(text, scope=Scope.DESK)).hits]


def about_lanterns(hidden=()):
    """Their ids, those that say it most often first."""
    articles = [
        ArticleFactory(
            title=f"Number {number}",
            body="lantern " * number
            + "oil " * (number % 3)
            + "filler " * (40 - number - number % 3),
            **({"withdrawn": True} if number in hidden else {"published": True}),
        )
        for number in range(1, _OFTEN + 1)
    ]
    return [article.pk for article in reversed(articles)]


def others(number, **state):
    for at in range(number):
        ArticleFactory(title=f"Another matter {at}", body="filler " * 40, **state)


def test_withdrawn_article_keeps_its_place():
    ids = about_lanterns(hidden={10, 3})
    others(40, published=True)
    tick()

    assert found("lantern") == ids


def test_the_few_published_ones_keep_theirs_among_many_that_are_not():
    ids = about_lanterns(hidden=set(range(1, _OFTEN + 1)) - {10, 3})
    others(40, withdrawn=True)
    tick()

    assert found("lantern") == ids


def test_rank_of_several_words_is_the_same_in_either_state():
    ids = about_lanterns()
    others(40, published=True)
    tick()
    before = found("lantern oil")

    for one in ids:
        withdraw([one])
        assert found("lantern oil") == before, one
        publish([one])


def test_title_weighs_as_much_in_a_hidden_article():
    about_lanterns()
    titled = ArticleFactory(title="A lantern", body="filler " * 40, withdrawn=True)
    others(40, published=True)
    tick()
    place = found("lantern").index(titled.pk)

    publish([titled.pk])

    assert found("lantern").index(titled.pk) == place
