import re

import pytest
import time_machine
from django.db import OperationalError

from corpusapp.editing.publish import put_in_bin
from corpusapp.importing import writing
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.run import Import, Request
from corpusapp.importing.writing import Writer
from corpusapp.models import (
    Article,
    Author,
    Byline,
    Capture,
    CaptureBytes,
    Doubt,
    ImportItem,
    ImportRun,
    Outcome,
    PublicTotal,
    Section,
    State,
    Tag,
)
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db


def outcomes(results):
    return [str(result.outcome) for result in results]


def rows():
    """How many rows there are of everything an import writes."""
    models = (
        Article,
        Author,
        Byline,
        Capture,
        CaptureBytes,
        Doubt,
        ImportItem,
        ImportRun,
        Section,
        Tag,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_new_capture_becomes_an_article_in_review_with_its_evidence(tmp_path, imported):
    raw = page(1)
    (tmp_path / "a.txt").write_bytes(raw)

    (result,) = imported(tmp_path)

    article = Article.objects.get()
    capture = Capture.objects.get()
    assert (result.outcome, result.public_id) == (Outcome.CREATED, article.public_id)
    assert (article.state, article.live_from) == (State.REVIEW, None)
    assert article.title == "What Place 1 Learned From Its Long and Stormy Winter"
    assert article.section.name == "Harbour Affairs"
    assert article.published_at == "2015-05-21"
    assert article.body == "\n\n".join(paragraphs(1))
    assert [(b.name, b.post, b.author.family_name) for b in article.bylines.all()] == [
        ("Ada Quill", "Keeper, Lighthouse Board", "Quill")
    ]
    assert (capture.article, capture.path, capture.bytes.raw) == (article, "a.txt", raw)
    assert (capture.media_type, capture.encoding) == ("text/plain", "utf-8")
    assert capture.fields["published_at"]["value"] == "2015-05-21"
    assert capture.fields["published_at"]["lines"] == [5, 5]
    assert capture.fields["title"]["lines"] == [3, 3]


def test_publish_makes_it_public_and_counts_it(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))

    imported(tmp_path, publish=True)

    article = Article.objects.published().get()
    assert article.counted
    section, author = article.section_id, article.bylines.get().author_id
    assert set(PublicTotal.objects.values_list("listing", "key", "shelf", "articles")) == {
        ("all", 0, "en", 1),
        ("section", section, "en", 1),
        ("author", author, "en", 1),
        ("year", 2015, "en", 1),
        ("month", 201505, "en", 1),
    }


def test_holding_doubt_keeps_an_article_in_review_in_spite_of_publish(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(b"Menu\n\nHome\n\nAbout us\n\nTwo short words.\n")

    results = {result.path.rsplit("/", 1)[1]: result for result in imported(tmp_path, publish=True)}

    assert Article.objects.published().count() == 1
    held = results["b.txt"]
    assert held.outcome == Outcome.REFUSED or any(doubt.holds for doubt in held.doubts)


def test_second_import_of_the_same_folder_writes_nothing(tmp_path, imported):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)
    before = rows()

    again = imported(tmp_path)

    assert outcomes(again) == ["unchanged"] * 3
    assert [result.public_id for result in again] == list(
        Article.objects.order_by("pk").values_list("public_id", flat=True)
    )
    assert rows() == before


