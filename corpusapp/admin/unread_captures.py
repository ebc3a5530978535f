"""Captures that were read before their source's furniture was known as it is now: to be read again."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from corpusapp.admin.bulk_rights import may_reextract
from corpusapp.models import Source

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Unread:
    source: Source
    count: int
    address: str  # where what would change is looked at


def unread_captures(request: HttpRequest, source: Source | None = None) -> list[Unread]:
    """By source (of this one), for those who may have them read again; 1 query."""
    if not may_reextract(request):
        return []
    there = reverse("admin:corpusapp_importrun_reextract")
    rows: Any = Source.objects.to_be_read_again()
    if source is not None:
        rows = rows.filter(pk=source.pk)
    return [
        Unread(one, one.unread, f"{there}?source={one.pk}&look=1")
        for one in rows.order_by("-unread", "pk")[:_SHOWN]
    ]
