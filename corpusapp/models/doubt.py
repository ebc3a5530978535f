from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def open(self) -> Self:
        """Those no editor has settled yet."""
        return self.filter(settled_at__isnull=True)


class Doubt(models.Model):
    """Something about an article that an editor should look at."""

    article = models.ForeignKey(
        "corpusapp.Article", models.CASCADE, related_name="doubts", verbose_name=_("article")
    )
    field = models.CharField(_("field"), max_length=20)
    code = models.CharField(_("reason"), max_length=40)
    holds = models.BooleanField(_("holds the article back"))
    candidates = models.JSONField(_("candidates"), default=list, blank=True)
    capture = models.ForeignKey(
        "corpusapp.Capture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("capture"),
        help_text=_("Of a conflict: the capture that says otherwise."),
        db_index=False,  # captures are purged, not deleted
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        ordering = ["pk"]
        indexes = [
            # the desk's lists: "what needs me now"
            models.Index(
                fields=["code", "article"],
                name="doubt_open_by_reason",
                condition=models.Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.code}"
