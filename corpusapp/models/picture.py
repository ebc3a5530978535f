import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corpusapp.models.article import Article
from corpusapp.models.choices import Shelf

# Which alt text is that of a language
ALT_OF = {"en": "alt_en", "zh-Hans": "alt_zh_hans", "zh-Hant": "alt_zh_hant"}

# In which order another language's words stand in for missing ones; a foreign alt text helps nobody
_ALTS = {
    "en": ("alt_en",),
    "zh-hans": ("alt_zh_hans", "alt_zh_hant"),
    "zh-hant": ("alt_zh_hant", "alt_zh_hans"),
}


_USUAL = 800
_WITHOUT_ALT = re.compile(r"!\[\]\([^()\s]{0,200}/pictures/([0-9a-f]{24})/")


def new_key() -> str:
    """Names a picture's files: nobody guesses it, so a hidden article's picture stays hidden."""
    return secrets.token_hex(12)


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


class PictureQuerySet(models.QuerySet["Picture"]):
    def undescribed(self) -> "PictureQuerySet":
        """Those that show something and do not say what: to nobody, or not to readers of an article that they lead."""
        leads = Article.objects.order_by().filter(picture=OuterRef("pk"), binned_at__isnull=True)
        in_english = Q(Exists(leads.filter(shelf=Shelf.EN)), alt_en="")
        in_chinese = Q(Exists(leads.exclude(shelf=Shelf.EN)), alt_zh_hans="", alt_zh_hant="")
        at_all = Q(alt_en="", alt_zh_hans="", alt_zh_hant="")
        return self.filter(at_all | in_english | in_chinese, is_decorative=False)


class Picture(models.Model):
    """A picture in our own widths, made when it was uploaded; the row says which, the files lie in the media."""

    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("For the desk’s lists alone."))
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    sizes = models.JSONField(default=list, editable=False)  # [[width, height], …], small to large
    alt_en = models.CharField(_("what it shows, in English"), max_length=500, blank=True)
    alt_zh_hans = models.CharField(
        _("what it shows, in Simplified Chinese"), max_length=500, blank=True
    )
    alt_zh_hant = models.CharField(
        _("what it shows, in Traditional Chinese"), max_length=500, blank=True
    )
    is_decorative = models.BooleanField(
        _("it only decorates"),
        default=False,
        help_text=_("It shows nothing that a reader would miss, so there is nothing to describe."),
    )
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(width__gt=0, height__gt=0), name="picture_has_an_extent"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def alt(self, shelf: str) -> str:
        """What it shows, for readers of a shelf; "" where nobody wrote it."""
        return next((text for name in _ALTS[shelf] if (text := str(getattr(self, name)))), "")

    @staticmethod
    def keys_without_alt(body: str) -> set[str]:
        """Keys of the pictures that a text in Markdown shows without saying what they show."""
        return set(_WITHOUT_ALT.findall(body)) if "![](" in body else set()

    def usual(self) -> tuple[int, int]:
        """The size that a text is given: as wide as its column, or as large as there is."""
        sizes = [(int(width), int(height)) for width, height in self.sizes]
        return next((size for size in sizes if size[0] >= _USUAL), sizes[-1])

    def file_name(self, width: int, height: int, ending: str) -> str:
        """Below the media; the extent stands in the name, so that no page needs to ask for it."""
        return f"pictures/{self.key}/{width}x{height}.{ending}"

    def address(self, width: int, height: int, ending: str) -> str:
        return f"{settings.MEDIA_URL}{self.file_name(width, height, ending)}"
