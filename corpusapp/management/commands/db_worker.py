from typing import Any

from django_tasks_db.management.commands import db_worker

from corpusapp.management.ticking import Clock, once


class Command(db_worker.Command):
    help = (
        "Work in the background: what was uploaded or asked for at the desk and, three times a minute, "
        "what has a time of its own: scheduled articles that go live are counted and can be found, whatever "
        "changed without being indexed is indexed, texts of an earlier version are rendered anew, missing renditions of Chinese articles are made, and "
        "the reads that the web processes have counted are taken over. Ends cleanly on INT and TERM."
    )

    def handle(self, **options: Any) -> None:
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
