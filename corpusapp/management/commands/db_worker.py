from typing import Any

from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from corpusapp.management.ending import told_in_one_line
from corpusapp.management.ticking import Clock, once
from corpusapp.models import Article


class Command(db_worker.Command):
    help = (
        "Work in the background: what was uploaded or asked for at the desk and, three times a minute, "
        "what has a time of its own: scheduled articles that go live are counted and can be found, whatever "
        "changed without being indexed is indexed, texts of an earlier version are rendered anew, missing renditions of Chinese articles are made, and "
        "the reads that the web processes have counted are taken over. Ends cleanly on INT and TERM."
    )

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Django 6.1 opens the database before `handle`, to check itself."""
        with told_in_one_line("Tasks that wait go on waiting."):
            return super().execute(*args, **options)

    def handle(self, **options: Any) -> None:
        # else each deed would be put off, and the worker end in the middle of its first look
        DBTaskResult.objects.exists()
        Article.objects.exists()
        once()
        if options["batch"]:
            super().handle(**options)
            return
        clock = Clock()
        clock.start()
        try:
            super().handle(**options)
        finally:
            clock.stopped.set()
