"""Links to other sites, with the articles they stand in: for an editor to follow.

We follow none ourselves. An address in a text is somebody else's word, and a server that opens what
it is given can be sent anywhere, into the house as well.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from corpusapp.admin.desk import row_ids
from corpusapp.models import Article
from corpusapp.text.outside_links import MARK, OutsideLink, outside_links

_LOOKED_AT = (
    2000  # articles for one page, so that a corpus without links costs no more than one with
)
_SHOWN = 50
_LINKS = 40  # of one article


@dataclass(frozen=True, slots=True)
class Leading:
    """An article and where it leads."""

    article: Article
    links: list[OutsideLink]
    more: int


class OutsideLinks(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        links = path(
            "outside-links/",
            self.admin_site.admin_view(self.outside_links_view),
            name="corpusapp_article_outside_links",
        )
        return [links, *super().get_urls()]

    def outside_links_view(self, request: HttpRequest) -> HttpResponse:
        """The newest first; `q` narrows to addresses that contain it, `before` (an id) turns the page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = request.GET.get("q", "")[:200].strip()
        before = row_ids([request.GET.get("before", "")])
        found, last = _page(wanted, before[0] if before else None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Links to other sites"),
            "wanted": wanted,
            "found": found,
            "go_on": urlencode({"q": wanted, "before": str(last)}) if last else "",
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/outside_links.html", context)


def _page(wanted: str, before: int | None) -> tuple[list[Leading], int | None]:
    """What to show, and after which article to go on, if there are others; 2 queries."""
    articles: QuerySet[Article] = Article.objects.filter(binned_at__isnull=True).order_by("-pk")
    if before is not None:
        articles = articles.filter(pk__lt=before)
    ids = list(articles.values_list("pk", flat=True)[: _LOOKED_AT + 1])
    window = ids[:_LOOKED_AT]
    if not window:
        return [], None
    rows = articles.filter(pk__gte=window[-1], body__contains=MARK)
    rows = rows.only("title", "public_id", "language", "state", "live_from", "binned_at", "body")
    found = []
    for article in rows.iterator(chunk_size=_SHOWN):
        links = [
            link
            for link in outside_links(article.body, settings.SITE_URL)
            if wanted.casefold() in link.address.casefold()
        ]
        if links:
            found.append(Leading(article, links[:_LINKS], max(0, len(links) - _LINKS)))
        if len(found) == _SHOWN:
            return found, article.pk
    return found, window[-1] if len(ids) > _LOOKED_AT else None
