from contextlib import suppress

import pytest
import time_machine
from django.db import connection

from corpusapp.editing.publish import hold, publish, put_in_bin, withdraw
from corpusapp.editing.totals import due, recount_all, recounted, settle_due
from corpusapp.models import Article, Byline, Precision, PublicTotal, Role, Tag
from tests.factories import ArticleFactory, BylineFactory, SectionFactory

pytestmark = pytest.mark.django_db


def totals():
    rows = PublicTotal.objects.filter(articles__gt=0)
    return set(rows.values_list("listing", "key", "shelf", "articles"))


def as_counted_anew():
    recount_all()
    return totals()


def test_public_article_counts_in_each_list_it_stands_in():
    section = SectionFactory()
    article = ArticleFactory(section=section, tags=["China"], language="zh-Hant")
    byline = BylineFactory(article=article)
    BylineFactory(article=article, role=Role.TRANSLATOR)

    publish([article.pk])

    assert totals() == {
        (listing, key, shelf, 1)
        for shelf in ("zh-hant", "zh-hans")  # where its rendition stands
        for listing, key in (
            ("all", 0),
            ("section", section.pk),
            ("author", byline.author_id),
            ("tag", Tag.objects.get().pk),
            ("year", 2015),
            ("month", 201505),
        )
    }


@pytest.mark.parametrize(
    ("precision", "dates"),
    [
        (Precision.UNKNOWN, set()),
        (Precision.YEAR, {("year", 2015)}),
        (Precision.MONTH, {("year", 2015), ("month", 201505)}),
    ],
)
def test_date_counts_as_far_as_it_was_printed(precision, dates):
    day = None if precision == Precision.UNKNOWN else "2015-05-01"
    article = ArticleFactory(published_on=None, published_precision="")
    article.published_on, article.published_precision = day, precision
    article.refresh_from_db() if day is None else article.full_clean()
    article.save()

    publish([article.pk])

    assert {row[:2] for row in totals() if row[0] in {"year", "month"}} == dates


@pytest.mark.parametrize("trait", ["draft", "withdrawn", "binned", "scheduled"])
def test_hidden_article_counts_nowhere(trait):
    article = ArticleFactory(**{trait: True})

    with recounted([article.pk]):
        pass

    assert totals() == set()


def test_article_in_another_language_counts_on_the_shelf_of_the_site():
    publish([ArticleFactory(language="de").pk])

    assert ("all", 0, "en", 1) in totals()


def test_change_of_everything_moves_the_counts():
    old, new = SectionFactory(), SectionFactory()
    article = ArticleFactory(section=old, tags=["China"], published=True)
    byline = BylineFactory(article=article)
    stays = ArticleFactory(section=old, tags=["China"], published=True)

    with recounted([article.pk]):
        article.section, article.language = new, "zh-Hans"
        article.published_on = article.published_on.replace(year=2020)
        article.save()
        article.tags.set(["UN"])
        Byline.objects.filter(pk=byline.pk).update(role=Role.EDITOR)

    assert totals() == as_counted_anew()
    assert ("section", old.pk, "en", 1) in totals()
    assert not PublicTotal.objects.filter(listing="author", articles__gt=0).exists()
    assert stays.is_public()


def test_nested_changes_are_counted_once():
    old, new = SectionFactory(), SectionFactory()
    article, other = ArticleFactory(section=old), ArticleFactory(section=old)

    with recounted([article.pk]):
        Article.objects.filter(pk=article.pk).update(section=new)
        publish([article.pk, other.pk])
        with recounted([article.pk]):
            Article.objects.filter(pk=article.pk).update(section=old)

    assert totals() == as_counted_anew()
    assert ("all", 0, "en", 2) in totals()


def test_failed_change_changes_no_count():
    article = ArticleFactory(published=True)
    before = totals()

    with suppress(RuntimeError), recounted([article.pk]):
        withdraw([article.pk])
        raise RuntimeError

    assert totals() == before == as_counted_anew()
    publish([ArticleFactory().pk])  # nothing of the failed one is left under way
    assert totals() == as_counted_anew() != before


def test_scheduled_article_is_counted_once_it_is_live():
    with time_machine.travel("2030-01-01T12:00Z", tick=False) as clock:
        article = ArticleFactory(scheduled=True)
        early = (due(), settle_due(), totals())
        clock.shift(24 * 3600)
        late = due()
        settled = settle_due()

        assert early == ([], 0, set())
        assert (late, settled, due()) == ([article.pk], 1, [])
        assert ("all", 0, "en", 1) in totals()


def test_scheduled_article_that_went_live_uncounted_leaves_no_debt():
    with time_machine.travel("2030-01-01T12:00Z", tick=False) as clock:
        article = ArticleFactory(scheduled=True)
        clock.shift(48 * 3600)

        put_in_bin([article.pk])

        assert totals() == set()
        assert due() == []


def test_counting_anew_finds_every_error():
    article = ArticleFactory(published=True, section=SectionFactory())
    right = totals()
    PublicTotal.objects.filter(listing="section").update(articles=7)
    PublicTotal.objects.create(listing="tag", key=99, shelf="en", articles=3)
    Article.objects.filter(pk=article.pk).update(counted=False)

    recount_all()

    assert totals() == right
    article.refresh_from_db()
    assert article.counted


def test_last_one_gone_leaves_nothing_public():
    article = ArticleFactory(published=True)

    hold([article.pk], "draft")

    assert totals() == set()


@pytest.mark.parametrize("articles", [1, 20])
def test_many_cost_as_much_as_one_in_the_same_lists(articles, django_assert_max_num_queries):
    ids = [article.pk for article in ArticleFactory.create_batch(articles)]
    publish([ArticleFactory().pk])
    connection.ensure_connection()

    # a transaction around it, the lock, the lists before and after, the deed, what is counted
    # now, what the lists gain, and whether anything has gone live since: 14; what it takes to
    # index them; the trail; their history
    with django_assert_max_num_queries(14 + 20 + 6 + 5):
        publish(ids)
