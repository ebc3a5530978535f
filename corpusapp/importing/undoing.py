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
from corpusapp.editing.totals import recounted, settle_due
from corpusapp.editing.twins import body_changed
from corpusapp.importing.bases import whole
from corpusapp.importing.errors import (
    AlreadyUndoneError,
    CannotGoOnError,
    NothingToUndoError,
)
from corpusapp.importing.exact import exact, restore, stands, told
from corpusapp.importing.fields import FIELDS
from corpusapp.importing.ledger import Ledger
from corpusapp.importing.merging import DOUBTS, as_kept, in_order
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.returning import STATE, put_in_state, state_of
from corpusapp.models import (
    Article,
    Capture,
    Deed,
    Doubt,
    FieldOwner,
    ImportItem,
    ImportRun,
    Outcome,
    State,
    insert,
)

logger = logging.getLogger(__name__)

EVIDENCE = "evidence"  # beside the fields, in what a new extraction changed
_BATCH = 100  # lines in one transaction


_NOTES = {
    "gone": "its article is gone",
    "in_bin": "it is in the bin already",
    "withdrawn": "it is withdrawn already",
    "worked_on": "an editor had worked on it",
    "moved": "its state has changed since",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a field stays as it is: "edited" since, changed by a "later" run, or "needed" by readers."""

    code: str
    run: int = 0  # the later one

    def __str__(self) -> str:
        match self.code:
            case "later":
                return f"changed again by run {self.run}"
            case "needed":
                return "a published article needs it"
            case _:
                return "edited since"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one line of the run."""

    path: str
    public_id: str
    title: str
    outcome: Outcome  # updated: undone; conflict: something was left as it is now; unchanged
    taken_away: str = ""  # "binned" or "withdrawn"
    given_back: bool = False  # from where an undoing had taken it away
    restored: tuple[str, ...] = ()
    left: Mapping[str, Why] = field(default_factory=dict)  # fields that stay as they are
    note: str = ""  # of _NOTES

    @property
    def reason(self) -> str:
        parts = []
        if self.taken_away:
            parts.append({"binned": "put in the bin", "withdrawn": "withdrawn"}[self.taken_away])
        if self.given_back:
            parts.append("given back")
        if self.restored:
            parts.append(f"restored: {', '.join(self.restored)}")
        if self.left:
            told_why = ", ".join(f"{name} ({why})" for name, why in self.left.items())
            parts.append(f"left as it is: {told_why}")
        if self.note:
            parts.append(_NOTES[self.note])
        return "; ".join(parts)


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
        """Raises AlreadyUndoneError or NothingToUndoError."""
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
                away.get(item.article_id or 0, _lost(item))
                if item.outcome == Outcome.CREATED
                else _undo_line(item, undo)
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


_Line = tuple[Undone, dict[str, Any]]  # what is told, and what the ledger keeps


def _lost(item: ImportItem) -> _Line:
    return Undone(item.path, "", "", Outcome.UNCHANGED, note="gone"), {}


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


def _take_away(article_ids: set[int], undo: ImportRun) -> dict[int, _Line]:
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
    lines: dict[int, _Line] = {}
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


def _undo_line(item: ImportItem, undo: ImportRun) -> _Line:
    """Undo what a line changed of an article and of its capture."""
    changes: dict[str, Any] = {}
    _undo_capture(item, undo)
    if EVIDENCE in item.changes and item.capture:
        _swap_evidence(item.capture, item.changes[EVIDENCE])
        changes[EVIDENCE] = item.changes[EVIDENCE][::-1]
    if item.article_id is None:
        return _lost(item)
    article = whole(Article(pk=item.article_id))
    back, left = _fields_to_restore(item, article)
    if back:
        names = in_order(frozenset(back))
        now = exact(article, names)
        with recounted([article.pk]):
            restore(article, back)
        if "body" in back:
            body_changed(article.pk, now["body"], article.body)
        then = exact(article, names)
        changes |= {name: [now[name], told(name, then[name])] for name in names}
    if doubts := _swap_doubts(article, item.changes.get(DOUBTS), frozenset(left)):
        changes[DOUBTS] = doubts
    note, given_back = "", False
    if STATE in item.changes:
        given_back = _put_back(article, item.changes[STATE])
        note = "" if given_back else "moved"
        if given_back:
            changes[STATE] = item.changes[STATE][::-1]
    outcome = Outcome.UPDATED if changes or item.capture_id else Outcome.UNCHANGED
    undone = Undone(
        "",
        article.public_id,
        article.title,
        Outcome.CONFLICT if left else outcome,
        given_back=given_back,
        restored=tuple(in_order(frozenset(back))),
        left=left,
        note=note,
    )
    return undone, changes


def _undo_capture(item: ImportItem, undo: ImportRun) -> None:
    """The capture that an import brought counts no more; undoing that, it counts again."""
    capture = item.capture
    if capture is None:
        return
    if item.run.kind == Deed.IMPORT and capture.undone_by_id is None:
        capture.undone_by = undo
        capture.save(update_fields=["undone_by"])
    elif item.run.kind == Deed.UNDO and capture.undone_by_id == item.run_id:
        came_again = Capture.objects.filter(
            document=capture.document,
            bytes=capture.bytes_id,
            stated_hash=capture.stated_hash,
            undone_by__isnull=True,
        )
        if not came_again.exists():
            capture.undone_by = None
            capture.save(update_fields=["undone_by"])


def _swap_evidence(capture: Capture, change: Sequence[Mapping[str, Any]]) -> None:
    before, _after = change
    capture.fields = {**capture.fields, **before["fields"]}
    capture.extractor = before["extractor"]
    capture.reading = before.get("reading", "")  # a run of an older version kept none
    capture.save(update_fields=["fields", "extractor", "reading"])


def _fields_to_restore(item: ImportItem, article: Article) -> tuple[dict[str, Any], dict[str, Why]]:
    """The values to write back, and the fields that stay as they are, each with the reason."""
    names = [name for name in FIELDS if name in item.changes]
    if not names:
        return {}, {}
    owned = set(article.field_owners.values_list("field", flat=True))
    others = _other_changes(item)
    now = exact(article, names)
    back: dict[str, Any] = {}
    left: dict[str, Why] = {}
    for name in names:
        before, after = item.changes[name]
        later = next((one for one in others if one.pk > item.pk and name in one.changes), None)
        if name in owned:
            left[name] = Why("edited")
        elif not stands(name, now[name], after):
            left[name] = Why("later", later.run_id) if later else Why("edited")
        elif article.state == State.PUBLISHED and name in {"title", "body"} and not before:
            left[name] = Why("needed")
        else:
            back[name] = _value_before(name, before, item, others)
    return back, left


def _other_changes(item: ImportItem) -> list[ImportItem]:
    """The other lines about the same article, newest first, undoings apart."""
    lines = ImportItem.objects.filter(article=item.article_id).exclude(pk=item.pk)
    return list(lines.exclude(run__kind=Deed.UNDO).prefetch_related("undone_by").order_by("-pk"))


def _value_before(name: str, before: Any, item: ImportItem, others: Sequence[ImportItem]) -> Any:
    """What a field had before this change, without changes that were undone while this one stood.

    Of two runs the earlier may be undone first. Its value is still the one that the later has
    noted, and must not come back with it.
    """
    for one in others:
        if one.pk > item.pk or name not in one.changes:
            continue
        undoing = one.undone_by.first()
        if undoing is None or name in undoing.changes:
            break
        before = one.changes[name][0]
    return before


def _swap_doubts(article: Article, change: Sequence[Any] | None, left: frozenset[str]) -> list[Any]:
    """Take back the doubts that came and bring back those that went, but of fields left alone."""
    if not change:
        return []
    went, came = ([one for one in side if one["field"] not in left] for side in change)
    wrong = [doubt for doubt in article.doubts.open() if as_kept(doubt) in came]
    there = [as_kept(doubt) for doubt in article.doubts.all()]
    again = [
        Doubt(
            article=article,
            field=one["field"],
            code=one["code"],
            holds=one["holds"],
            candidates=one["candidates"],
            capture_id=one.get("capture"),
        )
        for one in went
        if one not in there
    ]
    Doubt.objects.filter(pk__in=[doubt.pk for doubt in wrong]).delete()
    insert(again)
    if not wrong and not again:
        return []
    return [[as_kept(doubt) for doubt in wrong], [as_kept(doubt) for doubt in again]]


def _put_back(article: Article, change: Sequence[Mapping[str, Any]]) -> bool:
    """Put an article where it stood before, if nobody has moved it since; whether it was."""
    before, after = change
    now = state_of(article)
    if any(now[name] != value for name, value in after.items()):
        return False
    put_in_state(article, now | dict(before))
    return True
