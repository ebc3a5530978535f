import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from corpusapp.editing.twins import Search
from corpusapp.management.ending import told_in_one_line
from corpusapp.management.progress import Progress
from corpusapp.management.quiet import results_alone
from corpusapp.models import Article, PossibleDuplicate


class Command(BaseCommand):
    help = (
        "Search the whole corpus for articles that share much of their text: at least half of the "
        "smaller one. Each new pair is put before the editors, at the desk under Possible "
        "duplicates, and holds the later article back from publication if it is not public yet. "
        "Nothing is changed or taken away; a pair that was decided is not asked about again. "
        "Imports look for themselves: this is for articles from before, and to be sure. "
        "Exit code 0: searched; 2: could not go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        pass

    def handle(self, *_args: Any, **options: Any) -> None:
        progress = Progress(sys.stderr if options["verbosity"] else None)
        search = Search()
        before = 0
        try:
            with (
                results_alone(),
                told_in_one_line(
                    "What was found up to here is kept.", "The same command searches again."
                ),
            ):
                progress.total = Article.objects.filter(binned_at__isnull=True).count()
                for articles in search:
                    progress.step(articles - before)
                    before = articles
                waiting = PossibleDuplicate.objects.open().count()
        finally:
            progress.clear()
        found = "1 new pair" if search.pairs == 1 else f"{search.pairs:,} new pairs"
        desk = reverse("admin:corpusapp_possibleduplicate_changelist")
        self.stdout.write(
            f"{search.articles:,} articles compared: {found}, "
            f"{waiting:,} waiting for a decision at {desk}."
        )
