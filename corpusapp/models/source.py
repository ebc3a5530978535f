from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from corpusapp.models.capture import Capture


class SourceQuerySet(models.QuerySet["Source"]):
    def to_be_read_again(self) -> Self:
        """Those whose furniture has changed since their captures were read, with the number of these as `unread`.

        Of each article one capture counts, at most about: those that are copies, undone or without an
        article are no matter of reading again.
        """
        captures = (
            Capture.objects.filter(
                source=OuterRef("pk"),
                imported_at__lt=OuterRef("furniture_changed_at"),
                article__isnull=False,
                duplicate_of__isnull=True,
                undone_by__isnull=True,
            )
            .order_by()
            .values("source")
            .annotate(number=Count("article", distinct=True))
            .values("number")
        )
        return (
            self.filter(furniture_changed_at__isnull=False)
            .annotate(unread=Coalesce(Subquery(captures), 0))
            .filter(unread__gt=0)
        )


class Source(models.Model):
    """The site or publication that captures came from."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    address = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    rights = models.TextField(
        _("rights note"), blank=True, help_text=_("Shown to readers below each of its articles.")
    )
    shows_captured = models.BooleanField(
        _("readers may see the captured form"),
        default=False,
        help_text=_("Off unless the rights of this source allow it."),
    )
    # its captures imported until then were read without what is known of its furniture now
    furniture_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="source_one_per_name",
                violation_error_message=_("There is already a source of this name."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def slug(self) -> str:
        """What addresses call it: the key with hyphens for its spaces."""
        return self.key.replace(" ", "-")