def test_same_file_is_unchanged_whatever_editors_made_of_it(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    article = Article.objects.get()
    article.title = "An editor's title"
    article.save()
    put_in_bin([article.pk])

    (result,) = imported(tmp_path)

    assert result.outcome == Outcome.UNCHANGED
    assert result.article.title == "What Place 1 Learned From Its Long and Stormy Winter"
    assert Article.objects.get().title == "An editor's title"


def test_lone_file_is_the_same_document_as_in_its_folder(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)

    assert outcomes(imported(tmp_path / "a.txt")) == ["unchanged"]


@pytest.mark.parametrize("together", [True, False])
def test_same_bytes_and_same_text_under_other_names_are_duplicates_once(
    tmp_path, imported, together
):
    (tmp_path / "a.txt").write_bytes(page(1))
    if not together:
        imported(tmp_path)
    (tmp_path / "b.txt").write_bytes(page(1))
    (tmp_path / "c.txt").write_bytes(b"\xef\xbb\xbf" + page(1).replace(b"\n", b"\r\n"))
    (tmp_path / "d.txt").write_bytes(b"\xef\xbb\xbf" + page(1).replace(b"\n", b"\r\n"))

    first = imported(tmp_path)
    again = imported(tmp_path)

    article = Article.objects.get()
    assert outcomes(first)[1:] == ["duplicate"] * 3
    assert {result.public_id for result in first} == {article.public_id}
    assert [result.reason for result in first[1:]] == [
        "Same bytes as a.txt.",
        "Same text as a.txt.",
        "Same bytes as a.txt.",
    ]
    assert outcomes(again) == ["unchanged"] * 4
    assert Capture.objects.filter(duplicate_of__isnull=False).count() == 3
    assert CaptureBytes.objects.count() == 2


def test_two_texts_with_one_title_are_two_articles(tmp_path, imported):
    for name, seed in (("a.txt", 1), ("b.txt", 2)):
        (tmp_path / name).write_bytes(page(seed, title="A Title That Two Different Pages Share"))

    assert outcomes(imported(tmp_path)) == ["created", "created"]
    assert len(set(Article.objects.values_list("public_id", "slug"))) == 2


def test_refused_file_does_not_hold_back_the_rest(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "d.txt").write_bytes(page(2))

    results = imported(tmp_path)

    assert outcomes(results) == ["created", "refused", "refused", "created"]
    assert all(result.reason for result in results[1:3])
    assert Article.objects.count() == 2
    run = ImportRun.objects.get()
    assert (run.created, run.refused, run.unchanged) == (2, 2, 0)
    assert run.finished_at is not None
    assert list(run.items.values_list("outcome", flat=True)) == [
        "refused", "refused", "created", "created"
    ]  # fmt: skip


def test_changed_capture_moves_untouched_fields_and_keeps_an_editors(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    article = Article.objects.get()
    article.title = "An editor's title"
    article.save()
    changed = page(
        1,
        title="What the Page Now Calls Its Long and Stormy Winter",
        section="River Affairs",
        post="Chief Keeper",
    )
    (tmp_path / "a.txt").write_bytes(changed)

    (result,) = imported(tmp_path)

    article = Article.objects.get()
    assert result.outcome == Outcome.CONFLICT
    assert result.reason == "changed: authors, section; kept as an editor wrote it: title"
    assert article.title == "An editor's title"
    assert article.section.name == "River Affairs"
    assert article.bylines.get().post == "Chief Keeper"
    doubt = Doubt.objects.open().get(code="conflict")
    assert (doubt.field, doubt.holds, doubt.candidates) == (
        "title", True, ["What the Page Now Calls Its Long and Stormy Winter"]
    )  # fmt: skip
    item = ImportItem.objects.get(outcome="conflict")
    assert [value["name"] for value in item.changes["section"]] == [
        "Harbour Affairs", "River Affairs"
    ]  # fmt: skip
    assert outcomes(imported(tmp_path)) == ["unchanged"]


def test_changed_capture_that_no_editor_touched_is_an_update_and_totals_follow(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, publish=True)
    (tmp_path / "a.txt").write_bytes(page(1, date="June 2, 2016"))

    (result,) = imported(tmp_path)

    assert (str(result.outcome), result.reason) == ("updated", "changed: published_at")
    assert Article.objects.get().published_at == "2016-06-02"
    assert set(
        PublicTotal.objects.filter(listing="month", articles__gt=0).values_list("key", "articles")
    ) == {(201606, 1)}


def test_same_name_with_another_text_is_another_article(tmp_path, imported):
    for folder, seed in (("one", 1), ("two", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_bytes(page(seed))

    results = imported(tmp_path / "one", tmp_path / "two")

    assert outcomes(results) == ["created", "created"]
    assert outcomes(imported(tmp_path / "two", tmp_path / "one")) == ["unchanged", "unchanged"]


def test_same_file_of_another_source_is_a_duplicate(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path, source="The Harbour Post")

    assert outcomes(imported(tmp_path, source="The River Post")) == ["duplicate"]
    assert Article.objects.get().source.name == "The Harbour Post"


def test_section_is_given_to_those_that_print_none_and_tags_to_all(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(2, section=""))

    imported(tmp_path, section="Gathered", tags=("Sea", "sea", "Storms"))

    first, second = Article.objects.order_by("pk")
    assert (first.section.name, second.section.name) == ("Harbour Affairs", "Gathered")
    assert [sorted(tag.name for tag in article.tags.all()) for article in (first, second)] == [
        ["Sea", "Storms"], ["Sea", "Storms"]
    ]  # fmt: skip


def test_language_given_is_the_language_of_all(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))

    imported(tmp_path, language="de")

    assert Article.objects.values_list("language", "shelf").get() == ("de", "en")


def test_words_said_of_all_have_a_language_of_their_own(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1, section=""))

    imported(tmp_path, section="Gathered", tags=("alpha", "海"), language="zh-Hant")

    assert Article.objects.get().language == "zh-Hant"
    assert dict(Tag.objects.values_list("name", "name_language")) == {
        "alpha": "en",
        "海": "zh-Hant",
    }
    assert Tag.objects.get(name="alpha").label_en == "alpha"
    assert Section.objects.get().name_language == "en"


def test_authors_sections_and_tags_are_found_again_by_any_known_name(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1, author="XI Mingde"))
    imported(tmp_path)
    author = Author.objects.get()
    author.names.create(text="Mingde Xi", key="mingde xi", is_main=False)
    Section.objects.get().names.create(text="Sea Affairs", key="sea affairs")
    (tmp_path / "b.txt").write_bytes(page(2, author="Xi Mingde", section="HARBOUR  affairs"))
    (tmp_path / "c.txt").write_bytes(page(3, author="Mingde Xi", section="Sea Affairs"))

    imported(tmp_path)

    assert Author.objects.count() == Section.objects.count() == 1
    assert sorted(Byline.objects.values_list("name", flat=True)) == [
        "Mingde Xi", "XI Mingde", "Xi Mingde"
    ]  # fmt: skip


def test_import_costs_the_same_few_queries_however_many_documents(
    tmp_path, imported, django_assert_max_num_queries
):
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    for number in range(2):
        (tmp_path / "few" / f"{number}.txt").write_bytes(page(number))
    for number in range(10, 50):
        (tmp_path / "many" / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path / "few")

    with django_assert_max_num_queries(35 + 22):  # and to index them
        imported(tmp_path / "many")

    assert Article.objects.count() == 42


@pytest.mark.parametrize("publish", [True, False])
def test_dry_run_tells_what_the_run_tells_and_writes_nothing(tmp_path, publish):
    def run(*, dry_run):
        paths = [str(tmp_path), str(tmp_path / "again")]
        running = Import(Request(paths=paths, publish=publish, dry_run=dry_run, jobs=1))
        return [
            (result.path, str(result.outcome), result.reason, result.article, result.doubts)
            for result in running
        ]

    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "e.txt").write_bytes(page(5))
    run(dry_run=False)
    Article.objects.filter(title__startswith="What Place 5").update(standfirst="An editor's.")
    (tmp_path / "a.txt").write_bytes(page(1, post="Chief Keeper"))
    (tmp_path / "b.txt").write_bytes(page(2))
    (tmp_path / "c.txt").write_bytes(page(2))
    (tmp_path / "d.txt").write_bytes(b"")
    (tmp_path / "f.txt").write_bytes(page(2) + b"\n")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "b.txt").write_bytes(page(2, post="Second Keeper"))
    (tmp_path / "again" / "g.txt").write_bytes(page(1))
    before = rows()

    rehearsed = run(dry_run=True)

    assert rows() == before
    assert rehearsed == run(dry_run=False)
    assert [outcome for _path, outcome, *_ in rehearsed] == [
        "updated", "created", "duplicate", "refused", "unchanged", "duplicate", "updated", "duplicate"
    ]  # fmt: skip


