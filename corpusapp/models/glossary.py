from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GlossaryQuerySet(models.QuerySet["Glossary"]):
    def for_article(self, article_id: int) -> Self:
        """The whole publication's entries, then the article's own, which come before them."""
        return self.filter(Q(article__isnull=True) | Q(article=article_id)).order_by(
            models.F("article").asc(nulls_first=True), "pk"
        )


class Glossary(models.Model):
    """A word and what stands for it in the other Chinese script, wherever a text is converted.

    The same in both columns: a word that stays as it is.
    """

    simplified = models.CharField(_("Simplified"), max_length=200)
    traditional = models.CharField(_("Traditional"), max_length=200)
    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="glossary",
        verbose_name=_("only in this article"),
        help_text=_("Empty: in all articles."),
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary")
        ordering = ["simplified", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(simplified="") & ~Q(traditional=""),
                name="glossary_has_both_words",
                violation_error_message=_("An entry needs the word in both scripts."),
            ),
            models.UniqueConstraint(
                fields=["simplified"],
                condition=Q(article__isnull=True),
                name="glossary_simplified_once",
                violation_error_message=_("There is an entry for this Simplified word already."),
            ),
            models.UniqueConstraint(
                fields=["simplified", "article"],
                name="glossary_simplified_once_per_article",
                violation_error_message=_("There is an entry for this Simplified word already."),
            ),
            models.UniqueConstraint(
                fields=["traditional"],
                condition=Q(article__isnull=True),
                name="glossary_traditional_once",
                violation_error_message=_("There is an entry for this Traditional word already."),
            ),
            models.UniqueConstraint(
                fields=["traditional", "article"],
                name="glossary_traditional_once_per_article",
                violation_error_message=_("There is an entry for this Traditional word already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.simplified} · {self.traditional}"
