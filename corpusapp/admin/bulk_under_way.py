"""Deeds over many articles that are done in the background: whose business they are, and which go on."""

from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse

from corpusapp.admin.bulk_rights import OF_DEEDS
from corpusapp.admin.bulk_words import NAMES
from corpusapp.admin.rights import is_limited, may_publish
from corpusapp.models import UNFINISHED, BulkRun, Progress

_SHOWN = 10
_IN_BULK = "corpusapp.bulk_"


def runs_of(request: HttpRequest) -> QuerySet[BulkRun]:
    """Those that who asks may see: the own ones, and all for who may change all articles."""
    runs = BulkRun.objects.defer("pins")
    if not has_any_right(request):
        return runs.none()
    if may_publish(request) and not is_limited(request):
        return runs
    return runs.filter(user=request.user.pk)


def has_any_right(request: HttpRequest) -> bool:
    """To a deed over many; who may publish, or import, but nothing in bulk has no such runs."""
    return any(request.user.has_perm(right) for right in OF_DEEDS if right.startswith(_IN_BULK))


@dataclass(frozen=True, slots=True)
class Underway:
    run: BulkRun
    what: str
    address: str
    percent: int


def under_way(request: HttpRequest) -> list[Underway]:
    """For the first page of the desk; 1 query, or 2 for who edits some sections. Those that go on come first."""
    is_broken_off = Case(When(progress=Progress.FAILED, then=1), default=0)
    unfinished = runs_of(request).filter(progress__in=UNFINISHED).select_related("user")
    runs = unfinished.order_by(is_broken_off, "-pk")[:_SHOWN]
    return [
        Underway(
            run,
            str(NAMES.get(run.deed, run.deed)),
            reverse("admin:corpusapp_bulkrun_change", args=[run.pk]),
            percent(run),
        )
        for run in runs
    ]


def percent(run: BulkRun) -> int:
    return run.position * 100 // run.total if run.total else 100
