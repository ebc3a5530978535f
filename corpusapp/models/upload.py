"""Files that came in at the desk, kept until the background work has imported them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Progress
from corpusapp.models.import_run import ImportRun


class Upload(models.Model):
    """Several files that make one run; the row stays and tells how it went."""

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
        _("progress"), max_length=9, choices=Progress, default=Progress.RECEIVING
    )
    # publish, source, section, language, tags
    options = models.JSONField(_("options"), default=dict)
    names = models.JSONField(_("files"), default=list)
    documents = models.PositiveIntegerField(_("documents"), default=0)  # 0: nobody knows yet
    done = models.PositiveIntegerField(_("done"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    # how often a worker has begun it: one that was taken for dead and was not sees that it is another's
    attempt = models.PositiveIntegerField(default=0, editable=False)
    stop_asked = models.BooleanField(_("is to stop"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    run = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, related_name="+", verbose_name=_("run")
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__in=Progress.values), name="upload_progress_is_known"
            ),
        ]

    def __str__(self) -> str:
        return _("Upload %(number)s") % {"number": self.pk}


class UploadPiece(models.Model):
    """A piece of a file: small, so that neither memory nor the lock on the database holds it all."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    file = models.PositiveIntegerField()  # its place in the upload's names
    place = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint("upload", "file", "place", name="upload_piece_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.file}/{self.place}"
