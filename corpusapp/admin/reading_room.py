"""What readers are shown beside the articles themselves: series, the publication's own words."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import Addressed, DeskAdmin, Kept
from corpusapp.admin.names import AddressedForm
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import ForAllSections
from corpusapp.models import Publication, Series


class SeriesForm(AddressedForm):
    pass


@admin.register(Series)
class SeriesDesk(ForAllSections, Addressed, NoneOverwritten, DeskAdmin):
    form = SeriesForm
    list_display = ("name", "label_en", "label_zh_hans", "label_zh_hant")
    search_fields = ("name", "label_en", "label_zh_hans", "label_zh_hant")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "name_language", "slug")}),
        (gettext_lazy("Labels"), {"fields": ("label_en", "label_zh_hans", "label_zh_hant")}),
        (
            gettext_lazy("A sentence for the top of its page"),
            {"fields": ("description_en", "description_zh_hans", "description_zh_hant")},
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only an empty one can go."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not obj.articles.exists()

    def save_model(self, request: HttpRequest, obj: Series, form: Any, change: bool) -> None:
        super().save_model(request, obj.with_label_from_name(), form, change)


@admin.register(Publication)
class PublicationDesk(ForAllSections, Kept, NoneOverwritten, DeskAdmin):
    """One row, so the list is its page."""

    fieldsets = (
        (None, {"fields": ("show_reads",)}),
        (
            gettext_lazy("The page “About”; empty: the words that come with the product"),
            {"fields": ("about_en", "about_zh_hans", "about_zh_hant")},
        ),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:corpusapp_publication_change", args=[1]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        return Publication.current() if object_id == "1" else None
