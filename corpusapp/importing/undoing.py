"""Take a run back: take away what it created, restore what it changed.

What an editor has written since stays. An undoing is a run itself, with a line for each
line it undoes, so it can be cut off and carried on, and be undone in its turn.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from corpusapp.editing.publish import put_in_bin, withdraw
from corpusapp.editing.totals import hold, recounted, settle_due
from corpusapp.importing.errors import (
    AlreadyUndoneError,
    CannotGoOnError,
    NothingToUndoError,
    StillGoesOnError,
)
from corpusapp.importing.ledger import Ledger, goes_on
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.returning import STATE, state_of
from corpusapp.importing.undoing_lines import Line, lost, undo_line
from corpusapp.importing.undone import Undone
from corpusapp.models import (
    Article,
    Deed,
    FieldOwner,
    ImportItem,
    ImportRun,
    Outcome,
    State,
)

logger = logging.getLogger(__name__)

_BATCH = 100  # lines in one transaction


def pending_lines(run: ImportRun) -> QuerySet[ImportItem]:
    """The lines that are not undone yet, newest first: a later change is undone before an earlier."""
    lines = run.items.exclude(outcome=Outcome.REFUSED).filter(undone_by__isnull=True)
    return lines.exclude(article=None, capture=None).order_by("-pk")


def can_be_undone(run: ImportRun) -> bool:
    return pending_lines(run).exists()


@dataclass(slots=True)
class Undoing:
    """One undoing under way: iterate over it for an Undone per line, newest first."""

    run: ImportRun
    user: User | None = None
    account: str = ""
    dry_run: bool = False
    most: int | None = None  # lines; what is left is done by the next undoing of the run
    _ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        """Raises StillGoesOnError, AlreadyUndoneError or NothingToUndoError."""
        if goes_on(self.run):
            raise StillGoesOnError(self.run.pk)
        before = self.run.undone_by.order_by("pk").last()
        if not self.pending().exists():
            if before:
                again = before.undone_by.order_by("pk").last()
                raise AlreadyUndoneError(self.run.pk, before.pk, again.pk if again else 0)
            raise NothingToUndoError(self.run.pk)
        self._ledger = self._new_ledger()
        if before and not self.dry_run:  # cut off, and now carried on
            self._ledger.run = before
            self._ledger.counts.update(
                {outcome: getattr(before, outcome) for outcome in Outcome.values}
            )

    def _new_ledger(self) -> Ledger:
        return Ledger({}, self.user, self.account, Deed.UNDO, self.run)

    def pending(self) -> QuerySet[ImportItem]:
        return pending_lines(self.run)

    @staticmethod
    def is_between_batches(lines: int) -> bool:
        """Whether so many lines are whole transactions: stopping there leaves nothing untold."""
        return lines % _BATCH == 0

    @property
    def by(self) -> ImportRun | None:
        """The run that this undoing is, once it has begun."""
        return self._ledger.run

    def __iter__(self) -> Iterator[Undone]:
        """Raises CannotGoOnError; what was yielded before is undone, and the same again goes on."""
        done, below = 0, None
        try:
            while self.most is None or done < self.most:
                results, below = self._batch(below)
                if not results:
                    break
                yield from results
                done += len(results)
            if not self.dry_run and not self.pending().exists():
                self._ledger.close(self._ledger.counts[Outcome.UNCHANGED.value])
                settle_due()
                logger.info("undid run %d", self.run.pk)
        except DatabaseError as error:
            raise CannotGoOnError(error) from error

    def _batch(self, below: int | None) -> tuple[list[Undone], int | None]:
        with self._ledger.batch(), transaction.atomic():
            one_writer()
            lines = self.pending() if below is None else self.pending().filter(pk__lt=below)
            items = list(lines.select_related("capture", "run")[:_BATCH])
            if not items:
                return [], below
            # all at once: what follows takes them in parts, each in order, and together out of it
            hold([item.article_id for item in items if item.article_id])
            results = self._undo(items, self._ledger.begun())
            self._ledger.write()
            if self.dry_run:
                transaction.set_rollback(True)
        if self.dry_run:
            self._ledger = self._new_ledger()
        return results, items[-1].pk

    def _undo(self, items: Sequence[ImportItem], undo: ImportRun) -> list[Undone]:
        made = [item for item in items if item.outcome == Outcome.CREATED]
        away = _take_away({item.article_id for item in made if item.article_id}, undo)
        results = []
        # counted once for all of them, and each line for itself in the order in which they are undone
        changed = {item.article_id for item in items if item.outcome != Outcome.CREATED}
        with recounted(pk for pk in changed if pk):
            lines = [
                away.get(item.article_id or 0, lost(item))
                if item.outcome == Outcome.CREATED
                else undo_line(item, undo)
                for item in items
            ]
        for item, (line, changes) in zip(items, lines, strict=True):
            undone = _named(line, item)
            results.append(undone)
            self._ledger.add(
                undone.outcome,
                item.path,
                undone.reason,
                article=Article(pk=item.article_id) if item.article_id else None,
                capture=item.capture,
                changes=changes,
                undoes=item,
            )
        return results


def _named(undone: Undone, item: ImportItem) -> Undone:
    return Undone(
        item.path,
        undone.public_id,
        undone.title,
        undone.outcome,
        undone.taken_away,
        undone.given_back,
        undone.restored,
        undone.left,
        undone.note,
    )


def _take_away(article_ids: set[int], undo: ImportRun) -> dict[int, Line]:
    """Out of readers' sight: withdrawn if they could see it, else into the bin. A few statements."""
    columns = ("public_id", "title", "state", "live_from", "withdrawn_at", "binned_at", "undone_by")
    articles = list(Article.objects.filter(pk__in=article_ids).only(*columns))
    before = {article.pk: state_of(article) for article in articles}
    there = [
        article
        for article in articles
        if article.binned_at is None and article.state != State.WITHDRAWN
    ]
    public = [article.pk for article in there if article.is_public()]
    hidden = [article.pk for article in there if not article.is_public()]
    withdraw(public)
    put_in_bin(hidden)
    Article.objects.filter(pk__in=[*public, *hidden]).update(undone_by=undo)
    worked_on = set(
        FieldOwner.objects.filter(article__in=article_ids).values_list("article", flat=True)
    )
    after = {
        article.pk: state_of(article)
        for article in Article.objects.filter(pk__in=article_ids).only(*columns)
    }
    deeds = dict.fromkeys(public, "withdrawn") | dict.fromkeys(hidden, "binned")
    lines: dict[int, Line] = {}
    for article in articles:
        deed = deeds.get(article.pk, "")
        undone = Undone(
            "",
            article.public_id,
            article.title,
            Outcome.UPDATED if deed else Outcome.UNCHANGED,
            taken_away=deed,
            note=_note(article, taken_away=bool(deed), worked_on=article.pk in worked_on),
        )
        lines[article.pk] = undone, _differing(before[article.pk], after[article.pk])
    return lines


def _note(article: Article, *, taken_away: bool, worked_on: bool) -> str:
    if not taken_away:
        return "in_bin" if article.binned_at else "withdrawn"
    return "worked_on" if worked_on else ""


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in before if before[name] != after[name]]
    if not names:
        return {}
    return {STATE: [{name: side[name] for name in names} for side in (before, after)]}
