import json

import pytest
from django.test.utils import override_settings

from corpusapp.editing.publish import put_in_bin
from corpusapp.importing import reading
from corpusapp.importing.reextracting import Choice, Reextraction
from corpusapp.importing.run import Import, Request
from corpusapp.importing.undoing import Undoing
from corpusapp.models import Article, Capture, ImportRun, Outcome
from tests.importing.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch):
    """The documents that were read from now on, by the length of their bytes."""
    seen = []
    extract = reading.extract

    def noted(raw, options):
        seen.append(raw)
        return extract(raw, options)

    monkeypatch.setattr(reading, "extract", noted)
    return seen


def told(results):
    return [(one.path, one.outcome, one.public_id, one.article.title) for one in results]


def test_known_documents_are_told_without_being_read(tmp_path, imported, read):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    (tmp_path / "copy.txt").write_bytes(page(1))
    (tmp_path / "rows.jsonl").write_text(
        '{"title": "One row", "body": "It has a text of its own."}\n'
    )
    imported(tmp_path)
    assert len(read) == 5
    read.clear()

    short = imported(tmp_path)
    dry = imported(tmp_path, dry_run=True)
    assert not read
    whole = imported(tmp_path, fields=True)

    assert len(read) == 5
    assert told(short) == told(dry) == told(whole)
    assert {str(one.outcome) for one in short} == {"unchanged"}
    assert short[0].article.title == "What Place 0 Learned From Its Long and Stormy Winter"
    assert (short[0].article.body, short[0].doubts) == ("", ())


def test_known_documents_cost_two_questions_and_no_lock(
    tmp_path, imported, django_assert_max_num_queries
):
    for number in range(20):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    imported(tmp_path)

    # two settings, rules, furniture, what is known, what the index left to be added up and to be
    # counted, what is due
    with django_assert_max_num_queries(8) as asked:
        imported(tmp_path)

    assert not [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "PRAGMA"))]


@pytest.mark.parametrize(
    "options",
    [{"language": "de"}, {"source": "Harbour Review"}],
)
def test_other_options_read_a_known_document_again(tmp_path, imported, read, options):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    read.clear()

    imported(tmp_path, **options)

    assert len(read) == 1


def test_another_language_of_the_site_reads_a_known_document_again(tmp_path, imported, read):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    read.clear()

    with override_settings(DEFAULT_LANGUAGE="zh-hans"):
        imported(tmp_path)

    assert len(read) == 1


def test_another_name_or_a_sidecar_reads_a_known_document_again(tmp_path, imported, read):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(page(2))
    imported(tmp_path)
    read.clear()
    (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    (tmp_path / "b.json").write_text(json.dumps({"tags": ["winter"]}))

    results = imported(tmp_path)

    assert [str(one.outcome) for one in results] == ["updated", "duplicate"]
    assert len(read) == 2


def test_capture_of_another_version_is_read_again(tmp_path, imported, read):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    read.clear()
    Capture.objects.update(reading="of another time!")

    (result,) = imported(tmp_path)

    assert (len(read), result.outcome) == (1, Outcome.UNCHANGED)


def test_capture_read_again_is_a_known_one_until_that_is_undone(tmp_path, imported, read):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    Capture.objects.update(extractor="0", reading="of version 0")
    capture = Capture.objects.get()
    capture.fields["title"]["value"] = "As version 0 read it"
    capture.save()
    Article.objects.update(title="As version 0 read it")
    list(Reextraction(Choice()))
    read.clear()

    imported(tmp_path)
    assert not read

    list(Undoing(ImportRun.objects.first()))
    imported(tmp_path)

    assert len(read) == 1
    assert Capture.objects.get().reading == "of version 0"


def test_capture_whose_title_was_carried_over_is_read_again(tmp_path, imported, read):
    """Its own title, none, is what a line says."""
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    read.clear()
    capture = Capture.objects.get()
    capture.fields["title"] = {"value": "Carried over from an earlier state"}
    capture.save()

    (result,) = imported(tmp_path)

    assert len(read) == 1
    assert result.article.title == "What Place 1 Learned From Its Long and Stormy Winter"


def test_undone_document_is_no_known_one(tmp_path, imported):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    list(Undoing(ImportRun.objects.get()))

    (result,) = imported(tmp_path)

    assert result.outcome == Outcome.CREATED
    assert Article.objects.get().binned_at is None


def test_document_of_an_article_in_the_bin_is_known(tmp_path, imported, read):
    (tmp_path / "a.txt").write_bytes(page(1))
    imported(tmp_path)
    read.clear()
    put_in_bin([Article.objects.get().pk])

    (result,) = imported(tmp_path)

    assert (result.outcome, result.public_id) == (
        Outcome.UNCHANGED,
        Article.objects.get().public_id,
    )
    assert not read


def test_lowered_limit_refuses_a_known_document(tmp_path, imported):
    (tmp_path / "rows.jsonl").write_text(
        json.dumps({"title": "A long row", "body": "So many words. " * 80_000}) + "\n"
    )
    imported(tmp_path)

    with override_settings(MAX_CAPTURE_MB=1):
        (result,) = imported(tmp_path)

    assert result.outcome == Outcome.REFUSED


def test_known_and_new_documents_keep_their_order_in_many_processes(tmp_path):
    for number in range(0, 60, 2):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))
    list(Import(Request(paths=[str(tmp_path)], jobs=1)))
    for number in range(1, 60, 2):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))

    results = list(Import(Request(paths=[str(tmp_path)], jobs=2)))

    assert [one.path.rpartition("/")[2] for one in results] == [
        f"{number:02d}.txt" for number in range(60)
    ]
    assert [str(one.outcome) for one in results] == ["unchanged", "created"] * 30
