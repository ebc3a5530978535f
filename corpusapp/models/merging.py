from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing

MERGED = (Listing.AUTHOR, Listing.SECTION, Listing.TAG)


class MergingQuerySet(models.QuerySet["Merging"]):
    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


class Merging(models.Model):
    """That one author, section or tag became part of another; `before` is enough to part them again."""

    kind = models.CharField(_("kind"), max_length=10, choices=Listing)
    kept = models.BigIntegerField(editable=False)  # ids, as in Redirect: a tag that went has no row
    gone = models.BigIntegerField(editable=False)
    gone_name = models.CharField(_("merged name"), max_length=200)
    before = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        db_index=False,
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = MergingQuerySet.as_manager()

    class Meta:
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")
        ordering = ["-pk"]
        permissions = [("merge_names", _("Can merge authors, sections and tags"))]
        indexes = [models.Index("kind", "kept", name="merging_into")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MERGED),
                name="merging_kind_is_merged",
                violation_error_message=_("Only authors, sections and tags are merged."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("gone")),
                name="merging_not_into_itself",
                violation_error_message=_("Nothing is merged into itself."),
            ),
            models.UniqueConstraint(
                fields=["kind", "gone"],
                condition=Q(undone_at__isnull=True),
                name="merging_once",
                violation_error_message=_("It has been merged already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.gone_name)
