from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import Addressed, DeskAdmin, DeskInline, DeskRows, RowForm
from corpusapp.admin.merging_names import MergePages
from corpusapp.admin.names import AddressedForm
from corpusapp.admin.new_names import IsNew, NewNamePages
from corpusapp.admin.none_overwritten import NoneOverwritten
from corpusapp.admin.rights import NamesOfAll
from corpusapp.editing.namesakes import learn_author_names
from corpusapp.models import Author, AuthorName, Byline
from corpusapp.text.names import split_name


class AuthorForm(AddressedForm):
    """Left empty, the sort name follows from the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sort_name" in self.fields:
            self.fields["sort_name"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.merged_into_id:
            raise ValidationError(_("Nothing was saved: this name is part of another one now."))
        return cleaned

    def clean_sort_name(self) -> str:
        given: str = self.cleaned_data.get("sort_name") or ""
        name: str = self.cleaned_data.get("name") or ""
        return given or split_name(name).sort_name or name


class AuthorNameForm(RowForm):
    belongs_to = "author"


class AuthorNameRows(DeskRows):
    """One main name in each language."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            if not form.is_valid() or self._should_delete_form(form):  # type: ignore[attr-defined]
                continue
            language = form.cleaned_data.get("language", "")
            if not form.cleaned_data.get("text") or not form.cleaned_data.get("is_main"):
                continue
            if language in seen:
                form.add_error("language", _("An author has one main name in each language."))
            seen.add(language)

    def save(self, commit: bool = True) -> Any:
        # rows are written one after the other: two that change places must not meet on the way
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        AuthorName.objects.filter(pk__in=changed).update(is_main=False)
        return super().save(commit)


class AuthorNameInline(DeskInline):
    model = AuthorName
    form = AuthorNameForm
    formset = AuthorNameRows
    fields = ("text", "language", "is_main")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The first names come with a new author; more are for who may change the author."""
        if not super().has_add_permission(request, obj):
            return False
        return obj is None or request.user.has_perm("corpusapp.change_author")


@admin.register(Author)
class AuthorDesk(NamesOfAll, NewNamePages, MergePages, Addressed, NoneOverwritten, DeskAdmin):
    form = AuthorForm
    change_form_template = "admin/corpusapp/merge_link.html"
    inlines = (AuthorNameInline,)
    change_list_template = "admin/corpusapp/author/change_list.html"
    list_display = ("name_shown", "sort_name", "articles")
    list_filter = (IsNew,)
    search_fields = ("name", "sort_name", "names__text")
    search_help_text = gettext_lazy("Any name, in any script")
    autocomplete_fields = ("portrait",)
    ordering = ("sort_name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "sort_name", "slug")}),
        (
            gettext_lazy("The name and its parts"),
            {"fields": ("family_name", "given_name", "name_order")},
        ),
        (
            gettext_lazy("About the author"),
            {
                "fields": (
                    "portrait",
                    "link",
                    "biography_en",
                    "biography_zh_hans",
                    "biography_zh_hant",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        signed = (
            Byline.objects.filter(author=OuterRef("pk"), article__binned_at=None)
            .order_by()
            .values("author")
            .annotate(articles=Count("article", distinct=True))
            .values("articles")
        )
        rows: QuerySet[Any] = (
            super().get_queryset(request).annotate(signed=Coalesce(Subquery(signed), 0))
        )
        return rows

    @admin.display(description=gettext_lazy("name"))
    def name_shown(self, author: Author) -> str:
        return str(author.name)

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, author: Any) -> str:
        here = reverse("admin:corpusapp_article_changelist", query={"bylines__author": author.pk})
        return format_html('<a href="{}">{}</a>', here, author.signed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only who signed nothing, and was nobody else, can go."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.bylines.exists() or obj.merged.exists())

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        author: Author = form.instance
        if not author.names.exists():
            author.names.create(text=author.name)
        if shared := learn_author_names(author):
            text = _(
                "Another author already has the name %(names)s. Imports keep to that one; "
                "what this author signs is for you to say."
            )
            self.message_user(request, text % {"names": ", ".join(shared)}, messages.WARNING)
