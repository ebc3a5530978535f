from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corpusapp.keeping.verifying import differences
from corpusapp.management.ending import told_in_one_line
from corpusapp.management.words import counted

_NAMED = 20  # findings of one kind that are told one by one


class Command(BaseCommand):
    help = (
        "Compare what is made of the articles with the articles: the search index with their texts, "
        "names and places, and the stored rendering of each body with a fresh one. Changes nothing. "
        "Prints what differs and what to do about it. "
        "Exit code 0: nothing differs; 1: something does; 2: could not go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        pass

    def handle(self, *_args: Any, **_options: Any) -> None:
        found: Counter[str] = Counter()
        with told_in_one_line("Not all was compared."):
            for difference in differences():
                found[difference.remedy] += 1
                if found[difference.remedy] <= _NAMED:
                    self.stdout.write(difference.finding)
        if not found:
            self.stdout.write("Nothing differs.")
            return
        for remedy, number in found.items():
            self.stdout.write(f"{counted(number, 'difference')}: {remedy}")
        message = "Something differs."
        raise CommandError(message, returncode=1)
