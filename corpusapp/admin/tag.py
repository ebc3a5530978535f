from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import Addressed, DeskAdmin, DeskInline
from corpusapp.admin.merging_names import MergePages
from corpusapp.admin.names import AddressedForm, KeyedForm, KeyedFormSet
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import NamesOfAll
from corpusapp.editing.naming import label_key, learn_tag_words
from corpusapp.editing.tagging import LONGEST_WORD
from corpusapp.models import Tag, Tagging, TagSynonym


class TagForm(AddressedForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        known = TagSynonym.objects.filter(key=label_key(name, LONGEST_WORD))
        if known.exclude(tag=self.instance.pk).exists():
            raise ValidationError(_("Another tag already goes by this word."))
        return name


class TagSynonymForm(KeyedForm):
    key_limit = LONGEST_WORD


class TagSynonymInline(DeskInline):
    model = TagSynonym
    form = TagSynonymForm
    formset = KeyedFormSet
    fields = ("text",)


@admin.register(Tag)
class TagDesk(NamesOfAll, MergePages, Addressed, NoneOverwritten, DeskAdmin):
    form = TagForm
    change_form_template = "admin/corpusapp/merge_link.html"
    inlines = (TagSynonymInline,)
    list_display = ("name", "label_en", "label_zh_hans", "label_zh_hant", "articles")
    search_fields = ("name", "label_en", "label_zh_hans", "label_zh_hant", "synonyms__text")
    ordering = ("name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "name_language", "slug")}),
        (gettext_lazy("Labels"), {"fields": ("label_en", "label_zh_hans", "label_zh_hant")}),
        (
            gettext_lazy("A sentence for the top of its page"),
            {"fields": ("description_en", "description_zh_hans", "description_zh_hant")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        used = (
            Tagging.objects.filter(tag=OuterRef("pk"), content_object__binned_at=None)
            .order_by()
            .values("tag")
            .annotate(articles=Count("pk"))
            .values("articles")
        )
        rows: QuerySet[Any] = (
            super().get_queryset(request).annotate(used=Coalesce(Subquery(used), 0))
        )
        return rows

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, tag: Any) -> str:
        here = reverse("admin:corpusapp_article_changelist", query={"taggings__tag": tag.pk})
        return format_html('<a href="{}">{}</a>', here, tag.used)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that no article has can go: the list of articles takes tags away in bulk."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not obj.taggings.exists()

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj.with_label_from_name(), form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        learn_tag_words(form.instance)
