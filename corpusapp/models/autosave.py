"""What is being written at the desk and not saved yet, and by whom: outside history, soon gone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Autosave(models.Model):
    """The form of an article as somebody left it; without an article, that of a new one.

    One row for each time that somebody opened the page and wrote: what is written now never takes the
    place of what was left before. Saving the form, or discarding it, removes its row.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by")
    )
    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        null=True,
        related_name="autosaves",
        verbose_name=_("article"),
    )
    page = models.CharField(max_length=16, blank=True)  # drawn anew whenever the page is opened
    saved_at = models.DateTimeField(_("when"))
    fields = models.JSONField(_("fields"))  # {name: [values]}, as a browser posts them

    class Meta:
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "article", "page"], name="autosave_one_per_page"
            ),
            models.UniqueConstraint(
                fields=["user", "page"],
                condition=models.Q(article__isnull=True),
                name="autosave_one_per_page_of_a_new",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.article_id or '+'}"


class Presence(models.Model):
    """Somebody has the page of an article open to write in it."""

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="presences",
        db_index=False,  # the constraint's index begins with it
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_per_article"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.user_id}"
