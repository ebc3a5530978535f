"""The trail: who did what to which thing, when and why. Written by deeds, read at the desk, changed by nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Act(models.TextChoices):
    """What can be done, in the words of the trail."""

    ADDED = "added", pgettext_lazy("act", "Added")
    CHANGED = "changed", pgettext_lazy("act", "Changed")
    DELETED = "deleted", pgettext_lazy("act", "Deleted")
    PUBLISHED = "published", pgettext_lazy("act", "Published")
    SCHEDULED = "scheduled", pgettext_lazy("act", "Scheduled")
    WITHDRAWN = "withdrawn", pgettext_lazy("act", "Withdrawn")
    TO_REVIEW = "to_review", pgettext_lazy("act", "Sent to review")
    TO_DRAFT = "to_draft", pgettext_lazy("act", "Made a draft")
    BINNED = "binned", pgettext_lazy("act", "Put in the bin")
    RESTORED = "restored", pgettext_lazy("act", "Restored from the bin")
    REFUSED = "refused", pgettext_lazy("act", "Refused")
    MERGED = "merged", pgettext_lazy("act", "Merged")
    PARTED = "parted", pgettext_lazy("act", "Merging undone")
    RUN = "run", pgettext_lazy("act", "Run begun")
    SIGNED_IN = "signed_in", pgettext_lazy("act", "Signed in")
    SIGNED_OUT = "signed_out", pgettext_lazy("act", "Signed out")
    SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("act", "Signing in failed")


class AuditEntry(models.Model):
    """One thing that was done.

    Its people and things are told by number and by name, without a tie: what they are called that
    day stays, whatever becomes of them. The database refuses to change or
    delete a row (see the migration that makes its triggers). What a run did to each article stands in
    the ledger of imports, which a row of the run leads to.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user_number = models.IntegerField(null=True, blank=True, editable=False)
    who = models.CharField(
        _("who"),
        max_length=150,
        blank=True,
        help_text=_("An account of the desk or, for a command, of the machine."),
    )
    act = models.CharField(_("what"), max_length=20, choices=Act)
    kind = models.CharField(_("kind of thing"), max_length=40, blank=True)
    thing = models.CharField(max_length=40, blank=True, editable=False)  # its id
    called = models.CharField(_("thing"), max_length=200, blank=True)
    why = models.CharField(_("why"), max_length=500, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("trail")
        ordering = ["-pk"]
        indexes = [models.Index("kind", "thing", "id", name="audit_of_a_thing")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act__in=Act.values),
                name="audit_entry_act_is_known",
                violation_error_message=_("There is no such act."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.called or self.who}"
