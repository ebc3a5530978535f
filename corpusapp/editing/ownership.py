"""Say that fields of articles are an editor's: from then on no import and no extraction moves them."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from corpusapp.models import FieldOwner, Ownership


def own_fields(
    article_ids: Iterable[int],
    fields: Iterable[str],
    user: AbstractBaseUser | None = None,
    kind: Ownership = Ownership.EDITED,
) -> None:
    """Give these fields of each article to the editors; 1 statement.

    What was written stays written: confirming it later changes nothing about that.
    """
    names = sorted(set(fields))
    now = timezone.now()
    owners = [
        FieldOwner(article_id=pk, field=name, kind=kind, user_id=user.pk if user else None, at=now)
        for pk in sorted(set(article_ids))
        for name in names
    ]
    if kind == Ownership.CONFIRMED:
        FieldOwner.objects.bulk_create(owners, ignore_conflicts=True)
        return
    FieldOwner.objects.bulk_create(
        owners,
        update_conflicts=True,
        unique_fields=["article", "field"],
        update_fields=["kind", "user", "at"],
    )
