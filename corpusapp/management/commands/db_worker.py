import threading
from typing import Any

from django.conf import settings
from django_tasks_db.management.commands import db_worker

from corpusapp.editing.tick import tick, tick_for_ever


class Command(db_worker.Command):
    help = (
        "Work in the background: import what was uploaded at the desk; and each minute count what was "
        "scheduled and has gone live, make the renditions of Chinese articles that are missing, and take "
        "over the reads that the web processes have counted. TERM or INT ends it after the task under way. "
        "--batch does what there is to do and ends."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"]:
            tick()
            super().handle(*args, **options)
            return
        stop = threading.Event()
        clock = threading.Thread(target=tick_for_ever, args=[stop], daemon=True, name="tick")
        if not options["reload"] or not settings.DEBUG:
            clock.start()
        try:
            super().handle(*args, **options)
        finally:
            stop.set()
