"""Carry out a deed over many articles in the background, and for a person who watches it.

It is kept in the database, so that any machine's worker can carry it out. How far it is stands in the row
and is written in the transaction that does each batch: whoever goes on with it, after a kill
or beside another one, does nothing twice and leaves nothing out.
"""

import logging
import sys
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.editing.bulk_deeds import (
    DONE_AT_ONCE,
    Batch,
    BulkDeed,
    Done,
    NoLongerThereError,
    Parameters,
)
from corpusapp.editing.bulk_pins import packed, unpacked
from corpusapp.editing.rights import Rights
from corpusapp.editing.trail import acting, note
from corpusapp.importing.bulk_deeds import ALL_DEEDS
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.models import UNFINISHED, Act, Article, BrokenOff, BulkLeft, BulkRun, Progress

if sys.version_info >= (3, 12):
    from django.tasks import task
else:
    from django_tasks import task

logger = logging.getLogger(__name__)

# A worker tells of itself with every batch; one that has not for so long was killed
SILENT_FOR = timedelta(minutes=2)
_HEARD_EVERY = SILENT_FOR / 12
# Articles that are the death of their worker would be the death of every other
_MOST_LOST = 3
# of work before the worker looks what else waits: an upload, or the run of somebody else
_TURN = 20.0  # seconds
# SQLite gives its lock to whoever happens to ask: between two batches others may
_BREATH = 0.02  # seconds


class _NotMineError(Exception):
    """The run is another worker's by now, or is over."""


class _StoppedError(Exception):
    """Somebody has asked that it end."""


class _MayNotError(Exception):
    """Whose run it is may not do this any more."""


def begin(
    deed: BulkDeed,
    parameters: Parameters,
    versions: Mapping[int, int],
    *,
    user: Any,
    said: str,
    import_run: int | None = None,
) -> BulkRun:
    """Have it done to these articles as they are in these versions, as soon as a worker is free.

    What of it was done already may have begun `import_run`: the rest belongs to it as well.
    """
    with transaction.atomic():
        run = BulkRun.objects.create(
            user=user,
            deed=deed.name,
            parameters=dict(parameters),
            said=said,
            pins=packed(versions),
            total=len(versions),
            import_run_id=import_run,
        )
        with acting(user, why=lambda: parameters.get("why", "")):
            note(Act.RUN, run, details={"said": said, "articles": run.total})
        _enqueue(run)  # a row as well: the run never waits without one
    logger.info("bulk change %d (%s) waits for a worker: %d articles", run.pk, deed.name, run.total)
    return run


def carry_on(run: BulkRun) -> None:
    """Go on with one that was broken off, or that no worker takes, where it stopped."""
    with transaction.atomic():
        again = BulkRun.objects.filter(pk=run.pk, turn=run.turn, progress=run.progress)
        if again.update(
            progress=Progress.WAITING,
            reason="",
            lost=0,
            stop_asked=False,
            turn=run.turn + 1,
            heard_at=timezone.now(),
        ):
            run.turn += 1
            _enqueue(run)


def _enqueue(run: BulkRun) -> None:
    """Good for this turn: one that is taken when the run has come further does nothing."""
    carry_out.enqueue(run.pk, run.turn)


def stop(run: BulkRun) -> None:
    """End it after the batch under way; one that nobody works at is over at once."""
    idle = [Progress.WAITING, Progress.FAILED]
    if was_cut_off(run):
        idle.append(Progress.RUNNING)
    with transaction.atomic():
        ended = BulkRun.objects.filter(pk=run.pk, progress__in=idle).update(
            progress=Progress.STOPPED,
            stop_asked=True,
            pins=b"",
            turn=F("turn") + 1,
            heard_at=timezone.now(),
        )
        asked = BulkRun.objects.filter(pk=run.pk, progress=Progress.RUNNING, stop_asked=False)
        if (ended or asked.update(stop_asked=True)) and not run.stop_asked:
            note(Act.CHANGED, run, details={"changes": {"stop_asked": [False, True]}})


def was_cut_off(run: BulkRun) -> bool:
    """Whether the worker that had it is gone, or it could not go on: it can be carried on."""
    if run.progress == Progress.FAILED:
        return True
    return run.progress == Progress.RUNNING and is_silent(run)


def is_forgotten(run: BulkRun) -> bool:
    """Whether no worker has looked after it for long, though it waits: it can be carried on, too."""
    return run.progress == Progress.WAITING and is_silent(run)


def is_silent(run: BulkRun) -> bool:
    return timezone.now() - run.heard_at > SILENT_FOR


def look_after_all() -> None:
    """Have each run carried on whose worker is gone, or that waits and nothing would begin."""
    unfinished = BulkRun.objects.filter(progress__in=UNFINISHED)  # in these words it has an index
    silent = unfinished.filter(heard_at__lt=timezone.now() - SILENT_FOR)
    for run in silent.exclude(progress=Progress.FAILED).defer("pins").order_by("pk"):
        if run.stop_asked:
            stop(run)
        elif run.progress == Progress.RUNNING:
            _carried_on(run)
        else:
            _waited_on(run)


def _carried_on(run: BulkRun) -> None:
    """One whose worker is gone."""
    lost = run.lost + 1
    is_hopeless = lost >= _MOST_LOST
    with transaction.atomic():
        if not _as_seen(run).update(
            progress=Progress.FAILED if is_hopeless else Progress.WAITING,
            reason=BrokenOff.KILLED if is_hopeless else "",
            lost=lost,
            turn=run.turn + 1,
            heard_at=timezone.now(),
        ):
            return
        run.turn += 1
        if not is_hopeless:
            _enqueue(run)
    logger.warning(
        "bulk change %d has no worker and is %s",
        run.pk,
        "given up" if is_hopeless else "carried on",
    )


