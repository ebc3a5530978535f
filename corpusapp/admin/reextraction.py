"""Read captures again, a portion at a time: each page shows what its button then does."""

import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_rights import may_reextract
from corpusapp.admin.doubt_words import Words, field_words, words_for
from corpusapp.admin.reason_words import reason_words
from corpusapp.editing.telling import readable
from corpusapp.importing.diffing import DiffLine, diff
from corpusapp.importing.errors import ImportingError
from corpusapp.importing.fields import FIELDS
from corpusapp.models import Capture, Outcome, Source

if TYPE_CHECKING:
    from corpusapp.importing.reextracting import Choice, Reextraction, Reread

_PORTION = 50  # captures read between two looks at the clock
_CHANGES = 20  # articles shown on a page, about
_SECONDS = 1.0  # of reading per page


def _engine() -> Any:
    """Loaded when somebody asks: it brings the whole of extraction along."""
    from corpusapp.importing import reextracting  # noqa: PLC0415 - most workers never need it

    return reextracting


def _version_now() -> str:
    from corpusapp.extraction.pipeline import EXTRACTOR_VERSION  # noqa: PLC0415 - as above

    return EXTRACTOR_VERSION


class ChoiceForm(forms.Form):
    field = forms.MultipleChoiceField(
        label=gettext_lazy("Only these fields"),
        required=False,
        choices=[(name, capfirst(str(name))) for name in FIELDS],
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("None chosen: all fields."),
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        required=False,
        queryset=Source.objects.order_by("name"),
        empty_label=gettext_lazy("Any"),
    )
    rule = forms.CharField(
        label=gettext_lazy("Found by the rule"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("As it stands beside the article: its name."),
    )
    below = forms.FloatField(
        label=gettext_lazy("Less sure than"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=gettext_lazy("From 0 to 1, as 0.8."),
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    extractor = forms.ChoiceField(label=gettext_lazy("Read by version"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["field"].choices = [(name, capfirst(str(field_words(name)))) for name in FIELDS]
        versions = Capture.objects.order_by("extractor").values_list("extractor", flat=True)
        fields["extractor"].choices = [
            ("", _("Any")),
            *((one, _version(one)) for one in versions.distinct()),
        ]

    def choice(self) -> "Choice":
        asked = self.cleaned_data
        chosen: Choice = _engine().Choice(
            rules=(asked["rule"],) if asked["rule"] else (),
            fields=tuple(asked["field"]),
            source=asked["source"].name if asked["source"] else "",
            below=asked["below"],
            extractor=asked["extractor"],
        )
        return chosen


def _version(version: str) -> str:
    return (
        _("%(version)s (this one)") % {"version": version} if version == _version_now() else version
    )


@dataclass(slots=True)
class Portion:
    """The captures after `start` that one page looks at, and what would change of them."""

    start: int
    read: int = 0  # captures
    last: int = 0  # the last of them
    is_over: bool = False
    results: "list[Reread]" = field(default_factory=list)

    @property
    def changed(self) -> "list[Reread]":
        return [one for one in self.results if one.outcome == Outcome.UPDATED]

    @property
    def fingerprint(self) -> str:
        """Two portions with the same one do the same."""
        told = repr([(one.article, one.changes, one.doubts) for one in self.changed])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ShownChange:
    result: "Reread"
    fields: list[tuple[Words, list[DiffLine]]]
    gone: list[Words]  # doubts
    come: list[Words]
    kept: list[Words]


class ReextractionPages(admin.ModelAdmin):
    """Mixed into the desk of runs."""

    def get_urls(self) -> list[URLPattern]:
        reextract = path(
            "reextract/",
            self.admin_site.admin_view(self.reextract_view),
            name="corpusapp_importrun_reextract",
        )
        return [reextract, *super().get_urls()]

    def reextract_view(self, request: HttpRequest) -> HttpResponse:
        if not may_reextract(request):
            raise PermissionDenied
        is_asked = "look" in request.GET
        form = ChoiceForm(request.GET if is_asked else None)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Read captures again"),
            "form": form,
            "version": _version_now(),
            "media": self.media,
        }
        if is_asked and form.is_valid():
            try:
                portion = _looked_through(form.choice(), _number(request.GET.get("after")))
                if request.method == "POST":
                    return self._do(request, form.choice(), portion)
            except ImportingError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                context |= self._shown(request, portion)
        return TemplateResponse(request, "admin/corpusapp/importrun/reextract.html", context)

    def _shown(self, request: HttpRequest, portion: Portion) -> dict[str, Any]:
        asked = request.GET.copy()
        asked["after"] = str(portion.last)
        return {
            "portion": portion,
            "changes": [_shown_change(one) for one in portion.results if one.changes or _said(one)],
            "refused": [
                (one.path, reason_words(one.refusal))
                for one in portion.results
                if one.outcome == Outcome.REFUSED
            ],
            "next": "" if portion.is_over else "?" + asked.urlencode(),
        }

    def _do(self, request: HttpRequest, choice: "Choice", portion: Portion) -> HttpResponse:
        """Exactly what the page has shown, or nothing."""
        if request.POST.get("fingerprint") != portion.fingerprint:
            text = _("Something has changed since you looked, so nothing was done. Look again.")
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        user: Any = request.user
        running: Reextraction = _engine().Reextraction(
            choice, user, after=portion.start, most=portion.read
        )
        changed = sum(one.outcome == Outcome.UPDATED for one in running)
        text = ngettext("Changed %(count)s article.", "Changed %(count)s articles.", changed) % {
            "count": number_format(changed, force_grouping=True)
        }
        self.message_user(request, text, messages.SUCCESS)
        if running.is_over or portion.is_over:
            here = reverse("admin:corpusapp_importrun_changelist")
            if running.run:
                here = reverse("admin:corpusapp_importrun_change", args=[running.run])
            return HttpResponseRedirect(here)
        asked = request.GET.copy()
        asked["after"] = str(portion.last)
        return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")


def _number(raw: str | None) -> int:
    """The capture a page begins after; the first page for what is no number."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 19 else 0  # noqa: PLR2004


def _looked_through(choice: "Choice", start: int) -> Portion:
    """Rehearse until a page is full, or a second is over."""
    portion = Portion(start, last=start)
    end = time.monotonic() + _SECONDS
    while not portion.is_over and len(portion.changed) < _CHANGES and time.monotonic() < end:
        rehearsal: Reextraction = _engine().Reextraction(
            choice, dry_run=True, after=portion.last, most=_PORTION
        )
        results = list(rehearsal)
        portion.results += results
        portion.read += len(results)
        portion.last, portion.is_over = rehearsal.looked_at, rehearsal.is_over
    return portion


def _said(one: "Reread") -> bool:
    return bool(one.doubts[0] or one.doubts[1] or one.kept)


def _shown_change(one: "Reread") -> ShownChange:
    gone, come = one.doubts
    return ShownChange(
        one,
        [
            (
                field_words(change.field),
                diff(readable(change.field, change.before), readable(change.field, change.after)),
            )
            for change in one.changes
        ],
        [_doubt(told) for told in gone],
        [_doubt(told) for told in come],
        [field_words(name) for name in one.kept],
    )


def _doubt(told: str) -> Words:
    return words_for(told.partition(": ")[2]).sentence
