import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

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
            progress.total = Article.objects.count()
            number = rebuild(progress.step)
        except DatabaseError as error:
            message = f"The database does not go on ({error}). Run the same command again."
            raise CommandError(message, returncode=2) from error
        except KeyboardInterrupt:
            message = "Stopped. Run the same command again."
            raise CommandError(message, returncode=2) from None
        finally:
            progress.clear()
        self.stdout.write(f"{counted(number, 'article')} indexed.")
