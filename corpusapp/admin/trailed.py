"""What is done at a desk is written into the trail, beside the log that Django keeps for itself."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from corpusapp.editing.trail import note
from corpusapp.models import Act

_LONGEST = 5000  # characters of a value that the trail keeps
_SECRET = "password"  # noqa: S105 - names fields that the trail does not tell

Told = dict[str, list[Any]]  # {field: [what stood there, what stands there now]}


class Trailed(admin.ModelAdmin):
    """Mixed into every desk. Deeds that write the trail themselves are logged by `log_deed`."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        noted: Any = request
        noted.told_changes = {} if add else changes_in(form)
        noted.told_rows = [] if add else list(rows_in(formsets))
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        note(Act.ADDED, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if isinstance(message, list):
            self.note_form(request, obj)
        elif message:
            note(Act.CHANGED, obj, details={"said": str(message)})
        return super().log_change(request, obj, message)

    def note_form(self, request: HttpRequest, obj: Any) -> None:
        """Of each field that a form changed, what stood there and what stands there now."""
        noted: Any = request
        changes, rows = noted.told_changes, noted.told_rows
        if changes or rows:
            note(Act.CHANGED, obj, details={"changes": changes} | ({"rows": rows} if rows else {}))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for gone in queryset:
            note(Act.DELETED, gone)
        return super().log_deletions(request, queryset)

    def log_deed(self, request: HttpRequest, obj: Any, message: str) -> None:
        """Into Django's log alone, by which the desk knows who began an article, and who last saved it."""
        super().log_change(request, obj, message)

    def log_begun(self, request: HttpRequest, obj: Any) -> None:
        """The same for what a deed has made: Django's log alone knows whose beginning it is."""
        super().log_addition(request, obj, [{"added": {}}])


def changes_in(form: Any) -> Told:
    """Of what a saved form changed, in JSON; of a secret only that it changed."""
    told: Told = {}
    for name in form.changed_data:
        if _SECRET in name:
            told[name] = [None, None]
            continue
        field = form.fields[name]
        before = _plain(field, form.initial.get(name, field.initial))
        told[name] = [before, _plain(field, form.cleaned_data.get(name))]
    return told


def rows_in(formsets: Any) -> Iterator[dict[str, Any]]:
    """The same of the rows below it: those that came, went, or were changed.

    A form without any comes with None: Django's, that sets a password.
    """
    for formset in formsets or ():
        kind = formset.model._meta.model_name  # noqa: SLF001 - Django's documented name
        for row in formset.new_objects:
            yield {"row": kind, "came": str(row)}
        for row in formset.deleted_objects:
            yield {"row": kind, "went": str(row)}
        changed = {row.pk for row, _names in formset.changed_objects}
        for form in formset.initial_forms:
            if form.instance.pk in changed:
                yield {"row": kind, "called": str(form.instance), "changes": changes_in(form)}


def _plain(field: Any, value: Any) -> Any:
    """A value of a form: text, a number or a truth; rows by what they are called."""
    queryset = getattr(field, "queryset", None)
    if queryset is not None and value not in (None, ""):
        many = value if isinstance(value, (list, tuple, QuerySet)) else [value]
        keys = [one.pk if isinstance(one, Model) else one for one in many]
        rows = queryset.model._default_manager.filter(pk__in=keys)  # noqa: SLF001
        value = ", ".join(sorted(map(str, rows)))
    match value:
        case None | bool() | int():
            return value
        case date() | datetime():
            return value.isoformat()
        case list() | tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)[:_LONGEST]
