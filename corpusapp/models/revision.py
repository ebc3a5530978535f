from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Change


class Revision(models.Model):
    """One change of an article's fields by a person.

    `changes` is {field: [before, after]} in the form of the ledger of imports: a text stands whole
    where it was replaced, and of what replaced it, which the article or a later change has, only
    the hash. So no text is kept twice, and an article nobody has touched has no revision.
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="revisions",
        verbose_name=_("article"),
        db_index=False,  # the index below begins with it
    )
    at = models.DateTimeField(_("when"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Change, default=Change.EDITED)
    version = models.PositiveIntegerField(_("version"))  # of the article, after it
    changes = models.JSONField(_("changes"), default=dict)
    why = models.CharField(_("why"), max_length=500, blank=True)
    # names are `VersionName`s; this column goes one release after they came
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["article", "id"], name="revision_of_article")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=Change.values),
                name="revision_kind_is_known",
                violation_error_message=_("There is no such kind of change."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.version}"


class VersionName(models.Model):
    """A name that an editor gave to a version of an article: to what a revision or a run had made of it.

    Neither: to the article as it was imported or begun.
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="version_names",
        verbose_name=_("article"),
        db_index=False,  # the constraint's index begins with it
    )
    revision = models.ForeignKey(
        Revision, models.CASCADE, null=True, blank=True, related_name="names"
    )
    item = models.ForeignKey(
        "corpusapp.ImportItem", models.CASCADE, null=True, blank=True, related_name="version_names"
    )
    name = models.CharField(_("name"), max_length=100)
    named_at = models.DateTimeField(_("when"))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("name of a version")
        verbose_name_plural = _("names of versions")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "name"],
                name="version_name_once_per_article",
                violation_error_message=_("Another version of this article has that name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="version_name_is_not_empty",
                violation_error_message=_("A name has a letter at least."),
            ),
            models.CheckConstraint(
                condition=models.Q(revision__isnull=True) | models.Q(item__isnull=True),
                name="version_name_of_one_version",
                violation_error_message=_("A name is that of one version."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
