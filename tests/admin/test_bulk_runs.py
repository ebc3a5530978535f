"""Deeds over more articles than one request may change: kept, carried out, watched, stopped, carried on."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.admin import bulk_choice, bulk_run, bulk_under_way
from corpusapp.editing.totals import recount_all
from corpusapp.importing import bulk_running, reextracting
from corpusapp.importing.bulk_deeds import ALL_DEEDS
from corpusapp.importing.undoing import Undoing
from corpusapp.management import ticking
from corpusapp.models import (
    Article,
    AuditEntry,
    BrokenOff,
    BulkLeft,
    BulkRun,
    FieldOwner,
    ImportRun,
    LeftWhy,
    Progress,
    PublicTotal,
    Revision,
    State,
)
from tests.admin.conftest import LIST, messages_of
from tests.admin.test_uploading import work
from tests.factories import (
    ArticleFactory,
    CaptureFactory,
    DoubtFactory,
    SectionFactory,
    SourceFactory,
    TagFactory,
)
from tests.importing.pages import page as capture_of

pytestmark = pytest.mark.django_db
RUNS = reverse("admin:corpusapp_bulkrun_changelist")


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    """Two articles are what a request does, and a batch."""
    monkeypatch.setattr(bulk_choice, "DONE_HERE", 2)
    monkeypatch.setattr(bulk_running, "DONE_AT_ONCE", 2)
    monkeypatch.setattr(bulk_running, "_BREATH", 0)


@pytest.fixture
def give(editor, django_capture_on_commit_callbacks):
    """Choose a deed, answer what is asked, say yes; the run is handed over."""

    def choose(action, articles, desk=editor, **answers):
        with django_capture_on_commit_callbacks(execute=True):
            return desk.do(action, articles, **(answers or {"sure": "1"}))

    return choose


@pytest.fixture
def press(editor, django_capture_on_commit_callbacks):
    def push(run, button, desk=editor):
        with django_capture_on_commit_callbacks(execute=True):
            return desk.client.post(address(run), {button: "1"})

    return push


def address(run):
    return reverse("admin:corpusapp_bulkrun_change", args=[run.pk])


def the_run():
    return BulkRun.objects.latest("pk")


def take(run):
    """What a worker does with the task of the run."""
    turn = BulkRun.objects.values_list("turn", flat=True).get(pk=run.pk)
    bulk_running.carry_out.call(run.pk, turn)


def queued():
    return [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()]


def left(run):
    return sorted(run.left_ones.values_list("article", "why"))


def after_batches(monkeypatch, count, deed):
    """Have something happen when so many batches are done, in the transaction of the last."""
    told = bulk_running._tell
    done = []

    def tell(run, *facts):
        told(run, *facts)
        done.append(run)
        if len(done) == count:
            deed(run)

    monkeypatch.setattr(bulk_running, "_tell", tell)


def long_ago():
    return timezone.now() - 2 * bulk_running.SILENT_FOR


class TestJourney:
    def test_many_wait_for_a_worker_and_are_done_by_it(self, editor, give):
        articles = ArticleFactory.create_batch(5, published=True)

        asked = editor.say_yes(editor.do("tag_chosen", articles), tags=["Sea"])
        answer = give("tag_chosen", articles, tags=["Sea"])

        run = the_run()
        assert "So many are done in the background" in asked.text
        assert answer.redirect_chain[-1][0] == address(run)
        assert "Begins as soon as a worker is free" in answer.text
        assert "0 of 5 articles" in answer.text
        assert "data-goes-on" in answer.text
        assert not Article.objects.filter(tags__name="Sea").exists()

        work()

        run.refresh_from_db()
        assert (run.progress, run.position, run.moved) == (Progress.DONE, 5, 5)
        assert bytes(run.pins) == b""
        assert list(Article.objects.values_list("tags__name", "version")) == [("Sea", 2)] * 5
        shown = editor.get(address(run)).text
        for words in ("Added tags: Sea.", "5 of 5 articles", "Added tags to 5 articles."):
            assert words in shown
        assert "data-goes-on" not in shown
        kept = set(PublicTotal.objects.filter(articles__gt=0).values_list("listing", "articles"))
        recount_all()
        assert kept == set(PublicTotal.objects.values_list("listing", "articles"))

    def test_it_is_told_as_what_its_person_did_and_in_bulk(self, editor, give):
        articles = ArticleFactory.create_batch(3, published=True)

        give("withdraw_chosen", articles, note="Gone.", why="The author asked")
        work()

        run, user = the_run(), editor.user
        logged = LogEntry.objects.filter(user=user).values_list("object_id", "change_message")
        assert set(logged) == {(str(one.pk), "Withdrawn.") for one in articles}
        told = AuditEntry.objects.filter(act="withdrawn")
        assert set(told.values_list("who", "why")) == {(user.username, "The author asked")}
        assert {entry.details["bulk_run"] for entry in told} == {run.pk}
        begun = AuditEntry.objects.get(act="run")
        assert (begun.called, begun.who, begun.why) == (str(run), user.username, "The author asked")
        assert begun.details == {"said": "Withdrawn.", "articles": 3}
        assert set(Revision.objects.values_list("user", "why")) == {(user.pk, "The author asked")}
        assert address(run) in editor.get(reverse("admin:corpusapp_auditentry_changelist")).text

    def test_what_is_done_at_once_is_told_as_done_in_bulk_too(self, give):
        give("bin_chosen", ArticleFactory.create_batch(2))

        (first, second) = AuditEntry.objects.filter(act="binned")
        assert first.details == second.details == {"in_bulk": 2}

    def test_each_is_left_for_its_own_reason(self, editor):
        articles = ArticleFactory.create_batch(2)
        asked = editor.do("publish_chosen", articles)
        Article.objects.filter(pk=articles[0].pk).update(title="")

        answer = editor.say_yes(asked)

        assert messages_of(answer) == [
            "Published 1 article.",
            "1 article needs a title and a text first.",
        ]

    def test_few_are_done_without_a_worker(self, give):
        answer = give("bin_chosen", ArticleFactory.create_batch(2))

        assert Article.objects.in_bin().count() == 2
        assert messages_of(answer) == ["Put 2 articles in the bin."]
        assert not BulkRun.objects.exists()

    def test_log_is_in_the_language_of_who_said_yes(self, editor, give, settings):
        editor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"

        give("publish_chosen", ArticleFactory.create_batch(3))
        work()

        assert set(LogEntry.objects.values_list("change_message", flat=True)) == {"已发布。"}
        editor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        assert "<p>Published.</p>" in editor.get(address(the_run())).text


def facts():
    return {
        "articles": list(
            Article.objects.order_by("title").values_list(
                *("title", "state", "section__name", "source__name", "language"),
                *("published_order", "version", "tags__name", "withdrawal_note"),
            )
        ),
        "in the bin": sorted(Article.objects.in_bin().values_list("title", flat=True)),
        "owned": sorted(FieldOwner.objects.values_list("article__title", "field")),
        "revisions": sorted(
            (one.article.title, one.kind, sorted(one.changes)) for one in Revision.objects.all()
        ),
        "log": sorted(LogEntry.objects.values_list("object_repr", "change_message")),
        "trail": sorted(
            AuditEntry.objects.exclude(act="run").values_list("called", "act", "who", "why")
        ),
    }


DEEDS = {
    "publish": ({}, lambda _articles: {"held_too": False}),
    "withdraw": ({"published": True}, lambda _articles: {"note": "Gone.", "why": "Asked"}),
    "review": ({"published": True}, lambda _articles: {}),
    "draft": ({}, lambda _articles: {}),
    "tag": ({}, lambda _articles: {"tags": [TagFactory(name="Sea").pk]}),
    "untag": ({"tags": ["Ropes"]}, lambda articles: {"tags": [articles[0].tags.get().pk]}),
    "suggest": (
        {},
        lambda articles: {"give": {str(one.pk): [TagFactory().pk] for one in articles[1:]}},
    ),
    "section": ({}, lambda _articles: {"section": SectionFactory(name="Harbour").pk}),
    "source": ({}, lambda _articles: {"source": SourceFactory(name="Quay").pk}),
    "language": ({}, lambda _articles: {"language": "de"}),
    "date": ({}, lambda _articles: {"day": "2019-03-04", "precision": "month"}),
    "reread": ({}, lambda _articles: {}),
    "bin": ({"published": True}, lambda _articles: {}),
    "restore": ({"binned": True}, lambda _articles: {}),
}


def test_every_deed_is_tried_here():
    assert set(DEEDS) == set(ALL_DEEDS)


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_done_at_once_and_in_the_background_is_the_same(
    name, editor, rf, django_capture_on_commit_callbacks
):
    like, parameters_of = DEEDS[name]
    articles = [ArticleFactory(title=f"Article {letter}", **like) for letter in "abcde"]
    if name == "reread":
        for number, article in enumerate(articles[:4]):
            capture = CaptureFactory(raw=capture_of(number), article=article)
            capture.fields["title"]["value"] = article.title
            capture.save()
    deed, parameters = ALL_DEEDS[name], parameters_of(articles)
    versions = dict(Article.objects.values_list("pk", "version"))
    versions |= dict(Article.objects.in_bin().values_list("pk", "version"))
    request, done = rf.get("/"), bulk_choice.Done()
    request.user = editor.user
    before = facts()

    with transaction.atomic():
        bulk_choice._done_at_once(
            request, deed, parameters, dict(versions), said="Said.", done=done
        )
        at_once = facts()
        counts = done.counts
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        run = bulk_running.begin(deed, parameters, versions, user=editor.user, said="Said.")
    work()

    run.refresh_from_db()
    assert (run.progress, run.position) == (Progress.DONE, 5)
    assert run.position == run.moved + run.left_ones.count()
    assert at_once == facts() != before
    assert (run.moved, Counter(run.left_ones.values_list("why", flat=True))) == (
        done.moved,
        counts,
    )


class TestLeft:
    """Each article is looked at again when its turn comes."""

    def test_what_changed_since_the_look_stays_and_is_named(self, editor, give):
        articles = ArticleFactory.create_batch(5)
        give("bin_chosen", articles)
        Article.objects.filter(pk=articles[1].pk).update(title="Other", version=2)
        gone = articles[4].pk
        articles[4].delete()

        work()

        run = the_run()
        assert (run.position, run.moved) == (5, 3)
        assert left(run) == [(articles[1].pk, LeftWhy.STRAYED)]
        assert gone not in BulkLeft.objects.values_list("article", flat=True)
        shown = editor.get(address(run)).text
        assert "1 article has changed since you looked, and is left as it is." in shown
        assert ">Other</a>" in shown
        assert "has changed since it was looked at" in shown

    def test_what_changed_between_the_yes_and_its_turn_strays_whatever_changed_it(
        self, give, monkeypatch
    ):
        articles = ArticleFactory.create_batch(5)
        give("publish_chosen", articles, held_too="")
        last = Article.objects.filter(pk=articles[4].pk)
        after_batches(monkeypatch, 1, lambda _run: last.update(version=7, state=State.DRAFT))

        work()

        assert left(the_run()) == [(articles[4].pk, LeftWhy.STRAYED)]
        assert Article.objects.get(pk=articles[4].pk).state == State.DRAFT

    def test_doubt_that_came_meanwhile_holds(self, editor, give):
        articles = ArticleFactory.create_batch(3)
        give("publish_chosen", articles, held_too="")
        DoubtFactory(article=articles[0], holds=True)

        work()

        assert left(the_run()) == [(articles[0].pk, LeftWhy.HELD)]
        assert "held back by a doubt and stays" in editor.get(address(the_run())).text

    def test_doubted_ones_go_where_that_was_said(self, give):
        articles = ArticleFactory.create_batch(3)
        DoubtFactory(article=articles[0], holds=True)
        give("publish_chosen", articles, held_too="on")

        work()

        assert Article.objects.published().count() == 3

    def test_article_that_went_to_another_section_is_not_theirs_any_more(self, desk, give):
        one, section = desk("editor"), SectionFactory()
        section.editors.add(one.user)
        articles = ArticleFactory.create_batch(4, section=section)
        give("bin_chosen", articles, desk=one)
        Article.objects.filter(pk=articles[2].pk).update(section=SectionFactory())

        work()

        assert left(the_run()) == [(articles[2].pk, LeftWhy.NOT_YOURS)]
        assert Article.objects.in_bin().count() == 3

    def test_list_of_those_left_can_be_narrowed_to_a_reason_and_paged(
        self, editor, give, monkeypatch
    ):
        monkeypatch.setattr(bulk_run, "_LEFT_SHOWN", 2)
        articles = ArticleFactory.create_batch(6)
        give("publish_chosen", articles, held_too="")
        Article.objects.filter(pk__in=[one.pk for one in articles[:4]]).update(version=2)
        DoubtFactory(article=articles[5], holds=True)
        work()

        here = address(the_run())
        listed = [editor.get(here, p=page).context["rows"] for page in (1, 2, 3)]
        held = editor.get(here, why="held").context["rows"]

        shown = [[article.pk for _one, article in rows] for rows in listed]
        expected = [one.pk for one in (*articles[:4], articles[5])]
        assert shown == [expected[:2], expected[2:4], expected[4:]]
        assert [article.pk for _one, article in held] == [articles[5].pk]
        assert editor.get(here, why="<b>", p="zz").status_code == 200


class TestStop:
    def test_stopped_before_its_turn_does_nothing(self, editor, give, press):
        give("bin_chosen", ArticleFactory.create_batch(3))

        press(the_run(), "stop")
        work()

        run = the_run()
        assert (run.progress, run.position) == (Progress.STOPPED, 0)
        assert not Article.objects.in_bin().exists()
        shown = editor.get(address(run)).text
        assert "3 articles were not reached and are as they were." in shown
        assert 'name="stop"' not in shown
        assert 'name="again"' not in shown

    def test_stopped_under_way_keeps_what_is_done(self, editor, give, monkeypatch):
        give("bin_chosen", ArticleFactory.create_batch(5))
        after_batches(monkeypatch, 1, bulk_running.stop)

        work()

        run = the_run()
        assert (run.progress, run.position, run.moved) == (Progress.STOPPED, 2, 2)
        assert Article.objects.in_bin().count() == 2
        assert "3 articles were not reached" in editor.get(address(run)).text

    def test_who_stopped_it_stands_in_the_trail(self, editor, give, press):
        give("bin_chosen", ArticleFactory.create_batch(3))

        press(the_run(), "stop")
        press(the_run(), "stop")

        told = AuditEntry.objects.get(kind="bulkrun", act="changed")
        assert told.who == editor.user.username
        assert told.details == {"changes": {"stop_asked": [False, True]}}


class TestRights:
    """Asked again when it is carried out, for every batch."""

    def lose(self, user, how):
        match how:
            case "group":
                user.groups.clear()
            case "deactivated":
                user.is_active = False
                user.save()
            case "no desk":
                user.is_staff = False
                user.save()
            case "deleted":
                user.delete()

    @pytest.mark.parametrize("how", ["group", "deactivated", "no desk", "deleted"])
    def test_who_has_lost_the_right_changes_nothing_more(self, desk, give, how):
        mine = desk("editor")
        give("bin_chosen", ArticleFactory.create_batch(3), desk=mine)
        self.lose(mine.user, how)

        work()

        run = the_run()
        assert (run.progress, run.reason) == (Progress.FAILED, BrokenOff.RIGHT)
        assert not Article.objects.in_bin().exists()
        shown = desk("administrator").get(address(run)).text
        assert "Who asked for it may not do this any more." in shown

    def test_it_stops_where_the_right_was_lost_and_goes_on_when_it_is_back(
        self, editor, give, press, monkeypatch
    ):
        give("bin_chosen", ArticleFactory.create_batch(5))
        right = Permission.objects.get(codename="bulk_bin_article")
        group = editor.user.groups.get()
        after_batches(monkeypatch, 1, lambda _run: group.permissions.remove(right))

        work()
        before = the_run()
        group.permissions.add(right)
        press(before, "again")
        work()

        assert (before.progress, before.position) == (Progress.FAILED, 2)
        run = the_run()
        assert (run.progress, run.position, run.moved) == (Progress.DONE, 5, 5)
        assert run.reason == ""
        assert set(Article.objects.in_bin().values_list("version", flat=True)) == {2}

    def test_who_may_publish_no_more_publishes_no_more(self, editor, give):
        give("publish_chosen", ArticleFactory.create_batch(3), held_too="")
        right = Permission.objects.get(codename="publish_article")
        editor.user.groups.get().permissions.remove(right)

        work()

        assert the_run().reason == BrokenOff.RIGHT
        assert not Article.objects.published().exists()

    def test_section_that_is_theirs_no_more_gets_no_articles(self, desk, give):
        one, mine, other = desk("editor"), SectionFactory(), SectionFactory()
        mine.editors.add(one.user)
        other.editors.add(one.user)
        articles = ArticleFactory.create_batch(3, section=mine)
        give("place_chosen", articles, desk=one, section=other.pk)
        other.editors.clear()

        work()

        assert the_run().reason == BrokenOff.RIGHT
        assert Article.objects.filter(section=mine).count() == 3

    def test_who_edits_some_sections_only_reads_no_captures_again(self, editor, give):
        captures = [CaptureFactory(raw=capture_of(number)) for number in range(3)]
        give("reread_chosen", [one.article for one in captures])
        SectionFactory().editors.add(editor.user)

        work()

        assert the_run().reason == BrokenOff.RIGHT

    def test_what_they_were_to_get_may_be_gone(self, editor, give):
        section = SectionFactory()
        give("place_chosen", ArticleFactory.create_batch(3), section=section.pk)
        section.delete()

        work()

        run = the_run()
        assert (run.progress, run.reason) == (Progress.FAILED, BrokenOff.GONE)
        assert "no longer there" in editor.get(address(run)).text


class TestWorkers:
    def killed(self, give, count=5):
        """A run whose worker was killed after its first batch."""
        articles = ArticleFactory.create_batch(count)
        give("bin_chosen", articles)
        run = the_run()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bulk_running, "_end", lambda *_facts: None)
            after_batches(patch, 2, self.die)
            with pytest.raises(SystemError):
                take(run)
        DBTaskResult.objects.all().delete()
        BulkRun.objects.update(heard_at=long_ago())
        return the_run()

    @staticmethod
    def die(_run):
        raise SystemError

    def test_killed_one_stands_as_its_last_whole_batch_left_it(self, give):
        run = self.killed(give)

        assert (run.progress, run.position, run.moved) == (Progress.RUNNING, 2, 2)
        assert Article.objects.in_bin().count() == 2

    def test_it_is_carried_on_by_itself(self, give):
        run = self.killed(give)

        bulk_running.look_after_all()
        work()

        run.refresh_from_db()
        assert (run.progress, run.position, run.moved) == (Progress.DONE, 5, 5)
        assert list(Article.objects.in_bin().values_list("version", flat=True)) == [2] * 5
        assert AuditEntry.objects.filter(act="binned").count() == 5
        assert not DBTaskResult.objects.ready().exists()

    def test_it_is_carried_on_with_a_button(self, editor, give, press):
        run = self.killed(give)
        shown = editor.get(address(run)).text

        press(run, "again")
        work()

        assert "The work was broken off; what is done stays, and nothing is done twice." in shown
        assert "data-goes-on" not in shown
        assert (the_run().progress, Article.objects.in_bin().count()) == (Progress.DONE, 5)

    def test_two_that_look_after_it_have_it_carried_on_once(self, give):
        run = self.killed(give)

        bulk_running.look_after_all()
        bulk_running.look_after_all()

        assert queued() == [[run.pk, the_run().turn]]
        assert the_run().turn > run.turn

    def test_one_under_way_is_left_alone(self, give):
        self.killed(give)
        BulkRun.objects.update(heard_at=timezone.now())

        bulk_running.look_after_all()

        assert the_run().progress == Progress.RUNNING
        assert not DBTaskResult.objects.exists()

    def test_one_that_kills_every_worker_at_one_place_is_given_to_the_editor(self, editor, give):
        run = self.killed(give)
        for _time in range(3):
            BulkRun.objects.update(heard_at=long_ago(), progress=Progress.RUNNING)
            bulk_running.look_after_all()

        run.refresh_from_db()
        assert (run.progress, run.reason) == (Progress.FAILED, BrokenOff.KILLED)
        assert "three times at the same place" in editor.get(address(run)).text

    def test_workers_that_were_lost_at_other_places_are_forgotten(self, give):
        run = self.killed(give)
        BulkRun.objects.update(lost=2, progress=Progress.WAITING)

        take(run)

        assert (the_run().progress, the_run().lost) == (Progress.DONE, 0)

    def test_one_that_was_to_stop_is_not_carried_on(self, give):
        self.killed(give)
        BulkRun.objects.update(stop_asked=True)

        bulk_running.look_after_all()

        assert the_run().progress == Progress.STOPPED
        assert not DBTaskResult.objects.exists()

    def test_waiting_for_a_worker_counts_as_the_death_of_none(self, give):
        self.killed(give)
        BulkRun.objects.update(progress=Progress.WAITING, lost=0, heard_at=long_ago())

        for _time in range(5):
            bulk_running.look_after_all()
            BulkRun.objects.update(heard_at=long_ago())

        assert (the_run().progress, the_run().lost) == (Progress.WAITING, 0)

    def test_worker_that_was_only_slow_leaves_it_to_the_next(self, give, monkeypatch):
        give("bin_chosen", ArticleFactory.create_batch(5))
        run = the_run()
        begin_batch = bulk_running._begin_batch
        seen = []

        def taken_over(mine):
            seen.append(mine)
            if len(seen) == 2:
                BulkRun.objects.update(turn=7)  # by another worker
            begin_batch(mine)

        monkeypatch.setattr(bulk_running, "_begin_batch", taken_over)
        work()

        run.refresh_from_db()
        assert (run.progress, run.position, run.moved) == (Progress.RUNNING, 2, 2)
        assert Article.objects.in_bin().count() == 2

    def test_one_under_way_is_begun_by_no_second_worker(self, give):
        give("bin_chosen", ArticleFactory.create_batch(3))
        BulkRun.objects.update(progress=Progress.RUNNING)

        take(the_run())

        assert not Article.objects.in_bin().exists()

    def test_worker_lets_others_go_before_after_a_while(self, editor, give, monkeypatch):
        monkeypatch.setattr(bulk_running, "_TURN", -1)
        give("bin_chosen", ArticleFactory.create_batch(5))

        work()

        run = the_run()
        assert (run.progress, run.position) == (Progress.WAITING, 2)
        assert "Goes on as soon as a worker is free" in editor.get(address(run)).text
        work()
        work()
        assert (the_run().progress, the_run().moved) == (Progress.DONE, 5)

    def test_worker_that_is_told_to_go_at_once_gives_it_back(self, give, monkeypatch):
        give("bin_chosen", ArticleFactory.create_batch(5))
        DBTaskResult.objects.all().delete()

        def go(_run):
            raise SystemExit

        after_batches(monkeypatch, 2, go)
        with pytest.raises(SystemExit):
            take(the_run())

        assert (the_run().progress, the_run().position) == (Progress.WAITING, 2)
        assert [one.task_path.rpartition(".")[2] for one in DBTaskResult.objects.all()] == [
            "carry_out"
        ]

    def test_error_of_ours_is_said_and_what_was_done_stays(self, editor, give, monkeypatch):
        give("bin_chosen", ArticleFactory.create_batch(5))

        def fail(_run):
            raise ZeroDivisionError

        after_batches(monkeypatch, 2, fail)
        with pytest.raises(ZeroDivisionError):
            take(the_run())

        run = the_run()
        assert (run.progress, run.reason, run.position) == (Progress.FAILED, BrokenOff.ERROR, 2)
        assert "the log of the worker says which" in editor.get(address(run)).text

    def test_page_says_when_no_worker_comes(self, editor, give):
        give("bin_chosen", ArticleFactory.create_batch(3))
        soon = editor.get(address(the_run())).text
        BulkRun.objects.update(heard_at=long_ago())

        late = editor.get(address(the_run())).text

        assert "No worker has come" not in soon
        assert "No worker has come for some minutes." in late
        assert 'name="stop"' in late
        assert 'name="again"' not in soon

    def test_its_task_is_there_as_soon_as_it_is(self, editor):
        """Nothing is left to do after the commit: a web process may be killed there."""
        editor.do("bin_chosen", ArticleFactory.create_batch(3), sure="1")

        assert queued() == [[the_run().pk, the_run().turn]]

    def test_one_that_waits_keeps_its_place_in_the_queue(self, give):
        give("bin_chosen", ArticleFactory.create_batch(3))
        give("bin_chosen", ArticleFactory.create_batch(3))
        before = list(DBTaskResult.objects.ready())

        for _time in range(4):
            BulkRun.objects.update(heard_at=long_ago())
            bulk_running.look_after_all()

        assert list(DBTaskResult.objects.ready()) == before
        assert not bulk_running.is_forgotten(the_run())  # a worker is there, and busy

    @pytest.mark.parametrize("how", ["lost", "failed by an older worker", "died with its worker"])
    def test_one_that_waits_without_a_task_gets_another(self, give, how):
        give("bin_chosen", ArticleFactory.create_batch(3))
        match how:
            case "lost":
                DBTaskResult.objects.all().delete()
            case "failed by an older worker":
                DBTaskResult.objects.update(status="FAILED", exception_class_path="ImportError")
            case "died with its worker":
                DBTaskResult.objects.update(status="RUNNING")
        BulkRun.objects.update(heard_at=long_ago())

        ticking.once()
        work()

        assert (the_run().progress, the_run().moved) == (Progress.DONE, 3)

    def test_one_that_no_worker_looks_after_is_carried_on_with_a_button(self, editor, give, press):
        give("bin_chosen", ArticleFactory.create_batch(3))
        DBTaskResult.objects.all().delete()
        BulkRun.objects.update(heard_at=long_ago())
        shown = editor.get(address(the_run())).text

        press(the_run(), "again")

        assert 'name="again"' in shown
        assert "data-goes-on" in shown
        assert queued() == [[the_run().pk, the_run().turn]]
        work()
        assert (the_run().progress, the_run().moved) == (Progress.DONE, 3)

    def test_task_of_an_earlier_turn_does_nothing(self, give):
        give("bin_chosen", ArticleFactory.create_batch(3))
        early = the_run().turn
        bulk_running.carry_on(the_run())

        bulk_running.carry_out.call(the_run().pk, early)

        assert (the_run().progress, the_run().position) == (Progress.WAITING, 0)
        work()
        assert the_run().progress == Progress.DONE


class TestReading:
    """Captures that are read again in the background: one run of the ledger, which can be undone."""

    @pytest.fixture
    def captures(self):
        captures = [CaptureFactory(raw=capture_of(number)) for number in range(5)]
        for capture in captures:
            capture.fields["title"]["value"] = "Wrong"
            capture.save()
        Article.objects.update(title="Wrong")
        return captures

    def test_a_few_are_shown_and_all_are_read(self, editor, give, captures, monkeypatch):
        monkeypatch.setattr("corpusapp.importing.bulk_deeds.MOST_REHEARSED", 2)
        monkeypatch.setattr("corpusapp.importing.bulk_deeds._PORTION", 2)
        monkeypatch.setattr("corpusapp.importing.bulk_deeds._SECONDS", -1)
        bare = ArticleFactory()
        chosen = [*(one.article for one in captures), bare]

        asked = editor.do("reread_chosen", chosen)
        assert "The captures of 2 articles were read to show this." in asked.text
        assert set(Article.objects.values_list("title", flat=True)) == {"Wrong", bare.title}
        give("reread_chosen", chosen)
        work()

        run = the_run()
        assert (run.progress, run.moved) == (Progress.DONE, 5)
        assert left(run) == [(bare.pk, LeftWhy.SAME)]
        assert not Article.objects.filter(title="Wrong").exists()
        ledger = ImportRun.objects.get()
        assert (ledger, ledger.updated, ledger.user) == (run.import_run, 5, editor.user)
        assert ledger.finished_at
        assert ledger.options == {"bulk_run": run.pk}
        assert "What the captures changed" in editor.get(address(run)).text
        right = Permission.objects.get(codename="view_importrun")
        editor.user.groups.get().permissions.remove(right)
        assert "What the captures changed" not in editor.get(address(run)).text

        list(Undoing(ledger))

        assert Article.objects.filter(title="Wrong").count() == 5

    def test_killed_between_two_batches_it_goes_on_in_the_same_run_of_the_ledger(
        self, give, captures
    ):
        give("reread_chosen", [one.article for one in captures])

        def die(_run):
            raise SystemError

        with pytest.MonkeyPatch.context() as patch:
            after_batches(patch, 2, die)
            with pytest.raises(SystemError):
                take(the_run())
        before = the_run()
        bulk_running.carry_on(before)
        take(before)

        assert (before.position, before.moved) == (2, 2)
        assert (the_run().progress, the_run().moved) == (Progress.DONE, 5)
        assert ImportRun.objects.get().updated == 5
        assert not BulkLeft.objects.exists()

    def test_what_changed_since_the_look_is_not_read_again(self, give, captures):
        give("reread_chosen", [one.article for one in captures])
        Article.objects.filter(pk=captures[3].article.pk).update(version=9)

        work()

        assert left(the_run()) == [(captures[3].article.pk, LeftWhy.STRAYED)]
        assert Article.objects.filter(title="Wrong").count() == 1

    def test_what_was_begun_at_once_and_the_rest_are_one_run_of_the_ledger(
        self, give, captures, monkeypatch
    ):
        monkeypatch.setattr(bulk_choice, "DONE_HERE", 5)
        monkeypatch.setattr(bulk_choice, "DONE_AT_ONCE", 2)
        monkeypatch.setattr(bulk_choice, "_SECONDS", -1)  # there is time for one batch

        give("reread_chosen", [one.article for one in captures])
        work()

        assert (the_run().total, the_run().moved) == (3, 3)
        assert ImportRun.objects.get().updated == 5

    def each_reading(self, monkeypatch, deed):
        read_again = reextracting.read_again

        def slowly(*facts):
            deed()
            return read_again(*facts)

        monkeypatch.setattr(reextracting, "read_again", slowly)
        monkeypatch.setattr(bulk_running, "_HEARD_EVERY", timedelta(0))

    def test_worker_is_heard_of_while_it_reads(self, give, captures, monkeypatch):
        silent = []

        def long():
            silent.append(bulk_running.is_silent(the_run()))
            BulkRun.objects.update(heard_at=long_ago())

        give("reread_chosen", [one.article for one in captures])
        self.each_reading(monkeypatch, long)
        work()

        assert silent == [False] * 5
        assert the_run().progress == Progress.DONE

    def test_worker_whose_run_was_taken_meanwhile_reads_no_more(self, give, captures, monkeypatch):
        read = []

        def taken():
            read.append(1)
            BulkRun.objects.update(turn=9)

        give("reread_chosen", [one.article for one in captures])
        self.each_reading(monkeypatch, taken)
        work()

        assert read == [1]
        assert (the_run().progress, the_run().position) == (Progress.RUNNING, 0)

    def test_batch_is_one_transaction_of_the_reading(self, give, captures, monkeypatch):
        monkeypatch.setattr(reextracting, "BATCH", 1)
        give("reread_chosen", [one.article for one in captures])

        with pytest.raises(AssertionError):
            take(the_run())

        assert Article.objects.filter(title="Wrong").count() == 5


class TestPage:
    @pytest.fixture
    def others(self, desk, give):
        """A run of an editor of all sections."""
        give("bin_chosen", ArticleFactory.create_batch(3), desk=desk("editor"))
        return the_run()

    def test_editors_and_administrators_of_all_sections_see_all_runs(self, desk, others):
        for who in ("editor", "administrator"):
            somebody = desk(who)
            assert str(others) in somebody.get(RUNS).text
            assert 'name="stop"' in somebody.get(address(others)).text
            assert address(others) in somebody.get(reverse("admin:index")).text

    @pytest.mark.parametrize("who", ["reader", "author"])
    def test_who_has_no_such_deed_sees_none(self, desk, others, who):
        somebody = desk(who)

        assert somebody.get(RUNS).status_code == 403
        assert somebody.get(address(others)).status_code in {403, 404}
        assert somebody.client.post(address(others), {"stop": "1"}).status_code in {403, 404}
        assert the_run().progress == Progress.WAITING
        first = somebody.get(reverse("admin:index")).text
        assert address(others) not in first
        assert RUNS not in first

    def test_who_may_import_or_publish_but_nothing_in_bulk_has_no_menu_of_them(self, desk):
        somebody = desk("author")
        rights = Permission.objects.filter(codename__in=["import_article", "publish_article"])
        somebody.user.user_permissions.add(*rights)

        assert somebody.get(RUNS).status_code == 403
        assert RUNS not in somebody.get(reverse("admin:index")).text

    def test_those_that_go_on_come_before_those_broken_off(self, editor, give, monkeypatch):
        monkeypatch.setattr(bulk_under_way, "_SHOWN", 2)
        for _run in range(4):
            give("bin_chosen", ArticleFactory.create_batch(3))
        (*_older, oldest) = BulkRun.objects.all()
        BulkRun.objects.exclude(pk=oldest.pk).update(progress=Progress.FAILED)

        shown = editor.get(reverse("admin:index")).context["bulk_runs"]

        assert [one.run.pk for one in shown] == [oldest.pk, the_run().pk]

    def test_what_is_under_way_is_found_by_its_index(self, editor, rf):
        request = rf.get("/")
        request.user = editor.user
        with CaptureQueriesContext(connection) as asked:
            bulk_under_way.under_way(request)
            bulk_running.look_after_all()
        plans = []
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            for query in asked:
                if query["sql"].startswith("SELECT") and "heard_at" in query["sql"]:
                    how = "QUERY PLAN " if connection.vendor == "sqlite" else ""
                    cursor.execute(f"EXPLAIN {how}{query['sql']}")
                    plans.append(str(cursor.fetchall()))

        assert len(plans) == 2
        assert all("bulk_run_under_way" in plan for plan in plans)

    def test_whose_articles_they_were_not_is_said_as_the_reader_sees_it(self, desk, editor, give):
        one, section = desk("editor"), SectionFactory()
        section.editors.add(one.user)
        articles = ArticleFactory.create_batch(3, section=section)
        give("bin_chosen", articles, desk=one)
        Article.objects.filter(pk=articles[2].pk).update(section=None)

        work()

        assert "1 article is not yours to change." in one.get(address(the_run())).text
        assert "1 article is not theirs to change." in editor.get(address(the_run())).text

    def test_editor_of_one_section_sees_the_own_ones_only(self, desk, give, others):
        one, section = desk("editor"), SectionFactory()
        section.editors.add(one.user)
        give("bin_chosen", ArticleFactory.create_batch(3, section=section), desk=one)
        own = the_run()

        listed = one.get(RUNS).text

        assert str(own) in listed
        assert str(others) not in listed
        assert one.get(address(own)).status_code == 200
        assert one.get(address(others)).status_code == 404
        assert one.client.post(address(others), {"stop": "1"}).status_code == 404
        assert BulkRun.objects.get(pk=others.pk).progress == Progress.WAITING
        first = one.get(reverse("admin:index")).text
        assert address(own) in first
        assert address(others) not in first

    def test_who_lacks_that_deed_sees_it_and_cannot_stop_it(self, desk, others):
        somebody = desk("editor")
        right = Permission.objects.get(codename="bulk_bin_article")
        somebody.user.groups.get().permissions.remove(right)

        shown = somebody.get(address(others)).text
        somebody.client.post(address(others), {"stop": "1"})

        assert 'name="stop"' not in shown
        assert the_run().progress == Progress.WAITING

    def test_button_needs_the_token_of_its_page(self, editor, others):
        editor.client.handler.enforce_csrf_checks = True

        assert editor.client.post(address(others), {"stop": "1"}).status_code == 403
        assert the_run().progress == Progress.WAITING

    def test_nobody_adds_changes_or_deletes_one_by_hand(self, editor, others):
        add = reverse("admin:corpusapp_bulkrun_add")
        delete = reverse("admin:corpusapp_bulkrun_delete", args=[others.pk])

        assert editor.get(add).status_code == 403
        assert editor.client.post(delete, {"post": "yes"}).status_code == 403
        assert BulkRun.objects.exists()

    def test_finished_ones_leave_the_first_page(self, editor, others):
        work()

        assert address(others) not in editor.get(reverse("admin:index")).text
        assert str(others) in editor.get(RUNS).text

    @pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 40])
    def test_there_is_no_other(self, editor, number):
        assert editor.get(f"{RUNS}{number}/change/").status_code == 404

    @pytest.mark.parametrize("many", [3, 12])
    def test_page_costs_the_same_however_many_were_left(
        self, editor, give, many, django_assert_max_num_queries
    ):
        give("bin_chosen", ArticleFactory.create_batch(many))
        Article.objects.update(version=5)
        work()
        here = address(the_run())
        editor.get(here)

        with django_assert_max_num_queries(11):
            shown = editor.get(here)

        assert len(shown.context["rows"]) == many

    @pytest.mark.parametrize("many", [1, 6])
    def test_list_and_first_page_cost_the_same_however_many_runs(
        self, editor, many, django_assert_num_queries
    ):
        for _number in range(many):
            bulk_running.begin(ALL_DEEDS["bin"], {}, {1: 1}, user=editor.user, said="x")
        editor.get(RUNS)

        with django_assert_num_queries(7):
            listed = editor.get(RUNS)
        with CaptureQueriesContext(connection) as asked:
            editor.get(reverse("admin:index"))

        assert listed.text.count("Bulk change ") >= many
        assert sum("corpusapp_bulkrun" in one["sql"] for one in asked) == 1


def test_what_a_request_has_no_time_for_is_done_in_the_background(give, monkeypatch):
    monkeypatch.setattr(bulk_choice, "DONE_HERE", 5)
    monkeypatch.setattr(bulk_choice, "DONE_AT_ONCE", 2)
    monkeypatch.setattr(bulk_choice, "_SECONDS", -1)
    articles = ArticleFactory.create_batch(5)

    answer = give("publish_chosen", articles, held_too="")

    run = the_run()
    assert answer.redirect_chain[-1][0] == address(run)
    assert messages_of(answer) == ["Published 2 articles."]
    assert (Article.objects.published().count(), run.total) == (2, 3)
    work()
    assert Article.objects.published().count() == 5


def test_all_that_a_filter_finds_is_chosen_across_pages(editor, django_capture_on_commit_callbacks):
    section = SectionFactory(slug="harbour")
    ArticleFactory.create_batch(4, section=section)
    other = ArticleFactory()
    here = f"{LIST}?section=harbour"

    with django_capture_on_commit_callbacks(execute=True):
        asked = editor.do("tag_chosen", Article.objects.all()[:1], here, across="1")
        shown = editor.say_yes(asked, tags=["Sea"])
        ArticleFactory(section=section)  # meanwhile
        told = messages_of(editor.say_yes(shown))
    work()

    assert told == ["1 article has come into the list since you looked, and is left out."]
    assert Article.objects.filter(tags__name="Sea").count() == 4
    assert not other.tags.exists()
