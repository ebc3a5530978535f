from django.contrib import admin
from django.http import HttpRequest

from corpusapp.admin.desk import DeskAdmin
from corpusapp.models import Redirect


@admin.register(Redirect)
class RedirectDesk(DeskAdmin):
    """Old addresses: made by renaming, never by hand."""

    list_display = ("slug", "kind", "target", "created_at")
    list_filter = ("kind",)
    questions = ("kind__exact",)
    search_fields = ("slug",)
    ordering = ("-created_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Redirect | None = None) -> bool:
        return False
