"""What to read next: what each text is about, and the ten articles nearest to each."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

FULL = 10_000
"""Closeness of two texts of the same words; none in common is 0."""


class TextProfile(models.Model):
    """The strongest words of an article's text, as numbers (`text.aboutness`).

    Stale once the article has another `version`, or the corpus is far larger than `measured`,
    the number of articles from which the weights of the words were taken.
    """

    article = models.OneToOneField(
        "corpusapp.Article", models.CASCADE, primary_key=True, related_name="profile"
    )
    version = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    measured = models.PositiveIntegerField()
    is_placed = models.BooleanField(default=False)  # among its neighbours, so readers may see it
    words = models.BinaryField()

    objects: ClassVar[models.Manager["TextProfile"]] = models.Manager()

    class Meta:
        verbose_name = "profile of a text"
        verbose_name_plural = "profiles of texts"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}, version {self.version}"


class Related(models.Model):
    """That `other` may be read after `article`: because an editor says so, or by their words.

    What an editor has chosen stands first, in the order of `position`, and no machine touches it.
    A row may lead to an article that is not public (any more); whoever shows it asks.
    """

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="nearby",
        verbose_name=_("article"),
        db_index=False,  # the constraint has one that begins so
    )
    other = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="near_to",
        verbose_name=_("article to read next"),
    )
    is_chosen = models.BooleanField(_("chosen by an editor"), default=False, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    closeness = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[models.Manager["Related"]] = models.Manager()

    class Meta:
        verbose_name = _("article to read next")
        verbose_name_plural = _("articles to read next")
        ordering = ["-is_chosen", "position", "-closeness", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "other"],
                name="related_once",
                violation_error_message=_("That article is named twice."),
            ),
            models.CheckConstraint(
                condition=~Q(article=F("other")),
                name="related_not_to_itself",
                violation_error_message=_("An article cannot lead to itself."),
            ),
            models.CheckConstraint(
                condition=Q(closeness__lte=FULL), name="related_closeness_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.other_id}"
