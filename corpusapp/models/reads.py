"""How often articles are read: whole numbers per day, and nothing about who read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Shelf


class ReadCount(models.Model):
    """The reads of one article on one day, robots left out."""

    article = models.ForeignKey(
        "corpusapp.Article",
        models.CASCADE,
        related_name="read_counts",
        verbose_name=_("article"),
        db_index=False,  # the constraint's index begins with it
    )
    day = models.DateField(_("day"))
    reads = models.PositiveIntegerField(_("reads"), default=0)

    class Meta:
        verbose_name = _("reads of a day")
        verbose_name_plural = _("reads per day")
        default_permissions = ("view",)
        ordering = ["-day", "-reads", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day"], name="read_count_one_per_article_and_day"
            )
        ]
        indexes = [models.Index("day", "article", "reads", name="read_count_by_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.reads}"


class MostRead(models.Model):
    """What was read most of late: of a shelf, or of a section on it. Made anew by the background work."""

    shelf = models.CharField(max_length=10, choices=Shelf)
    section = models.ForeignKey(
        "corpusapp.Section", models.CASCADE, null=True, related_name="+", db_index=False
    )
    rank = models.PositiveSmallIntegerField()
    article = models.ForeignKey("corpusapp.Article", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "most read"
        verbose_name_plural = "most read"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["shelf", "section", "rank"], name="most_read_one_a_rank"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shelf} {self.section_id or ''} {self.rank}"
