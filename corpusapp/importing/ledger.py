"""Keep the ledger of a run.

It begins with the first thing worth telling, so that a run which changes nothing leaves no row.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from corpusapp.editing.trail import acting, note
from corpusapp.models import (
    Act,
    Article,
    Capture,
    CaptureBytes,
    Deed,
    ImportItem,
    ImportRun,
    Outcome,
    insert,
)

# Who works tells of it with every batch; one that has not for so long was killed
SILENT_FOR = timedelta(minutes=2)
_TOLD_EVERY = timedelta(seconds=20)


def goes_on(run: ImportRun) -> bool:
    """Whether somebody is at work on it: it has no end, and was heard of lately.

    What is undone at the desk goes on only when somebody asks for it.
    """
    if run.finished_at or run.heard_at is None or (run.kind == Deed.UNDO and run.user_id):
        return False
    return timezone.now() - run.heard_at < SILENT_FOR


@dataclass(slots=True)
class Ledger:
    """One run. Items are written with the batch they belong to, in its transaction."""

    options: Mapping[str, Any]
    user: User | None = None
    account: str = ""  # of the machine, where there is no user
    kind: Deed = Deed.IMPORT
    undoes: ImportRun | None = None
    run: ImportRun | None = None
    counts: Counter[str] = field(default_factory=Counter)
    _items: list[ImportItem] = field(default_factory=list)
    _started: Any = field(default_factory=timezone.now)
    _unchanged: int = 0  # of what the run has counted before

    def go_on_with(self, run: ImportRun) -> None:
        """What is told from here on belongs to a run that there is already."""
        self.run = run
        self.counts.update({outcome: getattr(run, outcome) for outcome in Outcome.values})
        self._unchanged = run.unchanged

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Forget the items added within, and a run begun for them, if the batch fails."""
        self._items = []
        run, counts = self.run, self.counts.copy()
        try:
            yield
        except BaseException:
            self.run, self.counts = run, counts
            raise
        finally:
            self._items = []

    def add(
        self,
        outcome: Outcome,
        path: str,
        reason: str = "",
        *,
        article: Article | None = None,
        capture: Capture | None = None,
        changes: Mapping[str, Any] | None = None,
        undoes: ImportItem | None = None,
        refused_bytes: CaptureBytes | None = None,
    ) -> None:
        self.counts[str(outcome)] += 1
        self._items.append(
            ImportItem(
                path=path,
                outcome=outcome,
                reason=reason,
                article=article,
                capture=capture,
                changes=dict(changes or {}),
                undoes=undoes,
                refused_bytes=refused_bytes,
            )
        )

    def write(self) -> None:
        """Write the items of this batch; last in its transaction."""
        if not self._items:
            self.heard()
            return
        run = self.begun()
        for item in self._items:
            item.run = run
        insert(self._items)
        self._save_counts(run)

    def begun(self) -> ImportRun:
        """The row of the run, made now if there is none; inside `batch` only."""
        if self.run is None:
            self.run = ImportRun.objects.create(
                kind=self.kind,
                undoes=self.undoes,
                started_at=self._started,
                heard_at=timezone.now(),
                user=self.user,
                account=self.account,
                options=dict(self.options),
            )
            with acting(self.user, self.account):
                note(Act.RUN, self.run, details={"kind": str(self.kind)})
        return self.run

    def _save_counts(self, run: ImportRun) -> None:
        for outcome in Outcome.values:
            setattr(run, outcome, self.counts[outcome])
        run.heard_at = timezone.now()
        run.save(update_fields=[*Outcome.values, "heard_at"])

    def heard(self) -> None:
        """The run goes on, though it has nothing to write."""
        run, now = self.run, timezone.now()
        if run and (run.heard_at is None or now - run.heard_at > _TOLD_EVERY):
            run.heard_at = now
            run.save(update_fields=["heard_at"])

    def close(self, unchanged: int, not_understood: Sequence[str] = ()) -> None:
        """The run is over; a run without a row leaves none.

        `not_understood` are the columns whose values went nowhere.
        """
        if self.run is None:
            return
        self.counts[Outcome.UNCHANGED.value] = self._unchanged + unchanged
        self.run.finished_at = timezone.now()
        self._save_counts(self.run)
        if not_understood:
            self.run.options = {**self.run.options, "not_understood": [*not_understood]}
        self.run.save(update_fields=["finished_at", "options"])
