from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import Addressed, DeskAdmin, DeskInline
from corpusapp.admin.merging_names import MergePages
from corpusapp.admin.names import AddressedForm, KeyedForm, KeyedFormSet
from corpusapp.admin.new_sections import IsNewSection, NewSections
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import ForAllSections, own_sections
from corpusapp.editing.naming import label_key, learn_section_names
from corpusapp.models import Article, Section, SectionName


class SectionForm(AddressedForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        known = SectionName.objects.filter(key=label_key(name)).exclude(section=self.instance.pk)
        if known.exists():
            raise ValidationError(_("Another section is already known by this name."))
        return name


class SectionNameForm(KeyedForm):
    pass


class SectionNameInline(DeskInline):
    model = SectionName
    form = SectionNameForm
    formset = KeyedFormSet
    fields = ("text",)


@admin.register(Section)
class SectionDesk(NewSections, ForAllSections, MergePages, Addressed, NoneOverwritten, DeskAdmin):
    form = SectionForm
    change_form_template = "admin/corpusapp/merge_link.html"
    inlines = (SectionNameInline,)
    autocomplete_fields = ("editors",)
    list_display = ("name", "label_en", "label_zh_hans", "label_zh_hant", "position", "articles")
    search_fields = ("name", "label_en", "label_zh_hans", "label_zh_hant", "names__text")
    list_filter = (IsNewSection,)
    ordering = ("position", "name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "name_language", "slug", "position")}),
        (gettext_lazy("Labels"), {"fields": ("label_en", "label_zh_hans", "label_zh_hant")}),
        (
            gettext_lazy("A sentence for the top of its page"),
            {"fields": ("description_en", "description_zh_hans", "description_zh_hant")},
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose the section is, says who gives rights."""
        shown = super().get_fieldsets(request, obj)
        if not request.user.has_perm("auth.change_user"):
            return shown
        return (*shown, (gettext_lazy("Rights"), {"fields": ("editors",)}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        standing = (
            Article.objects.filter(section=OuterRef("pk"), binned_at=None)
            .order_by()
            .values("section")
            .annotate(articles=Count("pk"))
            .values("articles")
        )
        rows: QuerySet[Any] = (
            super().get_queryset(request).annotate(standing=Coalesce(Subquery(standing), 0))
        )
        return rows

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, section: Any) -> str:
        here = reverse("admin:corpusapp_article_changelist", query={"section": section.slug})
        return format_html('<a href="{}">{}</a>', here, section.standing)

    def is_theirs(self, request: HttpRequest, obj: Any = None) -> bool:
        """An editor of some sections names these, and no others."""
        sections = own_sections(request)
        return obj is None or sections is None or obj.pk in sections

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only an empty one can go; what is in the bin counts."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not obj.articles.exists()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Whom this section alone limits would be the editor of all without it: first they get another."""
        section = self.get_object(request, object_id)
        if section and self.has_delete_permission(request, section):
            elsewhere = Section.editors.through.objects.exclude(section=section.pk)
            held = section.editors.exclude(pk__in=elsewhere.values("user"))
            limited = [user for user in held if not user.has_perm("auth.change_user")]
            if names := ", ".join(sorted(user.get_username() for user in limited)):
                text = _(
                    "This section stays: without it, %(names)s would be an editor of all sections. "
                    "First give them another one."
                )
                self.message_user(request, text % {"names": names}, messages.ERROR)
                here = reverse("admin:corpusapp_section_change", args=[section.pk])
                return HttpResponseRedirect(here)
        return super().delete_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Section, form: Any, change: bool) -> None:
        obj.is_new = False  # somebody has looked
        super().save_model(request, obj.with_label_from_name(), form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        learn_section_names(form.instance)
