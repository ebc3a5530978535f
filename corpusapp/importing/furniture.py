"""What editors call furniture in several captures of a source is learned for all of them."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from corpusapp.models import LearnedFurniture, LineChange, Source

logger = logging.getLogger(__name__)

ENOUGH = 3  # captures of a source in which a line was called furniture


def learn(source_id: int, lines: Mapping[str, str]) -> Collection[str]:
    """Learn those of `lines` ({key: as printed}) that enough captures of the source have.

    Returns what is new. One that an editor has turned off stays off.
    """
    theirs = Q(capture__source=source_id) | Q(
        capture__source=None, capture__article__source=source_id
    )
    called = LineChange.objects.filter(
        theirs, part="furniture", key__in=[key for key in lines if key]
    )
    counts = dict(
        called.values_list("key").annotate(captures=Count("capture", distinct=True)).order_by("key")
    )
    known = set(
        LearnedFurniture.objects.filter(source=source_id, key__in=counts).values_list(
            "key", flat=True
        )
    )
    new = [
        LearnedFurniture(
            source_id=source_id, key=key, text=lines[key].strip()[:500], learned_from=count
        )
        for key, count in counts.items()
        if count >= ENOUGH and key not in known
    ]
    LearnedFurniture.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        furniture_changed(source_id)
        logger.info("learned %d lines of furniture of source %d", len(new), source_id)
    return [one.text for one in new]


def furniture_changed(source_id: int) -> None:
    """What is known of the furniture of a source is other than when its captures were read."""
    Source.objects.filter(pk=source_id).update(furniture_changed_at=timezone.now())


def all_read(since: datetime, source_key: str = "") -> None:
    """All captures (of a source) were read again with what was known of furniture at `since`."""
    rows = Source.objects.filter(furniture_changed_at__lte=since)
    if source_key:
        rows = rows.filter(key=source_key)
    rows.update(furniture_changed_at=None)
