"""Write the trail: whoever does something says so here, inside the transaction that does it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from corpusapp.models import Act, Article, AuditEntry
from corpusapp.text.folding import clean

_LONGEST_NAME, _LONGEST_WHY, _LONGEST_WHO = 200, 500, 150


@dataclass(frozen=True, slots=True)
class Actor:
    number: int | None = None
    name: str = ""
    why: Callable[[], str] = str  # asked when something is told, and not before
    details: Mapping[str, Any] = field(default_factory=dict)  # of all that is told


NOBODY = Actor()
_ACTING: ContextVar[Actor] = ContextVar("who acts", default=NOBODY)


@contextmanager
def acting(
    user: Any = None,
    name: str = "",
    why: Callable[[], str] = str,
    details: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Whatever is done within is done by `user`, or by an account of the machine of that name.

    `why` is the reason of all that gives none of its own; `details` are told of each.
    """
    number = user.pk if user is not None else None
    shown = user.get_username() if number is not None else name
    token = _ACTING.set(Actor(number, shown[:_LONGEST_WHO], why, details or {}))
    try:
        yield
    finally:
        _ACTING.reset(token)


def note(
    act: Act,
    thing: models.Model | None = None,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """One entry; 1 query."""
    AuditEntry.objects.create(**_columns(act, why, details), **_named(thing))


def note_articles(
    act: Act, article_ids: Collection[int], why: str = "", details: Mapping[str, Any] | None = None
) -> None:
    """An entry for each of these articles; 2 queries."""
    if not article_ids:
        return
    found = Article.objects.filter(pk__in=article_ids).order_by("pk").only("title", "public_id")
    columns = _columns(act, why, details)
    AuditEntry.objects.bulk_create(AuditEntry(**columns, **_named(article)) for article in found)


@dataclass(frozen=True, slots=True)
class Detailed:
    """What the trail is told of one article among several."""

    why: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def note_each(act: Act, of: Mapping[int, Detailed]) -> None:
    """An entry for each article, in words of its own; 2 queries."""
    if not of:
        return
    found = Article.objects.filter(pk__in=of).order_by("pk").only("title", "public_id")
    AuditEntry.objects.bulk_create(
        AuditEntry(**_columns(act, of[one.pk].why, of[one.pk].details), **_named(one))
        for one in found
    )


def reason(why: str = "") -> str:
    """As it is kept: on one line, what cannot be seen taken out; else that of who acts."""
    return " ".join(clean(why or _ACTING.get().why()).split())[:_LONGEST_WHY]


def acting_number() -> int | None:
    """The number of the account that acts; None for a command, and for nobody."""
    return _ACTING.get().number


def entries_of(thing: models.Model) -> models.QuerySet[AuditEntry]:
    """What was done to it, the latest first."""
    return AuditEntry.objects.filter(kind=_kind(thing), thing=str(thing.pk)).order_by("-pk")


def _columns(act: Act, why: str, details: Mapping[str, Any] | None) -> dict[str, Any]:
    actor = _ACTING.get()
    return {
        "user_number": actor.number,
        "who": actor.name,
        "act": act,
        "why": reason(why),
        "details": {**actor.details, **(details or {})},
    }


def _named(thing: models.Model | None) -> dict[str, str]:
    if thing is None:
        return {}
    return {"kind": _kind(thing), "thing": str(thing.pk), "called": str(thing)[:_LONGEST_NAME]}


def _kind(thing: models.Model) -> str:
    return str(thing._meta.model_name)  # noqa: SLF001 - Django's documented name


# Accounts: receivers of signals -----------------------------------------------------------------


def signed_in(*, user: Any, **_signal: Any) -> None:
    with acting(user):
        note(Act.SIGNED_IN, user)


def signed_out(*, user: Any, **_signal: Any) -> None:
    if user is not None:
        with acting(user):
            note(Act.SIGNED_OUT, user)


def sign_in_failed(*, credentials: Mapping[str, Any], **_signal: Any) -> None:
    """Under the name that was tried, which may be nobody's; never with the password."""
    with acting(name=str(credentials.get("username") or "").replace("\0", "")):
        note(Act.SIGN_IN_FAILED)
