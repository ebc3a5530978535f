import pytest
from django.urls import reverse

from corpusapp.admin.evidence import captured_text
from corpusapp.admin.run_words import asked
from corpusapp.models import Outcome
from tests.factories import CaptureFactory, ImportItemFactory, ImportRunFactory

CAPTURES = reverse("admin:corpusapp_capture_changelist")


@pytest.mark.parametrize("rows", [1, 5])
def test_list_of_captures_loads_no_bytes_and_costs_the_same(
    editor, rows, django_assert_num_queries
):
    CaptureFactory.create_batch(rows)

    with django_assert_num_queries(6) as queries:
        editor.get(CAPTURES)

    assert not any("capturebytes" in query["sql"] for query in queries.captured_queries)


def test_page_shows_the_raw_lines_of_each_field(editor):
    capture = CaptureFactory(
        raw=b"One\nTwo\nThree",
        fields={
            "title": {"value": "Two", "confidence": 0.5, "rule": "longest", "lines": [2, 3]},
            "authors": {
                "value": [{"name": "Du Qiwen", "post": "Member", "role": "author"}],
                "confidence": 1,
                "rule": "byline",
                "lines": [1, 1],
            },
        },
    )

    page = editor.page(capture)

    assert [(row.field, row.value, row.raw) for row in page.context["captured"].evidence] == [
        ("title", "Two", "Two\nThree"),
        ("authors", "Du Qiwen (Member)", "One"),
    ]
    assert page.text.count('class="became"') == 3


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": None},
        {"title": {"lines": [0, 0]}},
        {"title": {"lines": [5, 2], "confidence": "high"}},
        {"title": {"lines": [1, 10**9], "value": {"deep": ["x"]}}},
        {"body": {"value": {"sha256": "x"}, "lines": ["1", "2"]}},
    ],
)
def test_odd_evidence_breaks_no_page(editor, fields):
    assert editor.page(CaptureFactory(fields=fields)).status_code == 200


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("全球治理".encode("gb18030"), "gb18030", "全球治理"),
        ("\ufeff全球".encode("utf-16"), "utf-16", "全球"),
        ("全球".encode(), "no-such-encoding", "全球"),
        (b"caf\xe9", "utf-8", "caf\ufffd"),
        (b"a\x00b\x1b[31m", "utf-8", "ab[31m"),
        (b"", "utf-8", ""),
    ],
)
@pytest.mark.django_db
def test_capture_is_read_in_its_encoding(raw, encoding, text):
    capture = CaptureFactory(raw=raw, encoding=encoding)

    assert "\n".join(line.text for line in captured_text(capture, 1000).lines) == text


def test_file_is_downloaded_as_it_came_and_never_opened_here(editor):
    capture = CaptureFactory(raw=b"<html><script>alert(1)</script>")

    response = editor.get(reverse("admin:corpusapp_capture_raw", args=[capture.pk]))

    assert response.content == b"<html><script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_file_is_for_those_who_may_see_captures(client):
    capture = CaptureFactory()
    address = reverse("admin:corpusapp_capture_raw", args=[capture.pk])

    assert client.get(address).status_code == 302


def test_purged_or_missing_file_is_not_found(editor):
    capture = CaptureFactory()
    capture.bytes.data = None
    capture.bytes.save()

    for number in (capture.pk, 999999, 10**30):
        address = reverse("admin:corpusapp_capture_raw", args=[number])
        assert editor.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_lists_of_runs_and_files_cost_the_same(editor, rows, django_assert_num_queries):
    ImportItemFactory.create_batch(rows)

    # one asks who undid which run, one whether the editor is kept to some sections, one for the runs
    for model, queries in (("importrun", 8), ("importitem", 7)):
        with django_assert_num_queries(queries):
            editor.get(reverse(f"admin:corpusapp_{model}_changelist"))


def test_counts_of_a_run_lead_to_its_files(editor):
    run = ImportRunFactory(created=1, refused=1)
    made = ImportItemFactory(run=run)
    ImportItemFactory(run=run, outcome=Outcome.REFUSED, capture=None, article=None, path="bad.txt")
    ImportItemFactory()

    page = editor.page(run).text
    files = reverse("admin:corpusapp_importitem_changelist")
    found = editor.client.get(f"{files}?run__id__exact={run.pk}&outcome__exact=created")

    assert f"{files}?run__id__exact={run.pk}&amp;outcome__exact=refused" in page
    assert [item.pk for item in found.context["cl"].result_list] == [made.pk]
    assert reverse("admin:corpusapp_article_change", args=[made.article.pk]) in found.text


def test_list_of_runs_says_what_was_asked_for(editor):
    deep = "/srv/archive/" + "deep/" * 20 + "letters.zip"
    ImportRunFactory(options={"paths": [deep, "b", "c"], "publish": True, "tags": ["Sea", "Rope"]})
    ImportRunFactory(options={"paths": ["a.txt"], "not_understood": ["colour"]})
    ImportRunFactory(options={})

    runs = editor.get(reverse("admin:corpusapp_importrun_changelist")).context["cl"].result_list

    assert [asked(run) for run in runs] == [
        "",
        "a.txt",
        f"…{deep[-39:]} +2; publish at once; tags: Sea, Rope",
    ]
