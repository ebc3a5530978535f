"""What a line of a capture was taken for, in the words of the desk's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# In the order in which a legend names them: the article, then what stood around it
PART_WORDS: dict[str, Promise] = {
    "title": _("title"),
    "standfirst": _("standfirst"),
    "byline": _("byline"),
    "post": pgettext_lazy("held by an author", "post"),
    "date": _("date"),
    "section": _("section"),
    "source": _("source"),
    "views": _("counter of views"),
    "tags": _("tags"),
    "body": _("body"),
    "subheading": _("subheading"),
    "quotation": _("quotation"),
    "caption": _("caption"),
    "biography": _("author’s note"),
    "languages": _("choice of languages"),
    "cross-links": _("links to other articles"),
    "other-article": _("another article"),
    "furniture": _("furniture"),
    "blank": _("blank line"),
}
_RANK = {part: rank for rank, part in enumerate(PART_WORDS)}


def part_words(part: str) -> str | Promise:
    """The part itself, legibly, where a newer extraction made one that is not known here."""
    return PART_WORDS.get(part) or part.replace("-", " ")


def rank(part: str) -> int:
    return _RANK.get(part, len(_RANK))
