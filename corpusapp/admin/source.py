from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin
from corpusapp.admin.names import KeyedForm
from corpusapp.models import Source


class SourceForm(KeyedForm):
    key_of = "name"


@admin.register(Source)
class SourceDesk(DeskAdmin):
    form = SourceForm
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
