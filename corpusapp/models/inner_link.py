from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from corpusapp.models.article import Article


class InnerLinkQuerySet(models.QuerySet["InnerLink"]):
    def broken(self) -> "InnerLinkQuerySet":
        """Those that lead a reader nowhere; links of articles in the bin count for nothing."""
        readable = Article.objects.published().filter(public_id=OuterRef("target"))
        return self.filter(~Exists(readable), article__binned_at__isnull=True)


class InnerLink(models.Model):
    """A body leads to another article, by its public id; there may be no such article (any more)."""

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="inner_links",
        verbose_name=_("article"),
        db_index=False,  # the constraint's index begins with it
    )
    target = models.CharField(_("public id"), max_length=8)

    objects = InnerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to an article")
        verbose_name_plural = _("links to articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "target"], name="inner_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.target}"
