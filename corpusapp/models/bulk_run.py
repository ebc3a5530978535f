"""A deed over many articles that is carried out in the background: what shall be done, and how far it is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corpusapp.models.choices import Progress
from corpusapp.models.import_run import ImportRun

# not over, or to be carried on
UNFINISHED = (Progress.WAITING, Progress.RUNNING, Progress.FAILED)


class LeftWhy(models.TextChoices):
    """Why a deed over many articles leaves one as it is."""

    STRAYED = "strayed", pgettext_lazy("left", "has changed since it was looked at")
    HELD = "held", pgettext_lazy("left", "is held back by a doubt")
    NOT_YOURS = "not_yours", pgettext_lazy("left", "is not theirs to change")
    IN_BIN = "in_bin", pgettext_lazy("left", "lies in the bin")
    NOT_IN_BIN = "not_in_bin", pgettext_lazy("left", "does not lie in the bin")
    PUBLIC = "public", pgettext_lazy("left", "is published or planned already")
    NOT_PUBLISHED = "unpublished", pgettext_lazy("left", "is not published")
    INCOMPLETE = "incomplete", pgettext_lazy("left", "needs a title and a text first")
    WRONG_STATE = "state", pgettext_lazy("left", "is not in a state for that")
    SAME = "same", pgettext_lazy("left", "stands like that already")
    HAS_EDITION = "edition", pgettext_lazy("left", "has an edition in that language already")
    REFUSED = "refused", pgettext_lazy("left", "could not be read again")


class BrokenOff(models.TextChoices):
    """Why a run could not go on."""

    RIGHT = "right", _("Who asked for it may not do this any more.")
    GONE = "gone", _("What the articles were to get is no longer there.")
    KILLED = (
        "killed",
        _("Its worker was lost, or the database failed it, three times at the same place."),
    )
    ERROR = "error", _("It met an error; the log of the worker says which.")


class BulkRun(models.Model):
    """The row stays and tells how it went; what is still to do goes with the end.

    `pins` is packed (`editing.bulk_pins`): each article with the version that was looked at, by id.
    The first `position` of them are dealt with, and that is written in the transaction that does it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    begun_at = models.DateTimeField(_("started"), auto_now_add=True)
    heard_at = models.DateTimeField(_("last heard of"), auto_now=True)
    progress = models.CharField(
        _("progress"), max_length=9, choices=Progress, default=Progress.WAITING
    )
    deed = models.CharField(_("deed"), max_length=20)  # a name of the registry
    parameters = models.JSONField(_("parameters"), default=dict)
    said = models.TextField(_("what is noted of each"))  # in the language of who asked for it
    pins = models.BinaryField()
    total = models.PositiveIntegerField(_("articles"))
    position = models.PositiveIntegerField(_("dealt with"), default=0)
    moved = models.PositiveIntegerField(_("done"), default=0)
    # whoever takes it up is told apart from whoever had it: one that was taken for dead may not be
    turn = models.PositiveIntegerField(default=0, editable=False)
    lost = models.PositiveIntegerField(default=0, editable=False)  # workers since the last batch
    stop_asked = models.BooleanField(_("is to stop"), default=False)
    reason = models.CharField(_("reason"), max_length=10, choices=BrokenOff, blank=True)
    import_run = models.ForeignKey(
        ImportRun,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("run"),
        db_index=False,  # nobody asks from there
    )

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-pk"]
        default_permissions = ()  # who may see one follows from whose it is
        indexes = [
            # what is under way or broken off, on the first page of the desk; who looks after all asks, too
            models.Index(
                "id",
                name="bulk_run_under_way",
                condition=models.Q(progress__in=UNFINISHED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__in=Progress.values),
                name="bulk_run_progress_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(position__lte=models.F("total")),
                name="bulk_run_ends_at_its_total",
            ),
        ]

    def __str__(self) -> str:
        return _("Bulk change %(number)s") % {"number": self.pk}


class BulkLeft(models.Model):
    """An article that a run has left as it was."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="left_ones", db_index=False)
    article = models.ForeignKey("corpusapp.Article", models.CASCADE, related_name="+")
    why = models.CharField(_("why"), max_length=11, choices=LeftWhy)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("run", "article", name="bulk_left_once"),
            models.CheckConstraint(
                condition=models.Q(why__in=LeftWhy.values), name="bulk_left_why_is_known"
            ),
        ]
        indexes = [models.Index("run", "why", "article", name="bulk_left_by_reason")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.get_why_display()}"
