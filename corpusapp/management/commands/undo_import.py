import shlex
from argparse import ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from corpusapp.importing.errors import CannotGoOnError, ImportingError, NoSuchRunError
from corpusapp.importing.files import printable
from corpusapp.importing.undoing import Undoing
from corpusapp.importing.undone import Undone
from corpusapp.management.account import account
from corpusapp.management.quiet import results_alone
from corpusapp.management.words import counted
from corpusapp.models import Deed, ImportRun, Outcome

# Of what the ledger keeps, the options of import_documents and reextract
_FLAGS = {
    name: f"--{name}"
    for name in (
        "below",
        "extractor",
        "field",
        "language",
        "publish",
        "recursive",
        "rule",
        "section",
        "source",
    )
} | {"tags": "--tag", "watch": "--watch"}


def run_number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 18):  # noqa: PLR2004 - fits 64 bits
        msg = f"{raw!r} is no number of a run; undo_import without one lists the runs"
        raise ArgumentTypeError(msg)
    return int(raw)


class Command(BaseCommand):
    help = (
        "Undo an import or a new extraction; without RUN, list the runs. Undoing withdraws what the "
        "run created (what was never public goes to the bin) and restores what it changed, except "
        "fields edited since, which are named. It is a run itself and can be undone. Exit code 0: "
        "undone, or listed; 2: could not run or go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "run", nargs="?", type=run_number, metavar="RUN", help="the number of the run"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, print what undoing would print"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["run"] is None:
                self._list()
            else:
                with results_alone():
                    self._undo(options["run"], dry_run=options["dry_run"])
            self.stdout.flush()
        except ImportingError as error:
            raise CommandError(str(error), returncode=2) from error
        except DatabaseError as error:
            raise CommandError(str(CannotGoOnError(error)), returncode=2) from error
        except BrokenPipeError:
            message = "Nobody reads the results any more. What was told is done; the same command carries on."
            raise CommandError(message, returncode=2) from None
        except KeyboardInterrupt:
            message = "Stopped. What was told is undone; the same command carries on."
            raise CommandError(message, returncode=2) from None

    def _list(self) -> None:
        runs: QuerySet[ImportRun] = ImportRun.objects.select_related("user").prefetch_related(
            "undone_by"
        )
        rows: list[tuple[str, ...]] = [
            ("run", "what", "started", "took", "who", "files", "options")
        ]
        rows += [_row(run) for run in runs]
        if len(rows) == 1:
            self.stderr.write("There are no runs yet.", self.style.NOTICE)
            return
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def _undo(self, number: int, *, dry_run: bool) -> None:
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            raise NoSuchRunError(number)
        undoing = Undoing(run, account=account(), dry_run=dry_run)
        outcomes: Counter[str] = Counter()
        for line in undoing:
            outcomes[_deed(line)] += 1
            parts = (line.public_id, printable(line.title), line.reason)
            told = "  ".join(part for part in parts if part)
            self.stdout.write(f"{_deed(line):<9}  {line.path}  {told}".rstrip())
        counts = ", ".join(f"{count} {deed}" for deed, count in outcomes.items())
        lines = [f"Run {number}, {counted(sum(outcomes.values()), 'file')}: {counts}."]
        if dry_run:
            lines.append("Dry run: nothing was changed.")
        elif undoing.by:
            lines.append(f"This was run {undoing.by.pk}; undo that to have everything back.")
        if outcomes["kept"]:
            lines.append(
                f"{outcomes['kept']} with fields that stay as they are: see the lines above."
            )
        for text in lines:
            self.stderr.write(text, self.style.NOTICE)


def _deed(line: Undone) -> str:
    if line.outcome == Outcome.CONFLICT:
        return "kept"
    if line.outcome == Outcome.UNCHANGED:
        return "unchanged"
    return line.taken_away or ("restored" if line.restored or line.given_back else "undone")


def _row(run: ImportRun) -> tuple[str, ...]:
    counts = ", ".join(
        f"{getattr(run, outcome)} {outcome}" for outcome in Outcome.values if getattr(run, outcome)
    )
    return (
        str(run.pk),
        _what(run),
        f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M:%S}",
        _took(run),
        str(run.user) if run.user else run.account or "-",
        counts or "-",
        _options(run.options),
    )


def _what(run: ImportRun) -> str:
    what = {
        Deed.IMPORT: "import",
        Deed.REEXTRACTION: "new extraction",
        Deed.UNDO: f"undoing of {run.undoes_id}",
    }[Deed(run.kind)]
    undone = [str(one.pk) for one in run.undone_by.all()]
    return f"{what}, undone by {', '.join(undone)}" if undone else what


def _took(run: ImportRun) -> str:
    if run.finished_at is None:
        return "not finished"
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s"


def _options(options: dict[str, Any]) -> str:
    """As they may be typed, on one line; the desk shows what came of the run, too."""
    parts = [_typed(path) for path in options.get("paths", ())]
    for name, flag in _FLAGS.items():
        value = options.get(name, [])
        values = value if isinstance(value, list) else [value]
        parts += [flag if one is True else f"{flag}={_typed(one)}" for one in values]
    return " ".join(parts)


def _typed(value: object) -> str:
    return shlex.quote(printable(str(value)))
