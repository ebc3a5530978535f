"""Taking a run back, and reading captures again, from the pages of the runs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from corpusapp.importing.undoing import Undoing
from corpusapp.models import Article, Capture, ImportItem, ImportRun
from tests.admin.conftest import messages_of
from tests.factories import ImportRunFactory
from tests.importing.pages import page

pytestmark = pytest.mark.django_db
REEXTRACT = reverse("admin:corpusapp_importrun_reextract")


def undo_of(run):
    return reverse("admin:corpusapp_importrun_undo", args=[run.pk])


@pytest.fixture
def run(tmp_path, imported):
    """A run that created two articles and changed a third, whose title an editor wrote since."""
    (tmp_path / "1.txt").write_bytes(page(1))
    imported(tmp_path)
    (tmp_path / "1.txt").write_bytes(
        page(1, title="What the Page Now Calls Its Long and Stormy Winter", post="Captain")
    )
    for number in (2, 3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path, tags=("Sea",))
    Article.objects.filter(title__contains="Now Calls").update(title="An editor's title")
    return ImportRun.objects.latest()


def test_page_of_a_run_says_what_was_asked_for_and_offers_to_undo_it(editor, run):
    shown = editor.page(run).text

    assert f'href="{undo_of(run)}"' in shown
    assert "<dt>tags</dt><dd>Sea</dd>" in shown


def test_what_will_happen_is_shown_first_and_changes_nothing(editor, run):
    before = list(Article.objects.values())

    shown = editor.get(undo_of(run))

    assert list(Article.objects.values()) == before
    assert shown.context["counts"] == [
        "To the bin: 2 articles.",
        "As it was before: 1 article.",
        "With fields that stay as they are: 1 article.",
    ]
    assert [line.words for line in shown.context["lines"]] == [
        "As before: authors, tags. Stays as it is: title (edited since).",
        "Goes to the bin.",
        "Goes to the bin.",
    ]


def test_log_tells_what_is_undone_and_not_what_is_only_shown(
    editor, run, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("INFO", "corpusapp")

    with django_capture_on_commit_callbacks(execute=True):
        editor.get(undo_of(run))
    shown = [record.getMessage() for record in caplog.records]
    with django_capture_on_commit_callbacks(execute=True):
        editor.client.post(undo_of(run))
    done = [record.getMessage() for record in caplog.records]

    assert shown == []
    assert "put 2 articles in the bin" in done


def test_it_is_undone_at_a_click_and_the_log_says_by_whom(editor, run):
    shown = editor.client.post(undo_of(run), follow=True)

    undoing = ImportRun.objects.latest()
    assert shown.redirect_chain[0][0] == reverse(
        "admin:corpusapp_importrun_change", args=[undoing.pk]
    )
    assert messages_of(shown) == [
        "To the bin: 2 articles.",
        "As it was before: 1 article.",
        "With fields that stay as they are: 1 article.",
    ]
    assert (undoing.user, undoing.undoes) == (editor.user, run)
    assert Article.objects.in_bin().count() == 2
    assert undo_of(run) not in editor.page(run).text
    for answer in (editor.client.post(undo_of(run), follow=True), editor.get(undo_of(run))):
        assert answer.status_code in {200, 302}
    assert ImportRun.objects.count() == 3


def test_undoing_that_takes_long_goes_on_with_the_next_click(editor, run, monkeypatch):
    monkeypatch.setattr("corpusapp.admin.undoing._SECONDS", -1)
    monkeypatch.setattr("corpusapp.importing.undoing._BATCH", 2)

    first = editor.client.post(undo_of(run), follow=True)

    assert messages_of(first)[-1] == "1 file is left. Go on when you are ready."
    assert "Go on undoing" in first.text
    editor.client.post(undo_of(run))
    undoing = ImportRun.objects.latest()
    assert (undoing.items.count(), undoing.finished_at is not None) == (3, True)


def test_run_that_still_goes_on_is_told_so_and_nothing_is_undone(editor, run):
    run.finished_at, run.heard_at = None, timezone.now()
    run.save()

    for answer in (editor.get(undo_of(run)), editor.client.post(undo_of(run))):
        assert answer.url == reverse("admin:corpusapp_importrun_change", args=[run.pk])
    assert f"Run {run.pk} still goes on." in editor.get(answer.url).text
    assert not run.undone_by.exists()


@pytest.mark.parametrize("who", ["reader", "author"])
def test_who_may_not_import_and_publish_undoes_nothing(desk, run, who):
    somebody = desk(who)

    assert undo_of(run) not in somebody.page(run).text
    assert somebody.get(undo_of(run)).status_code == 403
    assert somebody.client.post(undo_of(run)).status_code == 403
    assert somebody.get(REEXTRACT).status_code == 403
    assert somebody.client.post(REEXTRACT + "?look=1").status_code == 403
    assert Article.objects.in_bin().count() == 0


@pytest.mark.parametrize("number", ["0", "99999", "9" * 30, "1_0", "x"])
def test_run_that_is_none_is_not_found(editor, number):
    assert editor.get(f"/admin/corpusapp/importrun/{number}/undo/").status_code == 404


def test_line_of_a_run_shows_each_field_before_and_after(editor, run):
    line = ImportItem.objects.get(outcome="updated", run=run)

    shown = editor.page(line).text

    assert '<del class="value">Ada Quill (Keeper, Lighthouse Board)</del>' in shown
    assert '<ins class="value">Ada Quill (Captain)</ins>' in shown
    assert "{&#x27;" not in shown  # nothing of how it is stored


@pytest.mark.parametrize("rows", [1, 5])
def test_list_of_runs_costs_the_same_however_many_were_undone(
    editor, rows, django_assert_num_queries
):
    for undone in ImportRunFactory.create_batch(rows):
        ImportRunFactory(kind="undo", undoes=undone)

    with django_assert_num_queries(8):  # one asks whether the editor is kept to some sections
        editor.get(reverse("admin:corpusapp_importrun_changelist"))


# Reading captures again ---------------------------------------------------------------------------


@pytest.fixture
def older(run):  # noqa: ARG001 - its captures
    """The two created captures, as if an older version had read them: the title is wrong."""
    captures = list(Capture.objects.filter(path__in=["2.txt", "3.txt"]).order_by("pk"))
    for capture in captures:
        capture.fields["title"] |= {"value": "Menu", "rule": "an older rule"}
        capture.extractor = "0"
        capture.save()
        Article.objects.filter(pk=capture.article_id).update(title="Menu")
    return captures


def test_list_of_runs_leads_to_the_page_that_asks_which_captures(editor):
    assert f'href="{REEXTRACT}"' in editor.get(reverse("admin:corpusapp_importrun_changelist")).text
    assert editor.get(REEXTRACT).context.get("portion") is None


@pytest.mark.usefixtures("older")
def test_changes_are_shown_first_and_then_exactly_those_are_made(editor):
    asked = f"{REEXTRACT}?look=1&extractor=0"
    shown = editor.get(asked)

    assert [change.result.path for change in shown.context["changes"]] == ["2.txt", "3.txt"]
    ((field, lines),) = shown.context["changes"][0].fields
    assert (str(field), [(line.sign, line.text) for line in lines]) == (
        "title",
        [("-", "Menu"), ("+", "What Place 2 Learned From Its Long and Stormy Winter")],
    )
    assert set(Article.objects.values_list("title", flat=True)) == {"Menu", "An editor's title"}

    done = editor.client.post(
        asked, {"fingerprint": shown.context["portion"].fingerprint}, follow=True
    )

    assert messages_of(done) == ["Changed 2 articles."]
    assert not Article.objects.filter(title="Menu").exists()
    made = ImportRun.objects.latest()
    assert (made.user, made.updated, made.options) == (editor.user, 2, {"extractor": "0"})
    list(Undoing(made))
    assert Article.objects.filter(title="Menu").count() == 2


def test_nothing_is_done_where_something_changed_since_the_page_was_shown(editor, older):
    asked = f"{REEXTRACT}?look=1"
    fingerprint = editor.get(asked).context["portion"].fingerprint
    Article.objects.filter(pk=older[0].article_id).update(title="An editor's other title")

    done = editor.client.post(asked, {"fingerprint": fingerprint}, follow=True)

    assert messages_of(done) == [
        "Something has changed since you looked, so nothing was done. Look again."
    ]
    assert Article.objects.filter(title="Menu").count() == 1


@pytest.mark.usefixtures("older")
def test_long_list_goes_page_by_page(editor, monkeypatch):
    monkeypatch.setattr("corpusapp.admin.reextraction._PORTION", 1)
    monkeypatch.setattr("corpusapp.admin.reextraction._CHANGES", 1)
    first = editor.get(f"{REEXTRACT}?look=1&rule=an+older+rule")

    second = editor.get(REEXTRACT + first.context["next"])
    done = editor.client.post(
        f"{REEXTRACT}?look=1&rule=an+older+rule",
        {"fingerprint": first.context["portion"].fingerprint},
        follow=True,
    )

    assert [one.result.path for one in first.context["changes"]] == ["2.txt"]
    assert [one.result.path for one in second.context["changes"]] == ["3.txt"]
    assert [one.result.path for one in done.context["changes"]] == ["3.txt"]
    assert Article.objects.filter(title="Menu").count() == 1


@pytest.mark.parametrize(
    "query",
    ["below=often", "below=2", "field=colour", "source=999999999999999999999999", "extractor=x"],
)
def test_wrong_question_is_told_and_nothing_is_read(editor, query):
    answer = editor.get(f"{REEXTRACT}?look=1&{query}")

    assert answer.status_code == 200
    assert answer.context.get("portion") is None
    assert 'class="errorlist"' in answer.text


@pytest.mark.usefixtures("older")
@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, ""])
def test_page_that_is_no_number_is_the_first(editor, after):
    shown = editor.get(f"{REEXTRACT}?look=1&after={after}")

    assert len(shown.context["changes"]) == 2
