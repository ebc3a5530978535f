"""Corrections and retractions: recorded at an article with a look at where they show, listed, changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from corpusapp.admin.desk import CleanText, DeskAdmin
from corpusapp.admin.rights import may_change
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.correcting import record, take_back
from corpusapp.models import Amends, Article, Correction, Shelf
from corpusapp.models.article_columns import shelves_of

ADD = "corpusapp.add_correction"


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers will find it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as the article's page has it, in that page's words."""

    heading: str
    text: str
    language: str
    is_retraction: bool
    places: list[Place]
    is_public: bool


class CorrectionForm(forms.ModelForm):
    made_on = forms.DateField(
        label=gettext_lazy("Date"), initial=timezone.localdate, widget=AdminDateWidget
    )
    text = CleanText(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What was wrong and what is right, in the article’s language."),
    )

    class Meta:
        model = Correction
        fields = ("kind", "made_on", "text")
        widgets = {"kind": forms.RadioSelect}

    def clean_made_on(self) -> date:
        day: date = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Readers are told of what was done, not of what will be."))
        return day

    def _get_validation_exclusions(self) -> set[str]:
        # no field of the form, but "one retraction for each article" speaks of it
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"article"}


class CorrectionPages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        corrections = path(
            "<path:object_id>/corrections/",
            self.admin_site.admin_view(self.corrections_view),
            name="corpusapp_article_corrections",
        )
        return [corrections, *super().get_urls()]

    def corrections_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        may = may_correct(request, article)
        if request.method == "POST" and not may:
            raise PermissionDenied
        form = CorrectionForm(request.POST or None, instance=Correction(article=article))
        shown = None
        if request.method == "POST" and form.is_valid():
            if "_record" in request.POST:
                return self._record(request, form.save(commit=False))
            shown = shown_to_readers(form.instance)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Corrections"),
            "subtitle": str(article),
            "article": article,
            "form": form if may else None,
            "shown": shown,
            "corrections": list(article.corrections.all()),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/corrections.html", context)

    def _record(self, request: HttpRequest, correction: Correction) -> HttpResponse:
        try:
            record(correction)
        except IntegrityError:  # somebody was quicker
            text = _("This article is retracted already.")
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(request.path)
        self.log_deed(request, correction.article, str(correction.get_kind_display()))
        text = _("Recorded. Readers see it from now on.")
        if not correction.article.is_public():
            text = _("Recorded. Readers see it as soon as they see the article.")
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(request.path)


def may_correct(request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm(ADD) and may_change(request, article)


def shown_to_readers(correction: Correction) -> Shown:
    """How it will read on the article's page, and where else it will stand."""
    article = correction.article
    is_retraction = correction.kind == Amends.RETRACTION
    with override(article.shelf):
        day = dateformat.format(correction.made_on, pgettext("format of a day", "j F Y"))
        words = _("Retraction, %(day)s:") if is_retraction else _("Correction, %(day)s:")
        heading = words % {"day": day}
    return Shown(
        heading,
        correction.text,
        article.language,
        is_retraction,
        list(_places(article)),
        article.is_public(),
    )


def _places(article: Article) -> Any:
    for shelf in shelves_of(article):
        name = Shelf(shelf).label
        with override(shelf):
            addresses = {
                "article": reverse("public:article", args=[article.public_id, article.slug]),
                "corrections": reverse("public:corrections"),
                "feed": reverse("public:feed_atom"),
            }
        yield Place(_("the article, %(language)s") % {"language": name}, addresses["article"])
        yield Place(
            _("the page of corrections, %(language)s") % {"language": name},
            addresses["corrections"],
        )
        yield Place(
            _("the feeds, for a month at least, %(language)s") % {"language": name},
            addresses["feed"],
        )
    yield Place(_("the API"), f"/api/v1/articles/{article.public_id}")


@admin.register(Correction)
class CorrectionDesk(DeskAdmin):
    """What readers are told, all of it; a new one begins at its article."""

    form = CorrectionForm
    list_display = ("article", "kind", "made_on", "text")
    list_select_related = ("article",)
    list_filter = ("kind",)
    questions = ("kind__exact",)
    search_fields = ("article__title", "text")
    search_help_text = gettext_lazy(
        "A new one begins on the page of its article, under “Corrections”."
    )
    ordering = ("-made_on", "-pk")
    fields = ("of", "kind", "made_on", "text")
    readonly_fields = ("of",)
    actions = None  # each is taken back on its own, and the trail says so

    @admin.display(description=gettext_lazy("article"))
    def of(self, correction: Correction) -> str:
        article = correction.article
        here = reverse("admin:corpusapp_article_corrections", args=[article.pk])
        return format_html('<a href="{}" lang="{}">{}</a>', here, article.language, article)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        found: QuerySet[Correction] = super().get_queryset(request)
        return found.defer("article__body", "article__rendered")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change(request, obj.article))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or may_change(request, obj.article))

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        if form.changed_data:
            record(obj)

    def delete_model(self, request: HttpRequest, obj: Correction) -> None:
        take_back(obj)

    # the deeds have written the trail, under the article

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self.log_deed(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return admin.ModelAdmin.log_deletions(self, request, queryset)
