"""Two articles that share much of their text, and what an editor made of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Verdict


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """Those nobody has decided, of which neither lies in the bin."""
        return self.filter(
            verdict=Verdict.OPEN, earlier__binned_at__isnull=True, later__binned_at__isnull=True
        )


class PossibleDuplicate(models.Model):
    """A pair found by comparing texts. It decides nothing: an editor does, and may take it back.

    A pair is kept once decided, so that no later search asks about it again.
    """

    earlier = models.ForeignKey(
        "corpusapp.Article", models.CASCADE, related_name="+", verbose_name=_("earlier article")
    )
    later = models.ForeignKey(
        "corpusapp.Article", models.CASCADE, related_name="+", verbose_name=_("later article")
    )
    shared = models.FloatField(
        _("common text"), help_text=_("The part of the smaller text that stands in the other.")
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    verdict = models.CharField(
        _("decision"), max_length=12, choices=Verdict, blank=True, default=Verdict.OPEN
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    before = models.JSONField(
        default=dict, blank=True, help_text="What the decision changed, enough to take it back."
    )

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"],
                name="possible_duplicate_once_per_pair",
                violation_error_message=_("These two are a pair already."),
            ),
            models.CheckConstraint(
                condition=Q(earlier__lt=F("later")),
                name="possible_duplicate_earlier_first",
                violation_error_message=_("The article that came first comes first."),
            ),
            models.CheckConstraint(
                condition=Q(shared__gte=0, shared__lte=1),
                name="possible_duplicate_shares_a_part",
                violation_error_message=_("A part lies between nothing and the whole."),
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values),
                name="possible_duplicate_verdict_is_known",
                violation_error_message=_("There is no such decision."),
            ),
        ]
        indexes = [
            # the desk's list: what waits for a decision, most alike first
            models.Index(
                F("shared").desc(),
                "id",
                name="possible_duplicate_open",
                condition=Q(verdict=Verdict.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return _("Pair %(number)s") % {"number": self.pk}
