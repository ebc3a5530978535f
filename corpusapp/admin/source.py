from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin, DeskInline
from corpusapp.admin.names import KeyedForm, KeyedFormSet
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import ForAllSections
from corpusapp.admin.unread_captures import unread_captures
from corpusapp.importing.furniture import all_read, furniture_changed
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
class SourceDesk(ForAllSections, NoneOverwritten, DeskAdmin):
    form = SourceForm
    change_form_template = "admin/corpusapp/source/change_form.html"
    inlines = (LearnedFurnitureInline,)
    list_display = ("name", "address", "language", "shows_captured")
    search_fields = ("name", "address")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "address", "language")}),
        (gettext_lazy("Rights"), {"fields": ("rights", "shows_captured")}),
    )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = context.get("original")
        if source and self.has_change_permission(request, source):
            context["unread"] = unread_captures(request, source)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if any(one.has_changed() for one in formsets if one.model is LearnedFurniture):
            furniture_changed(form.instance.pk)

    def response_change(self, request: HttpRequest, obj: Source) -> HttpResponse:
        if "_leave_unread" not in request.POST:
            return super().response_change(request, obj)
        all_read(timezone.now(), obj.key)
        text = _("Its captures stay as they were read.")
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nothing came from can go."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.articles.exists() or obj.captures.exists())
