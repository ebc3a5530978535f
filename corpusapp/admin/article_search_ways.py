"""Where a search of the desk that found nothing may go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corpusapp.models import Article, Author, Tag
from corpusapp.search.contract import LONGEST_QUERY, Scope, Suggestion
from corpusapp.search.engines import engine

_ALWAYS = {"q", "o", "p", "e"}  # parameters that narrow nothing


@dataclass(frozen=True, slots=True)
class Way:
    words: str
    address: str
    lang: str = ""  # of the words, where they are an article's title


def ways_on(request: HttpRequest, words: str) -> Iterator[Way]:
    """Fewer filters, what begins alike, the bin and the captures. A few queries."""
    if any(value for name, value in request.GET.items() if name not in _ALWAYS):
        yield Way(_("Search everything for these words"), "?" + urlencode({"q": words}))
    for one in engine().suggest(
        words[:LONGEST_QUERY], Scope.DESK, shelf=(get_language() or "en").lower()
    ):
        if address := _address(one):
            yield Way(one.text, address, one.language)
    if request.GET.get("bin") != "yes":
        yield Way(_("Look in the bin"), "?" + urlencode({"q": words, "bin": "yes"}))
    if request.user.has_perm("corpusapp.view_capture"):
        captures = reverse("admin:corpusapp_capture_changelist")
        asked = urlencode({"q": words, "deep": "1"})
        yield Way(
            _("Look in the texts as they came, too, with all that no article has"),
            f"{captures}?{asked}",
        )


def _address(one: Suggestion) -> str:
    """The page of an article, or the list of those of an author, a section or a tag."""
    if one.kind == "section":
        return "?" + urlencode({"section": one.key})
    if one.kind == "article":
        pk = Article.objects.filter(public_id=one.key).values_list("pk", flat=True).first()
        return reverse("admin:corpusapp_article_change", args=[pk]) if pk else ""
    name, named = {
        "author": ("bylines__author", Author.objects),
        "tag": ("taggings__tag", Tag.objects),
    }[one.kind]
    pk = named.filter(slug=one.key).values_list("pk", flat=True).first()
    return "?" + urlencode({name: pk}) if pk else ""
