from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from corpusapp.admin.article_filters import Question
from corpusapp.admin.capture_search import AsCaptured, as_captured, in_articles_and_files
from corpusapp.admin.desk import DeskAdmin, DeskList, ReadOnly, row_ids
from corpusapp.admin.evidence import ALONE, captured_text
from corpusapp.models import Capture

_ENDINGS = {
    "text/html": "html",
    "text/markdown": "md",
    "text/csv": "csv",
    "application/json": "json",
    "application/rss+xml": "xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


_DEEP, _BELOW = "deep", "below"  # look in the text as it came, of captures before this one


class CaptureList(DeskList):
    """Rows without their bytes, and without their evidence."""

    as_captured: AsCaptured | None = None  # where that was asked for
    deeper = ""  # the address that asks for it, or for what is older than what was looked through

    def get_filters_params(self, params: Any = None) -> Any:
        asked = super().get_filters_params(params)
        for name in (_DEEP, _BELOW):
            asked.pop(name, None)
        return asked

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        noted: Any = request
        self.as_captured = getattr(noted, "as_captured", None)
        if not self.query:
            return
        if self.as_captured is None:
            self.deeper = self.get_query_string({_DEEP: "1"}, remove=[_BELOW, PAGE_VAR])
        elif older := self.as_captured.older_than:
            self.deeper = self.get_query_string({_DEEP: "1", _BELOW: str(older)})

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Capture]:
        captures: QuerySet[Capture] = super().get_queryset(request, *args, **kwargs)
        return (
            captures.defer("fields")
            .select_related("source", "article")
            .only(
                "path",
                "encoding",
                "extractor",
                "imported_at",
                "duplicate_of_id",
                "source__name",
                "article__title",
                "article__public_id",
            )
        )


class Copies(Question):
    title = gettext_lazy("copies")
    parameter_name = "copies"
    answers = (("only", gettext_lazy("Copies only")), ("none", gettext_lazy("Without copies")))

    @classmethod
    def narrowed(cls, captures: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in dict(cls.answers):
            return captures
        return captures.filter(duplicate_of__isnull=value == "none")


@admin.register(Capture)
class CaptureDesk(ReadOnly, DeskAdmin):
    """Pages as fetched, for reading: their lines with what each was taken for, and what came of it."""

    change_form_template = "admin/corpusapp/capture/change_form.html"
    list_display = ("path_shown", "article_shown", "source", "encoding", "extractor", "imported_at")
    search_fields = ("path",)  # that there is a search; `get_search_results` says where
    search_help_text = gettext_lazy(
        "Words of the article that came of it, its identifier, file name"
    )
    ordering = ("-pk",)
    list_filter = (Copies,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "path",
                    "article_shown",
                    "source",
                    "duplicate_shown",
                    "imported_at",
                    "media_type",
                    "encoding",
                    "size",
                    "sha256",
                    "extractor",
                )
            },
        ),
    )
    readonly_fields = ("article_shown", "duplicate_shown", "size", "sha256")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskList]:
        return CaptureList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("bytes__data")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term.strip():
            return queryset, False
        if _DEEP not in request.GET:
            return in_articles_and_files(queryset, search_term), False
        below = row_ids([request.GET.get(_BELOW, "")])
        noted: Any = request
        noted.as_captured = as_captured(search_term, *below)
        return queryset.filter(pk__in=noted.as_captured.ids), False

    @admin.display(description=gettext_lazy("file"))
    def path_shown(self, capture: Capture) -> str:
        return str(capture.path)

    @admin.display(description=gettext_lazy("article"))
    def article_shown(self, capture: Capture) -> str:
        if capture.article is None:
            return "–"
        address = reverse("admin:corpusapp_article_change", args=[capture.article.pk])
        return format_html('<a href="{}">{}</a>', address, str(capture.article))

    @admin.display(description=gettext_lazy("duplicate of"))
    def duplicate_shown(self, capture: Capture) -> str:
        if capture.duplicate_of is None:
            return "–"
        address = reverse("admin:corpusapp_capture_change", args=[capture.duplicate_of.pk])
        return format_html('<a href="{}">{}</a>', address, str(capture.duplicate_of))

    @admin.display(description=gettext_lazy("size in bytes"))
    def size(self, capture: Capture) -> int:
        return int(capture.bytes.size)

    @admin.display(description="SHA-256")
    def sha256(self, capture: Capture) -> str:
        return str(capture.bytes.sha256)

    def get_urls(self) -> list[URLPattern]:
        raw = path(
            "<int:capture_id>/raw/",
            self.admin_site.admin_view(self.raw_view),
            name="corpusapp_capture_raw",
        )
        return [raw, *super().get_urls()]

    def raw_view(self, request: HttpRequest, capture_id: int) -> HttpResponse:
        """The bytes as they came, as a download: a page of somebody else's never opens here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        captures = Capture.objects.select_related("bytes")
        found = captures.filter(pk__in=row_ids([str(capture_id)])).first()
        raw = found.bytes.raw if found else None
        if found is None or raw is None:
            raise Http404
        ending = _ENDINGS.get(found.media_type, "txt")
        name = f"capture-{found.pk}.{ending}"
        return HttpResponse(
            raw,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        capture: Capture | None = context.get("original")
        if capture:
            context["captured"] = captured_text(capture, ALONE)
            context["raw_address"] = reverse("admin:corpusapp_capture_raw", args=[capture.pk])
        return super().render_change_form(request, context, *args, **kwargs)
