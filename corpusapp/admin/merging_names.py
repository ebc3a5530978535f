"""Merge authors, sections and tags at the desk: what will change is shown first, and can be undone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import CleanLine, row_ids
from corpusapp.admin.doubt_words import Words
from corpusapp.admin.gone_rows import stems
from corpusapp.admin.rights import is_limited
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.likenesses import Likeness, Proposal, proposals
from corpusapp.editing.merging_names import (
    KIND,
    CannotMergeError,
    CannotPartError,
    effect,
    merge,
    part,
    part_of,
)
from corpusapp.models import Author, Merging

MERGE = "corpusapp.merge_names"
_LIKENESS: dict[Likeness, Words] = {
    Likeness.ORDER: gettext_lazy("the same name, its parts in another order or spelling"),
    Likeness.INITIALS: gettext_lazy("one of them with initials"),
    Likeness.SCRIPT: gettext_lazy("one in Chinese, the other as it is read"),
}
NEW_NAMES = "new"  # where to go on after merging one: to the next new name
_SAVING = ("show_save", "show_save_and_continue", "show_save_and_add_another")
_OFFERED = 10
_SHOWN = 20  # earlier mergings


def may_merge(request: HttpRequest) -> bool:
    return request.user.has_perm(MERGE) and not is_limited(request)


def words_of(likeness: Likeness) -> Words:
    return _LIKENESS[likeness]


def offered_merges(author: Author, found: Iterable[Proposal]) -> list[tuple[Proposal, Words, str]]:
    """Whom a new name may be: who, why, and where to merge the two."""
    here = reverse("admin:corpusapp_author_merge", args=[author.pk])
    return [(one, words_of(one.likeness), f"{here}?into={one.author.pk}") for one in found]


class NameChoice(forms.ModelChoiceField):
    """Chosen by its exact name, its slug or its id: no list of thousands has to be loaded."""

    def to_python(self, value: Any) -> Any:
        words = str(value or "").strip()
        if not words:
            return None
        queryset: Any = self.queryset
        if row_ids([words]):
            found = queryset.filter(pk=words).first()
            if found:
                return found
        found = list(queryset.filter(name__iexact=words)[:2]) or list(
            queryset.filter(slug=words)[:2]
        )
        if len(found) != 1:
            raise forms.ValidationError(
                _("There is none of that name, or more than one: write its slug."), code="invalid"
            )
        return found[0]


class MergePages(Trailed):
    """Mixed into the desks of authors, sections and tags."""

    def get_urls(self) -> list[URLPattern]:
        name = f"corpusapp_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        find = self.admin_site.admin_view(self.merge_find_view)
        return [
            path("<path:object_id>/merge/find/", find, name=f"{name}_find"),
            path("<path:object_id>/merge/", view, name=name),
            *super().get_urls(),
        ]

    def merge_find_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Whom it may be merged into, by words of a name; as JSON, by their slugs, 10 at most."""
        if not may_merge(request):
            raise PermissionDenied
        thing = self.get_object(request, object_id)
        if thing is None:
            raise Http404
        words = request.GET.get("q", "")[:200].strip()
        others, _twice = self.get_search_results(request, _others(thing), words)
        items = [{"id": one.slug, "title": str(one)} for one in others[:_OFFERED]]
        return JsonResponse({"items": items})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        thing = context.get("original")
        if thing and getattr(thing, "merged_into_id", None):
            kept = part_of(type(thing), thing.pk)
            context |= {"kept": kept, "kept_address": self._page(kept)}
            if request.method != "POST":  # what was typed can be saved once the two are parted
                context |= dict.fromkeys(_SAVING, False)
        elif thing and may_merge(request):
            context["merge_address"] = self._address(thing)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> Any:
        """Readers who come to a merged name are led to what it is part of."""
        return None if getattr(obj, "merged_into_id", None) else super().get_view_on_site_url(obj)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """A section or a tag that was merged has no row: what was typed into its form is shown again."""
        kept = part_of(self.model, next(iter(row_ids([object_id])), 0))
        if kept is None:
            answer: HttpResponse = super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]
                request, opts, object_id
            )
            return answer
        gone = Merging.objects.standing().filter(kind=KIND[self.model], gone=object_id).first()
        context = {
            **self.admin_site.each_context(request),
            "opts": opts,
            "title": str(gone or ""),
            "kept": kept,
            "kept_address": self._page(kept),
            "written": list(self._written(request)) if request.method == "POST" else None,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/merged_away.html", context)

    def _written(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        """What stood in the inputs that were posted, and their labels."""
        forms_and_stems: list[tuple[Any, str]] = [(self.get_form(request, None), "")]
        for rows, _inline in self.get_formsets_with_inlines(request, None):
            prefix = rows.get_default_prefix()
            forms_and_stems += [(rows.form, f"{stem}-") for stem in stems(request.POST, prefix)]
        for form, stem in forms_and_stems:
            for name, field in form.base_fields.items():
                if text := request.POST.get(f"{stem}{name}", "").strip():
                    yield capfirst(str(field.label or name)), text

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not may_merge(request):
            raise PermissionDenied
        thing = self.get_object(request, object_id)
        if thing is None or getattr(thing, "merged_into_id", None):
            raise Http404
        if request.method == "POST" and "_part" in request.POST:
            return self._part(request, thing)
        asked = request.POST if request.method == "POST" else request.GET
        form = _form(thing, asked if asked.get("into") else None)
        into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        back = NEW_NAMES if asked.get("back") == NEW_NAMES else ""
        if request.method == "POST" and into is not None:
            merged = self._merge(request, thing, into, form.cleaned_data["why"])
            return HttpResponseRedirect(reverse("admin:corpusapp_author_new")) if back else merged
        kind = KIND[type(thing)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge “%(name)s”") % {"name": thing},
            "thing": thing,
            "form": form,
            "into": into,
            "effect": effect(into, thing) if into else None,
            "back": back,
            "proposed": offered_merges(thing, proposals(thing))
            if isinstance(thing, Author) and not into
            else [],
            "merged": list(
                Merging.objects.standing()
                .filter(kind=kind, kept=thing.pk)
                .select_related("user")[:_SHOWN]
            ),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/merge.html", context)

    def _merge(self, request: HttpRequest, thing: Any, into: Any, why: str) -> HttpResponse:
        user: Any = request.user
        name = str(thing)
        try:
            merge(into, thing, user, why)
        except CannotMergeError:
            self.message_user(
                request, _("One of the two has been merged meanwhile."), messages.WARNING
            )
            return HttpResponseRedirect(self._list())
        text = _("“%(gone)s” is part of “%(kept)s” now. Its address leads there.")
        self.message_user(request, text % {"gone": name, "kept": into}, messages.SUCCESS)
        return HttpResponseRedirect(self._address(into))

    def _part(self, request: HttpRequest, thing: Any) -> HttpResponse:
        ids = row_ids([request.POST["_part"]])
        open_ones = Merging.objects.standing().filter(kind=KIND[type(thing)], kept=thing.pk)
        merging = open_ones.filter(pk__in=ids).first()
        try:
            if merging is None:
                raise CannotPartError  # noqa: TRY301 - told below like any other
            part(merging)
        except CannotPartError:
            text = _("That cannot be undone any more: it is undone, or its name is another’s now.")
            self.message_user(request, text, messages.WARNING)
        else:
            text = _("“%(name)s” stands on its own again.")
            self.message_user(request, text % {"name": merging.gone_name}, messages.SUCCESS)
        return HttpResponseRedirect(self._address(thing))

    def _page(self, thing: Any) -> str:
        return reverse(f"admin:corpusapp_{self.opts.model_name}_change", args=[thing.pk])

    def _address(self, thing: Any) -> str:
        return reverse(f"admin:corpusapp_{self.opts.model_name}_merge", args=[thing.pk])

    def _list(self) -> str:
        return reverse(f"admin:corpusapp_{self.opts.model_name}_changelist")


def _others(thing: Any) -> Any:
    others = type(thing).objects.exclude(pk=thing.pk)
    return others.filter(merged_into=None) if isinstance(thing, Author) else others


def _form(thing: Any, data: Any) -> Any:
    others = _others(thing)
    find = reverse(f"admin:corpusapp_{thing._meta.model_name}_merge_find", args=[thing.pk])  # noqa: SLF001 - Django's documented name

    class Form(forms.Form):
        into = NameChoice(
            queryset=others,
            label=_("Merge into"),
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "class": "vTextField", "data-suggest": find}
            ),
            help_text=_("Its name or its slug."),
        )
        why = CleanLine(label=_("Why"), required=False, max_length=500)

    return Form(data)
