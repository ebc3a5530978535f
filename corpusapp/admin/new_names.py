"""Names that only captures brought: who each may be, one key to merge it after a look, one to confirm it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import row_ids
from corpusapp.admin.merging_names import NEW_NAMES, may_merge, offered_merges
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.likenesses import Proposal, proposals_each
from corpusapp.editing.naming import confirm_names
from corpusapp.models import Author, Byline

_AT_ONCE = 10  # each is compared with those it may be
_SIGNED = 3  # articles shown of each


class IsNew(admin.SimpleListFilter):
    """The page of new names and the desk's first page count the same."""

    title = gettext_lazy("new name")
    parameter_name = "new"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("yes", gettext_lazy("Not confirmed yet")),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Author]) -> QuerySet[Author]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Author.objects.new_names())


class NewNamePages(Trailed):
    """Mixed into the desk of authors."""

    def get_urls(self) -> list[URLPattern]:
        new = path(
            "new/", self.admin_site.admin_view(self.new_names_view), name="corpusapp_author_new"
        )
        return [new, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        here = reverse("admin:corpusapp_author_new") if Author.objects.new_names().exists() else ""
        return super().changelist_view(request, {"new_names": here, **(extra_context or {})})

    def new_names_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._confirm(request)
        signed = Byline.objects.filter(article__binned_at=None).select_related("article")
        rows = Author.objects.new_names().prefetch_related(
            "names",
            Prefetch("bylines", signed.defer("article__body", "article__rendered").order_by("-pk")),
        )
        page = Paginator(rows.order_by("pk"), _AT_ONCE).get_page(request.GET.get("page"))
        proposals = proposals_each(list(page))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("New names"),
            "page": page,
            "names": [self._shown(request, author, proposals[author.pk]) for author in page],
            "may_confirm": self.has_change_permission(request),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/author/new_names.html", context)

    def _shown(
        self, request: HttpRequest, author: Author, proposals: Sequence[Proposal]
    ) -> dict[str, Any]:
        articles = list({one.article_id: one.article for one in author.bylines.all()}.values())
        post = next((one.post for one in author.bylines.all() if one.post), "")
        merging = may_merge(request)
        merge = reverse("admin:corpusapp_author_merge", args=[author.pk])
        return {
            "author": author,
            "post": post,
            "articles": articles[:_SIGNED],
            "more": max(0, len(articles) - _SIGNED),
            "list": reverse(
                "admin:corpusapp_article_changelist", query={"bylines__author": author.pk}
            ),
            "proposed": [
                (one, words, f"{address}&back={NEW_NAMES}" if merging else "")
                for one, words, address in offered_merges(author, proposals)
            ],
            "merge": f"{merge}?back={NEW_NAMES}" if merging else "",
        }

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        """The chosen ones are known from now on; whoever was quicker is not asked again."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        names = confirm_names(row_ids(request.POST.getlist("confirm")))
        if names:
            text = _("Confirmed: %(names)s.") % {"names": ", ".join(names)}
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, _("Somebody has decided that already."), messages.INFO)
        return HttpResponseRedirect(request.get_full_path())
