from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def good(self, at: datetime | None = None) -> "PreviewLinkQuerySet":
        """Those that still open their article at `at` (aware; default now)."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())


class PreviewLink(models.Model):
    """Who has its address may see one article before readers can, until it expires or is revoked.

    The address is signed, and not kept: whoever reads this table cannot make one of it.
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="preview_links",
        verbose_name=_("article"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    note = models.CharField(_("for whom"), max_length=200, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="preview_link_expires_after_it_is_made",
                violation_error_message=_("A preview link expires after it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.pk}"
