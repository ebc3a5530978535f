"""What time alone brings about: done once a minute by the background work."""

import logging
import threading

from django.db import DatabaseError, close_old_connections

from corpusapp.editing import reads
from corpusapp.editing.renditions import label_in_both_scripts, make_wanting
from corpusapp.editing.totals import settle_due

logger = logging.getLogger(__name__)

EVERY = 60  # seconds
_FIRST = 3  # seconds after the start
_RENDITIONS = 500  # at a time; a large import is worked off over some minutes


def tick() -> None:
    """Count what has gone live, make renditions and labels that are missing, take over reads."""
    settle_due()
    if reads.take_over():
        reads.rank()
    make_wanting(at_most=_RENDITIONS)
    label_in_both_scripts()


def tick_for_ever(stop: threading.Event) -> None:
    """Until `stop` is set. A database that is away or locked is asked again the next time."""
    wait = _FIRST
    while not stop.wait(wait):
        wait = EVERY
        close_old_connections()
        try:
            tick()
        except (DatabaseError, OSError):
            logger.exception("the minute's work is put off")
        finally:
            close_old_connections()
