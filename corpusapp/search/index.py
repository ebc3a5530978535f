"""Keeping the index: what every engine does the same way, and what each does in its own."""

import logging
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from django.db import transaction

from corpusapp.models import Article, SearchEntry, SearchStale
from corpusapp.search.documents import Document, documents
from corpusapp.search.gathering import in_hand, left_behind
from corpusapp.search.word_counts import Changes

logger = logging.getLogger(__name__)

_BATCH = 100  # articles at a time: their texts are in memory
_TEXTS = ("pk", "standfirst", "body", "caption", "author_note")
Texts = Mapping[int, tuple[str, str, str, str]]


class Index(ABC):
    """The articles that the index holds, brought up to what they are now."""

    locks_rows = False

    def put(self, article_ids: Iterable[int]) -> None:
        """Index or re-index these articles; ids of none, and of what lies in the bin, are removed."""
        ids = sorted(set(article_ids))
        with transaction.atomic():
            for start in range(0, len(ids), _BATCH):
                batch = ids[start : start + _BATCH]
                stale = SearchStale.objects.filter(article_id__in=batch)
                self._put(batch, stale.in_bulk())
                stale.delete()

    def renew(self, article_ids: Collection[int] | None = None, most: int = 500) -> int:
        """Index again those of these articles (None: of all) that have changed, up to `most`.

        Within a transaction these are the changes of that transaction, too, so that article and
        index are committed together. Gives how many there were; 1 query if there were none.
        """
        with transaction.atomic():
            stale = {row.article_id: row for row in self._stale(article_ids, most)}
            ids = sorted(stale)
            for start in range(0, len(ids), _BATCH):
                batch = ids[start : start + _BATCH]
                self._put(batch, stale)
                SearchStale.objects.filter(article_id__in=batch).delete()
        return len(stale)

    def _stale(self, article_ids: Collection[int] | None, most: int) -> Iterator[SearchStale]:
        rows = SearchStale.objects.order_by("article_id")
        if article_ids is None:
            # what another has in hand is left to it
            yield from (
                rows.select_for_update(skip_locked=True)[:most] if self.locks_rows else rows[:most]
            )
            return
        ids = sorted(article_ids)
        for start in range(0, len(ids), _BATCH):
            yield from rows.filter(article_id__in=ids[start : start + _BATCH])

    def count_left(self) -> int:
        """Count the words of what was indexed by runs that ended before they did it; of how many."""
        counted = 0
        for run in left_behind():
            ids = sorted(
                SearchEntry.objects.waiting()
                .filter(uncounted=run)
                .values_list("article_id", flat=True)
            )
            for start in range(0, len(ids), _BATCH):
                batch = ids[start : start + _BATCH]
                with transaction.atomic():
                    stale = SearchStale.objects.filter(article_id__in=batch)
                    self._put(batch, stale.in_bulk(), run)
                    stale.delete()
            counted += len(ids)
        return counted

    def _put(
        self, ids: Sequence[int], stale: Mapping[int, SearchStale], uncounted: str = ""
    ) -> None:
        """Bring these up to what they are now; and those that this run has not counted at all events."""
        now = {document.article_id: document for document in documents(ids)}
        held = SearchEntry.objects.in_bulk(ids)
        fresh = {pk: document.entry() for pk, document in now.items()}
        same = {
            pk
            for pk, entry in held.items()
            if is_same(entry, fresh.get(pk)) and not (uncounted and entry.uncounted == uncounted)
        }
        gone = [entry for pk, entry in held.items() if pk not in same]
        come = [(now[pk], entry) for pk, entry in fresh.items() if pk not in same]
        if not gone and not come:
            return
        changes = Changes()
        for entry, terms in self.take_out(gone, now, stale):
            if terms is None:
                logger.warning("the former words of article %d stay in the index", entry.article_id)
                changes.leave_behind()
            if not entry.uncounted:
                changes.go(terms or (), entry)
        gathered = in_hand()
        for document, entry in come:
            if gathered:
                entry.uncounted = gathered.name
            else:
                changes.come(document, entry)
        self.bring_in([document for document, _entry in come], [entry for _document, entry in come])
        changes.write()
        if gathered:
            transaction.on_commit(partial(gathered.add, gathered.name, come))

    @abstractmethod
    def take_out(
        self,
        entries: Sequence[SearchEntry],
        now: Mapping[int, Document],
        stale: Mapping[int, SearchStale],
    ) -> Iterable[tuple[SearchEntry, Collection[str] | None]]:
        """Remove these entries; with each the terms it was indexed with, None if they are lost.

        What an entry says of who counts its words is what it said when it was removed.
        """

    @abstractmethod
    def bring_in(self, come: Sequence[Document], entries: Sequence[SearchEntry]) -> None:
        """Add these documents, none of which the index holds; `entries` are theirs."""

    @abstractmethod
    def set_up(self) -> None:
        """Make what the database lacks of tables and triggers; as often as one likes."""

    @abstractmethod
    def tear_down(self) -> None:
        """Take the triggers away, so that migrations may rebuild the tables they stand on."""

    @abstractmethod
    def optimise(self) -> None:
        """Put the index in the best order, after much has been written."""

    @abstractmethod
    def rebuild(self, told: Callable[[int], None]) -> int:
        """Make the index anew from the articles, while it is searched and written.

        Gives how many articles it holds then; `told` hears of each portion that is done.
        """

    @abstractmethod
    def strays(self) -> Iterator[str]:
        """What is wrong with the index in itself, a sentence each."""

    @staticmethod
    def lacking(expected: Iterable[str], present: Collection[str]) -> Iterator[str]:
        """What to say of triggers that are not there: without them the index does not hear of changes."""
        if gone := sorted(set(expected).difference(present)):
            yield f"the database lacks what tells it of changes ({', '.join(gone)})"

    @abstractmethod
    def wrong(self, batch: Sequence[Document], entries: Sequence[SearchEntry]) -> set[int]:
        """Which of these documents the index holds otherwise than their entries say."""


def batches() -> Iterator[list[int]]:
    """The ids of all articles, a hundred at a time."""
    last = 0
    while ids := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    ):
        yield ids
        last = ids[-1]


def texts_of(article_ids: Collection[int]) -> Texts:
    """Standfirst, body, caption and author's note of these articles, by article; 1 query."""
    rows = Article.objects.filter(pk__in=article_ids).values_list(*_TEXTS)
    return {pk: (standfirst, body, caption, note) for pk, standfirst, body, caption, note in rows}


def is_same(one: SearchEntry, other: SearchEntry | None) -> bool:
    return other is not None and (
        one.digest == other.digest
        and one.is_public == other.is_public
        and one.order == other.order
        and one.language == other.language
        and one.analyser == other.analyser
    )


def unpacked(beside: bytes | memoryview) -> tuple[str, str, str, str]:
    """Title, names, section and marks of `SearchEntry.beside`."""
    title, names, section, marks = zlib.decompress(beside).decode().split("\n")
    return title, names, section, marks
