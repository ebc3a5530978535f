"""What is done every minute beside the tasks: nothing else on the machine has a clock for it."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.editing.planning import keep_planner_informed
from corpusapp.editing.tick import make_renditions, take_over_reads
from corpusapp.editing.totals import settle_due
from corpusapp.importing.bulk_running import look_after_all
from corpusapp.importing.uploading import look_after_uploads
from corpusapp.search.upkeep import tick

logger = logging.getLogger(__name__)

EVERY = 20.0  # seconds; a scheduled article is to be found within a minute

_KEPT = timedelta(days=14)  # what became of a task, for who looks for an error
_CLEARED = 1000  # at a time: a short lock


def clear_finished_tasks() -> None:
    """Without this the table would grow with every upload and every deed in the background."""
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _KEPT)
    if chosen := list(finished.order_by().values_list("pk", flat=True)[:_CLEARED]):
        DBTaskResult.objects.filter(pk__in=chosen).delete()


# In this order: what has gone live is counted before it is indexed
DEEDS: tuple[Callable[[], object], ...] = (
    *(settle_due, tick, take_over_reads, make_renditions),
    *(look_after_all, look_after_uploads, clear_finished_tasks, keep_planner_informed),
)


def once() -> None:
    """Do all of it; a deed that the database refuses is tried again at the next tick."""
    for deed in DEEDS:
        try:
            deed()
        except (DatabaseError, OSError) as error:
            logger.warning("%s is put off: %s", deed.__name__, error)


class Clock(threading.Thread):
    """Ticks until the process ends; a deed that is under way then is rolled back."""

    def __init__(self) -> None:
        super().__init__(name="minute's tick", daemon=True)
        self.stopped = threading.Event()

    def run(self) -> None:
        while True:
            close_old_connections()
            once()
            if self.stopped.wait(EVERY):
                break
        connection.close()
