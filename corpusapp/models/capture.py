"""Pages as fetched: their bytes for good, and what extraction made of them."""

import zlib
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corpusapp.text.packing import packed_bytes


class CaptureBytes(models.Model):
    """The bytes themselves, once however many files held them; apart, so that no list loads them.

    Only a purge takes `data` away; the hash stays.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("bytes of a capture")
        verbose_name_plural = _("bytes of captures")

    def __str__(self) -> str:
        return str(self.sha256)

    @classmethod
    def packed(cls, raw: bytes, sha256: str) -> Self:
        """An unsaved row for `raw`."""
        return cls(sha256=sha256, data=packed_bytes(raw), size=len(raw))

    @property
    def raw(self) -> bytes | None:
        """The bytes as they came, or None once purged."""
        return None if self.data is None else zlib.decompress(self.data)


class Capture(models.Model):
    """One file with one content. The same file with another content later is another capture.

    `stated` is what stands beside the file about it, and `stated_hash` tells whether that changed: a
    new sidecar makes a new state of the page.
    `document` names what the file is a copy of (see `importing.documents`): two captures with the
    same `document` are two states of one page.
    `fields` holds, per field, {"value", "confidence", "rule", "lines": [first, last]}; the body's
    value is {"sha256"} of its Markdown, because the article holds the text and bytes with
    `extractor` give it again.
    """

    bytes = models.ForeignKey(
        CaptureBytes, models.PROTECT, related_name="captures", verbose_name=_("bytes")
    )
    document = models.CharField(_("document"), max_length=64, db_index=True)
    path = models.TextField(_("path"), help_text=_("Below the folder that was imported."))
    source = models.ForeignKey(
        "corpusapp.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        verbose_name=_("source"),
    )
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    encoding = models.CharField(_("encoding"), max_length=40)
    text_hash = models.CharField(max_length=64, db_index=True)
    stated = models.JSONField(
        _("stated beside it"),
        default=dict,
        blank=True,
        help_text=_("By its sidecar and by the defaults of its folder."),
    )
    stated_hash = models.CharField(max_length=64, blank=True, editable=False)
    extractor = models.CharField(_("extractor version"), max_length=40)
    # of the version and the options it was read with: the same bytes read so give the same again
    reading = models.CharField(max_length=16, blank=True, editable=False)
    fields = models.JSONField(_("fields"), default=dict)
    article = models.ForeignKey(
        "corpusapp.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        verbose_name=_("article"),
    )
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("duplicate of"),
    )
    undone_by = models.ForeignKey(
        "corpusapp.ImportRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
        help_text=_("Its import was undone: it counts as if it had never come."),
        db_index=False,  # asked of a capture at hand only
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "bytes", "stated_hash"],
                condition=Q(undone_by__isnull=True),
                name="capture_once_per_state",
                violation_error_message=_("This state of the page is kept already."),
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=models.F("id")),
                name="capture_not_duplicate_of_itself",
                violation_error_message=_("A capture cannot be a duplicate of itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.path)
