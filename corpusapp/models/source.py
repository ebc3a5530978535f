from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """The site or publication that captures came from."""

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    address = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    rights = models.TextField(
        _("rights note"), blank=True, help_text=_("Shown to readers below each of its articles.")
    )
    shows_captured = models.BooleanField(
        _("readers may see the captured form"),
        default=False,
        help_text=_("Off unless the rights of this source allow it."),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="source_one_per_name",
                violation_error_message=_("There is already a source of this name."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def slug(self) -> str:
        """What addresses call it: the key with hyphens for its spaces."""
        return self.key.replace(" ", "-")
