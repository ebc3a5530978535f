"""Keeping the index: what every engine does the same way, and what each does in its own."""

import logging
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from corpusapp.models import Article, SearchEntry, SearchStale
from corpusapp.search.documents import Document, documents
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

    def _put(self, ids: Sequence[int], stale: Mapping[int, SearchStale]) -> None:
        now = {document.article_id: document for document in documents(ids)}
        held = SearchEntry.objects.in_bulk(ids)
        fresh = {pk: document.entry() for pk, document in now.items()}
        gone = [entry for pk, entry in held.items() if not is_same(entry, fresh.get(pk))]
        come = [pk for pk, entry in fresh.items() if not is_same(entry, held.get(pk))]
        if not gone and not come:
            return
        changes = Changes()
        for entry, terms in self.take_out(gone, now, stale):
            if terms is None:
                logger.warning("the former words of article %d stay in the index", entry.article_id)
                changes.leave_behind()
            changes.add(terms or (), entry.terms, entry.language, is_public=entry.is_public, by=-1)
        self.bring_in([now[pk] for pk in come], [fresh[pk] for pk in come])
        for pk in come:
            document, entry = now[pk], fresh[pk]
            changes.add(
                document.terms, entry.terms, entry.language, is_public=entry.is_public, by=1
            )
        changes.write()

    @abstractmethod
    def take_out(
        self,
        entries: Sequence[SearchEntry],
        now: Mapping[int, Document],
        stale: Mapping[int, SearchStale],
    ) -> Iterable[tuple[SearchEntry, Collection[str] | None]]:
        """Remove these entries; with each the terms it was indexed with, None if they are lost."""

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

    def wrong(self, batch: Sequence[Document], entries: Sequence[SearchEntry]) -> set[int]:  # noqa: ARG002
        """Which of these documents the index holds otherwise than their entries say."""
        return set()


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
