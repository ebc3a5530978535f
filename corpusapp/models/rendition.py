from django.db import models
from django.utils.translation import gettext_lazy as _

from corpusapp.text.packing import pack, unpack


class Rendition(models.Model):
    """An edition in the other Chinese script, made by machine and never edited.

    It stands while no public edition in that script does. `of_head` and `of_text` tell what it was
    made of, `maker` what made it: where either has moved on, readers get a fresh one, and the
    background work stores that.
    """

    article = models.OneToOneField(
        "corpusapp.Article",
        models.CASCADE,
        primary_key=True,
        related_name="rendition",
        verbose_name=_("article"),
    )
    language = models.CharField(_("language"), max_length=7)
    title = models.CharField(_("title"), max_length=500)
    standfirst = models.TextField(_("standfirst"), blank=True)
    slug = models.CharField(max_length=120)
    excerpt = models.TextField(blank=True)
    words = models.JSONField(default=dict)  # other short texts: posts, note, caption
    body = models.BinaryField()  # HTML, packed against the article's body
    maker = models.CharField(max_length=20, blank=True)
    of_head = models.BigIntegerField()
    of_text = models.BigIntegerField()
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=["zh-Hans", "zh-Hant"]),
                name="rendition_is_chinese",
            )
        ]
        indexes = [models.Index("maker", "article", name="rendition_to_renew")]

    def __str__(self) -> str:
        return str(self.title)

    def html(self, source: str) -> str | None:
        """The body, if `source` is still the article's; else None."""
        return unpack(self.body, source)

    def put_html(self, html: str, source: str) -> None:
        self.body = pack(html, source)
