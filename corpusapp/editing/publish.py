"""Make articles public, take them back, put them in the bin: each one transaction, totals kept."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from corpusapp.editing.deed_log import log_deed
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted, settle_due
from corpusapp.editing.trail import Detailed, note_articles, note_each
from corpusapp.models import Act, Article, Change, State

logger = logging.getLogger(__name__)

# From which states an editor moves an article back to review, or into the drafts
HELD_FROM: dict[State, tuple[State, ...]] = {
    State.REVIEW: (State.DRAFT, State.PUBLISHED, State.WITHDRAWN),
    State.DRAFT: (State.REVIEW,),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """What a deed over many articles did: how many moved, and which could not."""

    moved: int
    held: tuple[str, ...] = ()  # titles (or ids) of those left as they were


def publish(article_ids: Iterable[int], live_from: datetime | None = None, why: str = "") -> Moved:
    """Publish from `live_from` (aware; default now) those that have a title and a text.

    An article that is public already keeps its first moment. A withdrawn one comes back.
    """
    ids = list(article_ids)
    with recounted(ids), _revised(ids, why):
        chosen = Article.objects.filter(pk__in=ids, binned_at__isnull=True)
        ready = chosen.exclude(title="").exclude(body="")
        held = chosen.exclude(pk__in=ready.values("pk"))
        names = tuple(
            title or public_id for title, public_id in held.values_list("title", "public_id")
        )
        going = _as_they_stand(ready.exclude(state=State.PUBLISHED))
        moment = live_from or timezone.now()
        moved = Article.objects.filter(pk__in=going).update(
            state=State.PUBLISHED,
            live_from=moment,
            withdrawn_at=None,
            undone_by=None,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        planned = live_from is not None and live_from > timezone.now()
        act = Act.SCHEDULED if planned else Act.PUBLISHED
        note_each(act, _moves(going, State.PUBLISHED, moment, why))
    settle_due()
    log_deed(logger, "published %d articles", moved)
    return Moved(moved, names)


def withdraw(article_ids: Iterable[int], note: str = "", why: str = "") -> Moved:
    """Take published articles back; readers of their addresses are told so (410), with `note`.

    `why` is for the trail, and no reader's business.

    One that was only scheduled has been seen by nobody: its address answers 404 again.
    """
    ids = list(article_ids)
    now = timezone.now()
    with recounted(ids), _revised(ids, why):
        chosen = Article.objects.filter(pk__in=ids, state=State.PUBLISHED)
        going = _as_they_stand(chosen)
        note_each(Act.WITHDRAWN, _moves(going, State.WITHDRAWN, None, why))
        changes: dict[str, object] = {"withdrawal_note": note} if note else {}
        moved = chosen.update(
            state=State.WITHDRAWN,
            withdrawn_at=now,
            version=F("version") + 1,
            updated_at=now,
            **changes,
        )
    log_deed(logger, "withdrew %d articles", moved)
    return Moved(moved)


def hold(article_ids: Iterable[int], state: State, why: str = "") -> Moved:
    """Move articles to `review` or `draft`, out of readers' sight and without a word to them."""
    if state not in {State.REVIEW, State.DRAFT}:
        msg = f"hold() moves to review or draft, not {state}"
        raise ValueError(msg)
    ids = list(article_ids)
    with recounted(ids), _revised(ids, why):
        going = Article.objects.filter(pk__in=ids).exclude(state=state)
        act = Act.TO_REVIEW if state == State.REVIEW else Act.TO_DRAFT
        note_each(act, _moves(_as_they_stand(going), state, None, why))
        moved = going.update(
            state=state,
            live_from=None,
            withdrawn_at=None,
            undone_by=None,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
    log_deed(logger, "moved %d articles to %s", moved, state)
    return Moved(moved)


def _revised(ids: list[int], why: str) -> AbstractContextManager[None]:
    """The moment and the note are fields like others, and their history does not end with a move."""
    return revised(
        ids, kind=Change.MOVED, fields=("live_from", "withdrawal_note"), why=why, is_told=True
    )


def _as_they_stand(articles: QuerySet[Article]) -> dict[int, tuple[str, datetime | None]]:
    """{id: (state, public from)}; 1 query."""
    rows = articles.order_by("pk").values_list("pk", "state", "live_from")
    return {pk: (state, live_from) for pk, state, live_from in rows}


def _moves(
    going: Mapping[int, tuple[str, datetime | None]],
    state: State,
    live_from: datetime | None,
    why: str,
) -> dict[int, Detailed]:
    """For the trail: what each was, and what it is now. A withdrawn one keeps its first moment."""
    told = {}
    for pk, (was, moment) in going.items():
        changes: dict[str, list[str | None]] = {"state": [was, str(state)]}
        then = moment if state == State.WITHDRAWN else live_from
        if then != moment:
            changes["live_from"] = [one.isoformat() if one else None for one in (moment, then)]
        told[pk] = Detailed(why, {"changes": changes})
    return told


def put_in_bin(article_ids: Iterable[int], why: str = "", act: Act = Act.BINNED) -> Moved:
    """Out of sight of readers and of the desk's lists; the state stays, so that it can come back."""
    ids = list(article_ids)
    with recounted(ids):
        going = Article.objects.filter(pk__in=ids, binned_at__isnull=True)
        note_articles(act, list(going.values_list("pk", flat=True)), why)
        moved = going.update(
            binned_at=timezone.now(), version=F("version") + 1, updated_at=timezone.now()
        )
    log_deed(logger, "put %d articles in the bin", moved)
    return Moved(moved)


def take_from_bin(article_ids: Iterable[int], why: str = "") -> Moved:
    ids = list(article_ids)
    with recounted(ids):
        going = Article.objects.filter(pk__in=ids, binned_at__isnull=False)
        note_articles(Act.RESTORED, list(going.values_list("pk", flat=True)), why)
        moved = going.update(
            binned_at=None,
            merged_into=None,
            undone_by=None,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
    log_deed(logger, "took %d articles from the bin", moved)
    return Moved(moved)
