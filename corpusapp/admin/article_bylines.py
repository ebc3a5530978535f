"""Who signs an article: rows on its page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpusapp.admin.desk import DeskInline, DeskRows, RowForm
from corpusapp.admin.rights import may_change
from corpusapp.models import Article, Byline


class BylineForm(RowForm):
    belongs_to = "article"


class BylineRows(DeskRows):
    """Nobody signs twice in one role."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, Any]] = set()
        for form in self.forms:
            if not form.is_valid() or self._should_delete_form(form):  # type: ignore[attr-defined]
                continue
            signature = (form.cleaned_data.get("author"), form.cleaned_data.get("role"))
            if signature[0] is None:
                continue
            if signature in seen:
                form.add_error("author", _("This author signs the article twice in the same role."))
            seen.add(signature)

    def save(self, commit: bool = True) -> Any:
        # rows are written one after the other: two authors that change places must not meet
        for form in self.initial_forms:
            if form.has_changed():
                Byline.objects.filter(pk=form.instance.pk).update(role=f"~{form.instance.pk}"[:12])
        return super().save(commit)


class BylineInline(DeskInline):
    model = Byline
    form = BylineForm
    formset = BylineRows
    template = "admin/corpusapp/article/bylines.html"
    fields = ("position", "author", "role", "name", "post")
    autocomplete_fields = ("author",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _may_sign(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_sign(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_sign(request, obj)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """An empty row where nobody signs yet; "Add another" brings more."""
        return 0 if obj and obj.bylines.exists() else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author")


def _may_sign(request: HttpRequest, article: Article | None) -> bool:
    return article is None or may_change(request, article)
