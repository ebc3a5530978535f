"""Queries that are kept: the same answers as when they are put together anew."""

from datetime import date, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from corpusapp.models import Article, Correction
from corpusapp.public.prepared import ask, ask_models, ask_part
from tests.factories import ArticleFactory, SectionFactory

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


def whole(title):
    articles = Article.objects.filter(title=title).select_related("section", "source")
    return articles.annotate(twice=F("units") + F("units")).order_by("pk")


def test_models_come_with_what_is_fetched_beside_them(django_assert_num_queries):
    in_section = ArticleFactory(title="Same", section=SectionFactory(name="Trade"))
    in_none = ArticleFactory(title="Same")
    ArticleFactory(title="Other")

    with django_assert_num_queries(2):
        first = ask_models("test whole", whole, title="Same")
        again = ask_models("test whole", whole, title="Same")
        found = [(row, row.section and row.section.name, row.source) for row in again]

    assert first == again == list(whole("Same"))
    assert found == [(in_section, "Trade", None), (in_none, None, None)]
    assert [row.twice for row in again] == [row.units * 2 for row in again]
    assert vars(again[0]).keys() == vars(whole("Same")[0]).keys()
    assert not again[0]._state.adding
    assert again[0].translation_key == in_section.translation_key


def test_values_are_no_models():
    with pytest.raises(TypeError, match="no query of models"):
        ask_models("test values", corrections, article=1, at=timezone.now())


def test_part_is_that_of_a_slice():
    for number in range(5):
        ArticleFactory(title=f"{number}")

    def titles(least):
        return Article.objects.filter(title__gte=least).order_by("title").values_list("title")

    def part(start, stop):
        return ask_part("test part", titles, (start, stop), least="1")

    assert [part(0, 2), part(2, 4), part(4, 9)] == [[("1",), ("2",)], [("3",), ("4",)], []]
