"""Words that a conversion between the Chinese scripts keeps, or puts as an editor wants them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from corpusapp.admin.desk import DeskAdmin, DeskInline, RowForm
from corpusapp.admin.rights import ForAllSections, may_change
from corpusapp.models import Article, Glossary
from corpusapp.text.han import OTHER


@admin.register(Glossary)
class GlossaryDesk(ForAllSections, DeskAdmin):
    list_display = ("simplified", "traditional", "article")
    list_select_related = ("article",)
    search_fields = ("simplified", "traditional")
    autocomplete_fields = ("article",)
    ordering = ("simplified", "pk")


class GlossaryEntryForm(RowForm):
    belongs_to = "article"


class GlossaryInline(DeskInline):
    """The words of one article, on its page; only a Chinese one has any."""

    model = Glossary
    form = GlossaryEntryForm
    fields = ("simplified", "traditional")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All: whether they are shown is asked with the article at hand, which Django does not name here."""
        rows: QuerySet[Any] = Glossary.objects.order_by("pk")
        return rows

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return (
            super().has_view_permission(request, obj) and obj is not None and obj.language in OTHER
        )

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_add_permission(request, obj) and _may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_write(request, obj)


def _may_write(request: HttpRequest, article: Article | None) -> bool:
    return article is not None and article.language in OTHER and may_change(request, article)
