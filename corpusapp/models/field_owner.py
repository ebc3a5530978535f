from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Ownership


class FieldOwner(models.Model):
    """A field of an article that belongs to an editor: no import and no extraction moves it.

    Written when an editor writes, never by an import. A field without a row is the captures', as
    long as it still has the value that the latest of them gave (their values are the merge base).
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="field_owners",
        verbose_name=_("article"),
        db_index=False,  # the constraint's index begins with it
    )
    field = models.CharField(_("field"), max_length=20)  # as in `importing.fields.FIELDS`
    kind = models.CharField(_("why"), max_length=9, choices=Ownership)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("owner of a field")
        verbose_name_plural = _("owners of fields")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "field"],
                name="field_owner_one_per_field",
                violation_error_message=_("This field has an owner already."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Ownership.values),
                name="field_owner_kind_is_known",
                violation_error_message=_("There is no such ownership."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_kind_display()}"
