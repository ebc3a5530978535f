"""What else to read: the nearest pieces by section, shared tags and date."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from corpusapp.models import Article, Tagging
from corpusapp.public.cards import Card, Link, card_of
from corpusapp.public.shelves import Shelf

_SHOWN = 4
_CANDIDATES = 40  # of each kind: enough to choose from, and read from an index


def related(
    article: Article, tag_ids: Collection[int], shelf: Shelf, sections: Mapping[int, Link]
) -> list[Card]:
    """Up to four of the same shelf: same section first, then most shared tags, then newest. 1 query.

    Never another edition of the same piece. The cards come without authors.
    """
    pool = (
        Article.objects.published()
        .on_shelf(shelf.key)
        .exclude(translation_key=article.translation_key)
    )
    newest = pool.newest_first().values("pk")
    candidates = _these(newest[:_SHOWN]).union(
        _these(newest.filter(section=article.section_id)[:_CANDIDATES]),
        _these(
            Tagging.objects.filter(tag__in=tag_ids)
            .order_by("-pk")
            .values("content_object")[:_CANDIDATES]
        ),
    )
    shared = (
        Tagging.objects.filter(content_object=OuterRef("pk"), tag__in=tag_ids)
        .order_by()
        .values("content_object")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = (
        pool.filter(pk__in=candidates)
        .annotate(shared=Coalesce(Subquery(shared), Value(0)))
        .defer("body", "body_html", "withdrawal_note", "source_address")
    )
    nearest = sorted(
        found,
        key=lambda other: (
            other.section_id is not None and other.section_id == article.section_id,
            _shared(other),
            other.published_order,
            other.pk,
        ),
        reverse=True,
    )
    return [card_of(other, (), shelf, sections) for other in nearest[:_SHOWN]]


def _these(sliced: Any) -> QuerySet[Article, Any]:
    """A slice as a whole query, because SQLite unites no slices."""
    return Article.objects.filter(pk__in=sliced).order_by().values("pk")


def _shared(article: Any) -> int:
    return int(article.shared)
