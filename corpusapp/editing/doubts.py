"""Settle doubts: an editor has looked, and the article stays as it now is."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from corpusapp.editing.ownership import own_fields
from corpusapp.models import Doubt, Ownership


def settle_doubts(doubts: Iterable[int], user: AbstractBaseUser | None = None) -> int:
    """Settle these open doubts in the name of `user`; returns how many were open."""
    return (
        Doubt.objects.open()
        .filter(pk__in=list(doubts))
        .update(settled_at=timezone.now(), settled_by=user)
    )


def confirm(doubts: Iterable[int], user: AbstractBaseUser | None = None) -> int:
    """Settle these open doubts because what the article has is right: it is the editor's now."""
    ids = list(doubts)
    if not ids:
        return 0
    with transaction.atomic():
        about = Doubt.objects.open().filter(pk__in=ids).values_list("article", "field")
        for article, field in list(about):
            own_fields([article], [field], user, Ownership.CONFIRMED)
        return settle_doubts(ids, user)


def settle_doubts_about(
    article_id: int,
    fields: Iterable[str],
    user: AbstractBaseUser | None = None,
    leaving: Iterable[int] = (),
) -> int:
    """Settle what was open about these fields of an article: somebody has now written them.

    Doubts that are `leaving`, by their ids, stay: who wrote did not know of them.
    """
    open_ones = Doubt.objects.open().filter(article=article_id, field__in=list(fields))
    return settle_doubts(open_ones.exclude(pk__in=leaving).values_list("pk", flat=True), user)
