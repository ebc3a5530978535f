"""What somebody writes and has not saved, and who else has the same article open."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from corpusapp.models import Autosave, Presence

NOW = timedelta(minutes=2)  # the page tells every half minute that it is still open
FOR = timedelta(days=30)  # nobody comes back for it after that
_MOST = 5
LATELY = timedelta(minutes=30)  # without script it tells once
HELD = timedelta(
    minutes=5
)  # that long the queue leads nobody else there; a closed page says so at once
# Any number will do that nothing else on the database uses as an advisory lock
_QUEUE = 0xC0491E


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who has the article open."""

    name: str
    seen_at: datetime
    is_here: bool  # the page has just said so; else it was opened lately, and may be open still


def keep(
    user: AbstractBaseUser, article_id: int | None, page: str, fields: Mapping[str, list[str]]
) -> None:
    """Keep the form as it is; what was kept before of the same `page` goes, and what is very old."""
    now = timezone.now()
    mine = Autosave.objects.filter(user_id=user.pk)
    mine.filter(saved_at__lt=now - FOR).delete()
    if mine.filter(article=article_id, page=page).update(saved_at=now, fields=dict(fields)):
        return
    row = Autosave(
        user_id=user.pk, article_id=article_id, page=page, saved_at=now, fields=dict(fields)
    )
    Autosave.objects.bulk_create([row], ignore_conflicts=True)


def kept(user: AbstractBaseUser, article_id: int | None) -> list[Autosave]:
    """What this person has left unsaved of the article, the latest first; 1 query."""
    rows = Autosave.objects.filter(user_id=user.pk, article=article_id)
    return list(rows.order_by("-saved_at")[:_MOST])


def forget(user: AbstractBaseUser, article_id: int | None, **which: object) -> None:
    """It was saved, or is not wanted: the row of this `page` or `pk`."""
    Autosave.objects.filter(user_id=user.pk, article=article_id, **which).delete()


def arrive(user: AbstractBaseUser, article_id: int) -> datetime:
    """Somebody has the article open, as of now. 2 statements; rows that say nothing any more go."""
    now = timezone.now()
    Presence.objects.filter(user_id=user.pk, seen_at__lt=now - LATELY).delete()
    Presence.objects.bulk_create(
        [Presence(article_id=article_id, user_id=user.pk, seen_at=now)],
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["seen_at"],
    )
    return now


def leave(user: AbstractBaseUser, article_id: int, last_seen: datetime | None = None) -> None:
    """Somebody has closed the article. With `last_seen`, only if they have not come there again since."""
    rows = Presence.objects.filter(user_id=user.pk, article=article_id)
    if last_seen is not None:
        rows = rows.filter(seen_at__lte=last_seen)
    rows.delete()


def held_by_others(user: AbstractBaseUser, among: Iterable[int] | None = None) -> dict[int, str]:
    """{article: who has it open} of all that others have open now; 1 query.

    A handful for each editor, whatever waits: rows are of those who are at work.
    """
    rows = Presence.objects.filter(seen_at__gte=timezone.now() - HELD).exclude(user_id=user.pk)
    if among is not None:
        rows = rows.filter(article__in=list(among))
    return dict(rows.order_by("seen_at").values_list("article", "user__username"))


@contextmanager
def alone_at_the_queue() -> Iterator[None]:
    """Within, nobody else looks for the next article: two who ask at once would find the same one.

    One transaction; SQLite has one writer anyway.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_QUEUE])
        yield


def others(user: AbstractBaseUser, article_id: int) -> list[Other]:
    """Who else has it open, the latest first; 1 query."""
    now = timezone.now()
    rows = Presence.objects.filter(article=article_id, seen_at__gte=now - LATELY)
    rows = rows.exclude(user_id=user.pk).select_related("user").order_by("-seen_at")
    return [
        Other(row.user.get_username(), row.seen_at, row.seen_at >= now - NOW) for row in rows[:10]
    ]
