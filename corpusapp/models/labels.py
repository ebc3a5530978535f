"""Names of sections and tags: as first met, and a label for each language of the interface."""

from dataclasses import dataclass
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

# In which order another language's label stands in for a missing one: the other Chinese script
# is closer to a reader of Chinese than English is.
_INSTEAD = {
    "en": ("label_en",),
    "zh-hans": ("label_zh_hans", "label_zh_hant"),
    "zh-hant": ("label_zh_hant", "label_zh_hans"),
}
_LANGUAGE = {"label_en": "en", "label_zh_hans": "zh-Hans", "label_zh_hant": "zh-Hant"}


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    language: str  # BCP 47, for the `lang` of a foreign run

    def __str__(self) -> str:
        return self.text


class Labelled(models.Model):
    """`name` is what the first capture (or the editor) called it, in `name_language`."""

    name_language = models.CharField(_("language of the name"), max_length=35, default="en")
    label_en = models.CharField(_("English label"), max_length=200, blank=True)
    label_zh_hans = models.CharField(_("Simplified Chinese label"), max_length=200, blank=True)
    label_zh_hant = models.CharField(_("Traditional Chinese label"), max_length=200, blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    description_zh_hans = models.TextField(_("description in Simplified Chinese"), blank=True)
    description_zh_hant = models.TextField(_("description in Traditional Chinese"), blank=True)

    class Meta:
        abstract = True

    def label(self, language: str) -> Label:
        """What to call it on a page in `language` (a shelf: "en", "zh-hans", "zh-hant")."""
        for column in _INSTEAD.get(language, ()):
            if text := getattr(self, column):
                return Label(text, _LANGUAGE[column])
        return Label(str(self), self.name_language)

    def description(self, language: str) -> str:
        """A sentence for the top of its page; "" where nobody wrote one in that language."""
        return str(getattr(self, "description_" + language.replace("-", "_"), ""))

    def with_label_from_name(self) -> Self:
        """Fill the label of the name's own language, so that a new one is complete in it."""
        column = "label_" + self.name_language.lower().replace("-", "_")
        if hasattr(self, column) and not getattr(self, column):
            setattr(self, column, str(self))
        return self
