"""The line of the log for a deed, written once the deed is kept.

A preview does the deeds and takes them back: an operator who reads the log must not take that for done.
"""

import logging
from functools import partial

from django.db import transaction


def log_deed(logger: logging.Logger, words: str, *args: object) -> None:
    """An INFO line when the transaction commits, at once where there is none; none if it is rolled back."""
    transaction.on_commit(partial(logger.info, words, *args))
