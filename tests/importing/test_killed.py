"""Killed at any moment, or two at once: the same command again gives the rows of one whole run."""

import random
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from corpusapp.editing.totals import recount_all, recounted
from corpusapp.extraction.article import Part
from corpusapp.importing import giving, writing
from corpusapp.models import (
    Article,
    Author,
    AuthorName,
    Byline,
    Capture,
    CaptureBytes,
    Doubt,
    ImportItem,
    PublicTotal,
    Section,
    Source,
    Tag,
    Tagging,
    TextMark,
)
from corpusapp.models.text_mark import GatheredMark
from tests.importing.forked import Forks
from tests.importing.pages import page

pytestmark = pytest.mark.django_db(transaction=True)
_PAGES = 24
_MOST_ATTEMPTS = 6
_ARTICLE = (1 << 28) - 1  # the bits of a mark's row that are its article


@pytest.fixture(scope="module")
def forks(django_db_setup, django_db_blocker):  # noqa: ARG001 - its address is asked for
    with django_db_blocker.unblock():
        made = Forks()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path):
    """Pages, two copies, a refused file, and what is no document."""
    for number in range(_PAGES):
        (tmp_path / f"{number:02d}.txt").write_bytes(
            page(number, author=f"Ada Quill the {number % 5}th", section=f"Affairs {number % 3}")
        )
    (tmp_path / "05-copy.txt").write_bytes(page(5))
    (tmp_path / "20-copy.txt").write_bytes(page(20))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"no document")
    return tmp_path


def listed(found):
    """Whatever is missing: what must not be here is told, too."""
    return sorted(found, key=repr)


def rows():
    """All that an import writes, without numbers that depend on who came first; the ledger apart."""
    articles = dict(Article.objects.values_list("pk", "title"))
    return {
        "articles": listed(
            Article.objects.values_list(
                "title", "body", "state", "section__name", "published_on", "counted", "version"
            )
        ),
        "in the bin": listed(Article.objects.in_bin().values_list("title", flat=True)),
        "bylines": listed(
            Byline.objects.values_list("article__title", "author__name", "name", "post", "position")
        ),
        "tags": listed(Tagging.objects.values_list("content_object__title", "tag__name")),
        "captures": listed(
            Capture.objects.values_list(
                "path", "bytes__sha256", "article__title", "duplicate_of__path", "extractor"
            ),
        ),
        "undone": Capture.objects.filter(undone_by__isnull=False).count(),
        "bytes": listed(CaptureBytes.objects.values_list("sha256", "size")),
        "doubts": listed(Doubt.objects.values_list("article__title", "field", "code")),
        "totals": listed(
            PublicTotal.objects.filter(articles__gt=0).values_list("listing", "shelf", "articles")
        ),
        "marks": listed(
            (articles[row & _ARTICLE], row >> 28)
            for model in (TextMark, GatheredMark)
            for row in model.objects.values_list("pk", flat=True)
        ),
        "named": [
            listed(model.objects.values_list("name", flat=True))
            for model in (Author, Section, Tag, Source)
        ],
        "names": AuthorName.objects.count(),
    }


def settled_totals():
    kept = sorted(
        PublicTotal.objects.filter(articles__gt=0).values_list("listing", "key", "articles")
    )
    recount_all()
    return kept == sorted(PublicTotal.objects.values_list("listing", "key", "articles"))


def change_captures(folder):
    for number in range(0, _PAGES, 2):
        (folder / f"{number:02d}.txt").write_bytes(page(number, author="Tom Reef", post="Captain"))


def pretend_older_captures(_folder):
    for capture in Capture.objects.filter(duplicate_of=None).select_related("article"):
        capture.fields["title"]["value"] = "Menu"
        capture.extractor = "0"
        capture.save()
    Article.objects.update(title="Menu")


def nothing(_folder):
    pass


DEEDS = {
    "a first import": ("import", nothing),
    "an import of changed pages": ("import", change_captures),
    "an undoing": ("undo", nothing),
    "a new extraction": ("reextract", pretend_older_captures),
}


def prepare(deed, folder, forks):
    """The state before the deed; the same each time."""
    call_command("flush", verbosity=0, interactive=False)
    for number in range(0, _PAGES, 2):
        (folder / f"{number:02d}.txt").write_bytes(
            page(number, author=f"Ada Quill the {number % 5}th", section=f"Affairs {number % 3}")
        )
    name, before = DEEDS[deed]
    if deed != "a first import":
        assert forks.run("import", str(folder)) == 0
    before(folder)
    return [name, *([str(folder)] if name == "import" else [])]


