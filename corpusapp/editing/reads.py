"""Reads are counted without a write in the request, and nothing about the reader is kept.

A web process adds them up in memory and now and then hands a bundle over, in a file of its own or
in the shared cache; the background work takes the bundles into the database.
"""

import contextlib
import json
import logging
import os
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from corpusapp.editing.changes import changed
from corpusapp.models import Article, MostRead, ReadCount, Shelf

logger = logging.getLogger(__name__)

HANDED_OVER_EVERY = 20  # seconds
DAYS = 30  # that "most read" looks back
_SHOWN = 5
_CANDIDATES = 400  # articles looked at, the most read first
_BUNDLE = "reads-bundle"
_LATEST = "reads-latest"
_TAKEN = "reads-taken"

Bundle = dict[tuple[str, str], int]  # (day, public id) -> reads


class Counted:
    """The reads of this process that nobody has taken over yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reads: Counter[tuple[str, str]] = Counter()
        self._keeper: threading.Thread | None = None
        self._owner = 0

    def add(self, public_id: str) -> None:
        day = timezone.localdate().isoformat()
        with self._lock:
            if self._owner != os.getpid():  # a fork begins with nothing of its parent's
                self._reads, self._keeper, self._owner = Counter(), None, os.getpid()
            self._reads[day, public_id] += 1
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, daemon=True, name="reads")
                self._keeper.start()

    def hand_over(self) -> None:
        """Put what was counted where the background work finds it; kept for later where that fails."""
        with self._lock:
            reads, self._reads = self._reads, Counter()
        if not reads:
            return
        try:
            _put(dict(reads))
        except Exception:  # noqa: BLE001 - a full disk, a cache that is away: the next time, then
            logger.warning("counted reads could not be handed over yet")
            with self._lock:
                self._reads.update(reads)

    def _keep(self) -> None:
        waiting = threading.Event()
        while not waiting.wait(HANDED_OVER_EVERY):
            self.hand_over()


counted = Counted()


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "cache" / "reads"
    return folder


def _is_shared() -> bool:
    return str(settings.CACHES["default"]["BACKEND"]).endswith("RedisCache")


def _put(reads: Bundle) -> None:
    rows = [[day, public_id, number] for (day, public_id), number in reads.items()]
    text = json.dumps(rows)
    if _is_shared():
        cache.add(_LATEST, 0, None)
        cache.set(f"{_BUNDLE}-{cache.incr(_LATEST)}", text, 7 * 86400)
        return
    _folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    name = secrets.token_hex(8)
    fresh = _folder() / f".{name}"
    fresh.write_text(text, encoding="ascii")
    fresh.replace(_folder() / name)


def _bundles() -> Iterator[str]:
    """What was handed over, each to one worker; it goes once that has come back for the next."""
    if _is_shared():
        latest = int(cache.get(_LATEST) or 0)
        for number in range(int(cache.get(_TAKEN) or 0) + 1, latest + 1):
            text = cache.get(f"{_BUNDLE}-{number}")
            if text and cache.add(f"{_BUNDLE}-{number}-taken", 1, 86400):
                yield text
            cache.set(_TAKEN, number, None)
            cache.delete(f"{_BUNDLE}-{number}")
        return
    with contextlib.suppress(OSError):
        for path in sorted(_folder().iterdir()):
            if path.name.startswith("."):
                continue
            mine = path.with_name(f".taken-{path.name}")
            try:
                path.rename(mine)
            except OSError:  # another worker was quicker
                continue
            yield mine.read_text(encoding="ascii")
            mine.unlink(missing_ok=True)


def take_over() -> int:
    """Add what the web processes have counted to the database; returns how many reads that were.

    Several workers may do so at once. A bundle whose worker is killed in between is lost: some reads
    of twenty seconds.
    """
    total = 0
    for text in _bundles():
        with contextlib.suppress(ValueError, TypeError):
            rows = [(date.fromisoformat(day), str(pid), int(n)) for day, pid, n in json.loads(text)]
            total += _add(rows)
    return total


def _add(rows: list[tuple[date, str, int]]) -> int:
    ids = dict(
        Article.objects.filter(public_id__in={public_id for _day, public_id, _n in rows})
        .order_by("pk")
        .values_list("public_id", "pk")
    )
    reads: Counter[tuple[int, date]] = Counter()
    for day, public_id, number in rows:
        if public_id in ids:
            reads[ids[public_id], day] += number
    with transaction.atomic():
        for (article, day), number in sorted(reads.items()):
            row, _made = ReadCount.objects.get_or_create(article_id=article, day=day)
            ReadCount.objects.filter(pk=row.pk).update(reads=F("reads") + number)
            Article.objects.filter(pk=article).update(reads=F("reads") + number)
    return sum(reads.values())


def rank() -> None:
    """Make "most read" anew from the reads of the last days: of each shelf and each of its sections."""
    since = timezone.localdate() - timedelta(days=DAYS)
    read = list(
        ReadCount.objects.filter(day__gte=since)
        .values("article")
        .annotate(sum=Sum("reads"))
        .order_by("-sum", "-article")
        .values_list("article", flat=True)[:_CANDIDATES]
    )
    public = Article.objects.published().filter(pk__in=read)
    rows = []
    for shelf in Shelf.values:
        there: dict[int, Any] = {
            row.pk: row for row in public.on_shelf(shelf).only("pk", "section_id")
        }
        ranks: Counter[int | None] = Counter()
        for pk in read:
            if pk not in there:
                continue
            for section in {None, there[pk].section_id}:
                if ranks[section] < _SHOWN:
                    ranks[section] += 1
                    rows.append(
                        MostRead(
                            shelf=shelf, section_id=section, rank=ranks[section], article_id=pk
                        )
                    )
    before = set(MostRead.objects.values_list("shelf", "section_id", "rank", "article_id"))
    if before == {(row.shelf, row.section_id, row.rank, row.article_id) for row in rows}:
        return
    with transaction.atomic():
        MostRead.objects.all().delete()
        MostRead.objects.bulk_create(rows)
        changed()
