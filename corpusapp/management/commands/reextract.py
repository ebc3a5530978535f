import sys
from argparse import ArgumentTypeError
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from corpusapp.editing.telling import readable
from corpusapp.importing.diffing import diff
from corpusapp.importing.errors import CannotGoOnError, ImportingError
from corpusapp.importing.fields import FIELDS
from corpusapp.importing.files import printable
from corpusapp.importing.reextracting import (
    Choice,
    Reextraction,
    Reread,
    is_source,
    known_extractors,
    known_rules,
)
from corpusapp.management.account import account
from corpusapp.management.words import counted
from corpusapp.models import Outcome


def confidence(raw: str) -> float:
    try:
        value = float(raw)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:  # NaN is neither
        msg = f"{raw!r} is no confidence; write a number from 0 to 1, as 0.8"
        raise ArgumentTypeError(msg)
    return value


def words(raw: str) -> str:
    text = " ".join(raw.split())
    if not text or len(text) > 200 or not text.isprintable():  # noqa: PLR2004 - said below
        msg = "must have 1 to 200 printable characters"
        raise ArgumentTypeError(msg)
    return text


def _check(choice: Choice) -> None:
    """Raises CommandError for a name that no capture knows: a slip of the pen must not look like success."""
    message = ""
    if choice.source and not is_source(choice.source):
        message = (
            f"No capture comes from a source named {choice.source}. See the sources at the desk."
        )
    elif choice.extractor and choice.extractor not in (versions := known_extractors()):
        message = (
            f"No capture was read by version {choice.extractor} of the extraction. "
            f"There are: {_listed(versions)}."
        )
    elif choice.rules:
        known = known_rules(choice.rules)
        if missing := [rule for rule in choice.rules if rule not in known]:
            message = (
                f"No field was found by a rule named {', '.join(missing)}. "
                f"There are: {_listed(sorted(known))}."
            )
    if message:
        raise CommandError(message, returncode=2)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(printable, names)) or "none yet"


class Command(BaseCommand):
    # of pages and addresses, which it does not need: a quarter of a second, and a tenth of its memory
    requires_system_checks = ()
    help = (
        "Read stored captures again with the extraction of this version. Fields that nobody has "
        "touched follow it; what an editor wrote or confirmed never moves. The options choose the "
        "captures; all that are given must hold. Each change is shown as a diff, which --dry-run "
        "shows without changing anything; undo_import takes the whole back. Exit code 0: done; "
        "1: some captures could not be read again, all others were; 2: could not run or go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rule",
            type=words,
            action="append",
            default=[],
            metavar="R",
            help="captures with a field that was found by this rule; may be repeated",
        )
        parser.add_argument(
            "--field",
            action="append",
            default=[],
            choices=FIELDS,
            metavar="F",
            help=(
                "move this field only, and ask about rule and confidence in it only; may be "
                f"repeated: {', '.join(FIELDS)}"
            ),
        )
        parser.add_argument("--source", type=words, metavar="S", help="captures from this source")
        parser.add_argument(
            "--below",
            type=confidence,
            metavar="CONFIDENCE",
            help=(
                "captures with a field that was less sure than this, from 0 to 1; a field that was "
                "left empty counts as 0 where --field names it"
            ),
        )
        parser.add_argument(
            "--extractor",
            type=words,
            metavar="VERSION",
            help="captures that this version of the extraction has read",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, print what would be changed"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        choice = Choice(
            rules=tuple(options["rule"]),
            fields=tuple(dict.fromkeys(options["field"])),
            source=options["source"] or "",
            below=options["below"],
            extractor=options["extractor"] or "",
        )
        running = Reextraction(choice, account=account(), dry_run=options["dry_run"])
        try:
            _check(choice)
            for result in running:
                self._tell(result)
            self.stdout.flush()
        except ImportingError as error:
            raise CommandError(str(error), returncode=2) from error
        except DatabaseError as error:
            raise CommandError(str(CannotGoOnError(error)), returncode=2) from error
        except BrokenPipeError:
            message = "Nobody reads the results any more. What was told is done; the same command carries on."
            raise CommandError(message, returncode=2) from None
        except KeyboardInterrupt:
            message = "Stopped. What was told is done; the same command carries on."
            raise CommandError(message, returncode=2) from None
        self._summarise(running)
        if running.outcomes[Outcome.REFUSED.value]:
            sys.exit(1)

    def _tell(self, result: Reread) -> None:
        """What changes, or could not be read; of the rest only the summary speaks."""
        gone, come = result.doubts
        if result.outcome == Outcome.UNCHANGED and not result.kept:
            return
        parts = (result.path, result.public_id, printable(result.title), result.refusal)
        self.stdout.write(f"{result.outcome:<9}  " + "  ".join(part for part in parts if part))
        for change in result.changes:
            self.stdout.write(f"  {change.field}:")
            before, after = (
                readable(change.field, value) for value in (change.before, change.after)
            )
            for line in diff(before, after):
                self.stdout.write(f"    {line.sign} {printable(line.text)}".rstrip())
        if gone or come:
            self.stdout.write("  doubts:")
            for sign, told in [("-", one) for one in gone] + [("+", one) for one in come]:
                self.stdout.write(f"    {sign} {told}")
        if result.kept:
            self.stdout.write(f"  kept as an editor wrote it: {', '.join(result.kept)}")

    def _summarise(self, running: Reextraction) -> None:
        counts = ", ".join(
            f"{running.outcomes[outcome]} {outcome}"
            for outcome in Outcome.values
            if running.outcomes[outcome]
        )
        read = counted(sum(running.outcomes.values()), "capture")
        lines = [f"{read} read again: {counts}." if counts else "No capture is asked for by this."]
        if running.dry_run:
            lines.append("Dry run: nothing was changed.")
        elif running.run:
            lines.append(f"This was run {running.run}; undo_import {running.run} takes it back.")
        for line in lines:
            self.stderr.write(line, self.style.NOTICE)
