"""Take one line of a run back: what it changed of an article and of its capture.

What an editor has written since stays, and so does what a later run has changed again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from corpusapp.editing.totals import recounted
from corpusapp.editing.twins import body_changed
from corpusapp.importing.bases import whole
from corpusapp.importing.exact import exact, restore, stands, told
from corpusapp.importing.fields import FIELDS
from corpusapp.importing.merging import DOUBTS, as_kept, in_order
from corpusapp.importing.returning import STATE, put_in_state, state_of
from corpusapp.importing.undone import Undone, Why
from corpusapp.models import (
    Article,
    Capture,
    Deed,
    Doubt,
    ImportItem,
    ImportRun,
    Outcome,
    State,
    insert,
)

EVIDENCE = "evidence"  # beside the fields, in what a new extraction changed

Line = tuple[Undone, dict[str, Any]]  # what is told, and what the ledger keeps


def lost(item: ImportItem) -> Line:
    """Of a line whose article is gone."""
    return Undone(item.path, "", "", Outcome.UNCHANGED, note="gone"), {}


def undo_line(item: ImportItem, undo: ImportRun) -> Line:
    """Undo what a line changed of an article and of its capture."""
    changes: dict[str, Any] = {}
    _undo_capture(item, undo)
    if EVIDENCE in item.changes and item.capture:
        _swap_evidence(item.capture, item.changes[EVIDENCE])
        changes[EVIDENCE] = item.changes[EVIDENCE][::-1]
    if item.article_id is None:
        return lost(item)
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
    note, taken_away, given_back = "", "", False
    if STATE in item.changes:
        was = (article.state, article.binned_at)
        if _put_back(article, item.changes[STATE]):
            changes[STATE] = item.changes[STATE][::-1]
            taken_away = _taken_away(article, *was)
            given_back = not taken_away
        else:
            note = "moved"
    outcome = Outcome.UPDATED if changes or item.capture_id else Outcome.UNCHANGED
    undone = Undone(
        "",
        article.public_id,
        article.title,
        Outcome.CONFLICT if left else outcome,
        taken_away=taken_away,
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


def _taken_away(article: Article, state_before: str, binned_before: datetime | None) -> str:
    """Where readers and editors miss it now, as `Undone` says it; empty where it is there again.

    What an undoing took away comes back when that is undone, and goes again when this is.
    """
    if article.binned_at and not binned_before:
        return "binned"
    if article.state == State.WITHDRAWN and state_before != State.WITHDRAWN:
        return "withdrawn"
    return ""
