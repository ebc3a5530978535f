"""Reading stored captures again: what an older extraction saw is made up by hand."""

import pytest

from corpusapp.editing.ownership import own_fields
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION
from corpusapp.importing.fields import digest
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.undoing import Undoing
from corpusapp.models import (
    Article,
    Capture,
    Deed,
    Doubt,
    FieldOwner,
    ImportItem,
    ImportRun,
    Ownership,
)
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db
TITLE = "What Place 1 Learned From Its Long and Stormy Winter"


def older(capture, **values):
    """As if an older extraction had given these values, and the article had taken them."""
    for name, value in values.items():
        stored = digest(value) if name == "body" else value
        capture.fields[name] = {
            "value": stored, "confidence": 0.4, "rule": "an older rule", "lines": [1, 1]
        }  # fmt: skip
        Article.objects.filter(pk=capture.article_id).update(**{name: value})
    capture.extractor = "0"
    capture.save()
    return capture


@pytest.fixture
def captures(tmp_path, imported):
    """The captures of three pages."""
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)
    return list(Capture.objects.order_by("pk"))


def reextract(**choice):
    return list(Reextraction(Choice(**choice)))


def told(results):
    """{path: what moved} of the captures that were chosen."""
    return {one.path: [change.field for change in one.changes] for one in results}


def everything():
    """All rows that a new extraction may write."""
    models = (Article, Capture, Doubt, ImportItem, ImportRun)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_untouched_field_moves_and_its_capture_is_of_this_version(captures):
    older(captures[0], title="Harbour Affairs", standfirst="A counter.")

    results = reextract()

    assert told(results) == {"1.txt": ["title", "standfirst"], "2.txt": [], "3.txt": []}
    title = results[0].changes[0]
    assert (title.before, title.after) == ("Harbour Affairs", TITLE)
    article = captures[0].article
    article.refresh_from_db()
    assert (article.title, article.standfirst) == (TITLE, "")
    capture = Capture.objects.get(pk=captures[0].pk)
    assert (capture.fields["title"]["value"], capture.extractor) == (TITLE, EXTRACTOR_VERSION)
    run = ImportRun.objects.latest()
    assert (run.kind, run.updated, run.unchanged) == (Deed.REEXTRACTION, 1, 2)


@pytest.mark.parametrize("touch", ["written", "owned", "confirmed"])
def test_field_an_editor_wrote_or_confirmed_never_moves(captures, touch):
    capture = older(captures[0], title="Harbour Affairs", standfirst="A counter.")
    if touch == "written":
        Article.objects.filter(pk=capture.article_id).update(title="An editor's title")
    else:
        kind = Ownership.EDITED if touch == "owned" else Ownership.CONFIRMED
        own_fields([capture.article_id], ["title"], kind=kind)
    before = Article.objects.get(pk=capture.article_id).title

    results = reextract()

    assert told(results)["1.txt"] == ["standfirst"]
    assert results[0].kept == ("title",)
    assert Article.objects.get(pk=capture.article_id).title == before
    assert not Doubt.objects.filter(code="conflict").exists()  # the page itself has not changed
    assert told(reextract())["1.txt"] == []


def test_doubts_that_extraction_no_longer_has_go_and_new_ones_come(captures):
    article = captures[0].article
    Doubt.objects.create(article=article, field="title", code="title_uncertain", holds=True)
    Doubt.objects.create(article=article, field="body", code="possible_duplicate", holds=True)
    own_fields([article.pk], ["section"])
    Doubt.objects.create(article=article, field="section", code="no_section", holds=False)

    (result, *_others) = reextract()

    assert result.doubts == (("title: title_uncertain",), ())
    assert set(article.doubts.values_list("code", flat=True)) == {
        "possible_duplicate",
        "no_section",
    }
    list(Undoing(ImportRun.objects.latest()))
    assert article.doubts.filter(code="title_uncertain", holds=True).exists()


def test_rehearsal_shows_what_then_happens_and_writes_nothing(captures):
    older(captures[0], title="Harbour Affairs")
    older(captures[1], body="A text.")
    own_fields([captures[2].article_id], ["title"])
    older(captures[2], title="Another")
    before = everything()

    rehearsed = list(Reextraction(Choice(), dry_run=True))

    assert everything() == before
    assert rehearsed == reextract()
    assert told(rehearsed) == {"1.txt": ["title"], "2.txt": ["body"], "3.txt": []}


def test_second_time_writes_nothing(captures):
    older(captures[0], title="Harbour Affairs")
    reextract()
    before = everything()

    again = reextract()

    assert told(again) == {"1.txt": [], "2.txt": [], "3.txt": []}
    assert everything() == before


def test_it_is_undone_like_a_run_and_what_was_edited_since_stays(captures):
    capture = older(captures[0], title="Harbour Affairs", standfirst="A counter.")
    before = everything()
    reextract()
    own_fields([capture.article_id], ["title"])

    (line,) = Undoing(ImportRun.objects.latest())

    assert line.reason == "restored: standfirst; left as it is: title (edited since)"
    assert Article.objects.get(pk=capture.article_id).standfirst == "A counter."
    FieldOwner.objects.all().delete()
    Article.objects.filter(pk=capture.article_id).update(title="Harbour Affairs")
    stored = everything()["Capture"]
    assert [(one["fields"], one["extractor"]) for one in stored if one["id"] == capture.pk] == [
        (one["fields"], one["extractor"]) for one in before["Capture"] if one["id"] == capture.pk
    ]
    assert told(reextract())["1.txt"] == ["title", "standfirst"]


