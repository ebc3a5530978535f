from django.db import models
from django.utils.translation import gettext_lazy as _


class Publication(models.Model):
    """What editors decide for the publication as a whole: one row, and without it the defaults."""

    show_reads = models.BooleanField(
        _("readers see how often an article was read"),
        default=False,
        help_text=_("Counted without cookies and without addresses; robots are left out."),
    )
    about_en = models.TextField(_("about, in English"), blank=True, help_text=_("Markdown."))
    about_zh_hans = models.TextField(
        _("about, in Simplified Chinese"), blank=True, help_text=_("Markdown.")
    )
    about_zh_hant = models.TextField(
        _("about, in Traditional Chinese"), blank=True, help_text=_("Markdown.")
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="publication_is_one")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "Publication":
        """The row, or an unsaved one of the defaults."""
        return Publication.objects.filter(pk=1).first() or Publication(pk=1)

    def about(self, shelf: str) -> str:
        """Markdown for the page "About"; "" where the product's own words stand."""
        return str(getattr(self, "about_" + shelf.replace("-", "_")))
