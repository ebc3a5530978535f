"""Make one article of two that are one piece, as an editor decided, and take that back.

The other one goes to the bin, its captures to the one that stays, and its address leads there. Both
keep all they had: what was changed in the one that stays is noted with the pair.
"""

import logging
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.editing.ownership import own_fields
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import hold, recounted
from corpusapp.editing.twins import POSSIBLE_DUPLICATE, body_changed, takes_over
from corpusapp.importing.bases import latest_values, whole
from corpusapp.importing.errors import ImportingError
from corpusapp.importing.exact import exact, restore, stands, told
from corpusapp.importing.fields import FIELDS, current, same
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import (
    Article,
    Capture,
    Change,
    Doubt,
    FieldOwner,
    PossibleDuplicate,
    State,
    Verdict,
)

logger = logging.getLogger(__name__)

# The language is part of what an edition is: the one that stays keeps its own
_MOVABLE = tuple(name for name in FIELDS if name != "language")


class DecidedAlreadyError(ImportingError):
    """Somebody else has decided, or one of the two has gone meanwhile."""

    def __init__(self, pair: int) -> None:
        self.pair = pair
        super().__init__(f"Pair {pair} is decided already, or one of the two lies in the bin.")


def keep_both(pair: PossibleDuplicate, user: AbstractBaseUser | None = None) -> None:
    """They are two pieces, whatever they share."""
    with transaction.atomic():
        pair = _locked(pair, Verdict.OPEN)
        _decide(pair, Verdict.KEEP_BOTH, user, {"doubts": _settle(pair, user)})


def merge(
    pair: PossibleDuplicate, keeper: Article, user: AbstractBaseUser | None = None
) -> frozenset[str]:
    """They are one piece, and `keeper` of the two stays as it is.

    Returns its fields that were empty and have the other's value now.
    """
    with transaction.atomic():
        one_writer()
        pair = _locked(pair, Verdict.OPEN)
        stays, goes = _in_order(pair, keeper.pk)
        now, new = exact(stays, _MOVABLE), exact(goes, _MOVABLE)
        names = {name for name in _MOVABLE if new[name] and not now[name]}
        before = _join(stays, goes, names, user)
        _decide(pair, Verdict.MERGED, user, before | {"doubts": _settle(pair, user)})
    return frozenset(names)


