"""Import what was uploaded, in the background and for a person who watches it.

The files are kept in the database, so that any machine's worker can import them and a restart loses
none; they are removed as soon as they are imported.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from corpusapp.importing.errors import ImportingError
from corpusapp.importing.files import Passed, find, media_type_of, no_document, printable
from corpusapp.importing.ledger import SILENT_FOR
from corpusapp.importing.run import Import, Request
from corpusapp.models import ImportRun, Outcome, Progress, Upload, UploadPiece

if sys.version_info >= (3, 12):
    from django.tasks import task
else:
    from django_tasks import task

logger = logging.getLogger(__name__)

_PIECE = 1024 * 1024
_LONGEST_NAME = 200  # bytes; file systems end at 255
_TELL_EVERY = 0.5  # seconds
# A document that is the death of its worker would be the death of every other
_MOST_ATTEMPTS = 3


class Incoming(Protocol):
    """An uploaded file, as the door has it."""

    @property
    def name(self) -> str | None: ...

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def file_name(raw: str) -> str:
    """`raw` as the name of a file in a folder of ours: one part, printable, not too long."""
    name = printable(raw.replace("\\", "/").rpartition("/")[2]).replace("\\", "_").lstrip(".")
    stem, dot, ending = name.rpartition(".")
    while len(name.encode()) > _LONGEST_NAME:
        if not stem:
            return name.encode()[:_LONGEST_NAME].decode(errors="ignore")
        stem = stem[:-1]
        name = stem + dot + ending
    return name or "unnamed"


def receive(files: Sequence[Incoming], user: Any, options: dict[str, Any]) -> Upload:
    """Keep these files, and have them imported as soon as a worker is free."""
    # what a killed server had half received, nobody can carry on
    yesterday = timezone.now() - timedelta(days=1)
    Upload.objects.filter(progress=Progress.RECEIVING, heard_at__lt=yesterday).delete()
    upload = Upload.objects.create(
        user=user, options=options, names=[file_name(one.name or "") for one in files]
    )
    try:
        for number, one in enumerate(files):
            # each piece in its own transaction: a short lock
            for place, data in enumerate(one.chunks(_PIECE)):
                UploadPiece.objects.create(upload=upload, file=number, place=place, data=data)
    except BaseException:
        upload.delete()
        raise
    begin(upload)
    return upload


def begin(upload: Upload) -> None:
    """Have it imported, from the beginning or once more."""
    with transaction.atomic():
        upload.progress = Progress.WAITING
        upload.stop_asked, upload.reason = False, ""
        upload.save()
        import_upload.enqueue(upload.pk)  # a row as well: the upload never waits without one


def stop(upload: Upload) -> None:
    """End it after the batch under way; what nobody works at is over at once."""
    idle = [Progress.RECEIVING, Progress.WAITING, Progress.FAILED]
    if was_cut_off(upload):
        idle.append(Progress.RUNNING)
    ended = Upload.objects.filter(pk=upload.pk, progress__in=idle)
    if ended.update(progress=Progress.STOPPED, stop_asked=True, heard_at=timezone.now()):
        _pieces(upload).delete()
    else:
        Upload.objects.filter(pk=upload.pk, progress=Progress.RUNNING).update(stop_asked=True)


def was_cut_off(upload: Upload) -> bool:
    """Whether the worker that had it is gone, or it could not go on: it can be begun again."""
    if upload.progress == Progress.FAILED:
        return True
    return _is_silent(upload) and upload.progress == Progress.RUNNING


def _is_silent(upload: Upload) -> bool:
    return timezone.now() - upload.heard_at > SILENT_FOR


def look_after_uploads() -> None:
    """Have each upload carried on whose worker is gone, or that waits and nothing would begin."""
    unfinished = Upload.objects.filter(progress__in=[Progress.WAITING, Progress.RUNNING])
    silent = unfinished.filter(heard_at__lt=timezone.now() - SILENT_FOR)
    for upload in silent.order_by("pk"):
        if upload.stop_asked:
            stop(upload)
        elif upload.progress == Progress.RUNNING:
            _carry_on(upload)
        else:
            _wait_on(upload)


def _carry_on(upload: Upload) -> None:
    """One whose worker is gone."""
    if upload.attempt >= _MOST_ATTEMPTS:
        reason = f"Its worker was killed {upload.attempt} times."
        _as_seen(upload).update(progress=Progress.FAILED, reason=reason, heard_at=timezone.now())
        return
    with transaction.atomic():
        if _as_seen(upload).update(progress=Progress.WAITING, heard_at=timezone.now()):
            logger.warning("upload %d has lost its worker and is carried on", upload.pk)
            import_upload.enqueue(upload.pk)


def _wait_on(upload: Upload) -> None:
    """Where it is still in the queue it keeps its place there: workers have other things to do."""
    waiting = DBTaskResult.objects.ready().filter(task_path=import_upload.module_path)
    queued = [row["args"] for row in waiting.values_list("args_kwargs", flat=True)]
    with transaction.atomic():
        if _as_seen(upload).update(heard_at=timezone.now()) and [upload.pk] not in queued:
            logger.warning("upload %d was no longer in the queue", upload.pk)
            import_upload.enqueue(upload.pk)


def _as_seen(upload: Upload) -> QuerySet[Upload]:
    """Of two that look, or of the worker that was only slow and this one, one comes first."""
    return Upload.objects.filter(
        pk=upload.pk, progress=upload.progress, heard_at=upload.heard_at, attempt=upload.attempt
    )


@task()
def look_after(_number: int) -> None:
    """What earlier versions have put in the queue; the minute's tick looks after uploads now."""