def test_body_moves_whole_and_comes_back_whole(captures):
    capture = older(captures[0], body="A menu.\n\nAnd a text.")
    text = "\n\n".join(paragraphs(1))

    reextract()
    moved = Article.objects.get(pk=capture.article_id).body
    list(Undoing(ImportRun.objects.latest()))

    assert moved == text
    assert Article.objects.get(pk=capture.article_id).body == "A menu.\n\nAnd a text."


def test_title_or_text_that_extraction_no_longer_finds_stays(captures):
    capture = captures[0]
    raw = b"\n".join([b"Menu", b"", *page(1).split(b"\n")[3:]])
    capture.bytes = type(capture.bytes).objects.create(
        sha256="0" * 64, data=type(capture.bytes).packed(raw, "").data, size=len(raw)
    )
    capture.save()

    reextract()

    assert Article.objects.get(pk=capture.article_id).title


def test_capture_that_extraction_refuses_today_is_told_and_left(captures):
    capture = captures[0]
    capture.bytes.data = type(capture.bytes).packed(b"", "").data
    capture.bytes.save()
    before = Article.objects.get(pk=capture.article_id)

    first, *_others = reextract()

    assert (str(first.outcome), bool(first.refusal)) == ("refused", True)
    assert Article.objects.get(pk=capture.article_id).title == before.title


# Which captures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "paths"),
    [
        ({}, ["1.txt", "2.txt", "3.txt"]),
        ({"rules": ("an older rule",)}, ["1.txt", "2.txt"]),
        ({"rules": ("an older rule",), "fields": ("title",)}, ["1.txt"]),
        ({"rules": ("nobody's rule",)}, []),
        ({"below": 0.41}, ["1.txt", "2.txt"]),
        ({"below": 0.4}, []),
        ({"below": 0.41, "fields": ("standfirst",)}, ["1.txt", "2.txt", "3.txt"]),
        ({"extractor": "0"}, ["1.txt", "2.txt"]),
        ({"extractor": "0", "fields": ("title",), "below": 0.5}, ["1.txt"]),
    ],
)
def test_captures_are_chosen_by_their_evidence(captures, choice, paths):
    older(captures[0], title="Harbour Affairs")
    older(captures[1], standfirst="A counter.")

    assert [one.path for one in reextract(**choice)] == paths


def test_captures_are_chosen_by_any_spelling_of_their_source(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, source="The Harbour Post")
    (tmp_path / "b.txt").write_bytes(page(2))
    imported(tmp_path / "b.txt")

    assert [one.path for one in reextract(source="the  HARBOUR post")] == ["a.txt"]


def test_only_the_field_that_is_named_moves_and_the_capture_stays_of_its_version(captures):
    capture = older(captures[0], title="Harbour Affairs", standfirst="A counter.")

    assert told(reextract(fields=("standfirst",)))["1.txt"] == ["standfirst"]

    article = Article.objects.get(pk=capture.article_id)
    capture.refresh_from_db()
    assert (article.title, article.standfirst) == ("Harbour Affairs", "")
    assert (capture.extractor, capture.fields["title"]["value"]) == ("0", "Harbour Affairs")
    assert told(reextract(extractor="0")) == {"1.txt": ["title"]}


def test_only_the_latest_state_of_a_page_counts_and_no_duplicate_or_undone_one(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(1))
    imported(tmp_path)
    (tmp_path / "a.txt").write_bytes(page(1, post="Captain"))
    imported(tmp_path / "a.txt")

    (later,) = reextract()
    list(Undoing(ImportRun.objects.latest()))
    (earlier,) = reextract()

    assert (later.path, earlier.path) == ("a.txt", "a.txt")
    assert later.outcome == earlier.outcome == "unchanged"
    assert Article.objects.get().bylines.get().post == "Keeper, Lighthouse Board"


def test_defaults_of_the_import_are_given_again(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1, section=""))
    imported(tmp_path, section="Gathered", tags=("Sea",), source="The Harbour Post", language="de")
    older(Capture.objects.get(), title="Menu")

    (result,) = reextract()

    assert [change.field for change in result.changes] == ["title"]


def test_what_stood_beside_a_document_is_given_again(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "a.json").write_text('{"title": "The Title of the Sidecar", "tags": ["Sea"]}')
    imported(tmp_path)
    older(Capture.objects.get(), standfirst="A counter.")

    (result,) = reextract()

    assert [change.field for change in result.changes] == ["standfirst"]
    assert Article.objects.get().title == "The Title of the Sidecar"


@pytest.mark.usefixtures("captures")
def test_portion_ends_where_the_next_begins():
    first = Reextraction(Choice(), most=2)
    paths = [one.path for one in first]
    second = Reextraction(Choice(), most=2, after=first.looked_at)

    assert (paths, first.is_over) == (["1.txt", "2.txt"], False)
    assert ([one.path for one in second], second.is_over) == (["3.txt"], True)


@pytest.mark.usefixtures("captures")
@pytest.mark.parametrize("rows", [1, 3])
def test_reading_again_what_stays_the_same_costs_the_same_few_queries(
    rows, django_assert_max_num_queries
):
    with django_assert_max_num_queries(22):  # the last one withdraws the offer to read again
        list(Reextraction(Choice(), most=rows))
