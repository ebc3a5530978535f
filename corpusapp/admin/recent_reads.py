"""How often articles were read of late, and where the days of it are listed."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from corpusapp.editing.reads import DAYS
from corpusapp.models import ReadCount


def _since() -> str:
    return (timezone.localdate() - timedelta(days=DAYS)).isoformat()


def recent_reads(article_ids: Collection[int]) -> dict[int, int]:
    """{article: how often it was read in the last days}, without those nobody read; 1 query."""
    rows = ReadCount.objects.filter(article__in=article_ids, day__gte=_since())
    summed = rows.order_by().values("article").annotate(sum=Sum("reads"))
    return dict(summed.values_list("article", "sum"))


def reads_address(article_id: int) -> str:
    """The days of which `recent_reads` is the sum."""
    asked = {"article__id__exact": article_id, "day__gte": _since()}
    return reverse("admin:corpusapp_readcount_changelist", query=asked)
