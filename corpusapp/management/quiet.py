"""On a person's terminal stands what a command tells, and not beside it what it logs."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def results_alone() -> Iterator[None]:
    """Within, INFO is not logged to a terminal; warnings are, and whoever asked for DEBUG has it all."""
    logger = logging.getLogger("corpusapp")
    level = logger.level
    if sys.stderr.isatty() and settings.LOG_LEVEL == "INFO":
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
