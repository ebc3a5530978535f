"""A database that is away, not set up or read-only, and Ctrl-C: one line and exit code 2, everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

from corpusapp.importing.errors import CannotGoOnError

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = [
    ["import_documents", "seeds"],
    ["import_documents", "seeds", "--dry-run"],
    ["undo_import"],
    ["reindex"],
    ["find_duplicates"],
    ["make_renditions"],
    ["verify"],
    ["db_worker", "--batch", "--no-reload"],
]
NOT_SET_UP = "The database is not set up for this version. Run quickstart, or migrate, first."


def run(data, *arguments, **more):
    """(exit code, what standard error says)"""
    kept = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**environment, "DATA_DIR": str(data), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_database_that_is_not_set_up_is_said_in_one_line(tmp_path, arguments):
    code, err = run(tmp_path / "data", *arguments)

    assert (code, err) == (2, f"CommandError: {NOT_SET_UP}\n")


@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[1], COMMANDS[-1]], ids=" ".join)
def test_database_that_is_away_is_said_in_one_line(tmp_path, arguments):
    away = "postgres://nobody@127.0.0.1:1/x"

    code, err = run(tmp_path / "data", *arguments, DATABASE_URL=away)

    assert code == 2
    assert err.startswith("CommandError: The database cannot be reached (")
    assert "DATABASE_URL" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[1], COMMANDS[-1]], ids=" ".join)
def test_database_that_cannot_be_opened_is_said_in_one_line(tmp_path, arguments):
    (tmp_path / "data" / "corpus.sqlite3").mkdir(parents=True)

    code, err = run(tmp_path / "data", *arguments)

    assert code == 2
    assert err.startswith("CommandError: The database cannot be reached (unable to open")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("no such column: corpusapp_article.paired"), NOT_SET_UP),
        (ProgrammingError('relation "corpusapp_article" does not exist\nLINE 1'), NOT_SET_UP),
        (OperationalError('connection failed:\n  database "x" does not exist'), "be reached"),
        (OperationalError("attempt to write a readonly database"), "the disk has room"),
    ],
)
def test_advice_fits_what_is_wrong(error, words):
    assert words in str(CannotGoOnError(error))
    assert "\n" not in str(CannotGoOnError(error))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "kept"),
    [
        ("verify.differences", "Not all was compared."),
        ("make_renditions.make_wanting", "What was made up to here is kept."),
        ("reindex.rebuild", "The old index stays."),
    ],
)
@pytest.mark.parametrize(
    ("error", "words"),
    [(KeyboardInterrupt(), "Stopped"), (OperationalError("disk is full"), "the disk has room")],
)
def test_what_ends_a_command_early_says_what_is_kept(monkeypatch, deed, kept, error, words):
    def ended(*_args, **_named):
        raise error

    monkeypatch.setattr(f"corpusapp.management.commands.{deed}", ended)

    with pytest.raises(CommandError, match=words) as raised:
        call_command(deed.partition(".")[0])

    assert raised.value.returncode == 2
    assert kept in str(raised.value)
