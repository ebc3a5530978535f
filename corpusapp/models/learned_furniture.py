from collections import defaultdict
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LearnedFurnitureQuerySet(models.QuerySet["LearnedFurniture"]):
    def in_force(self) -> Self:
        return self.filter(is_on=True)

    def by_source(self) -> dict[str, frozenset[str]]:
        """{key of a source: keys of the lines that are furniture in its captures}; 1 query."""
        found: dict[str, set[str]] = defaultdict(set)
        for source, key in self.in_force().values_list("source__key", "key"):
            found[source].add(key)
        return {source: frozenset(keys) for source, keys in found.items()}


class LearnedFurniture(models.Model):
    """Words that a source prints around its texts: no line that says them is part of an article.

    Learned from what editors called furniture, or written down by one. One that is off is kept, so
    that it is not learned again.
    """

    source = models.ForeignKey(
        "corpusapp.Source",
        models.CASCADE,
        related_name="furniture",
        verbose_name=_("source"),
        db_index=False,  # the constraint's index begins with it
    )
    text = models.CharField(
        _("line"),
        max_length=500,
        help_text=_("As it is printed; case, spacing and width do not matter."),
    )
    key = models.CharField(max_length=200, editable=False)
    is_on = models.BooleanField(
        _("left out"),
        default=True,
        help_text=_("Off: it stays in the text, and is not learned again."),
    )
    learned_from = models.PositiveIntegerField(
        _("captures"),
        default=0,
        editable=False,
        help_text=_("In how many captures editors had called it furniture when it was learned."),
    )
    learned_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = LearnedFurnitureQuerySet.as_manager()

    class Meta:
        verbose_name = _("learned furniture")
        verbose_name_plural = _("learned furniture")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="learned_furniture_once_per_source",
                violation_error_message=_("This line is known already."),
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="learned_furniture_has_words",
                violation_error_message=_("A line without words cannot be told from others."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)