@task()
def import_upload(number: int) -> None:
    """Import the files of an upload, as one run; done already, or being done: nothing."""
    waiting = Upload.objects.filter(pk=number, progress=Progress.WAITING)
    begun = {"progress": Progress.RUNNING, "attempt": F("attempt") + 1, "heard_at": timezone.now()}
    if not waiting.update(**begun):
        return
    upload = Upload.objects.select_related("user").get(pk=number)
    if refusal := _refusal(upload):
        _end(upload, Progress.FAILED, refusal)
        return
    try:
        with tempfile.TemporaryDirectory(prefix="corpus-upload-") as folder:
            _import(upload, folder)
    except (ImportingError, OSError) as error:
        logger.warning("upload %s broke off: %s", number, error)
        _end(upload, Progress.FAILED, str(error))
    except BaseException:  # an error of ours, or the worker is told to go at once
        _end(upload, Progress.FAILED, "")
        raise


def _refusal(upload: Upload) -> str:
    user = upload.user
    if user is None or not user.is_active or not user.has_perm("corpusapp.import_article"):
        return "Who uploaded it may not import any more."
    return ""


def _import(upload: Upload, folder: str) -> None:
    assert upload.user  # noqa: S101 - asked before
    asked = upload.options
    paths = list(_unpacked(upload, folder))
    running = Import(
        Request(
            paths=upload.names,
            publish=bool(asked.get("publish"))
            and upload.user.has_perm("corpusapp.publish_article"),
            source=asked.get("source", ""),
            section=asked.get("section", ""),
            language=asked.get("language", ""),
            tags=tuple(asked.get("tags", ())),
            by_name=True,
            jobs=1,
            user=upload.user,
        ),
        found=list(find(paths, recursive=False, passed=Passed())),
    )
    told = time.monotonic()
    for done, _result in enumerate(running, 1):
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            _tell(upload, running, done)
    stopped = running.stopped
    _tell(upload, running, running.outcomes.total(), is_over=not stopped)
    if stopped and running.run:
        run = ImportRun.objects.get(pk=running.run)
        run.options = {**run.options, "stopped": True}
        run.save(update_fields=["options"])
    _end(upload, Progress.STOPPED if stopped else Progress.DONE)


def _unpacked(upload: Upload, folder: str) -> Iterator[str]:
    """Write the files into a folder; the paths of those that are not beside others."""
    stems = {name.rpartition(".")[0] for name in upload.names if media_type_of(name)}
    for number, name in enumerate(upload.names):
        path = Path(folder) / name
        with path.open("wb") as file:
            for piece in _pieces(upload).filter(file=number).order_by("place").iterator(1):
                file.write(piece.data)
    for name in upload.names:
        if not no_document(name, stems):
            yield str(Path(folder) / name)


def _still_mine(upload: Upload) -> QuerySet[Upload]:
    """The row, unless another worker has taken over what this one has begun."""
    return Upload.objects.filter(pk=upload.pk, progress=Progress.RUNNING, attempt=upload.attempt)


def _tell(upload: Upload, running: Import, done: int, *, is_over: bool = False) -> None:
    """How far it is, for who watches; and listen whether it is to stop.

    How many documents an archive holds nobody knows before its end: until then there are 0.
    """
    told = _still_mine(upload).update(
        documents=running.documents if is_over or not running.holds_more else 0,
        done=done,
        unchanged=running.outcomes[Outcome.UNCHANGED.value],
        run=running.run,
        heard_at=timezone.now(),
    )
    if not told or Upload.objects.filter(pk=upload.pk, stop_asked=True).exists():
        running.stop()


def _end(upload: Upload, progress: Progress, reason: str = "") -> None:
    ended = _still_mine(upload).update(progress=progress, reason=reason, heard_at=timezone.now())
    if ended and progress != Progress.FAILED:
        _pieces(upload).delete()


def _pieces(upload: Upload) -> QuerySet[UploadPiece]:
    return UploadPiece.objects.filter(upload=upload)
