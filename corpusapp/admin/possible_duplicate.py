"""The desk of possible duplicates: two texts side by side, what they share marked, three choices."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin, ReadOnly, row_ids
from corpusapp.admin.doubt_words import field_words
from corpusapp.admin.own_part import DECIDE, OnlyMyPairs
from corpusapp.admin.rights import is_in_own_section, is_limited, may_publish
from corpusapp.admin.side_by_side import sides
from corpusapp.editing.trail import note_articles
from corpusapp.editing.twins import takes_over, vanishes
from corpusapp.models import Act, Article, PossibleDuplicate, State, Verdict

FROM_REVIEW = "review"
"""Parameter of a pair's page: the id of the article from whose review screen one comes, and goes back to."""
_CHOICES = ("keep_both", "newer", "merge_earlier", "merge_later", "take_back")


class Decided(admin.SimpleListFilter):
    """Those that wait, unless something else is asked for."""

    title = gettext_lazy("decision")
    parameter_name = "verdict"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, label in Verdict.choices if value]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": Verdict.OPEN.label}
        yield from rest

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in Verdict.values and self.value():
            return queryset.filter(verdict=self.value()).order_by("-decided_at", "-pk")
        return queryset & PossibleDuplicate.objects.open()


@admin.register(PossibleDuplicate)
class PossibleDuplicateDesk(ReadOnly, DeskAdmin):
    change_form_template = "admin/corpusapp/possible_duplicate/change_form.html"
    list_display = ("shared_shown", "earlier_shown", "later_shown", "found_at", "verdict_shown")
    list_display_links = ("shared_shown",)
    list_filter = (Decided, OnlyMyPairs)
    list_select_related = ("earlier", "later")
    ordering = ("-shared", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = ("body", "rendered", "standfirst", "author_note", "caption")
        heavy = [f"{one}__{text}" for one in ("earlier", "later") for text in texts]
        return super().get_queryset(request).defer("before", *heavy)

    @admin.display(description=gettext_lazy("common text"), ordering="shared")
    def shared_shown(self, pair: PossibleDuplicate) -> str:
        return f"{pair.shared:.0%}"

    @admin.display(description=gettext_lazy("earlier article"))
    def earlier_shown(self, pair: PossibleDuplicate) -> str:
        return _titled(pair.earlier)

    @admin.display(description=gettext_lazy("later article"))
    def later_shown(self, pair: PossibleDuplicate) -> str:
        return _titled(pair.later)

    @admin.display(description=gettext_lazy("decision"))
    def verdict_shown(self, pair: PossibleDuplicate) -> str:
        return str(pair.get_verdict_display())

    # The page of one pair ---------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        pairs = PossibleDuplicate.objects.select_related(
            "decided_by", "earlier__section", "earlier__source", "later__section", "later__source"
        )
        pair = pairs.filter(pk__in=row_ids([object_id])).first()
        if pair is None:
            raise Http404
        if request.method == "POST":
            return self._decide(request, pair)
        context = {
            "title": _("Possible duplicate: %(share)s of the smaller text in common")
            % {"share": f"{pair.shared:.0%}"},
            "subtitle": None,
            "pair": pair,
            "comparison": sides(pair),
            "is_open": pair.verdict == Verdict.OPEN
            and pair.earlier.binned_at is None
            and pair.later.binned_at is None,
            "for_readers": {
                "earlier": _for_readers(pair.earlier, pair.later),
                "later": _for_readers(pair.later, pair.earlier),
            },
            "may_decide": may_decide(request, pair),
            "may_join": may_decide_for_readers(request),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def _decide(self, request: HttpRequest, pair: PossibleDuplicate) -> HttpResponse:
        pressed = [name for name in _CHOICES if name in request.POST]
        decide_pair(request, pair, *pressed[:1])
        if pressed[:1] == ["take_back"]:
            here = reverse("admin:corpusapp_possibleduplicate_change", args=[pair.pk])
            return HttpResponseRedirect(here)
        return HttpResponseRedirect(_back_to_review(request, pair) or self._next(pair))

    def _next(self, pair: PossibleDuplicate) -> str:
        """The next one that waits, so that a long list is a quick one."""
        waiting = PossibleDuplicate.objects.open().exclude(pk=pair.pk).order_by("-shared", "pk")
        following = waiting.values_list("pk", flat=True).first()
        if following is None:
            return reverse("admin:corpusapp_possibleduplicate_changelist")
        return reverse("admin:corpusapp_possibleduplicate_change", args=[following])


def decide_pair(request: HttpRequest, pair: PossibleDuplicate, choice: str = "") -> None:
    """Do what was chosen for the two and say so, or who was quicker. Raises PermissionDenied."""
    if not may_decide(request, pair):
        raise PermissionDenied
    if not choice:
        return
    if choice != "keep_both" and not may_decide_for_readers(request):
        raise PermissionDenied
    # reads captures, and so loads what no other page of the desk needs
    from corpusapp.importing.joining import DecidedAlreadyError  # noqa: PLC0415

    try:
        with transaction.atomic():
            told = _done(request, pair, choice)
        messages.success(request, told)
    except DecidedAlreadyError:
        text = _("Somebody has decided this meanwhile, or one of the two lies in the bin.")
        messages.warning(request, text)


def _back_to_review(request: HttpRequest, pair: PossibleDuplicate) -> str:
    """To the review screen one has come from, or to the next article if that one waits no more."""
    both = {pair.earlier_id, pair.later_id}
    asked = [pk for pk in row_ids([request.GET.get(FROM_REVIEW, "")]) if pk in both]
    if not asked:
        return ""
    if Article.objects.filter(pk__in=asked, state=State.REVIEW, binned_at__isnull=True).exists():
        return reverse("admin:corpusapp_article_review", args=asked)
    return reverse("admin:corpusapp_article_review_next")


def may_decide(request: HttpRequest, pair: PossibleDuplicate) -> bool:
    """What is said of two articles is said of both."""
    both = all(is_in_own_section(request, one) for one in (pair.earlier, pair.later))
    return request.user.has_perm(DECIDE) and both


def may_decide_for_readers(request: HttpRequest) -> bool:
    """To take an address from readers, or give it back, is publishing."""
    return request.user.has_perm(DECIDE) and may_publish(request) and not is_limited(request)


def _for_readers(stays: Article, goes: Article) -> str:
    """What readers would notice, if one of the two goes; "" if nothing."""
    if takes_over(stays, goes):
        return _("Readers see the other one now: this one is published in its place.")
    if vanishes(stays, goes):
        return _(
            "Readers see the other one now, and would find nothing until this one is published."
        )
    return ""


def _titled(article: Article) -> str:
    return format_html(
        '<span lang="{}">{}</span> <span class="state state-{}">{}</span>',
        article.language,
        str(article),
        article.state,
        article.get_state_display(),
    )


def _done(request: HttpRequest, pair: PossibleDuplicate, name: str) -> str:
    """Do what the pressed button says, note it with both articles, and say so."""
    from corpusapp.importing import joining  # noqa: PLC0415 - see above

    user: Any = request.user
    earlier, later = str(pair.earlier), str(pair.later)
    match name:
        case "keep_both":
            joining.keep_both(pair, user)
            told = _("Both are kept: “%(earlier)s” and “%(later)s”.")
        case "newer":
            moved, kept = joining.take_newer(pair, user)
            told = _("“%(earlier)s” has the newer text now; “%(later)s” lies in the bin.")
            told = _and_fields(told, _("changed: %(fields)s"), moved)
            told = _and_fields(told, _("kept as an editor wrote it: %(fields)s"), kept)
        case "merge_earlier":
            filled = joining.merge(pair, pair.earlier, user)
            told = _("“%(later)s” is merged into “%(earlier)s” and lies in the bin.")
            told = _and_fields(told, _("filled in: %(fields)s"), filled)
        case "merge_later":
            filled = joining.merge(pair, pair.later, user)
            told = _("“%(earlier)s” is merged into “%(later)s” and lies in the bin.")
            told = _and_fields(told, _("filled in: %(fields)s"), filled)
        case _:
            left = joining.take_back(pair, user)
            told = _("The decision about “%(earlier)s” and “%(later)s” is taken back.")
            told = _and_fields(told, _("left, because changed since: %(fields)s"), left)
    told %= {"earlier": earlier[:100], "later": later[:100]}
    both = Article.objects.filter(pk__in=[pair.earlier_id, pair.later_id])
    note_articles(Act.CHANGED, [pair.earlier_id, pair.later_id], details={"said": told})
    LogEntry.objects.log_actions(user.pk, both.only("title", "public_id"), CHANGE, told)
    return told


def _and_fields(told: str, words: str, names: Collection[str]) -> str:
    if not names:
        return told
    fields = ", ".join(sorted(str(field_words(name)) for name in names))
    return f"{told} ({words % {'fields': fields}})"
