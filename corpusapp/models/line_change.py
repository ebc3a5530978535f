from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LineChange(models.Model):
    """That an editor has said what a line of a capture is, whatever extraction takes it for.

    `key` are its folded words: lines of other captures that say the same have the same. What was
    called furniture in several captures of a source is learned (see LearnedFurniture).
    """

    capture = models.ForeignKey(
        "corpusapp.Capture",
        models.CASCADE,
        related_name="line_changes",
        verbose_name=_("capture"),
        db_index=False,  # the constraint's index begins with it
    )
    line = models.PositiveIntegerField(_("line"))  # from 1, as editors count
    part = models.CharField(_("what it is"), max_length=20)  # see extraction.article.Part
    key = models.CharField(max_length=200, blank=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        db_index=False,
    )
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("line given by an editor")
        verbose_name_plural = _("lines given by editors")
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "line"],
                name="line_change_one_per_line",
                violation_error_message=_("Somebody has said what this line is already."),
            ),
            models.CheckConstraint(
                condition=Q(line__gte=1),
                name="line_change_counts_from_one",
                violation_error_message=_("Lines count from 1."),
            ),
        ]
        indexes = [
            # in how many captures of a source these words were called furniture
            models.Index(
                "key", "capture", name="line_change_furniture", condition=Q(part="furniture")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.part}"
