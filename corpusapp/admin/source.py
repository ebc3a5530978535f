from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin, DeskInline
from corpusapp.admin.names import KeyedForm, KeyedFormSet
from corpusapp.admin.rights import ForAllSections
from corpusapp.models import LearnedFurniture, Source


class SourceForm(KeyedForm):
    key_of = "name"


class LearnedFurnitureForm(KeyedForm):
    """Keyed by its words alone, as extraction compares lines."""

    def key(self, text: str) -> str:
        # extraction brings numpy and lxml: only where somebody writes a line down
        from corpusapp.extraction.learned_furniture import furniture_key  # noqa: PLC0415

        return furniture_key(text)


class LearnedFurnitureInline(ForAllSections, DeskInline):
    model = LearnedFurniture
    form = LearnedFurnitureForm
    formset = KeyedFormSet
    fields = ("text", "is_on", "learned_from", "learned_at")
    readonly_fields = ("learned_from", "learned_at")
    verbose_name_plural = gettext_lazy("Furniture: lines that are part of no article")


@admin.register(Source)
class SourceDesk(ForAllSections, DeskAdmin):
    form = SourceForm
    inlines = (LearnedFurnitureInline,)
    list_display = ("name", "address", "language", "shows_captured")
    search_fields = ("name", "address")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "address", "language")}),
        (gettext_lazy("Rights"), {"fields": ("rights", "shows_captured")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nothing came from can go."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.articles.exists() or obj.captures.exists())
