from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.waiting import latest_runs, own_drafts, what_waits
from corpusapp.models import Author, Tag

# In the order of the work, not of the alphabet
_ORDER = (
    "Article",
    "Author",
    "Section",
    "Tag",
    "Source",
    "Capture",
    "ImportRun",
    "ImportItem",
    "Redirect",
)


class Suggestions(AutocompleteJsonView):
    """What is offered while somebody types."""

    def get_queryset(self) -> QuerySet[Any]:
        found = super().get_queryset()
        # who was merged signs nothing any more
        return found.filter(merged_into=None) if found.model is Author else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """A tag is chosen by its word, so that a new word can stand beside it."""
        if isinstance(obj, Tag):
            return {"id": str(obj), "text": str(obj)}
        return super().serialize_result(obj, to_field_name)


class Desk(admin.AdminSite):
    """The editors' side of the house."""

    index_title = _("What needs you now")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False  # lists and captures need its room; the desks stand in the header

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # what is deleted here is deleted one by one, if at all
        self.disable_action("delete_selected")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **super().each_context(request),
            "site_title": settings.SITE_NAME,
            "site_header": settings.SITE_NAME,
        }

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        waiting: dict[str, Any] = {}
        if request.user.has_perm("corpusapp.view_article"):
            waiting = {"waiting": what_waits(), "own_drafts": own_drafts(request)}
        if request.user.has_perm("corpusapp.view_importrun"):
            waiting["runs"] = latest_runs()
        return super().index(request, {**waiting, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_place)
        return sorted(apps, key=lambda app: app["app_label"] != "corpusapp")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return Suggestions.as_view(admin_site=self)(request)


def _place(entry: dict[str, Any]) -> int:
    name = entry["object_name"]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
