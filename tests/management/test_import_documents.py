import json
import os
import re
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from corpusapp.extraction.pipeline import extract
from corpusapp.importing.reading import parse
from corpusapp.importing.writing import Writer
from corpusapp.models import Article, ImportRun
from tests.importing.pages import page

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "path", "outcome", "reason", "article", "title", "standfirst", "authors", "published_at",
    "published_precision", "section", "language", "source", "views", "tags", "body", "doubts", "evidence",
]  # fmt: skip


def run(*arguments, **options):
    """(exit code, standard output, standard error) of a call in this process."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_documents", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def objects(*arguments):
    _code, out, _err = run(*arguments, "--json")
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.django_db
def test_json_gives_each_document_a_whole_object(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(b"")

    good, bad = objects(tmp_path)

    assert list(good) == list(bad) == KEYS
    assert good["path"] == f"{tmp_path}/a.txt"
    assert (good["outcome"], good["reason"]) == ("created", None)
    assert good["article"] == Article.objects.get().public_id
    assert good["authors"] == [
        {"name": "Ada Quill", "post": "Keeper, Lighthouse Board", "role": "author"}
    ]
    assert (good["published_at"], good["published_precision"]) == ("2015-05-21", "day")
    assert (good["section"], good["language"], good["views"]) == ("Harbour Affairs", "en", None)
    assert good["evidence"]["title"]["lines"] == [3, 3]
    assert (bad["outcome"], bad["article"], bad["authors"], bad["evidence"]) == (
        "refused", None, [], {}
    )  # fmt: skip
    assert bad["reason"]


@pytest.mark.django_db
def test_dry_run_names_no_article_and_leaves_none(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))

    (told,) = objects(tmp_path, "--dry-run")

    assert (told["outcome"], told["article"]) == ("created", None)
    assert not Article.objects.exists()


class Terminal(StringIO):
    def isatty(self):
        return True


def explained(path, **options):
    out = Terminal()
    call_command(
        "import_documents", str(path), "--explain", stdout=out, stderr=StringIO(), **options
    )
    return out.getvalue()


@pytest.mark.django_db
def test_explain_shows_the_lines_of_each_document_and_writes_nothing(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.txt").write_bytes(b"")

    code, out, err = run(tmp_path, "--explain", "--publish")

    lines = out.splitlines()
    assert lines[0].startswith(f"created    {tmp_path}/a.txt  What Place 1 Learned")
    assert re.match(r" 1  section  .*  Harbour Affairs$", lines[2])
    assert lines[-1] == f"refused    {tmp_path}/b.txt  The file is empty."
    assert code == 1
    assert "Dry run: nothing was written." in err
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_explain_reads_standard_input(monkeypatch, tmp_path):
    (tmp_path / "piped").write_bytes(page(1))
    with (tmp_path / "piped").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        _code, out, _err = run("-", "--explain")

    assert "Harbour Affairs" in out


@pytest.mark.django_db
def test_explain_is_coloured_on_a_terminal_unless_it_may_not_be(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(page(1))
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert "\x1b[" in explained(tmp_path)
    assert "\x1b[" not in explained(tmp_path, no_color=True)
    assert "\x1b[" not in run(tmp_path, "--explain")[1]
    assert "\x1b[" in run(tmp_path, "--explain", force_color=True)[1]

    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in explained(tmp_path)
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b[" in explained(tmp_path)


@pytest.mark.django_db
def test_explain_keeps_to_the_width_of_the_terminal(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(page(1))
    monkeypatch.setenv("COLUMNS", "70")

    shown = explained(tmp_path, no_color=True).splitlines()[1:]

    assert max(map(len, shown)) == 70


@pytest.mark.django_db
def test_json_gives_no_evidence_of_what_it_does_not_name(tmp_path):
    note = b"Ada Quill is Keeper of the Lighthouse Board and has written three books about storms."
    raw = page(1).replace(b"You might also like", note + b"\n\nYou might also like")
    (tmp_path / "a.txt").write_bytes(raw)
    assert "biography" in extract(raw).evidence

    (told,) = objects(tmp_path)

    assert set(told["evidence"]) <= set(KEYS)


@pytest.mark.django_db
def test_exit_code_tells_whether_something_was_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    assert run(tmp_path)[0] == 0

    (tmp_path / "b.txt").write_bytes(b"")
    assert run(tmp_path)[0] == 1
    assert run(tmp_path / "missing.txt")[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{}, {"json": True}])
def test_summary_names_the_columns_that_mean_nothing(tmp_path, options):
    (tmp_path / "a.csv").write_text("title,body,Rang\nOne,Text of one.,7\n,,\n")

    code, out, err = run(tmp_path, no_color=True, **options)

    assert code == 0
    assert len(out.splitlines()) == 1
    assert "Columns not understood: Rang." in err.splitlines()


@pytest.mark.django_db
def test_results_go_to_standard_output_and_the_summary_to_standard_error(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1))
    (tmp_path / "b.pdf").write_bytes(b"x")
    (tmp_path / "sub").mkdir()

    _code, out, err = run(tmp_path, no_color=True)

    article = Article.objects.get()
    assert out == f"created    {tmp_path}/a.txt  {article.public_id}  {article.title}\n"
    assert err.splitlines() == [
        "1 document: 1 created.",
        "Passed over, as no documents: 1 .pdf.",
        "1 folder within: --recursive imports what they hold.",
    ]


@pytest.mark.django_db
def test_database_that_takes_nothing_ends_with_code_2_and_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(page(1))

    def locked(_self):
        raise OperationalError("database is locked")  # noqa: EM101, TRY003 - as the driver says it

    monkeypatch.setattr(Writer, "_flush", locked)

    with pytest.raises(
        CommandError, match=r"database is locked.*run the same command again"
    ) as caught:
        run(tmp_path)
    assert caught.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["before", "after"])
def test_ctrl_c_while_a_batch_is_written_tells_all_of_it_and_the_summary(
    tmp_path, monkeypatch, moment
):
    for number in range(1, 4):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    monkeypatch.setattr("corpusapp.importing.run._BATCH", 2)
    write = Writer.write

    def interrupted(self, batch):
        if moment == "before":
            signal.raise_signal(signal.SIGINT)
        done = write(self, batch)
        if moment == "after":
            signal.raise_signal(signal.SIGINT)
        return done

    monkeypatch.setattr(Writer, "write", interrupted)
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match=r"Stopped.*carries on") as caught:
        call_command("import_documents", str(tmp_path), "--jobs=1", stdout=out, stderr=err)

    assert caught.value.returncode == 2
    assert [line.split()[0] for line in out.getvalue().splitlines()] == ["created", "created"]
    assert err.getvalue().startswith("3 documents: 2 created.")
    assert Article.objects.count() == 2
    assert ImportRun.objects.get().finished_at


@pytest.mark.django_db
def test_ctrl_c_before_anything_is_written_does_not_say_that_nothing_is_there(
    tmp_path, monkeypatch
):
    (tmp_path / "1.txt").write_bytes(page(1))
    monkeypatch.setattr(
        "corpusapp.importing.reading.parse", lambda *_args: signal.raise_signal(signal.SIGINT)
    )
    err = StringIO()

    with pytest.raises(CommandError, match="Stopped"):
        call_command("import_documents", str(tmp_path), "--jobs=1", stdout=StringIO(), stderr=err)

    assert err.getvalue() == "1 document: none imported.\n"


@pytest.mark.django_db
def test_ctrl_c_while_captures_are_read_ends_at_once_with_the_summary(tmp_path, monkeypatch):
    for number in range(1, 4):
        (tmp_path / f"{number}.txt").write_bytes(page(number))
    monkeypatch.setattr("corpusapp.importing.run._BATCH", 1)

    def interrupted(found, *rest):
        if found.name == "2.txt":
            signal.raise_signal(signal.SIGINT)
        return parse(found, *rest)

    monkeypatch.setattr("corpusapp.importing.reading.parse", interrupted)
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Stopped") as caught:
        call_command("import_documents", str(tmp_path), "--jobs=1", stdout=out, stderr=err)

    assert caught.value.returncode == 2
    assert len(out.getvalue().splitlines()) == 1
    assert err.getvalue().startswith("3 documents: 1 created.")
    run = ImportRun.objects.get()
    assert (run.created, run.finished_at is None) == (1, False)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--language", "klingonish!"],
        ["--jobs", "0"],
        ["--jobs", "x"],
        ["--tag", ""],
        ["--section", "x" * 300],
        ["--explain", "--json"],
    ],
)
def test_wrong_usage_is_refused(tmp_path, arguments):
    paths = [str(tmp_path)] if arguments else []

    with pytest.raises(CommandError):
        call_command("import_documents", *paths, *arguments, stdout=StringIO(), stderr=StringIO())


def test_wrong_usage_ends_with_code_2_on_the_command_line():
    done = subprocess.run(
        [sys.executable, "manage.py", "import_documents", "--jobs", "none", "seeds"],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "must be a number from 1 to 64" in done.stderr


@pytest.mark.django_db
def test_path_without_a_letter_is_shown_as_one_types_it():
    assert run("")[1] == "refused    ''  There is no such file.\n"


@pytest.mark.django_db
def test_standard_input_is_one_text_capture(monkeypatch, tmp_path):
    (tmp_path / "piped").write_bytes(page(1))
    with (tmp_path / "piped").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        (told,) = objects("-")

    assert (told["path"], told["outcome"]) == ("-", "created")
    (tmp_path / "piped").write_bytes(page(2))
    with (tmp_path / "piped").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        (told,) = objects("-")
    assert told["outcome"] == "created"


@pytest.mark.django_db
def test_reader_who_has_gone_does_not_stop_the_import(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02d}.txt").write_bytes(page(number))

    class Gone(StringIO):
        def write(self, _text):
            raise BrokenPipeError

        def fileno(self):
            return os.open(os.devnull, os.O_WRONLY)

    call_command("import_documents", str(tmp_path), stdout=Gone(), stderr=StringIO())

    assert Article.objects.count() == 30


def test_results_that_cannot_be_written_end_with_code_2(migrated):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "manage.py", "import_documents", "seeds"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(migrated)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert "The results cannot be written (No space left on device)." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_summary_says_what_an_editor_should_look_at_and_not_again(tmp_path):
    (tmp_path / "a.txt").write_bytes(page(1, section=""))
    (tmp_path / "b.txt").write_bytes(page(1, section="", date="June 3, 2016", author="", post=""))

    _code, _out, first = run(tmp_path)
    _code, _out, again = run(tmp_path)

    assert "1 with a doubt that holds them back: see the desk (1 with much of another" in first
    assert "To look at when there is time: 1 without an author, 2 without a section.\n" in first
    assert again == "2 documents: 2 unchanged.\n"


class Watching:
    """`import_documents FOLDER --watch` as a process of its own, with a database of its own."""

    def __init__(self, folder, data):
        self.folder = folder
        self.environment = {**os.environ, "DATA_DIR": str(data)}
        self.environment.pop("DATABASE_URL", None)

    def start(self):
        command = [sys.executable, "manage.py", "import_documents", str(self.folder)]
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--watch", "--json"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr.readline().startswith("Watching ")

    def told(self):
        result = json.loads(self.process.stdout.readline())
        return result["path"].rpartition("/")[2], result["outcome"]

    def stop(self, number):
        """(exit code, the rest of standard error)."""
        self.process.send_signal(number)
        _out, err = self.process.communicate(timeout=20)
        return self.process.returncode, err


@pytest.fixture
def watching(tmp_path, migrated):
    (tmp_path / "captures").mkdir()
    one = Watching(tmp_path / "captures", migrated)
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.communicate()


def test_watch_imports_what_arrives_ends_clean_on_a_signal_and_survives_a_kill(watching):
    (watching.folder / "a.txt").write_bytes(page(1))
    watching.start()
    assert watching.told() == ("a.txt", "created")
    with (watching.folder / "b.txt").open("wb") as file:
        file.write(page(2)[:200])
        file.flush()
        (watching.folder / "c.txt").write_bytes(page(3))
        assert watching.told() == ("c.txt", "created")
        file.write(page(2)[200:])
    assert watching.told() == ("b.txt", "created")
    watching.process.kill()
    watching.process.communicate()

    (watching.folder / "d.txt").write_bytes(b"")
    watching.start()
    again = [watching.told() for _document in range(4)]
    code, err = watching.stop(signal.SIGTERM)

    assert again == [
        ("a.txt", "unchanged"), ("b.txt", "unchanged"), ("c.txt", "unchanged"), ("d.txt", "refused")
    ]  # fmt: skip
    assert code == 1
    assert err.splitlines() == ["4 documents: 3 unchanged, 1 refused."]


def test_watch_that_nothing_was_refused_in_ends_with_0_on_ctrl_c(watching):
    watching.start()

    assert watching.stop(signal.SIGINT) == (0, "No documents found.\n")


@pytest.mark.parametrize("arguments", [["--watch", "--dry-run"], ["--watch", "--explain"]])
def test_watching_goes_with_nothing_that_does_not_import(tmp_path, arguments):
    with pytest.raises(CommandError, match="goes with neither"):
        run(tmp_path, *arguments)


def test_only_folders_can_be_watched(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        run(tmp_path / "missing", "--watch")
