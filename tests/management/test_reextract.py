from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from corpusapp.importing.fields import digest
from corpusapp.importing.reextracting import Reextraction
from corpusapp.models import Article, Capture, ImportRun
from tests.importing.pages import page, paragraphs

pytestmark = pytest.mark.django_db


def run(*arguments):
    """(exit code, standard output, standard error)"""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("reextract", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def read_by_an_older_version(tmp_path, imported):
    """Two articles; the first has a wrong title and section and a paragraph too many."""
    (tmp_path / "1.txt").write_bytes(page(1))
    (tmp_path / "2.txt").write_bytes(page(2))
    imported(tmp_path)
    first = Capture.objects.order_by("pk")[0]
    first.fields["title"]["value"] = "Menu"
    article = first.article
    article.title = "Menu"
    article.body = "\n\n".join(["Share this.", *paragraphs(1)])
    first.fields["body"]["value"] = digest(article.body)
    first.fields["section"]["value"] = ""
    article.section = None
    article.save()
    first.extractor = "0"
    first.save()
    return article


def test_each_change_is_shown_as_a_diff_and_the_summary_names_the_run(read_by_an_older_version):
    article = read_by_an_older_version

    code, out, err = run()

    assert code == 0
    assert out.splitlines() == [
        f"updated    1.txt  {article.public_id}  What Place 1 Learned From Its Long and Stormy Winter",
        "  title:",
        "    - Menu",
        "    + What Place 1 Learned From Its Long and Stormy Winter",
        "  body:",
        "    - Share this.",
        f"      {paragraphs(1)[0]}",
        "    …",
        "  section:",
        "    + Harbour Affairs",
    ]
    number = ImportRun.objects.latest().pk
    assert err.splitlines() == [
        "2 captures read again: 1 updated, 1 unchanged.",
        f"This was run {number}; undo_import {number} takes it back.",
    ]


def test_dry_run_prints_what_the_run_prints(read_by_an_older_version):
    _code, rehearsed, err = run("--dry-run")

    assert err.splitlines()[-1] == "Dry run: nothing was changed."
    assert Article.objects.get(pk=read_by_an_older_version.pk).title == "Menu"
    assert run()[1] == rehearsed


def test_what_an_editor_wrote_is_named_and_kept(read_by_an_older_version):
    Article.objects.filter(pk=read_by_an_older_version.pk).update(title="An editor's title")

    _code, out, _err = run("--field", "title")

    assert out.splitlines()[1:] == ["  kept as an editor wrote it: title"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--below", "often"], "is no confidence"),
        (["--below", "1.01"], "is no confidence"),
        (["--below", "nan"], "is no confidence"),
        (["--below=-0.1"], "is no confidence"),
        (["--field", "colour"], "invalid choice: 'colour'"),
        (["--rule", ""], "1 to 200 printable characters"),
        (["--extractor", "x" * 201], "1 to 200 printable characters"),
        (["everything"], "unrecognized arguments"),
        (["--source", "Nobody's Post"], "No capture comes from a source named Nobody's Post"),
    ],
)
def test_wrong_usage_is_told_and_changes_nothing(read_by_an_older_version, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*arguments)

    assert Article.objects.get(pk=read_by_an_older_version.pk).title == "Menu"


@pytest.mark.usefixtures("read_by_an_older_version")
def test_choice_that_nothing_meets_is_no_error():
    told = run("--extractor", "0", "--below", "0")

    assert told == (0, "", "No capture is asked for by this.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rule", "nope"], "rule named nope. There are: .*, bullet under the date, "),
        (["--extractor", "nope"], r"version nope of the extraction\. There are: 0, \d+"),
    ],
)
@pytest.mark.usefixtures("read_by_an_older_version")
def test_rule_or_version_that_no_capture_knows_is_told_with_those_there_are(arguments, words):
    with pytest.raises(CommandError, match=words) as error:
        run(*arguments)

    assert error.value.returncode == 2


def test_capture_that_cannot_be_read_again_gives_code_1_and_the_others_are_done(
    read_by_an_older_version,
):
    second = Capture.objects.order_by("pk")[1]
    second.bytes.data = second.bytes.packed(b"", "").data
    second.bytes.save()

    code, out, err = run()

    assert code == 1
    assert out.splitlines()[-1].startswith("refused    2.txt")
    assert "1 updated, 1 refused" in err
    assert Article.objects.get(pk=read_by_an_older_version.pk).title != "Menu"


def test_database_that_takes_nothing_ends_with_code_2(read_by_an_older_version, monkeypatch):
    def full(*_arguments):
        raise OperationalError("database or disk is full")  # noqa: EM101, TRY003 - as the driver says it

    monkeypatch.setattr(Reextraction, "_renewed", full)

    with pytest.raises(CommandError, match="disk is full") as error:
        run()

    assert error.value.returncode == 2
    assert Article.objects.get(pk=read_by_an_older_version.pk).title == "Menu"
