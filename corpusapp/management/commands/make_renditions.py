from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from corpusapp.editing.renditions import label_in_both_scripts, make_wanting
from corpusapp.management.ending import told_in_one_line
from corpusapp.management.quiet import results_alone
from corpusapp.search.upkeep import tick


class Command(BaseCommand):
    help = (
        "Make the renditions of Chinese articles in the other script (Simplified, Traditional) that are "
        "missing, or that another version, HAN_VARIANT or glossary made. db_worker does the same in the "
        "background, and until then readers get them made on the spot: this is for afterwards to be sure, "
        "for example after an import of many articles without a worker. "
        "Exit code 0: done; 2: could not go on; the same command carries on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="make all of them anew, also those that are up to date",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with (
            results_alone(),
            told_in_one_line("What was made up to here is kept.", "The same command carries on."),
        ):
            made = make_wanting(everything=options["all"])
            label_in_both_scripts()
            tick()  # a label changes what many articles are found by
        self.stdout.write("1 rendition made." if made == 1 else f"{made:,} renditions made.")
