"""Queries that are kept: the same answers as when they are put together anew."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from corpusapp.models import Article, Correction
from corpusapp.public.prepared import ask
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def corrections(article, at):
    public = Article.objects.published(at).filter(pk=article)
    return Correction.objects.filter(article__in=public.values("pk")).values_list("text", "made_on")


def test_each_asking_has_its_own_values():
    now = timezone.now()
    one, other = ArticleFactory(published=True), ArticleFactory(published=True, live_from=now)
    for article, text in ((one, "One."), (other, "Other.")):
        Correction.objects.create(article=article, text=text, made_on=date(2026, 3, 2))

    def found(article, at):
        return ask("test corrections", corrections, article=article.pk, at=at)

    assert found(one, now) == [("One.", date(2026, 3, 2))]
    assert found(other, now) == [("Other.", date(2026, 3, 2))]
    assert found(other, now - timedelta(seconds=1)) == []


def test_it_is_one_query_every_time(django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            ask("test one query", corrections, article=1, at=timezone.now())


def test_value_without_a_place_is_a_mistake_in_the_code():
    def lost(article, shelf):
        del shelf
        return Article.objects.filter(pk=article).values_list(F("pk"))

    with pytest.raises(ValueError, match=r"article.*shelf"):
        ask("test lost", lost, article=1, shelf="en")
