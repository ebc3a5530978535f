from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from corpusapp.admin.bulk_under_way import under_way
from corpusapp.admin.carrying import Carried, may_be_carried, sent_on
from corpusapp.admin.unread_captures import unread_captures
from corpusapp.admin.waiting import (
    latest_runs,
    most_read,
    own_drafts,
    review_address,
    what_is_doubted,
    what_waits,
)
from corpusapp.editing.naming import label_key
from corpusapp.editing.tagging import LONGEST_WORD
from corpusapp.editing.trail import acting
from corpusapp.models import Author, Tag, TagSynonym

# In the order of the work, not of the alphabet
_ORDER = (
    "Article",
    "BulkRun",
    "PossibleDuplicate",
    "Author",
    "Section",
    "Tag",
    "Series",
    "Source",
    "Capture",
    "ImportRun",
    "ImportItem",
    "ImportRule",
    "Correction",
    "Picture",
    "Glossary",
    "Publication",
    "Redirect",
    "AuditEntry",
)


class Suggestions(AutocompleteJsonView):
    """What is offered while somebody types."""

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        if found.model is Author:
            # who was merged signs nothing any more
            return found.filter(merged_into=None)
        return _meant_first(found, self.term) if found.model is Tag else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        """A tag is chosen by its word, so that a new word can stand beside it."""
        if isinstance(obj, Tag):
            return {"id": str(obj), "text": str(obj)}
        return super().serialize_result(obj, to_field_name)


class Desk(admin.AdminSite):
    """The editors' side of the house."""

    index_title = _("What needs you now")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False  # lists and captures need its room; the desks stand in the header

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # what is deleted here is deleted one by one, if at all
        self.disable_action("delete_selected")

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The language is chosen by whoever is to sign in, too, so nobody needs to be."""
        return [path("language/", set_language, name="language"), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whatever a view does is done by who asked for it, and for the reason given: the trail says so."""

        @wraps(view)
        def acted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            user = request.user if request.user.is_authenticated else None
            with acting(user, why=lambda: request.POST.get("why", "")):
                return view(request, *args, **kwargs)

        guarded = super().admin_view(acted, cacheable)

        @wraps(view)
        def carrying(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if may_be_carried(request) and not self.has_permission(request):
                return self.sign_in_first(request, Carried.of(request))
            return guarded(request, *args, **kwargs)

        return carrying

    def sign_in_first(self, request: HttpRequest, carried: Carried) -> HttpResponse:
        """The page of signing in, which holds the form that was sent."""
        request.method = "GET"
        return self._login(request, carried)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        carried = Carried.out_of(request) if request.method == "POST" else None
        if carried is None:
            return super().login(request, extra_context)
        answer = self._login(request, carried)
        if isinstance(answer, HttpResponseRedirect) and self.has_permission(request):
            return sent_on(request, carried, signed_in_now=True)
        return answer

    def _login(self, request: HttpRequest, carried: Carried) -> HttpResponse:
        held = {
            "carried": carried,
            "app_path": reverse("admin:login"),
            REDIRECT_FIELD_NAME: carried.address,
        }
        return super().login(request, held)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **super().each_context(request),
            "site_title": settings.SITE_NAME,
            "site_header": settings.SITE_NAME,
        }

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        waiting: dict[str, Any] = {}
        if request.user.has_perm("corpusapp.view_article"):
            waiting = {
                "waiting": what_waits(request),
                "doubted": what_is_doubted(request),
                "most_read": most_read(),
                "outside_links": reverse("admin:corpusapp_article_outside_links"),
                "own_drafts": own_drafts(request),
                "review_address": review_address(request),
            }
        if request.user.has_perm("corpusapp.view_importrun"):
            waiting["runs"] = latest_runs()
            waiting["unread"] = unread_captures(request)
        waiting["bulk_runs"] = under_way(request)
        return super().index(request, {**waiting, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=_place)
        return sorted(apps, key=lambda app: app["app_label"] != "corpusapp")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        return Suggestions.as_view(admin_site=self)(request)


def _meant_first(tags: QuerySet[Any], term: str) -> QuerySet[Any]:
    """What stands first is what Enter takes: a tag of exactly this word, or one that begins so."""
    words = TagSynonym.objects.filter(tag=OuterRef("pk"), key=label_key(term, LONGEST_WORD))
    ranked: QuerySet[Any] = tags.annotate(
        meant=Case(
            When(Q(name__iexact=term.strip()) | Exists(words), then=0),
            When(name__istartswith=term.strip(), then=1),
            default=2,
        )
    )
    return ranked.order_by("meant", *tags.query.order_by)


def _place(entry: dict[str, Any]) -> int:
    name = entry["object_name"]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