def take_newer(
    pair: PossibleDuplicate, user: AbstractBaseUser | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """The later one is a newer version of the earlier one, which stays and keeps its address.

    Returns its fields that have moved to the newer values, and those that stay as an editor wrote
    them; these carry a doubt that offers the newer value.
    """
    with transaction.atomic():
        one_writer()
        pair = _locked(pair, Verdict.OPEN)
        stays, goes = _in_order(pair, pair.earlier_id)
        now, new = exact(stays, _MOVABLE), exact(goes, _MOVABLE)
        newer = {n for n in _MOVABLE if new[n] and not stands(n, now[n], told(n, new[n]))}
        kept = newer & _editors_fields(stays)
        before = _join(stays, goes, newer - kept, user)
        conflicts = [
            Doubt.objects.create(
                article=stays,
                field=name,
                code=CONFLICT,
                holds=True,
                candidates=[_offered(name, new[name])],
            ).pk
            for name in _MOVABLE
            if name in kept
        ]
        before |= {"doubts": _settle(pair, user), "conflicts": conflicts}
        _decide(pair, Verdict.NEWER, user, before)
    return frozenset(newer - kept), frozenset(kept)


def take_back(pair: PossibleDuplicate, user: AbstractBaseUser | None = None) -> frozenset[str]:
    """Undo a decision; returns the fields that stay because they were changed since."""
    with transaction.atomic():
        one_writer()
        pair = PossibleDuplicate.objects.select_for_update().get(pk=pair.pk)
        if pair.verdict == Verdict.OPEN:
            raise DecidedAlreadyError(pair.pk)
        before, left = pair.before, frozenset[str]()
        if keeper := before.get("keeper"):
            left = _part(*_in_order(pair, keeper), before, user)
        Doubt.objects.filter(pk__in=before.get("doubts", [])).update(
            settled_at=None, settled_by=None
        )
        Doubt.objects.open().filter(pk__in=before.get("conflicts", [])).delete()
        _decide(pair, Verdict.OPEN, None, {})
    logger.info("pair %d reopened by %s", pair.pk, user.pk if user else None)
    return left


def _locked(pair: PossibleDuplicate, verdict: Verdict) -> PossibleDuplicate:
    """The pair as it stands, when nobody else changes the two any more: the articles are held first."""
    hold((pair.earlier_id, pair.later_id))
    locked = (
        PossibleDuplicate.objects.select_for_update(of=("self",))
        .filter(
            pk=pair.pk,
            verdict=verdict,
            earlier__binned_at__isnull=True,
            later__binned_at__isnull=True,
        )
        .first()
    )
    if locked is None:
        raise DecidedAlreadyError(pair.pk)
    return locked


def _in_order(pair: PossibleDuplicate, keeper: int) -> tuple[Article, Article]:
    """Which stays, and which goes."""
    ids = (pair.earlier_id, pair.later_id)
    stays, goes = ids if keeper == ids[0] else ids[::-1]
    return whole(Article(pk=stays)), whole(Article(pk=goes))


def _editors_fields(article: Article) -> set[str]:
    """Those somebody wrote or confirmed, and those that no longer are what the last capture gave."""
    owned = set(article.field_owners.values_list("field", flat=True))
    given, now = latest_values(article), current(article)
    return owned | {name for name in _MOVABLE if not same(name, now[name], given.get(name))}


def _join(
    stays: Article, goes: Article, names: Collection[str], user: AbstractBaseUser | None
) -> dict[str, Any]:
    """One article of two; returns what to keep for taking it back. Inside a transaction."""
    now, new = exact(stays, names), exact(goes, names)
    was = {"state": stays.state, "live_from": _iso(stays)}
    with recounted([stays.pk, goes.pk]), revised([stays.pk], user, Change.DECIDED):
        if names:
            restore(stays, new)
        Article.objects.filter(pk=goes.pk).update(
            binned_at=timezone.now(),
            merged_into=stays,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if takes_over(stays, goes):  # as it stands now, with what it has been given
            stays.state, stays.live_from = State.PUBLISHED, goes.live_from
            stays.save(update_fields=["state", "live_from", "updated_at"])
        captures = list(goes.captures.order_by("pk").values_list("pk", flat=True))
        Capture.objects.filter(pk__in=captures).update(article=stays)
    if "body" in names:
        body_changed(stays.pk, now["body"], stays.body)
    owned = goes.field_owners.filter(field__in=names).values_list("field", flat=True)
    moved = sorted(set(owned) - set(stays.field_owners.values_list("field", flat=True)))
    own_fields([stays.pk], moved, user)
    logger.info("article %d joined to %d", goes.pk, stays.pk)
    return {
        "keeper": stays.pk,
        "captures": captures,
        "fields": {name: [now[name], told(name, new[name])] for name in sorted(names)},
        "owned": moved,
        "was": was,
        "became": {"state": stays.state, "live_from": _iso(stays)},
    }


def _part(
    stays: Article, goes: Article, before: Mapping[str, Any], user: AbstractBaseUser | None
) -> frozenset[str]:
    """Two articles again; returns the fields that were changed since and stay."""
    changed = before["fields"]
    now = exact(stays, changed)
    back = {name: then for name, (then, after) in changed.items() if stands(name, now[name], after)}
    with recounted([stays.pk, goes.pk]), revised([stays.pk], user, Change.DECIDED):
        if back:
            restore(stays, back)
        if "body" in back:
            body_changed(stays.pk, now["body"], stays.body)
        was, became = before["was"], before["became"]
        if was != became and {"state": stays.state, "live_from": _iso(stays)} == became:
            Article.objects.filter(pk=stays.pk).update(
                state=was["state"], live_from=was["live_from"], version=F("version") + 1
            )
        Article.objects.filter(pk=goes.pk, merged_into=stays).update(
            binned_at=None, merged_into=None, version=F("version") + 1, updated_at=timezone.now()
        )
        Capture.objects.filter(pk__in=before["captures"], article=stays).update(article=goes)
    FieldOwner.objects.filter(
        article=stays, field__in=[name for name in before["owned"] if name in back]
    ).delete()
    return frozenset(changed) - back.keys()


def _iso(article: Article) -> str | None:
    return article.live_from.isoformat() if article.live_from else None


def _settle(pair: PossibleDuplicate, user: AbstractBaseUser | None) -> list[int]:
    """Settle the doubt of the later article, unless another pair of it waits; ids of what was settled."""
    waiting = PossibleDuplicate.objects.open().filter(later=pair.later_id).exclude(pk=pair.pk)
    if waiting.exists():
        return []
    doubts = Doubt.objects.open().filter(article=pair.later_id, code=POSSIBLE_DUPLICATE)
    settled = list(doubts.values_list("pk", flat=True))
    Doubt.objects.filter(pk__in=settled).update(settled_at=timezone.now(), settled_by=user)
    return settled


def _decide(
    pair: PossibleDuplicate, verdict: Verdict, user: AbstractBaseUser | None, before: dict[str, Any]
) -> None:
    pair.verdict = verdict
    pair.decided_at = None if verdict == Verdict.OPEN else timezone.now()
    pair.decided_by_id = None if verdict == Verdict.OPEN or user is None else user.pk
    pair.before = before
    pair.save(update_fields=["verdict", "decided_at", "decided_by", "before"])


def _offered(name: str, value: Any) -> Any:
    """An exact value as a capture would give it: what a conflict offers."""
    match name:
        case "authors":
            return [{key: one[key] for key in ("name", "post", "role")} for one in value]
        case "tags":
            return [tag["name"] for tag in value]
        case "section" | "source":
            return value["name"]
        case _:
            return value
