"""The ledger of imports: who, when, with what options, and what came of each file.

Nothing in it is needed for correctness; a run that changed nothing leaves no row.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Deed, Outcome


class ImportRun(models.Model):
    """One import, one new extraction, or the undoing of such a run."""

    kind = models.CharField(_("kind"), max_length=9, choices=Deed, default=Deed.IMPORT)
    undoes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(
        _("finished"),
        null=True,
        blank=True,
        help_text=_("Empty while it runs, or if it was cut off."),
    )
    # None for what an earlier version has run
    heard_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty for an import from the command line."),
    )
    account = models.CharField(
        _("account"),
        max_length=100,
        blank=True,
        help_text=_("Of the machine, for a run from the command line."),
    )
    options = models.JSONField(_("options"), default=dict, blank=True)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    duplicate = models.PositiveIntegerField(_("duplicates"), default=0)
    conflict = models.PositiveIntegerField(_("conflicts"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-pk"]
        get_latest_by = "pk"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Deed.UNDO, undoes__isnull=False)
                | (~models.Q(kind=Deed.UNDO) & models.Q(undoes__isnull=True)),
                name="import_run_undo_names_its_run",
                violation_error_message=_("An undoing, and nothing else, names the run it undoes."),
            ),
        ]

    def __str__(self) -> str:
        return _("Run %(number)s") % {"number": self.pk}


class ImportItem(models.Model):
    """What one run made of one document; `changes` is {field: [before, after]}, enough to undo."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="items", verbose_name=_("run"))
    path = models.TextField(_("path"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    article = models.ForeignKey(
        "corpusapp.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("article"),
    )
    capture = models.ForeignKey(
        "corpusapp.Capture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
        verbose_name=_("capture"),
    )
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    refused_bytes = models.ForeignKey(
        "corpusapp.CaptureBytes",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="refusals",
        verbose_name=_("refused bytes"),
        help_text=_("What was refused, if it could be read and was not too large."),
    )
    undoes = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
        db_index=False,  # the constraint has one, of the few rows that undo something
    )

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "outcome"], name="import_item_by_outcome")]
        constraints = [
            models.UniqueConstraint(
                fields=["undoes"],
                condition=models.Q(undoes__isnull=False),
                name="import_item_undone_once",
                violation_error_message=_("This has been undone already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.outcome}"