def test_processes_give_what_one_process_gives(tmp_path):
    for number in range(40):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))
    (tmp_path / "20.txt").write_bytes(b"")

    def told(jobs):
        running = Import(Request(paths=[str(tmp_path)], dry_run=True, jobs=jobs))
        return [(result.path, result.outcome, result.article) for result in running]

    assert told(2) == told(1)


@pytest.mark.usefixtures("small_batches")
def test_database_that_takes_nothing_stops_the_import_with_all_before_saved(
    tmp_path, imported, monkeypatch
):
    for number in range(60):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))
    real = Writer._flush

    def full(self):
        if Article.objects.exists():
            raise OperationalError("database or disk is full")  # noqa: EM101, TRY003 - as the driver says it
        real(self)

    monkeypatch.setattr(Writer, "_flush", full)
    with pytest.raises(CannotGoOnError, match="disk is full"):
        imported(tmp_path)
    monkeypatch.undo()

    assert Article.objects.count() == 50
    results = imported(tmp_path)
    assert outcomes(results) == ["unchanged"] * 50 + ["created"] * 10
    assert Article.objects.count() == 60


def test_document_the_database_refuses_is_refused_alone(tmp_path, imported, monkeypatch):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    real = writing.article_row

    def poisoned(extracted, default_language, **options):
        article = real(extracted, default_language, **options)
        if "Place 1" in article.title:
            article.captured_views = -1
        return article

    monkeypatch.setattr(writing, "article_row", poisoned)

    results = imported(tmp_path)

    assert outcomes(results) == ["created", "refused", "created"]
    assert re.search("views_not_negative", results[1].reason)
    assert Article.objects.count() == Capture.objects.count() == 2
    assert ImportRun.objects.get().refused == 1


