import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.management import ticking
from corpusapp.models import Article, SearchEntry
from corpusapp.search.contract import Query
from corpusapp.search.engines import engine
from corpusapp.search.upkeep import tick
from corpusapp.text.packing import pack
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def test_reindex_says_how_many_articles_are_indexed(capsys):
    ArticleFactory(title="Zebra", published=True)
    ArticleFactory(title="Draft", draft=True)

    call_command("reindex")

    assert capsys.readouterr().out == "2 articles indexed.\n"
    assert engine().find(Query("zebra")).total == 1


def test_reindex_that_cannot_go_on_says_so(monkeypatch):
    def refuse(_told):
        msg = "disk full"
        raise OperationalError(msg)

    monkeypatch.setattr("corpusapp.management.commands.reindex.rebuild", refuse)

    with pytest.raises(CommandError, match="disk full") as raised:
        call_command("reindex")
    assert raised.value.returncode == 2


def test_verify_finds_nothing_where_nothing_differs(capsys):
    ArticleFactory(title="Zebra", published=True)

    call_command("verify")

    assert capsys.readouterr().out == "Nothing differs.\n"


def test_verify_names_what_differs_and_what_to_do(capsys):
    article = ArticleFactory(title="Zebra", published=True)
    SearchEntry.objects.filter(pk=article.pk).update(order=1)
    Article.objects.filter(pk=article.pk).update(
        rendered=pack("<script>alert(1)</script>", article.body)
    )

    with pytest.raises(CommandError) as raised:
        call_command("verify")

    assert raised.value.returncode == 1
    assert capsys.readouterr().out == (
        f"search: article {article.pk} is indexed otherwise than it stands\n"
        f"rendering: article {article.public_id} is shown otherwise than its text\n"
        "1 difference: run `manage.py reindex`\n"
        "1 difference: save these articles at the desk again, and find out who wrote their rendering\n"
    )


def test_verify_leaves_alone_what_another_version_rendered(capsys):
    article = ArticleFactory(published=True)
    Article.objects.filter(pk=article.pk).update(
        rendered=pack("<p>By another.</p>", article.body), body_renderer=1
    )

    call_command("verify")

    assert capsys.readouterr().out == "Nothing differs.\n"


def test_what_goes_live_is_found_after_a_tick():
    article = ArticleFactory(title="Zebra", scheduled=True)
    tick()

    with time_machine.travel(article.live_from + timedelta(seconds=1), tick=False):
        assert engine().find(Query("zebra")).total == 0
        ticking.once()
        assert engine().find(Query("zebra")).total == 1


def test_a_deed_that_the_database_refuses_is_put_off(monkeypatch, caplog):
    done = []

    def refused():
        msg = "locked"
        raise OperationalError(msg)

    monkeypatch.setattr(ticking, "DEEDS", (refused, lambda: done.append(1)))

    ticking.once()

    assert done == [1]
    assert "refused is put off: locked" in caplog.text


def test_tasks_that_ended_two_weeks_ago_are_forgotten():
    def task(**facts):
        return DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x.y",
            backend_name="default",
            run_after=timezone.now(),
            exception_class_path="",
            traceback="",
            **facts,
        )

    old, new = timezone.now() - timedelta(days=15), timezone.now() - timedelta(days=13)
    gone = [task(status="SUCCESSFUL", finished_at=old), task(status="FAILED", finished_at=old)]
    kept = [task(status="SUCCESSFUL", finished_at=new), task(status="READY", finished_at=None)]

    ticking.clear_finished_tasks()

    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert left == {one.pk for one in kept}
    assert len(gone) == 2


def test_the_clock_ticks_until_it_is_stopped(monkeypatch):
    ticks = []
    monkeypatch.setattr(ticking, "EVERY", 0.01)
    monkeypatch.setattr(ticking, "once", lambda: ticks.append(1))
    clock = ticking.Clock()

    clock.start()
    while len(ticks) < 3:
        time.sleep(0.01)
    clock.stopped.set()
    clock.join(5)

    assert not clock.is_alive()
