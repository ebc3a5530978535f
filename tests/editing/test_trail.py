"""The trail: who, what, when and why; people, commands and runs alike; and nobody changes it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.publish import hold, publish, put_in_bin, take_from_bin, withdraw
from corpusapp.editing.tagging import add_tags, remove_tags
from corpusapp.editing.trail import acting, entries_of, note, note_articles
from corpusapp.models import Act, AuditEntry, ImportRun, Revision, State
from tests.factories import PASSWORD, ArticleFactory, TagFactory, UserFactory
from tests.importing.conftest import imported
from tests.importing.pages import page

__all__ = ["imported"]

pytestmark = pytest.mark.django_db


def trail(thing):
    return [(entry.who, entry.act, entry.why) for entry in entries_of(thing)][::-1]


def test_each_move_of_an_article_is_told_with_who_and_why():
    editor = UserFactory(username="vera")
    article = ArticleFactory()

    with acting(editor):
        publish([article.pk])
        withdraw([article.pk], "A note to readers.", "The author asked")
        hold([article.pk], State.REVIEW)
        put_in_bin([article.pk], "Not ours")
        take_from_bin([article.pk])
    hold([article.pk], State.DRAFT)

    assert trail(article) == [
        ("vera", Act.PUBLISHED, ""),
        ("vera", Act.WITHDRAWN, "The author asked"),
        ("vera", Act.TO_REVIEW, ""),
        ("vera", Act.BINNED, "Not ours"),
        ("vera", Act.RESTORED, ""),
        ("", Act.TO_DRAFT, ""),
    ]


def test_article_that_a_deed_leaves_alone_is_not_told_of():
    public, binned = ArticleFactory(published=True), ArticleFactory(binned=True)

    publish([public.pk, binned.pk])
    put_in_bin([binned.pk])

    assert not AuditEntry.objects.exists()


def test_planned_publication_tells_its_moment():
    article = ArticleFactory()
    moment = timezone.now() + timedelta(days=1)

    publish([article.pk], moment)

    entry = AuditEntry.objects.get()
    changes = {"state": ["review", "published"], "live_from": [None, moment.isoformat()]}
    assert (entry.act, entry.details) == (Act.SCHEDULED, {"changes": changes})


def test_tags_that_come_and_go_are_told():
    article, tag = ArticleFactory(), TagFactory(name="China")

    add_tags([article.pk], [tag])
    remove_tags([article.pk], [tag])

    entries = list(entries_of(article))[::-1]
    assert [entry.details["fields"] for entry in entries] == [["tags"], ["tags"]]
    china = [{"id": tag.pk, "name": "China"}]
    revisions = [Revision.objects.get(pk=entry.details["revision"]) for entry in entries]
    assert [one.changes["tags"] for one in revisions] == [[[], china], [china, []]]


def test_deed_that_is_rolled_back_leaves_no_entry():
    article = ArticleFactory()

    with transaction.atomic():
        publish([article.pk])
        transaction.set_rollback(True)

    assert not AuditEntry.objects.exists()


def test_many_articles_cost_the_same_as_one(django_assert_num_queries):
    for count in (1, 20):
        ids = [article.pk for article in ArticleFactory.create_batch(count)]
        with django_assert_num_queries(2):
            note_articles(Act.CHANGED, ids)


def test_run_is_told_under_the_account_of_the_machine(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))

    imported(tmp_path, account="librarian")

    run = ImportRun.objects.get()
    entry = entries_of(run).get()
    assert (entry.who, entry.act, entry.details) == ("librarian", Act.RUN, {"kind": "import"})


def test_signing_in_and_out_and_failing_to_are_told():
    user = UserFactory(username="vera")
    browser = Client()
    browser.post(reverse("admin:login"), {"username": "vera", "password": PASSWORD})
    browser.post(reverse("admin:logout"))
    browser.post(reverse("admin:login"), {"username": "nobody", "password": "wrong"})

    assert list(AuditEntry.objects.order_by("pk").values_list("who", "act")) == [
        ("vera", Act.SIGNED_IN),
        ("vera", Act.SIGNED_OUT),
        ("nobody", Act.SIGN_IN_FAILED),
    ]
    assert user.pk in set(AuditEntry.objects.values_list("user_number", flat=True))


def test_who_is_gone_is_still_told():
    user = UserFactory(username="vera")
    with acting(user):
        note(Act.CHANGED)
    user.delete()

    assert AuditEntry.objects.get().who == "vera"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_or_delete_an_entry(change):
    if connection.vendor == "sqlite" and change == "delete":
        _guard_against_deletion()
    note(Act.CHANGED, why="True")

    changes = {
        "update": lambda: AuditEntry.objects.update(why="Otherwise"),
        "delete": lambda: AuditEntry.objects.all().delete(),
    }
    with pytest.raises(DatabaseError, match="the trail is not changed"), transaction.atomic():
        changes[change]()

    assert AuditEntry.objects.get().why == "True"


def test_database_refuses_to_replace_an_entry():
    note(Act.CHANGED, why="True")
    note(Act.CHANGED, why="True, too")  # what comes as it should is taken
    replacing = {
        "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "postgresql": "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET why = ''",
    }[connection.vendor]

    with (
        pytest.raises(DatabaseError, match="the trail is not changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(replacing.format(AuditEntry._meta.db_table))

    assert [entry.why for entry in AuditEntry.objects.order_by("pk")] == ["True", "True, too"]


def _guard_against_deletion():
    """As the migration has it; tests that empty all tables go without (see tests/conftest.py)."""
    from importlib import import_module  # noqa: PLC0415

    made = import_module("corpusapp.migrations.0029_nobody_changes_the_trail").MAKE["sqlite"]
    with connection.cursor() as cursor:
        cursor.execute(next(one for one in made if "DELETE" in one))
