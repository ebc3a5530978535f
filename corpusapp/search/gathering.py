"""Counting the words of a long run: gathered in memory, and written for a thousand articles at once.

What ranking and corrections ask (`word_counts`) is the same for most articles of a run, and adding it
up for each batch would take longer than indexing. Until it is written, each entry of the index names
the run that has its words in hand; so nothing is lost or counted twice, whatever becomes of the run:
an article that is changed meanwhile leaves by another way, and the words of a run that has ended
without a word are counted from the articles.
"""

import itertools
import logging
import os
import platform
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from corpusapp.models import SearchEntry
from corpusapp.search.documents import Document
from corpusapp.search.word_counts import Changes

logger = logging.getLogger(__name__)

_MOST = 1000  # articles whose words are in memory
_RENEWED = 600  # seconds after which they are written all the same
_LONG_AGO = 3600  # seconds: nobody has them in hand any more
_numbers = itertools.count()


class Gathered:
    """The words of articles that are indexed and not counted yet."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._began = time.time()
        self.name = f"{platform.node()[:30]}/{os.getpid()}/{self._began:.0f}/{next(_numbers)}"
        self._changes = Changes()

    def add(self, name: str, documents: Sequence[tuple[Document, SearchEntry]]) -> None:
        """These are committed under that name; called outside of transactions."""
        if name != self.name:
            return  # they count as left behind
        for document, entry in documents:
            self._changes.come(document, entry)
        if self._changes.articles >= _MOST or time.time() - self._began > _RENEWED:
            self.write()

    def write(self) -> None:
        """Count them, in a transaction that touches nothing else."""
        name, changes = self.name, self._changes
        self._begin()
        if not changes.articles:
            return
        try:
            with transaction.atomic():
                marked = SearchEntry.objects.waiting().filter(uncounted=name)
                if marked.update(uncounted="") == changes.articles:
                    changes.write(at_once=True)
                else:  # some have been changed since, so that the sum is not theirs
                    transaction.set_rollback(True)
        except DatabaseError as error:
            logger.warning("words of %d articles wait to be counted: %s", changes.articles, error)


_this = threading.local()


def in_hand() -> Gathered | None:
    """Where the run gathers that is under way in this thread, if there is one."""
    return getattr(_this, "gathered", None)


@contextmanager
def words_gathered() -> Iterator[None]:
    """A run that indexes very many articles; within somebody's transaction they are counted at once."""
    if in_hand() or connection.in_atomic_block:
        yield
        return
    _this.gathered = Gathered()
    try:
        yield
    finally:
        gathered, _this.gathered = _this.gathered, None
        gathered.write()


def left_behind() -> list[str]:
    """Runs that ended before they counted the words of what they indexed."""
    names = SearchEntry.objects.waiting().values_list("uncounted", flat=True)
    return [name for name in set(names) if _has_ended(name)]


def _has_ended(name: str) -> bool:
    *host, process, began, _number = name.split("/")
    gathered = in_hand()
    if gathered and gathered.name == name:
        return False
    if time.time() - float(began) > _LONG_AGO:
        return True
    return "/".join(host) == platform.node()[:30] and not _runs(int(process))


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False  # it is not in hand
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
