import json
import os
import shutil
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.color import no_style

from corpusapp.importing.arriving import Watch
from corpusapp.importing.errors import ImportingError
from corpusapp.importing.files import printable
from corpusapp.importing.outcome import Result, as_json
from corpusapp.importing.run import Import, Request
from corpusapp.management.account import account
from corpusapp.management.explained import Screen, explained
from corpusapp.management.progress import Progress
from corpusapp.management.stopping import CTRL_C, stopped_by_signals
from corpusapp.management.words import counted
from corpusapp.models import Outcome
from corpusapp.text.languages import canonical

_MOST_COLUMNS = 20
# Doubts that hold an article back, and others worth a line, in the summary's words
_HOLDING = {
    "possible_duplicate": "with much of another article's text",
    "repeated_id": "with the id of another record",
    "no_title": "without a title",
    "title_uncertain": "with a title that is a guess",
    "no_body": "without a text",
    "body_uncertain": "with a text that is hard to tell",
    "encoding_mixed": "with letters lost",
}
_WANTING = {
    "no_author": "without an author",
    "author_uncertain": "with an author to confirm",
    "no_date": "without a date",
    "date_ambiguous": "with day or month first",
    "date_uncertain": "with a date to confirm",
    "no_section": "without a section",
    "body_edges": "with edges of the text to check",
    "encoding_guessed": "with a guessed encoding",
}


def language(raw: str) -> str:
    tag = canonical(raw)
    if not tag:
        msg = f"{raw!r} is no language; write it as en, de, zh-Hans or zh-Hant"
        raise ArgumentTypeError(msg)
    return tag


def words(most: int) -> Any:
    def check(raw: str) -> str:
        text = " ".join(raw.split())
        if not text or len(text) > most or not text.isprintable():
            msg = f"must have 1 to {most} printable characters"
            raise ArgumentTypeError(msg)
        return text

    return check


def process_count(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and 1 <= int(raw[:4]) <= 64):  # noqa: PLR2004 - said below
        msg = "must be a number from 1 to 64"
        raise ArgumentTypeError(msg)
    return int(raw)