@pytest.mark.parametrize("deed", DEEDS)
def test_killed_at_random_moments_and_run_again_it_gives_the_rows_of_a_whole_run(
    deed, folder, forks
):
    dice = random.Random(deed)  # noqa: S311 - moments, not secrets
    arguments = prepare(deed, folder, forks)
    start = time.monotonic()
    assert forks.run(*arguments) == 0
    took = time.monotonic() - start
    whole = rows()

    for _round in range(2):
        for _attempt in range(_MOST_ATTEMPTS):
            arguments = prepare(deed, folder, forks)
            moments = [dice.uniform(0, took * part) for part in (0.5, 0.9, 1)]
            killed = [forks.run(*arguments, kill_after=moment) for moment in moments]
            if -9 in killed:
                break
            took /= 2  # the machine has more time for it than it had for the whole run
        assert forks.run(*arguments) == 0

        assert -9 in killed
        assert rows() == whole
        assert settled_totals()


def test_two_imports_at_once_finish_with_the_rows_of_one(folder, forks):
    assert forks.run(*prepare("a first import", folder, forks)) == 0
    alone = rows()

    arguments = prepare("a first import", folder, forks)
    both = [forks.start(*arguments) for _ in range(2)]

    assert [forks.wait(pid) for pid in both] == [0, 0]
    assert rows() == alone
    assert settled_totals()


def test_two_undoings_at_once_undo_each_line_once(folder, forks):
    arguments = prepare("an undoing", folder, forks)
    both = [forks.start(*arguments) for _ in range(2)]

    ended = [forks.wait(pid) for pid in both]

    assert 0 in ended
    assert ImportItem.objects.filter(undoes__isnull=False).count() == _PAGES + 2
    assert Article.objects.published().count() == 0


def test_editor_saves_and_readers_read_while_an_import_runs(folder, forks):
    arguments = prepare("an import of changed pages", folder, forks)
    for number in range(100, 160):
        (folder / f"{number}.txt").write_bytes(page(number))
    article = Article.objects.order_by("pk")[0]
    client, statuses, waits = Client(), set(), []
    pid = forks.start(*arguments)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        start = time.monotonic()
        with recounted([article.pk]):
            Article.objects.filter(pk=article.pk).update(standfirst=f"Saved {len(waits)}.")
        waits.append(time.monotonic() - start)
        connection.close()  # as a request leaves it
        for address in ("/en/", "/en/articles/", article.get_absolute_url()):
            statuses.add(client.get(address, follow=True).status_code)

    assert forks.wait(pid) == 0
    assert statuses == {200}
    assert max(waits) < 1
    article.refresh_from_db()
    assert article.standfirst == f"Saved {len(waits) - 1}."


@pytest.fixture
def saved_meanwhile(monkeypatch):
    """An editor saves the moment a deed has read the article; the wait for that save to be over."""
    threads = []

    def save(pk):
        with recounted([pk]):
            Article.objects.filter(pk=pk).update(standfirst="Saved meanwhile.")
        connection.close()

    def after_reading(module):
        read = module.whole

        def whole(article):
            found = read(article)
            threads.append(threading.Thread(target=save, args=[article.pk]))
            threads[-1].start()
            threads[-1].join(0.5)  # longer than it takes, but if it has to wait for the deed
            return found

        monkeypatch.setattr(module, "whole", whole)

    def over():
        assert len(threads) == 1
        threads[0].join()

    return after_reading, over


def test_what_is_saved_while_an_import_changes_the_article_stays(tmp_path, saved_meanwhile):
    after_reading, over = saved_meanwhile
    (tmp_path / "0.txt").write_bytes(page(0))
    call_command("import_documents", tmp_path, verbosity=0)
    (tmp_path / "0.txt").write_bytes(page(0, author="Tom Reef"))
    after_reading(writing)

    call_command("import_documents", tmp_path, verbosity=0)
    over()

    article = Article.objects.get(bylines__author__name="Tom Reef")
    assert article.standfirst == "Saved meanwhile."


def test_what_is_saved_while_a_line_is_given_to_the_article_stays(tmp_path, saved_meanwhile):
    after_reading, over = saved_meanwhile
    (tmp_path / "0.txt").write_bytes(page(0))
    call_command("import_documents", tmp_path, verbosity=0)
    capture = Capture.objects.get()
    after_reading(giving)

    giving.give(capture.pk, [1], Part.SECTION)
    over()

    assert Article.objects.get().standfirst == "Saved meanwhile."
