"""Two people at one author, section, source, tag, series, picture or page: neither overwrites the other.

What only one of them changed goes together by itself, inputs of rows within the form too. Where both
have written in one input nothing is saved yet: the page comes again with what was typed, says what
stands there now, and the next save decides. Articles have a finer way of their own (`article_merging`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from corpusapp.admin.form_values import (
    BASE,
    fingerprint,
    read_base,
    readable,
    take,
    value_of,
    verdict_on,
)
from corpusapp.admin.gone_rows import stems, without_gone

_CLASHES = "_desk_clashes"
_SHOWN = 300  # characters of what somebody else has written


@dataclass(frozen=True, slots=True)
class _Part:
    """The main form as it stands, or that of one row within it."""

    key: str  # the same on every opening of the page
    form: Any  # unbound; with the prefix under which it was posted
    is_posted: bool = True
    row: str = ""  # in words; "" for the main form

    def names(self) -> Iterator[str]:
        """The inputs in which somebody writes."""
        for name, one in self.form.fields.items():
            is_hidden = isinstance(one.widget, forms.HiddenInput)
            if not (
                one.disabled or is_hidden or isinstance(one, forms.FileField) or name == "DELETE"
            ):
                yield name

    def prints(self) -> dict[str, str]:
        return {
            f"{self.key}{name}": fingerprint(value_of(self.form, [name], None))
            for name in self.names()
        }

    def label(self, name: str) -> str:
        words = capfirst(str(self.form.fields[name].label or name))
        return f"{self.row}: {words}" if self.row else words


@dataclass(frozen=True, slots=True)
class _Clash:
    name: str | None  # of the input in the main form
    sentence: str


class _Clashing(forms.BaseForm):
    """Mixed into the form where two have written in one input."""

    clashes: tuple[_Clash, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] | None = super().clean()
        for clash in self.clashes:
            self.add_error(clash.name, ValidationError(clash.sentence))
        return cleaned or self.cleaned_data


class NoneOverwritten(admin.ModelAdmin):
    """Mixed into a desk before `DeskAdmin`. Costs a save the query of the row and those of its rows."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or not object_id or BASE not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            thing = self.get_object(request, unquote(object_id))
            if thing is not None and self.has_change_permission(request, thing):
                # whoever saves at the same moment waits, and compares with what is saved here; an
                # import that only names the row does not
                rows = self.model._default_manager.select_for_update(no_key=True)  # noqa: SLF001
                rows.filter(pk=thing.pk).first()
                self._go_together(request, self.get_object(request, unquote(object_id)))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        if clashes := getattr(request, _CLASHES, ()):
            return type(form.__name__, (_Clashing, form), {"clashes": tuple(clashes)})
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        thing = context.get("original")
        if thing is not None and self.has_change_permission(request, thing):
            stands = self.get_object(request, str(thing.pk)) if request.method == "POST" else thing
            prints: dict[str, str] = {}
            for part in self._parts(request, stands or thing):
                prints |= part.prints()
            context["desk_base"] = json.dumps(prints)
        return super().render_change_form(request, context, *args, **kwargs)

    def _parts(self, request: HttpRequest, thing: Any) -> list[_Part]:
        """The form of a thing as it stands, and those of its rows."""
        form_class: Any = super().get_form(request, thing, change=True)
        parts = [_Part("", form_class(instance=thing))]
        for rows in self._rows(request, thing):
            where = _where_posted(request, rows.prefix, _pk_name(rows))
            for form in rows.initial_forms:
                row = form.instance
                form.prefix = where.get(str(row.pk), form.prefix)
                key = f"{rows.prefix}/{row.pk}/"
                parts.append(_Part(key, form, str(row.pk) in where, str(row)))
        return parts

    def _rows(self, request: HttpRequest, thing: Any) -> Iterator[Any]:
        """The rows within the form that somebody may change, as they stand: a formset for each kind."""
        seen: dict[str, int] = {}
        for formset_class, inline in self.get_formsets_with_inlines(request, thing):
            if not inline.has_change_permission(request, thing):
                continue
            prefix = formset_class.get_default_prefix()
            seen[prefix] = seen.get(prefix, 0) + 1
            prefix = prefix if seen[prefix] == 1 else f"{prefix}-{seen[prefix]}"
            queryset = inline.get_queryset(request)
            yield formset_class(instance=thing, prefix=prefix, queryset=queryset)

    def _without_gone(
        self, request: HttpRequest, thing: Any, posted: QueryDict, base: dict[str, str]
    ) -> tuple[list[str], list[_Clash]]:
        """Take out rows that somebody else has removed; which those were, and which one has written in."""
        left: list[str] = []
        clashes: list[_Clash] = []
        for rows in self._rows(request, thing):
            there = {str(form.instance.pk) for form in rows.initial_forms}
            kind = str(rows.model._meta.verbose_name)  # noqa: SLF001
            empty = rows.empty_form

            def is_written(stem: str, pk: str, *, rows: Any = rows, empty: Any = empty) -> bool:
                empty.prefix = stem
                part = _Part(f"{rows.prefix}/{pk}/", empty)
                return any(
                    base.get(f"{part.key}{name}") != fingerprint(value_of(empty, [name], posted))
                    for name in part.names()
                )

            for was_written in without_gone(posted, rows.prefix, _pk_name(rows), there, is_written):
                if was_written:
                    clashes.append(_Clash(None, _gone(kind)))
                else:
                    left.append(kind)
        return left, clashes

    def _go_together(self, request: HttpRequest, thing: Any) -> None:
        posted = request.POST.copy()
        base = read_base(posted.get(BASE, ""))
        kept, clashes = self._without_gone(request, thing, posted, base)
        request.POST = posted  # type: ignore[assignment]
        for part in self._parts(request, thing):
            for name in part.names() if part.is_posted else ():
                was = base.get(f"{part.key}{name}")
                if was is None:  # the page did not show it
                    continue
                ours, theirs = (value_of(part.form, [name], one) for one in (posted, None))
                verdict = verdict_on(ours, theirs, was, chosen=False)
                if verdict == "theirs":
                    kept.append(part.label(name))
                    take(posted, part.form, [name])
                elif verdict == "both":
                    clashes.append(_clash(part, name))
        setattr(request, _CLASHES, clashes)
        if kept and not getattr(thing, "merged_into_id", None):  # of which nothing is saved
            text = _("Somebody else had saved meanwhile. Theirs is kept, beside yours: %(fields)s.")
            self.message_user(request, text % {"fields": ", ".join(kept)}, messages.INFO)


def _where_posted(request: HttpRequest, prefix: str, pk_name: str) -> dict[str, str]:
    """{id of a row: the prefix of its inputs} in what was posted."""
    if request.method != "POST":
        return {}
    return {
        pk: stem
        for stem in stems(request.POST, prefix)
        if (pk := request.POST.get(f"{stem}-{pk_name}", ""))
    }


def _pk_name(rows: Any) -> str:
    return str(rows.model._meta.pk.name)  # noqa: SLF001


def _gone(kind: str) -> str:
    text = _(
        "%(kind)s: somebody else has removed a row in which you have written. It stands at the end: save again to add it anew, or tick that it goes."
    )
    return text % {"kind": capfirst(kind)}


def _clash(part: _Part, name: str) -> _Clash:
    theirs = Truncator(readable(part.form, [name])).chars(_SHOWN)
    if part.row:
        text = _(
            "%(field)s: somebody else has written “%(theirs)s” here meanwhile. Save again to put yours in its place."
        )
        return _Clash(None, text % {"field": part.label(name), "theirs": theirs})
    text = _(
        "Somebody else has written “%(theirs)s” here meanwhile. Save again to put yours in its place."
    )
    return _Clash(name, text % {"theirs": theirs})
