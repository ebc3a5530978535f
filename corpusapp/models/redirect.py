from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing


class Redirect(models.Model):
    """Where the old address of an author, section or tag leads, for ever.

    Kept by id, so that a second renaming needs no chain; a target that is not public answers 404
    like any hidden thing. Articles need none: their `public_id` finds them under every slug.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Listing)
    slug = models.CharField(_("old slug"), max_length=100)
    target = models.BigIntegerField(_("id of what it is now"))
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="redirect_one_per_address",
                violation_error_message=_("This old address already leads somewhere."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
