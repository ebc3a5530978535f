"""Which other tags the articles of a list carry: where a reader of it may go on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from corpusapp.models import Tag
from corpusapp.public.cards import Card, Link
from corpusapp.public.indexes import tag_link
from corpusapp.public.prepared import ask, numbered
from corpusapp.public.shelves import Shelf

_SHOWN = 8
_NAMES = ("pk", "name", "slug", "name_language", "label_en", "label_zh_hans", "label_zh_hant")


def topics(shown: Iterable[Card | None], shelf: Shelf, *, besides: int = 0) -> list[Link]:
    """The tags that most of the articles shown carry, without the tag `besides`. 1 query.

    Of the page and not of the whole list, whose articles may be many thousands.
    """
    ids = [card.pk for card in shown if card]
    if not ids:
        return []
    rows = ask(("topics", len(ids)), _carried, **numbered(ids))
    tags = (Tag(**dict(zip(_NAMES, row, strict=False))) for row in rows)
    return [tag_link(tag, shelf) for tag in tags if tag.pk != besides][:_SHOWN]


def _carried(**asked: int) -> QuerySet[Any, Any]:
    return (
        Tag.objects.filter(taggings__content_object__in=list(asked.values()))
        .annotate(times=Count("taggings"))
        .order_by("-times", "name", "pk")
        .values_list(*_NAMES, "times")[: _SHOWN + 1]
    )
