from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Amends


class Correction(models.Model):
    """What readers are told about an error in an article, for as long as that stands.

    A *retraction* says that the whole of it stands no longer: the text stays, below the notice.
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="corrections",
        verbose_name=_("article"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Amends, default=Amends.CORRECTION)
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
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Amends.values),
                name="correction_kind_is_known",
                violation_error_message=_("There is no such kind of correction."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(kind=Amends.RETRACTION),
                name="correction_one_retraction",
                violation_error_message=_("This article is retracted already."),
            ),
        ]
        indexes = [
            # /corrections/
            models.Index(
                models.F("made_on").desc(), models.F("id").desc(), name="correction_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_on}: {self.text[:60]}"
