"""Reads per day: what "read so many times" on the desk's first page is the sum of."""

from typing import Any

from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.desk import DeskAdmin, ReadOnly
from corpusapp.models import ReadCount


@admin.register(ReadCount)
class ReadCountDesk(ReadOnly, DeskAdmin):
    list_display = ("day_shown", "article_shown", "reads")
    list_display_links = None
    list_select_related = ("article",)
    questions = ("article__id__exact", "day__gte")
    ordering = ("-day", "-reads", "pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The first page leads here; among the desks it would say nothing."""
        return False

    @admin.display(description=gettext_lazy("day"), ordering="day")
    def day_shown(self, count: ReadCount) -> str:
        return format_html('<span class="date">{}</span>', count.day.isoformat())

    @admin.display(description=gettext_lazy("article"))
    def article_shown(self, count: ReadCount) -> str:
        here = reverse("admin:corpusapp_article_change", args=[count.article_id])
        return format_html(
            '<a href="{}" lang="{}">{}</a>', here, count.article.language, str(count.article)
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the sum of what is listed, on whichever page."""
        response: Any = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            total = shown["cl"].queryset.order_by().aggregate(sum=Sum("reads"))["sum"] or 0
            text = ngettext("%(count)s read in all", "%(count)s reads in all", total)
            shown["subtitle"] = text % {"count": number_format(total, force_grouping=True)}
            shown["total"] = total
        return response  # type: ignore[no-any-return]
