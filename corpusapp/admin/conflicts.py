"""Conflicts: where a newer capture differs from what an editor wrote. One click decides each."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.own_part import MINE, has_part, part_of
from corpusapp.admin.rights import (
    OtherSectionError,
    changeable,
    concerning,
    may_change,
    other_sections,
    within_sections,
)
from corpusapp.editing.revisions import values_of
from corpusapp.editing.telling import readable
from corpusapp.importing.conflicts import keep_ours, take_theirs
from corpusapp.importing.diffing import DiffLine, diff
from corpusapp.importing.exact import exact
from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import Article, Doubt

_PER_PAGE = 20
_LONG = 400  # characters: longer values are shown as what differs


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of them, with both values as people read them."""

    id: int
    article: Article
    field: Words
    ours: str
    theirs: str
    differing: list[DiffLine]  # of long values; then both would be too much to compare by eye
    capture: int | None

    @property
    def token(self) -> str:
        """What a button sends: which conflict, and the state of the article it was shown with."""
        return f"{self.id}:{self.article.version}"


def open_conflicts() -> QuerySet[Doubt]:
    return Doubt.objects.open().filter(code=CONFLICT, article__binned_at__isnull=True)


def my_conflicts(request: HttpRequest) -> QuerySet[Doubt]:
    """Those that who asks may decide, where these are not all."""
    if not has_part(request):
        return open_conflicts()
    mine = concerning(request, Article.objects.order_by())
    return open_conflicts().filter(article__in=mine.values("pk"))


def shown_conflicts(doubts: Collection[Doubt]) -> list[Conflict]:
    """As many queries for a page of them as for one: 3 where authors or tags differ."""
    names = {doubt.field for doubt in doubts} & {"authors", "tags"}
    rows = values_of({doubt.article_id for doubt in doubts}, names) if names else {}
    return [_shown(doubt, rows.get(doubt.article_id, {})) for doubt in doubts]


def _shown(doubt: Doubt, rows: dict[str, Any]) -> Conflict:
    article: Article = doubt.article
    values = rows if doubt.field in rows else exact(article, [doubt.field])
    ours = readable(doubt.field, values[doubt.field])
    theirs = readable(doubt.field, doubt.candidates[0]) if doubt.candidates else ""
    is_long = max(len(ours), len(theirs)) > _LONG
    return Conflict(
        doubt.pk,
        article,
        field_words(doubt.field),
        ours,
        theirs,
        diff(ours, theirs) if is_long else [],
        doubt.capture_id,
    )


class ConflictPages(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        conflicts = path(
            "conflicts/",
            self.admin_site.admin_view(self.conflicts_view),
            name="corpusapp_article_conflicts",
        )
        return [conflicts, *super().get_urls()]

    def conflicts_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request)
            return HttpResponseRedirect(request.get_full_path())
        shown_ones = my_conflicts(request) if MINE in request.GET else open_conflicts()
        doubts = shown_ones.select_related("article__section", "article__source")
        page = Paginator(doubts.order_by("article", "pk"), _PER_PAGE).get_page(
            request.GET.get("page")
        )
        shown = shown_conflicts(list(page))
        ids = [conflict.article.pk for conflict in shown]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Conflicts"),
            "page": page,
            "mine": MINE in request.GET,
            "conflicts": shown,
            "writable": set(
                changeable(request, Article.objects.filter(pk__in=ids)).values_list("pk", flat=True)
            ),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/conflicts.html", context)

    def _decide(self, request: HttpRequest) -> None:
        taking = "take" in request.POST
        number, _colon, version = request.POST.get("take" if taking else "keep", "").partition(":")
        ids = row_ids([number])
        doubt = open_conflicts().filter(pk__in=ids).select_related("article").first()
        if doubt is None:
            self.message_user(request, _("That conflict is decided already."), messages.INFO)
            return
        if not may_change(request, doubt.article):
            raise PermissionDenied
        if taking and version != str(doubt.article.version):
            text = _("“%(article)s” has changed since you saw it. Look again, then decide.")
            self.message_user(request, text % {"article": doubt.article}, messages.WARNING)
            return
        self.decide_conflict(request, doubt, taking=taking)

    def decide_conflict(self, request: HttpRequest, doubt: Doubt, *, taking: bool) -> None:
        """Do it, write it into the log, say it."""
        user: Any = request.user
        article: Article = doubt.article
        field = str(field_words(doubt.field))
        try:
            with within_sections(request, [article.pk]):
                is_decided = (take_theirs if taking else keep_ours)(doubt.pk, user)
        except OtherSectionError:
            self.message_user(request, other_sections(), messages.ERROR)
            return
        if not is_decided:
            self.message_user(request, _("That conflict is decided already."), messages.INFO)
            return
        if taking:
            text = _("“%(article)s” has the newer capture’s value now: %(field)s.")
            log = _("Taken from the newer capture: %(field)s.")
        else:
            text = _("“%(article)s” stays as it is: %(field)s.")
            log = _("Kept against the newer capture: %(field)s.")
        self.log_change(request, article, log % {"field": field})
        words = {"article": article, "field": field}
        self.message_user(request, text % words, messages.SUCCESS)


def conflicts_address(request: HttpRequest) -> str:
    """The page of those that are theirs who ask."""
    return reverse("admin:corpusapp_article_conflicts", query=part_of(request) or None)