class Command(BaseCommand):
    # of pages and addresses, which it does not need: a quarter of a second, and a tenth of its memory
    requires_system_checks = ()
    help = (
        "Import captured pages as articles. A new article waits in review; what an editor has "
        "changed is never overwritten; the same file twice changes nothing. Results go to standard "
        "output, progress and the summary to standard error. Exit code 0: nothing refused; "
        "1: something refused, everything else imported; 2: could not run or go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help=(
                "a text capture (.txt, .text), a saved page (.html, .htm, .xhtml), Markdown with front "
                "matter (.md, .markdown), a Word document (.docx), records (.jsonl, .ndjson, .csv), a "
                "feed or WordPress export (.xml, .rss, .atom), an archive of such (.zip, .tar, "
                ".tar.gz, .tgz, .tar.xz), a folder of them, or - for a text capture on standard input"
            ),
        )
        parser.add_argument("--recursive", action="store_true", help="folders within folders too")
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, print what a run would print"
        )
        parser.add_argument(
            "--watch",
            action="store_true",
            help=(
                "then go on, and import what arrives in the folders or changes there, never a file "
                "that is still being written; Ctrl-C or a TERM signal ends it after the batch under way"
            ),
        )
        form = parser.add_mutually_exclusive_group()
        form.add_argument(
            "--json", action="store_true", help="one JSON object for each document and line"
        )
        form.add_argument(
            "--explain",
            action="store_true",
            help=(
                "write nothing; show each line of each document with what it was taken for and "
                "why, then the fields with their evidence, and the doubts"
            ),
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish new articles at once, unless a doubt holds one back",
        )
        parser.add_argument(
            "--source", type=words(200), metavar="NAME", help="the site they come from"
        )
        parser.add_argument(
            "--section",
            type=words(200),
            metavar="NAME",
            help="the section of those that print none",
        )
        parser.add_argument(
            "--language",
            type=language,
            metavar="CODE",
            help="the language of all of them (en, zh-Hans, zh-Hant, de, ...); else it is found out",
        )
        parser.add_argument(
            "--tag",
            type=words(100),
            action="append",
            default=[],
            dest="tags",
            metavar="TAG",
            help="a tag for all of them; may be repeated",
        )
        parser.add_argument(
            "--jobs",
            type=process_count,
            default=0,
            metavar="N",
            help="processes: one writes, the others read; by default as the machine and the work suggest",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        dry_run = options["dry_run"] or options["explain"]
        if os.environ.get("NO_COLOR") and not options["force_color"]:
            self.style = no_style()
            self.stderr.style_func = None
        request = Request(
            paths=options["paths"],
            recursive=options["recursive"],
            dry_run=dry_run,
            publish=options["publish"],
            source=options["source"] or "",
            section=options["section"] or "",
            language=options["language"] or "",
            tags=tuple(options["tags"]),
            watch=options["watch"],
            fields=options["json"] or options["explain"],
            jobs=options["jobs"],
            account=account(),
        )
        running: Import | Watch
        if request.watch:
            running = self._watch(request)
            with stopped_by_signals(running.stop):
                self._say_that_it_watches(request, options)
                self._import(running, options)
            stopped = False
        else:
            running = Import(request)
            with stopped_by_signals(partial(_stop, running), CTRL_C):
                stopped = self._import(running, options) or running.stopped
        self._summarise(running, dry_run=dry_run)
        if stopped:
            kept = "" if dry_run else " Everything reported is saved; the same command carries on."
            message = f"Stopped.{kept}"
            raise CommandError(message, returncode=2)
        if running.outcomes[Outcome.REFUSED.value]:
            sys.exit(1)

    def _say_that_it_watches(self, request: Request, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            folders = ", ".join(map(printable, request.paths))
            self.stderr.write(f"Watching {folders}. Stop with Ctrl-C.", self.style.NOTICE)
            self.stderr.flush()

    def _watch(self, request: Request) -> Watch:
        if request.dry_run:
            message = "--watch imports what arrives; it goes with neither --dry-run nor --explain."
            raise CommandError(message, returncode=2)
        for path in request.paths:
            if not Path(path).is_dir():
                message = f"{printable(path)} is no folder, and only folders can be watched."
                raise CommandError(message, returncode=2)
        return Watch(request)

    def _import(self, running: Import | Watch, options: dict[str, Any]) -> bool:
        """Whether it was interrupted; what was written is told."""
        progress = Progress(sys.stderr if options["verbosity"] else None)
        screen = self._screen(options) if options["explain"] else None
        try:
            for result in running:
                progress.clear()
                self._tell(result, screen, options)
                # of what an archive holds nobody knows how much there is
                progress.total = 0 if running.holds_more else running.documents
                progress.step()
            self.stdout.flush()
        except ImportingError as error:
            progress.clear()
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            progress.clear()
            message = (
                f"The results cannot be written ({error.strerror}). Documents up to here are imported; "
                "the same command carries on."
            )
            raise CommandError(message, returncode=2) from error
        except KeyboardInterrupt:
            progress.clear()
            self.stdout.flush()
            return True
        progress.clear()
        return False

    def _screen(self, options: dict[str, Any]) -> Screen:
        on_terminal = self.stdout.isatty()
        plain = options["no_color"] or os.environ.get("NO_COLOR") or not on_terminal
        return Screen(
            width=shutil.get_terminal_size().columns if on_terminal else None,
            colour=bool(options["force_color"] or not plain),
        )

    def _tell(self, result: Result, screen: Screen | None, options: dict[str, Any]) -> None:
        try:
            self._print(result, as_object=options["json"])
            if screen:
                for line in explained(result, screen):
                    self.stdout.write(line)
            if options["watch"]:  # whoever reads along waits for it
                self.stdout.flush()
        except BrokenPipeError:
            # whoever read has gone (`| head`); the import itself is still wanted
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, result: Result, *, as_object: bool) -> None:
        if as_object:
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False))
            return
        title = printable(result.article.title) if result.article else ""
        told = "  ".join(part for part in (result.public_id, title, result.reason) if part)
        path = result.path or "''"
        self.stdout.write(f"{result.outcome:<9}  {path}  {told}".rstrip())

    def _summarise(self, running: Import | Watch, *, dry_run: bool) -> None:
        counts = ", ".join(
            f"{running.outcomes[outcome]} {outcome}"
            for outcome in Outcome.values
            if running.outcomes[outcome]
        )
        found = counted(running.documents, "document")
        if not counts:  # stopped before the first was written, or there are none
            counts = "none imported" if running.documents else ""
        lines = [f"{found}: {counts}." if counts else "No documents found."]
        if dry_run:
            lines.append("Dry run: nothing was written.")
        lines += _for_an_eye(running)
        if columns := running.not_understood:
            shown = ", ".join(printable(name) for name in list(columns)[:_MOST_COLUMNS])
            more = ", …" if len(columns) > _MOST_COLUMNS else ""
            lines.append(f"Columns not understood: {shown}{more}.")
        if passed := running.passed.endings:
            kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(passed.items()))
            lines.append(f"Passed over, as no documents: {kinds}.")
        if running.passed.folders:
            folders = counted(running.passed.folders, "folder")
            lines.append(f"{folders} within: --recursive imports what they hold.")
        for line in lines:
            self.stderr.write(line, self.style.NOTICE)


def _stop(running: Import) -> None:
    """Ctrl-C: at once while captures are read, else when what was written has been told."""
    running.stop()
    if not running.is_writing:
        raise KeyboardInterrupt


def _for_an_eye(running: Import | Watch) -> Iterator[str]:
    """What an editor should look at, the urgent first; nothing if there is nothing."""
    if running.held:
        why = ", ".join(_with(running.doubts, _HOLDING))
        yield f"{running.held} with a doubt that holds them back: see the desk{f' ({why})' if why else ''}."
    if conflicts := running.outcomes[Outcome.CONFLICT.value]:
        yield f"{conflicts} where a newer capture differs from what an editor wrote: compare them at the desk."
    if wanting := ", ".join(_with(running.doubts, _WANTING)):
        yield f"To look at when there is time: {wanting}."


def _with(doubts: Mapping[str, int], words: Mapping[str, str]) -> Iterator[str]:
    for code, what in words.items():
        if doubts.get(code):
            yield f"{doubts[code]} {what}"
