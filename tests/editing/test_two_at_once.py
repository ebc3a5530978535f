"""Two people change the totals of one list at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from corpusapp.editing.publish import publish, withdraw
from corpusapp.editing.totals import recount_all
from corpusapp.models import PublicTotal
from tests.factories import ArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def totals():
    rows = PublicTotal.objects.filter(articles__gt=0)
    return set(rows.values_list("listing", "key", "shelf", "articles"))


def at_once(*deeds):
    errors = []
    start = Barrier(len(deeds))

    def run(deed):
        try:
            start.wait()
            deed()
        except Exception as error:  # noqa: BLE001 - told to the test
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_both_count_in_a_list_that_neither_found():
    section = SectionFactory()
    ids = [article.pk for article in ArticleFactory.create_batch(6, section=section)]

    at_once(*(lambda pk=pk: publish([pk]) for pk in ids))

    assert ("section", section.pk, "en", 6) in totals()


def test_one_article_published_twice_counts_once():
    article = ArticleFactory()

    at_once(*(lambda: publish([article.pk]) for _ in range(4)))

    assert ("all", 0, "en", 1) in totals()


def test_publishing_and_withdrawing_in_opposite_orders_never_wait_for_each_other():
    sections = SectionFactory.create_batch(3)
    ids = [ArticleFactory(section=section).pk for section in sections for _ in range(2)]
    publish(ids)

    at_once(
        lambda: withdraw(ids[:3]),
        lambda: withdraw(reversed(ids)),
        lambda: publish(ids[2:5]),
        lambda: publish(reversed(ids[1:4])),
    )

    kept = totals()
    recount_all()
    assert kept == totals()
