"""What every desk has in common: tidy text, lists that take any question calmly, no hard deletion."""

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import (
    BaseModelAdmin,
    IncorrectLookupParameters,
    InlineModelAdmin,
)
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AutocompleteSelect,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import DataError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from corpusapp.admin.trailed import Trailed
from corpusapp.editing.naming import rename_slug
from corpusapp.text.folding import clean
from corpusapp.text.languages import canonical

_LINE_BREAKS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(" {2,}")
_ROW_ID = re.compile(r"[0-9]{1,18}")  # fits 64 bits
_LONGEST_NAME = 120  # characters of a title in a message
_LINKED = re.compile(rf">([^<]{{{_LONGEST_NAME + 1},}})<")
_QUOTED = re.compile(rf"([“「])(.{{{_LONGEST_NAME + 1},}})([”」])", re.DOTALL)


def row_ids(given: Sequence[str]) -> list[int]:
    """Those of `given` that can be the id of a row at all."""
    return [int(value) for value in given if _ROW_ID.fullmatch(value)]


def posted_line(request: HttpRequest, name: str) -> str:
    """What was typed into one line outside a form of Django's, tidied as `CleanLine` is."""
    return " ".join(clean(request.POST.get(name, "")).split())


class CleanText(forms.CharField):
    """Text without what cannot be seen; line ends as they are stored, or every save would look like a change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        # trimmed once more: at the ends, too, something may have stood that cannot be seen
        return clean(text).strip() if text else text


class CleanLine(CleanText):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return _SPACES.sub(" ", _LINE_BREAKS.sub(" ", text)) if text else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """What was stored before lines were tidied so is no change of who has not touched it."""
        return super().has_changed(self.to_python(initial), data)


class LanguageTag(CleanLine):
    """A language as this product writes it, however it was written; what names none we know is refused."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not (text := canonical(text)):
            raise ValidationError(_("Write it as en, de, zh-Hans or zh-Hant."))
        return text


_LANGUAGE_FIELDS = {"language", "name_language"}
TIDY: dict[type[Any], dict[str, Any]] = {
    models.TextField: {"form_class": CleanText},
    models.CharField: {"form_class": CleanLine},
    models.SlugField: {"form_class": forms.SlugField},
    models.URLField: {"form_class": forms.URLField, "assume_scheme": "https"},
}


class KnownRow(AutocompleteSelect):
    """Shows again what was chosen; a number no row can have would be an error of the database."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        return super().optgroups(name, [pk for pk in value if row_ids([str(pk)])], attr)


class KnownRows(forms.ModelMultipleChoiceField):
    """Refuses what cannot be the id of a row before the database is asked."""

    def clean(self, value: Any) -> Any:
        given = [str(pk) for pk in value or ()]
        if len(row_ids(given)) != len(given):
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": ", ".join(given)[:100]},
            )
        return super().clean(value)


class DeskFields(BaseModelAdmin):
    """Mixed into desks and into the rows inside them."""

    formfield_overrides = TIDY

    class Media:
        js = ("corpusapp/desk.js",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A name for every input, also where the page has only a column's heading."""
        if db_field.name in _LANGUAGE_FIELDS:
            kwargs.setdefault("form_class", LanguageTag)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # deleting an author in passing, from a byline, is nobody's wish
            field.widget.can_delete_related = field.widget.can_view_related = False
        if isinstance(self, InlineModelAdmin):
            inner = getattr(field.widget, "widget", field.widget)
            inner.attrs["aria-label"] = field.label
        if isinstance(field.widget, AdminSplitDateTime):
            for part, name in zip(field.widget.widgets, (_("Date"), _("Time")), strict=True):
                part.attrs["aria-label"] = f"{field.label}: {name}"
        return field

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = KnownRow(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RowForm(forms.ModelForm):
    """A row whose promises to its neighbours the set of rows sees to.

    Asked one by one, and of the database as it was, two rows could never change places.
    """

    belongs_to = ""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {self.belongs_to}


class DeskRows(forms.BaseInlineFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete?")


class DeskInline(DeskFields, admin.TabularInline):
    formset = DeskRows
    extra = 0


_SHOWN = 80  # characters of a value that is none


class DeskList(ChangeList):
    """A list that answers a question no column can hold (an id beyond 64 bits) like any wrong one."""

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """What was asked of a filter and is none of its choices, with the filter's title."""
        asked = [(str(one.title), getattr(one, "unknown", "")) for one in self.filter_specs]
        return [(title, value[:_SHOWN]) for title, value in asked if value]

    def get_results(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except (OverflowError, DataError, ValueError) as error:
            raise IncorrectLookupParameters from error


class NamedForWhatItShows(admin.ModelAdmin):
    """Titled "Articles" and "Article"; Django says "Select article to change" and "Change article"."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What it is called stands below; one that is to be added has no name yet."""
        title = {} if object_id is None else {"title": capfirst(self.opts.verbose_name)}
        context = {**title, **(extra_context or {})}
        answer: HttpResponse = super().changeform_view(request, object_id, form_url, context)
        return answer


def shortened(message: Any) -> Any:
    """A message with what it names between quotes or in a link cut to `_LONGEST_NAME` characters."""
    if isinstance(message, SafeString):  # HTML of our own and Django's making
        cut = _LINKED.sub(lambda found: f">{escape(cut_name(unescape(found[1])))}<", message)
        return SafeString(cut)
    return _QUOTED.sub(lambda found: f"{found[1]}{cut_name(found[2])}{found[3]}", str(message))


def cut_name(name: str) -> str:
    """A name as a message has it: some titles are a whole text."""
    return Truncator(name).chars(_LONGEST_NAME)


class DeskAdmin(NamedForWhatItShows, DeskFields, Trailed):
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    questions: tuple[str, ...] = ()
    """Parameters of the list besides those of its filters; anything else is refused.

    Django alone would let `?body__regex=` run any pattern over every body.
    """

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        super().message_user(request, shortened(message), *args, **kwargs)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """None for what is not plainly a number: Python would read "1_2" as 12."""
        if from_field is None and not row_ids([object_id]):
            return None
        return super().get_object(request, object_id, from_field)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in self.questions or any(
            lookup == getattr(part, "parameter_name", None) for part in self.list_filter
        )

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any, **named: Any
    ) -> HttpResponse | None:
        posted = request.POST.copy()
        chosen = row_ids(posted.getlist(ACTION_CHECKBOX_NAME))
        posted.setlist(ACTION_CHECKBOX_NAME, [str(pk) for pk in chosen])
        request.POST = posted  # type: ignore[assignment]
        return super().response_action(request, queryset, *where, **named)


class Addressed(admin.ModelAdmin):
    """Rows that readers reach under their slug: where a renamed one stood, a redirect stays."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        old = form.initial.get("slug", "")
        if change and old != obj.slug:
            rename_slug(obj, old)


class Kept:
    """Rows nobody deletes at the desk: articles go to the bin, the ledger and the captures stay."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(Kept):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
