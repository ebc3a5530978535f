"""Make an edition of a rendition: a button on the page of a Chinese article."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from corpusapp.admin.rights import may_publish
from corpusapp.editing.renditions import promote
from corpusapp.models import Article
from corpusapp.text.han import OTHER

BUTTON = "_edition"


def edition_label(request: HttpRequest, article: Article | None) -> str:
    """What the button says; "" where there is nothing to make, or not by who asks."""
    if article is None or not may_make_editions(request) or article.binned_at:
        return ""
    other = OTHER.get(article.language)
    if other is None or _edition_in(article, other):
        return ""
    if other == "zh-Hans":
        return _("Make an edition in Simplified Chinese")
    return _("Make an edition in Traditional Chinese")


def may_make_editions(request: HttpRequest) -> bool:
    return may_publish(request) and request.user.has_perm("corpusapp.add_article")


def _edition_in(article: Article, language: str) -> Article | None:
    return Article.objects.filter(
        translation_key=article.translation_key, language=language
    ).first()


class EditionDeed(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def make_edition(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The form is saved by now; what is made of the article leads on to its own page."""
        if not may_make_editions(request) or article.language not in OTHER:
            raise PermissionDenied
        edition = _edition_in(article, OTHER[article.language])
        if edition is None:
            edition = promote(article)
            self.log_addition(request, edition, [{"added": {}}])
            text = _("This draft was converted automatically. Correct it, then publish it.")
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:corpusapp_article_change", args=[edition.pk]))
