"""The desk of deeds over many articles that are done in the background: how far each is, and what it left."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from corpusapp.admin.bulk_under_way import has_any_right, percent, runs_of
from corpusapp.admin.bulk_words import NAMES, done_words, left_words, not_theirs, said_of
from corpusapp.admin.desk import DeskAdmin, ReadOnly
from corpusapp.admin.rights import rights_of
from corpusapp.importing.bulk_deeds import ALL_DEEDS
from corpusapp.importing.bulk_running import carry_on, is_forgotten, stop, was_cut_off
from corpusapp.models import Article, BulkLeft, BulkRun, LeftWhy, Progress

_LEFT_SHOWN = 100  # articles on a page
_WHY = "why"


def may_end(request: HttpRequest, run: BulkRun) -> bool:
    """Whether it is their own, or they could have begun it themselves."""
    if run.user_id == request.user.pk:
        return True
    deed = ALL_DEEDS.get(run.deed)
    return deed is not None and deed.is_allowed(rights_of(request), run.parameters)


@dataclass(frozen=True, slots=True)
class LeftLine:
    """So many were left for one reason, and where they are listed."""

    why: str
    address: str
    is_chosen: bool


class ByProgress(admin.SimpleListFilter):
    """How far they have come; what arrives are uploads."""

    title = gettext_lazy("progress")
    parameter_name = "progress"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(one.value, one.label) for one in Progress if one != Progress.RECEIVING]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        return queryset.filter(progress=wanted) if wanted else queryset


@admin.register(BulkRun)
class BulkRunDesk(ReadOnly, DeskAdmin):
    list_display = (
        "__str__",
        "deed_shown",
        "progress_shown",
        "dealt_with_shown",
        "moved_shown",
        "begun_at",
        "user",
    )
    list_filter = (ByProgress,)
    list_select_related = ("user",)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return runs_of(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return has_any_right(request)
        return runs_of(request).filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return has_any_right(request)

    @admin.display(description=gettext_lazy("deed"))
    def deed_shown(self, run: BulkRun) -> str:
        return str(NAMES.get(run.deed, run.deed))

    @admin.display(description=gettext_lazy("progress"))
    def progress_shown(self, run: BulkRun) -> str:
        return str(run.get_progress_display())

    @admin.display(description=gettext_lazy("dealt with"))
    def dealt_with_shown(self, run: BulkRun) -> str:
        return f"{_grouped(run.position)} / {_grouped(run.total)}"

    @admin.display(description=gettext_lazy("done"))
    def moved_shown(self, run: BulkRun) -> str:
        return _grouped(run.moved)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """How far it is; with buttons to stop it, and to carry on one that was broken off."""
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if request.method == "POST":
            if may_end(request, run):
                if "again" in request.POST and (was_cut_off(run) or is_forgotten(run)):
                    carry_on(run)
                elif "stop" in request.POST:
                    stop(run)
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            **_shown(request, run),
            "opts": self.opts,
            "title": str(run),
            "may_end": may_end(request, run),
            "media": self.media + forms.Media(js=["corpusapp/progress.js"]),
        }
        return TemplateResponse(request, "admin/corpusapp/bulkrun/progress.html", context)


def _shown(request: HttpRequest, run: BulkRun) -> dict[str, Any]:
    """Few queries, however many were left: one counts them, two find those of a page."""
    ended = run.progress in {Progress.DONE, Progress.STOPPED, Progress.FAILED}
    cut_off = was_cut_off(run)
    wanted = request.GET.get(_WHY, "")
    left = BulkLeft.objects.filter(run=run)
    counts = {
        LeftWhy(why): count
        for why, count in left.values_list("why").annotate(count=Count("pk")).order_by("why")
    }
    if wanted in counts:
        left = left.filter(why=wanted)
    page = Paginator(left.order_by("article"), _LEFT_SHOWN).get_page(request.GET.get("p"))
    return {
        "run": run,
        "what": NAMES.get(run.deed, run.deed),
        "said": said_of(run.deed, run.parameters) if run.deed in NAMES else run.said,
        "percent": percent(run),
        "done_words": done_words(run.deed, run.moved),
        "left": [
            LeftLine(_left_words(request, run, why, count), f"?{_WHY}={why}", wanted == why)
            for why, count in counts.items()
        ],
        "wanted": wanted if wanted in counts else "",
        "page": page,
        "rows": list(_rows(page.object_list)),
        "not_reached": run.total - run.position if ended else 0,
        "goes_on": not ended and not cut_off,
        "cut_off": cut_off,
        "is_waiting": run.progress == Progress.WAITING,
        "is_forgotten": is_forgotten(run),
        "seconds": (run.heard_at - run.begun_at).total_seconds(),
    }


def _left_words(request: HttpRequest, run: BulkRun, why: LeftWhy, count: int) -> str:
    """Whoever watches a run of somebody else might change what its person might not."""
    is_own = run.user_id == request.user.pk
    return left_words(why, count) if is_own or why != LeftWhy.NOT_YOURS else not_theirs(count)


def _rows(left: Iterable[BulkLeft]) -> Iterable[tuple[BulkLeft, Article | None]]:
    """Each with its article, whose text is not read."""
    ones = list(left)
    columns = Article.objects.only("title", "public_id", "language")
    articles = columns.in_bulk([one.article_id for one in ones])
    return [(one, articles.get(one.article_id)) for one in ones]


def _grouped(number: int) -> str:
    return str(number_format(number, force_grouping=True))
