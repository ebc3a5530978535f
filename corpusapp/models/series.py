from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing
from corpusapp.models.labels import Labelled
from corpusapp.models.total import PublicTotal


class SeriesQuerySet(models.QuerySet["Series"]):
    def listed(self) -> Self:
        """Those with something public in any language."""
        return self.filter(PublicTotal.any_of(Listing.SERIES))


class Series(Labelled):
    """A run of articles that are read one after the other; their places are theirs."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("public:series", args=[self.slug])
