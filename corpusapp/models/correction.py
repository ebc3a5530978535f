from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """What readers are told about an error in an article, for as long as that stands."""

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="corrections",
        verbose_name=_("article"),
    )
    text = models.TextField(
        _("text"), help_text=_("What was wrong and what is right, in the article’s language.")
    )
    made_on = models.DateField(_("corrected on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="correction_says_something",
                violation_error_message=_("A correction needs a text."),
            )
        ]
        indexes = [
            # /corrections/
            models.Index(
                models.F("made_on").desc(), models.F("id").desc(), name="correction_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_on}: {self.text[:60]}"