def _waited_on(run: BulkRun) -> None:
    """Where it is still in the queue it keeps its place there: workers have other things to do."""
    waiting = DBTaskResult.objects.ready().filter(task_path=carry_out.module_path)
    queued = [row["args"] for row in waiting.values_list("args_kwargs", flat=True)]
    with transaction.atomic():
        if not _as_seen(run).update(heard_at=timezone.now()):
            return
        if [run.pk, run.turn] not in queued:
            logger.warning("bulk change %d was no longer in the queue", run.pk)
            _enqueue(run)


def _as_seen(run: BulkRun) -> QuerySet[BulkRun]:
    """Of two that look, or of the worker that was only slow and this one, one comes first."""
    return BulkRun.objects.filter(
        pk=run.pk, progress=run.progress, heard_at=run.heard_at, turn=run.turn
    )


@task()
def carry_out(number: int, turn: int) -> None:
    """Go on with a run for a while; one that is over, or is another worker's: nothing."""
    waiting = BulkRun.objects.filter(pk=number, progress=Progress.WAITING, turn=turn)
    if not waiting.update(progress=Progress.RUNNING, turn=turn + 1, heard_at=timezone.now()):
        return
    run = BulkRun.objects.get(pk=number)
    run.turn = turn + 1  # even if it is another worker's by now
    try:
        _turn(run)
    except _NotMineError:
        pass
    except _StoppedError:
        _end(run, Progress.STOPPED)
    except _MayNotError:
        _end(run, Progress.FAILED, BrokenOff.RIGHT)
    except NoLongerThereError:
        _end(run, Progress.FAILED, BrokenOff.GONE)
    except (OperationalError, CannotGoOnError):
        raise  # the database is away or busy: who looks after it tries again
    except (SystemExit, KeyboardInterrupt):  # the worker is told to go at once
        _let_others(run)
        raise
    except BaseException:
        _end(run, Progress.FAILED, BrokenOff.ERROR)
        raise


def _turn(run: BulkRun) -> None:
    deed = ALL_DEEDS[run.deed]
    pins = unpacked(bytes(run.pins))
    end = time.monotonic() + _TURN
    while run.position < run.total:
        some = dict(pins[run.position : run.position + DONE_AT_ONCE])
        done = deed.work(
            Batch(
                some,
                run.parameters,
                _rights(run, deed),
                run.said,
                run.parameters.get("why", ""),
                {"bulk_run": run.pk},
                run.import_run_id,
                begin=partial(_begin_batch, run),
                told=partial(_tell, run, len(some)),
                alive=partial(_be_heard, run),
            )
        )
        # only now: what was rolled back was not done
        run.position += len(some)
        run.heard_at = timezone.now()
        run.import_run_id = done.import_run or run.import_run_id
        if time.monotonic() > end and run.position < run.total:
            _let_others(run)
            return
        time.sleep(_BREATH)
    _end(run, Progress.DONE)


def _rights(run: BulkRun, deed: BulkDeed) -> Rights:
    """Asked anew for each batch: an account may have been closed, or have lost the right, meanwhile."""
    user: Any = get_user_model().objects.filter(pk=run.user_id or 0).first()
    if user is None or not (user.is_active and user.is_staff):
        raise _MayNotError
    rights = Rights(user)
    if not deed.is_allowed(rights, run.parameters):
        raise _MayNotError
    return rights


def _begin_batch(run: BulkRun) -> None:
    """Hold the row to the end of the batch: nobody else goes on with it, or stops it, meanwhile."""
    row = _still_mine(run).select_for_update().values("position", "stop_asked").first()
    if row is None or row["position"] != run.position:
        raise _NotMineError
    if row["stop_asked"]:
        raise _StoppedError


def _tell(run: BulkRun, size: int, done: Done) -> None:
    """Count the batch, in its transaction."""
    why_of = {pk: why for why, ids in done.left.items() for pk in ids}
    there = Article.objects.filter(pk__in=why_of).values_list("pk", flat=True)
    BulkLeft.objects.bulk_create(
        BulkLeft(run=run, article_id=pk, why=why_of[pk]) for pk in sorted(there)
    )
    _still_mine(run).update(
        position=run.position + size,
        moved=F("moved") + done.moved,
        import_run=done.import_run or run.import_run_id,
        lost=0,
        heard_at=timezone.now(),
    )


def _be_heard(run: BulkRun) -> None:
    """Be taken for dead by nobody; what another worker has by now need not be gone on with."""
    now = timezone.now()
    if now - run.heard_at < _HEARD_EVERY:
        return
    if not _still_mine(run).update(heard_at=now):
        raise _NotMineError
    run.heard_at = now


def _still_mine(run: BulkRun) -> QuerySet[BulkRun]:
    """The row, unless another worker has taken over what this one has begun."""
    return BulkRun.objects.filter(pk=run.pk, progress=Progress.RUNNING, turn=run.turn)


def _let_others(run: BulkRun) -> None:
    """Wait for a worker again, behind whatever else waits."""
    with transaction.atomic():
        if _still_mine(run).update(progress=Progress.WAITING, heard_at=timezone.now()):
            _enqueue(run)


def _end(run: BulkRun, progress: Progress, reason: str = "") -> None:
    kept = {} if progress == Progress.FAILED else {"pins": b""}
    ended = _still_mine(run).update(
        progress=progress, reason=reason, heard_at=timezone.now(), **kept
    )
    if ended:
        logger.info("bulk change %d: %s %s", run.pk, progress, reason)