@time_machine.travel("2026-03-01 12:00:00+00:00", tick=False)
def test_live_from_is_the_moment_of_the_import(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))

    imported(tmp_path, publish=True)

    assert Article.objects.get().live_from.isoformat() == "2026-03-01T12:00:00+00:00"


@pytest.mark.usefixtures("tiny_batches")
@pytest.mark.parametrize("publish", [True, False])
def test_dry_run_of_many_batches_tells_what_the_run_tells(tmp_path, publish):
    """What it would have made is kept on disk from one batch to the next."""
    (tmp_path / "known.txt").write_bytes(page(1))
    list(Import(Request(paths=[str(tmp_path)], jobs=1)))
    folders = [tmp_path / name for name in ("a", "b", "c", "d")]
    for folder in folders:
        folder.mkdir()
    texts = paragraphs(8)
    states = {
        "known.txt": [page(1), page(1, title="The Known Page Under Its Other Title"), page(1)],
        "same.txt": [page(5), page(5), page(6)],
        "copy.txt": [page(6), page(5), page(7)],
        "alike.txt": [page(8), page(9), page(10)],
        "twin.txt": [page(11), page(8, texts=[*texts[:4], "One more line."]), page(12)],
        "empty.txt": [b"", page(13), page(13, date="May 22, 2015")],
    }
    for name, those in states.items():
        for folder, raw in zip(folders, [*those, those[0]], strict=True):
            (folder / name).write_bytes(raw)

    def run(*, dry_run):
        running = Import(
            Request(
                paths=list(map(str, folders)), publish=publish, dry_run=dry_run, fields=True, jobs=1
            )
        )
        return [
            (result.path, str(result.outcome), result.reason, result.article, result.doubts)
            for result in running
        ]

    before = rows()
    dry = run(dry_run=True)
    assert rows() == before

    assert dry == run(dry_run=False)
    assert {outcome for _path, outcome, *_rest in dry} == {
        "created", "updated", "unchanged", "duplicate", "refused"
    }  # fmt: skip


def with_front_matter(path, words=""):
    body = page(1).decode().partition("\n\n")[2]
    path.write_text(f"---\ntitle: A Winter of Storms\n{words}---\n\n{body}")


class TestDraftAtItsSource:
    def test_page_that_readers_see_stays_and_an_editor_is_asked(self, tmp_path, imported):
        with_front_matter(tmp_path / "a.md")
        imported(tmp_path, publish=True)
        with_front_matter(tmp_path / "a.md", "draft: true\n")

        (result,) = imported(tmp_path)

        assert [doubt.code for doubt in result.doubts if doubt.field == "state"] == ["source_draft"]
        assert Article.objects.published().count() == 1
        assert Doubt.objects.open().get(field="state").code == "source_draft"

    def test_question_goes_when_the_source_shows_it_again(self, tmp_path, imported):
        with_front_matter(tmp_path / "a.md")
        imported(tmp_path, publish=True)
        with_front_matter(tmp_path / "a.md", "draft: true\n")
        imported(tmp_path)
        with_front_matter(tmp_path / "a.md", "draft: false\n")

        imported(tmp_path)

        assert not Doubt.objects.filter(field="state").exists()

    def test_question_stays_while_captures_are_read_again(self, tmp_path, imported):
        with_front_matter(tmp_path / "a.md")
        imported(tmp_path, publish=True)
        with_front_matter(tmp_path / "a.md", "draft: true\n")
        imported(tmp_path)

        list(Reextraction(Choice()))

        assert Doubt.objects.open().filter(field="state").exists()

    def test_nobody_is_asked_about_what_readers_do_not_see(self, tmp_path, imported):
        with_front_matter(tmp_path / "a.md")
        imported(tmp_path)
        with_front_matter(tmp_path / "a.md", "draft: true\n")

        imported(tmp_path)

        assert not Doubt.objects.filter(field="state").exists()
