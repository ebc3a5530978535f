"""A run over many articles is killed at any moment, or two workers have it: nothing twice, nothing left out."""

import random
import time

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models import F

from corpusapp.editing.totals import recount_all
from corpusapp.importing.bulk_deeds import ALL_DEEDS
from corpusapp.importing.bulk_running import begin, carry_on
from corpusapp.models import (
    Article,
    AuditEntry,
    BulkLeft,
    BulkRun,
    ImportRun,
    Progress,
    PublicTotal,
    Revision,
    Tagging,
)
from tests.factories import ArticleFactory, CaptureFactory, TagFactory, UserFactory
from tests.importing.forked import Forks
from tests.importing.pages import page

pytestmark = pytest.mark.django_db(transaction=True)
_ARTICLES = 60
_KILLS = 6


@pytest.fixture(scope="module")
def forks(django_db_setup, django_db_blocker):  # noqa: ARG001 - its address is asked for
    with django_db_blocker.unblock():
        made = Forks()
    yield made
    made.close()


@pytest.fixture
def run():
    """Sixty public articles get a tag; of three the version is another since the look."""
    articles = ArticleFactory.create_batch(_ARTICLES, published=True)
    versions = {one.pk: 1 for one in articles}
    Article.objects.filter(pk__in=[one.pk for one in articles[10:13]]).update(version=5)
    tag = TagFactory(name="Sea")
    user = UserFactory(editor=True)
    return begin(ALL_DEEDS["tag"], {"tags": [tag.pk]}, versions, user=user, said="Tagged.")


def settled(run):
    """Whether everything that tells of the articles so far dealt with says the same."""
    run.refresh_from_db()
    left = BulkLeft.objects.filter(run=run).count()
    tagged = Tagging.objects.count()
    assert run.position == run.moved + left
    assert tagged == run.moved
    assert Article.objects.filter(version=2).count() == tagged
    assert Revision.objects.count() == LogEntry.objects.count() == tagged
    assert AuditEntry.objects.filter(act="changed", kind="article").count() == tagged
    kept = list(PublicTotal.objects.order_by("listing", "key").values_list("listing", "articles"))
    recount_all()
    again = PublicTotal.objects.filter(articles__gt=0).order_by("listing", "key")
    return [one for one in kept if one[1]] == list(again.values_list("listing", "articles"))


def done(run):
    run.refresh_from_db()
    return run.progress == Progress.DONE


def test_killed_at_random_moments_it_is_carried_on_where_it_stopped(run, forks):
    dice = random.Random("bulk")  # noqa: S311 - moments, not secrets
    killed = []

    for attempt in range(_KILLS):
        moment = dice.uniform(0.05, 0.3) / (attempt + 1)
        killed.append(forks.run("carry_out", run.pk, kill_after=moment))
        assert settled(run)
        if not done(run):
            carry_on(run)
    forks.run("carry_out", run.pk)

    assert -9 in killed
    assert done(run)
    assert settled(run)
    assert (run.position, run.moved) == (_ARTICLES, _ARTICLES - 3)


def test_two_workers_that_have_one_run_do_nothing_twice(run, forks):
    workers = [forks.start("carry_out", run.pk)]
    for _more in range(3):
        time.sleep(0.05)
        # as if the one before had not been heard of for minutes
        taken = BulkRun.objects.filter(pk=run.pk, progress=Progress.RUNNING)
        taken.update(progress=Progress.WAITING, turn=F("turn") + 1)
        workers += [forks.start("carry_out", run.pk), forks.start("carry_out", run.pk)]

    assert [forks.wait(one) for one in workers] == [0] * 7
    while not done(run):
        carry_on(run)
        forks.run("carry_out", run.pk)
    assert settled(run)
    assert run.moved == _ARTICLES - 3


def test_captures_are_read_again_once_however_often_it_is_killed(forks):
    dice = random.Random("captures")  # noqa: S311 - moments, not secrets
    for number in range(30):
        capture = CaptureFactory(raw=page(number))
        capture.fields["title"]["value"] = "Menu"
        capture.save()
    Article.objects.update(title="Menu")
    versions = dict(Article.objects.values_list("pk", "version"))
    user = UserFactory(editor=True)
    run = begin(ALL_DEEDS["reread"], {}, versions, user=user, said="Read again.")

    for _attempt in range(_KILLS):
        forks.run("carry_out", run.pk, kill_after=dice.uniform(0.02, 0.25))
        run.refresh_from_db()
        changed = Article.objects.exclude(title="Menu").count()
        assert run.position == run.moved == changed
        if not done(run):
            carry_on(run)
    forks.run("carry_out", run.pk)

    assert done(run)
    assert run.moved == 30
    ledger = ImportRun.objects.get()
    assert (ledger.pk, ledger.updated, ledger.items.count()) == (run.import_run_id, 30, 30)
    assert not BulkLeft.objects.exists()
