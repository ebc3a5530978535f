"""The sets of articles that the product speaks of."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F
from django.utils import timezone

from corpusapp.models.article_columns import STANDS
from corpusapp.models.choices import State

if TYPE_CHECKING:
    from corpusapp.models.article import Article  # noqa: F401 - of which these are sets


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: datetime | None = None) -> Self:
        """What a reader may see at `at` (aware; default now)."""
        return self.filter(
            state=State.PUBLISHED, live_from__lte=at or timezone.now(), binned_at__isnull=True
        )

    def scheduled(self, at: datetime | None = None) -> Self:
        """What readers will see later than `at` (aware; default now) unless it is changed."""
        return self.filter(
            state=State.PUBLISHED, live_from__gt=at or timezone.now(), binned_at__isnull=True
        )

    def once_public(self) -> Self:
        """Withdrawn after readers could see it: their address answers 410."""
        return self.filter(
            state=State.WITHDRAWN, live_from__lte=F("withdrawn_at"), binned_at__isnull=True
        )

    def merged_away(self) -> Self:
        """Merged into another article after readers could see it: its address leads there."""
        return self.filter(
            merged_into__isnull=False, state=State.PUBLISHED, live_from__lte=F("binned_at")
        )

    def in_bin(self) -> Self:
        return self.filter(binned_at__isnull=False)

    def on_shelf(self, shelf: str) -> Self:
        """What stands under one of the three language prefixes, renditions included."""
        return self.filter(**{STANDS[shelf]: True} if shelf in STANDS else {"shelf": shelf})

    def newest_first(self) -> Self:
        """By the date as printed; undated ones last, the later import first."""
        return self.order_by("-published_order", "-id")

    def in_series_order(self) -> Self:
        """By their places, those without one last, the oldest first."""
        return self.order_by(F("series_position").asc(nulls_last=True), "published_order", "id")

    def in_year(self, year: int) -> Self:
        return self.filter(
            published_order__gte=year * 10**8, published_order__lt=(year + 1) * 10**8
        )

    def in_month(self, year: int, month: int) -> Self:
        first = (year * 100 + month) * 10**6
        return self.filter(published_order__gte=first, published_order__lt=first + 10**6)
