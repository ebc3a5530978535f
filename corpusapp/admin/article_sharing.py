"""Let somebody without an account see an article before readers do: links that expire and can be revoked."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from corpusapp.admin.desk import posted_line, row_ids
from corpusapp.admin.rights import may_change
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.sharing import revoke, share, token
from corpusapp.models import Article, PreviewLink

_SHOWN = 50


class SharingPages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        sharing = path(
            "<path:object_id>/share/",
            self.admin_site.admin_view(self.share_view),
            name="corpusapp_article_share",
        )
        return [sharing, *super().get_urls()]

    def share_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not may_change(request, article):
            raise PermissionDenied
        if request.method == "POST":
            self._share(request, article)
            return HttpResponseRedirect(request.get_full_path())
        links = PreviewLink.objects.good().filter(article=article).select_related("made_by")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Share a preview"),
            "subtitle": str(article),
            "article": article,
            "links": [(link, shared_address(article, link)) for link in links[:_SHOWN]],
            "preview_address": preview_address(article),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/share.html", context)

    def _share(self, request: HttpRequest, article: Article) -> None:
        user: Any = request.user
        if "_make" in request.POST:
            share(article, user, posted_line(request, "note"))
            self.log_deed(request, article, _("Preview link made, good for 24 hours."))
            self.message_user(request, _("The link is made. It is good for 24 hours."))
            return
        for pk in row_ids([request.POST.get("revoke", "")]):
            if revoke(article, pk):
                self.log_deed(request, article, _("Preview link revoked."))
                self.message_user(request, _("The link is revoked."))
            else:
                text = _("That link was good for nothing any more.")
                self.message_user(request, text, messages.INFO)


def preview_address(article: Article) -> str:
    """Where somebody who is signed in sees it as readers will, under its own language."""
    with override(article.shelf):
        return reverse("public:preview", args=[article.public_id])


def shared_address(article: Article, link: PreviewLink) -> str:
    """The whole address to hand on."""
    signed = token(link, article.public_id)
    with override(article.shelf):
        path = reverse("public:preview_shared", args=[article.public_id, signed])
    return f"{settings.SITE_URL}{path}"
