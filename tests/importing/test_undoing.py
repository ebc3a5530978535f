"""Undoing a run, undoing that, and importing again after either."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corpusapp.editing.ownership import own_fields
from corpusapp.editing.publish import hold, publish, put_in_bin, take_from_bin
from corpusapp.editing.totals import recount_all
from corpusapp.importing import ledger
from corpusapp.importing.errors import AlreadyUndoneError, NothingToUndoError, StillGoesOnError
from corpusapp.importing.ledger import SILENT_FOR
from corpusapp.importing.run import Import, Request
from corpusapp.importing.undoing import Undoing
from corpusapp.models import (
    Article,
    Author,
    Capture,
    Deed,
    Doubt,
    ImportRun,
    Outcome,
    PublicTotal,
    State,
)
from tests.importing.pages import page

pytestmark = pytest.mark.django_db


def undo(run=None):
    return list(Undoing(run or ImportRun.objects.latest()))


def told(results):
    return [(str(one.outcome), one.reason) for one in results]


def outcomes(results):
    return [str(result.outcome) for result in results]


def fields(article):
    """What an import may write of an article."""
    article = Article.objects.get(pk=article.pk)
    return (
        article.title,
        article.standfirst,
        article.body,
        article.published_at,
        article.section.name if article.section else None,
        article.language,
        [(b.name, b.post, b.role, b.author_id) for b in article.bylines.all()],
        sorted(tag.name for tag in article.tags.all()),
        sorted(article.doubts.open().values_list("field", "code")),
    )


def test_what_was_never_public_goes_to_the_bin_and_what_was_is_withdrawn(tmp_path, imported):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)
    first, second, third = Article.objects.order_by("pk")
    publish([first.pk])
    publish([second.pk], timezone.now() + timezone.timedelta(days=1))

    results = undo()

    assert told(results) == [
        ("updated", "put in the bin"), ("updated", "put in the bin"), ("updated", "withdrawn")
    ]  # fmt: skip
    first.refresh_from_db()
    assert (first.state, first.binned_at) == (State.WITHDRAWN, None)
    assert set(Article.objects.in_bin()) == {second, third}
    assert not Article.objects.published().exists()
    assert Article.objects.once_public().get() == first


def test_undoing_is_a_run_that_names_the_run_it_undid(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    run = ImportRun.objects.get()

    undo(run)

    undone = ImportRun.objects.latest()
    assert (undone.kind, undone.undoes, undone.updated) == (Deed.UNDO, run, 1)
    assert undone.finished_at is not None
    line = undone.items.get()
    assert (line.undoes, line.path, line.reason) == (
        run.items.get(), str(tmp_path / "a.txt"), "put in the bin"
    )  # fmt: skip


def test_what_a_run_updated_is_as_it_was_before(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, publish=True, tags=("Sea",))
    article = Article.objects.get()
    before = fields(article)
    (tmp_path / "a.txt").write_bytes(
        page(1, title="What the Page Now Calls Its Long and Stormy Winter", section="", date="",
             author="Tom Reef", post="Captain")
    )  # fmt: skip
    imported(tmp_path, tags=("Storms",))
    after = fields(article)

    (line,) = undo()

    assert fields(article) == before
    assert after != before
    assert "no_date" in str(after)
    assert line.restored == ("title", "authors", "published_at", "section", "tags")
    assert Article.objects.published().get() == article
    kept = set(PublicTotal.objects.filter(articles__gt=0).values_list("listing", "key", "articles"))
    recount_all()
    assert kept == set(PublicTotal.objects.values_list("listing", "key", "articles"))


def test_field_edited_since_is_left_and_named(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    (tmp_path / "a.txt").write_bytes(
        page(1, title="What the Page Now Calls Its Long and Stormy Winter", post="Captain",
             section="River Affairs")
    )  # fmt: skip
    imported(tmp_path)
    article = Article.objects.get()
    Article.objects.update(title="An editor's title")
    own_fields([article.pk], ["section"])  # written, though with the same words

    (line,) = undo()

    article.refresh_from_db()
    assert (str(line.outcome), line.reason) == (
        "conflict", "restored: authors; left as it is: title (edited since), section (edited since)"
    )  # fmt: skip
    assert (article.title, article.section.name) == ("An editor's title", "River Affairs")
    assert article.bylines.get().post == "Keeper, Lighthouse Board"


def test_conflict_that_a_run_listed_goes_and_the_one_before_comes_back(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    Article.objects.update(title="An editor's title")
    for title in ("A Second Title for Its Long and Stormy Winter", "A Third Title for Its Winter"):
        (tmp_path / "a.txt").write_bytes(page(1, title=title))
        imported(tmp_path)

    conflicts = [Doubt.objects.open().get(code="conflict").candidates]
    undo()
    conflicts.append(Doubt.objects.open().get(code="conflict").candidates)
    undo(ImportRun.objects.get(conflict=1, undone_by=None, kind=Deed.IMPORT))

    assert conflicts == [
        ["A Third Title for Its Winter"], ["A Second Title for Its Long and Stormy Winter"]
    ]  # fmt: skip
    assert not Doubt.objects.filter(code="conflict").exists()
    assert Article.objects.get().title == "An editor's title"


def test_run_is_undone_once_and_the_undoing_can_be_undone(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(1))
    imported(tmp_path, publish=True)
    run = ImportRun.objects.get()
    undo(run)
    undoing = ImportRun.objects.latest()

    with pytest.raises(AlreadyUndoneError, match=rf"undo run {undoing.pk}\.$"):
        undo(run)
    undo(undoing)

    assert Article.objects.published().count() == 1
    assert outcomes(imported(tmp_path)) == ["unchanged", "unchanged"]
    with pytest.raises(AlreadyUndoneError, match=rf"undo run {ImportRun.objects.latest().pk}\.$"):
        undo(run)
    undo()
    assert not Article.objects.published().exists()


def test_undoing_says_of_each_article_whether_it_goes_or_comes_however_often_it_is_undone(
    tmp_path, imported
):
    for number in range(2):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)
    publish([Article.objects.latest("pk").pk])
    away = ["withdrawn", "put in the bin"]
    undo()
    undo()

    preview = list(Undoing(ImportRun.objects.latest(), dry_run=True))
    third = undo()

    assert [one.reason for one in third] == [one.reason for one in preview] == away
    assert [one.taken_away for one in third] == ["withdrawn", "binned"]
    assert not any(one.given_back for one in third)
    assert [one.reason for one in undo()] == ["given back", "given back"]
    assert Article.objects.published().count() == 1


def test_undoing_an_undoing_gives_the_updates_back(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    article = Article.objects.get()
    (tmp_path / "a.txt").write_bytes(page(1, title="Its Winter", post="Captain", date=""))
    imported(tmp_path)
    after = fields(article)
    undo()

    undo()

    assert fields(article) == after
    assert outcomes(imported(tmp_path)) == ["unchanged"]


@pytest.fixture
def under_way(tmp_path):
    """An import that has written a batch and is to write another."""
    for number in range(60):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    going = iter(Import(Request(paths=[str(tmp_path)], jobs=1)))
    next(going)
    yield going
    going.close()


@pytest.mark.usefixtures("under_way")
def test_run_that_still_goes_on_is_not_undone_and_one_that_was_killed_is():
    run = ImportRun.objects.get()
    for dry_run in (False, True):
        with pytest.raises(StillGoesOnError, match=rf"^Run {run.pk} still goes on\."):
            Undoing(run, dry_run=dry_run)
    assert not Article.objects.in_bin().exists()

    ImportRun.objects.update(heard_at=timezone.now() - 2 * SILENT_FOR)
    undo()
    assert Article.objects.in_bin().count() == 50


def test_run_is_undone_as_soon_as_it_has_ended(under_way):
    list(under_way)

    assert len(undo()) == 60


def test_run_that_finds_nothing_new_for_long_is_still_heard_of(under_way, monkeypatch):
    monkeypatch.setattr(ledger, "_TOLD_EVERY", timedelta(0))
    kept = ledger.Ledger({}, run=ImportRun.objects.get())
    long_ago = timezone.now() - 2 * SILENT_FOR
    kept.run.heard_at = long_ago

    kept.write()

    assert ImportRun.objects.get().heard_at > long_ago
    assert next(under_way)


def test_run_of_refusals_only_has_nothing_to_undo(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(b"")
    imported(tmp_path)

    with pytest.raises(NothingToUndoError):
        undo()


def test_rehearsal_tells_what_the_undoing_tells_and_writes_nothing(tmp_path, imported):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)
    (tmp_path / "1.txt").write_bytes(page(1, post="Captain"))
    (tmp_path / "9.txt").write_bytes(page(9))
    imported(tmp_path)
    run = ImportRun.objects.latest()
    before = (list(Article.objects.values()), list(Capture.objects.values("undone_by")))

    rehearsed = list(Undoing(run, dry_run=True))

    assert (list(Article.objects.values()), list(Capture.objects.values("undone_by"))) == before
    assert ImportRun.objects.count() == 2
    assert rehearsed == undo(run)


def test_undoing_that_was_cut_off_is_carried_on_as_the_same_run(tmp_path, imported):
    for number in range(120):
        (tmp_path / f"{number:03d}.txt").write_bytes(page(number))
    imported(tmp_path)
    run = ImportRun.objects.get()

    first = list(Undoing(run, most=1))
    cut_off = ImportRun.objects.latest()
    second = undo(run)

    assert (len(first), len(second)) == (100, 20)
    assert cut_off.finished_at is None
    cut_off.refresh_from_db()
    assert (cut_off.updated, cut_off.finished_at is not None) == (120, True)
    assert ImportRun.objects.count() == 2
    assert Article.objects.in_bin().count() == 120


# Two runs over one article ------------------------------------------------------------------------


def changed_twice(tmp_path, imported):
    """An article whose title two runs have changed; the two runs."""
    for title in (
        "What Its First Title Says About a Long and Stormy Winter",
        "What Its Second Title Says About a Long and Stormy Winter",
        "What Its Third Title Says About a Long and Stormy Winter",
    ):
        (tmp_path / "a.txt").write_bytes(page(1, title=title))
        imported(tmp_path)
    return ImportRun.objects.order_by("pk")[1:]


def test_later_change_is_left_and_named_when_the_earlier_run_is_undone(tmp_path, imported):
    second, third = changed_twice(tmp_path, imported)

    (line,) = undo(second)

    assert line.reason == f"left as it is: title (changed again by run {third.pk})"
    assert Article.objects.get().title == "What Its Third Title Says About a Long and Stormy Winter"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_undone_in_any_order_give_what_was_before_both(tmp_path, imported, order):
    runs = changed_twice(tmp_path, imported)

    for number in order:
        undo(list(runs)[number])

    assert Article.objects.get().title == "What Its First Title Says About a Long and Stormy Winter"


def test_update_undone_does_not_make_the_field_an_editors(tmp_path, imported):
    changed_twice(tmp_path, imported)
    undo()
    (tmp_path / "a.txt").write_bytes(
        page(1, title="What Its Fourth Title Says About a Long and Stormy Winter")
    )

    assert outcomes(imported(tmp_path)) == ["updated"]
    assert (
        Article.objects.get().title == "What Its Fourth Title Says About a Long and Stormy Winter"
    )


# Importing again ----------------------------------------------------------------------------------


def test_import_after_an_undoing_is_as_the_first_and_gives_each_article_its_address_back(
    tmp_path, imported
):
    for name, seed in (("a", 1), ("b", 2), ("c", 2)):
        (tmp_path / f"{name}.txt").write_bytes(page(seed))
    first = imported(tmp_path, publish=True)
    undo()
    undoing = ImportRun.objects.latest()

    again = imported(tmp_path, publish=True)

    assert outcomes(again) == outcomes(first) == ["created", "created", "duplicate"]
    assert [one.public_id for one in again] == [one.public_id for one in first]
    assert again[0].reason == f"Back from run {undoing.pk}, which had undone its import."
    assert Article.objects.count() == Article.objects.published().count() == 2
    assert outcomes(imported(tmp_path)) == ["unchanged"] * 3


def test_import_after_an_undoing_takes_the_options_it_is_given(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1, section=""))
    imported(tmp_path, section="Wrong Section", source="The Wrong Post", publish=True)
    article = Article.objects.get()
    undo()

    (result,) = imported(tmp_path, section="Right Section", source="The Right Post")

    article.refresh_from_db()
    assert (str(result.outcome), result.public_id) == ("created", article.public_id)
    assert (article.section.name, article.source.name) == ("Right Section", "The Right Post")
    assert (article.state, article.binned_at, article.undone_by) == (State.REVIEW, None, None)


def test_import_after_an_undoing_keeps_what_an_editor_had_written(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    Article.objects.update(title="An editor's title")
    undo()
    (tmp_path / "a.txt").write_bytes(page(1, title="Its Winter", post="Captain"))

    (result,) = imported(tmp_path, publish=True)

    article = Article.objects.get()
    assert result.outcome == Outcome.CREATED
    assert (article.title, article.bylines.get().post) == ("An editor's title", "Captain")
    assert article.state == State.REVIEW  # the conflict holds it back
    assert Doubt.objects.open().get(code="conflict").candidates == ["Its Winter"]


def draft(path, words="draft: true\n", title="A Winter of Storms"):
    text = page(1).decode().partition("\n\n")[2]
    path.write_text(f"---\ntitle: {title}\n{words}---\n\n{text}")


def test_draft_comes_back_as_one_whatever_the_import_publishes(tmp_path, imported):
    draft(tmp_path / "a.md")
    imported(tmp_path, publish=True)
    undo()

    imported(tmp_path, publish=True)

    article = Article.objects.get()
    assert (article.state, article.live_from, article.binned_at) == (State.DRAFT, None, None)


def test_what_became_a_draft_at_its_source_comes_back_as_one(tmp_path, imported):
    draft(tmp_path / "a.md", "")
    imported(tmp_path, publish=True)
    undo()
    draft(tmp_path / "a.md")

    imported(tmp_path, publish=True)

    assert Article.objects.get().state == State.DRAFT


def test_what_an_editor_had_made_a_draft_or_scheduled_comes_back_so(tmp_path, imported):
    later = timezone.now() + timedelta(days=7)
    for name, seed in (("a", 1), ("b", 2)):
        (tmp_path / f"{name}.txt").write_bytes(page(seed))
    first = imported(tmp_path)
    drafted, scheduled = (Article.objects.get(public_id=one.public_id) for one in first)
    Article.objects.filter(pk=drafted.pk).update(state=State.DRAFT)
    publish([scheduled.pk], later)
    undo()

    imported(tmp_path, publish=True)

    for article in (drafted, scheduled):
        article.refresh_from_db()
    assert (drafted.state, drafted.binned_at) == (State.DRAFT, None)
    assert (scheduled.state, scheduled.live_from) == (State.PUBLISHED, later)
    assert Article.objects.published().count() == 0


def test_import_that_brought_an_article_back_can_be_undone_again(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    undo()
    imported(tmp_path)

    undo()

    assert Article.objects.in_bin().count() == Article.objects.count() == 1
    assert outcomes(imported(tmp_path)) == ["created"]
    assert Article.objects.in_bin().count() == 0


@pytest.mark.parametrize("bring", [take_from_bin, lambda ids: hold(ids, State.REVIEW)])
def test_article_that_an_editor_fetched_back_is_there_for_imports_too(tmp_path, imported, bring):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, publish=bring is not take_from_bin)
    article = Article.objects.get()
    undo()

    bring([article.pk])

    assert outcomes(imported(tmp_path)) == ["unchanged"]


def test_article_that_an_editor_put_in_the_bin_stays_there(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    put_in_bin([Article.objects.get().pk])

    (line,) = undo()

    assert told([line]) == [("unchanged", "it is in the bin already")]
    assert outcomes(imported(tmp_path)) == ["unchanged"]
    assert Article.objects.in_bin().count() == 1


def test_dry_run_after_an_undoing_tells_what_the_run_tells(tmp_path, imported):
    for name, seed in (("a", 1), ("b", 2), ("c", 2)):
        (tmp_path / f"{name}.txt").write_bytes(page(seed))
    imported(tmp_path)
    undo()
    (tmp_path / "b.txt").write_bytes(page(2, post="Captain"))

    def tell(results):
        return [(one.path, str(one.outcome), one.reason) for one in results]

    rehearsed = tell(imported(tmp_path, dry_run=True))

    assert rehearsed == tell(imported(tmp_path))
    assert [outcome for _path, outcome, *_ in rehearsed] == ["created", "created", "created"]


def test_author_who_is_gone_or_merged_comes_back_by_name(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    (tmp_path / "a.txt").write_bytes(page(1, author="Tom Reef"))
    imported(tmp_path)
    Author.objects.get(name="Ada Quill").delete()

    undo()

    assert Article.objects.get().bylines.get().author.name == "Ada Quill"


@pytest.mark.parametrize("documents", [3, 20])
def test_importing_again_what_was_undone_costs_the_same_few_queries(
    tmp_path, imported, documents, django_assert_max_num_queries
):
    for number in range(documents):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path, publish=True)
    undo()

    # SQLite takes the words of each article out of its index by a statement of its own
    with django_assert_max_num_queries(77 + documents):
        results = imported(tmp_path, publish=True)

    assert outcomes(results) == ["created"] * documents
    assert Article.objects.published().count() == documents
    before = set(PublicTotal.objects.values_list("listing", "key", "shelf", "articles"))
    recount_all()
    assert before - {one for one in before if not one[-1]} == set(
        PublicTotal.objects.values_list("listing", "key", "shelf", "articles")
    )
