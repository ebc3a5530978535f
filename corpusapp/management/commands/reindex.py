import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from corpusapp.management.ending import told_in_one_line
from corpusapp.management.progress import Progress
from corpusapp.management.words import counted
from corpusapp.models import Article
from corpusapp.search.upkeep import rebuild


class Command(BaseCommand):
    help = (
        "Make the search index anew from the articles, while readers go on searching the old one. "
        "Needed after an update that analyses texts otherwise (verify says so), or when verify finds "
        "the index damaged; everything else keeps it up to date by itself. "
        "Exit code 0: made; 2: could not go on, the old index stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        pass

    def handle(self, *_args: Any, **options: Any) -> None:
        progress = Progress(sys.stderr if options["verbosity"] else None)
        try:
            with told_in_one_line("The old index stays."):
                progress.total = Article.objects.count()
                number = rebuild(progress.step)
        finally:
            progress.clear()
        self.stdout.write(f"{counted(number, 'article')} indexed.")
