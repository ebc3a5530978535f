"""Rules that editors keep for imports: which captures, and what shall become of them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportRuleQuerySet(models.QuerySet["ImportRule"]):
    def in_force(self) -> Self:
        """Those that imports ask, in their order."""
        return self.filter(is_on=True)


class ImportRule(models.Model):
    """Every condition that is given must hold; an empty one asks nothing.

    Rules are asked in their order. All that hold add their tags; of sections the last one given
    counts; one refusal is enough.
    """

    name = models.CharField(
        _("name"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("There is already a rule of this name.")},
    )
    is_on = models.BooleanField(_("in force"), default=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("Rules with a lower number are asked first.")
    )

    # which captures
    source = models.ForeignKey(
        "corpusapp.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source is"),
    )
    section = models.ForeignKey(
        "corpusapp.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section is"),
    )
    language = models.CharField(_("language is"), max_length=35, blank=True)
    path_contains = models.CharField(
        _("path contains"),
        max_length=200,
        blank=True,
        help_text=_("The name of the file below the folder that was imported."),
    )
    title_contains = models.CharField(_("title contains"), max_length=200, blank=True)
    body_contains = models.CharField(_("text contains"), max_length=200, blank=True)

    # what becomes of them
    tags = models.ManyToManyField(
        "corpusapp.Tag", blank=True, related_name="+", verbose_name=_("get the tags")
    )
    gives_section = models.ForeignKey(
        "corpusapp.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("get the section"),
        help_text=_("Whatever section they print."),
    )
    publishes = models.BooleanField(
        _("are published"),
        default=False,
        help_text=_("New articles only, and none that a doubt holds back."),
    )
    refuses = models.BooleanField(_("are refused"), default=False)

    objects = ImportRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("import rule")
        verbose_name_plural = _("import rules")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False)
                | Q(section__isnull=False)
                | ~Q(language="", path_contains="", title_contains="", body_contains=""),
                name="import_rule_has_condition",
                violation_error_message=_(
                    "A rule needs a condition: this one means every capture."
                ),
            ),
            models.CheckConstraint(
                condition=Q(refuses=False) | Q(publishes=False, gives_section__isnull=True),
                name="import_rule_refuses_or_gives",
                violation_error_message=_(
                    "What is refused cannot be published or filed in a section as well."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
