"""The articles chosen in the list: who may change them, the page between, the deed, and what is told.

What that page shows is pinned: the deed is done to those articles and no others, and to none that
somebody has changed since.
"""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpusapp.admin.bulk_plans import NAMED, Apart, Plan, in_batches, not_yours, titles_of
from corpusapp.admin.doubt_words import Words, words_for
from corpusapp.admin.rights import changeable, is_limited, may_publish, publishable
from corpusapp.editing.publish import Moved
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Change, Doubt

# Each is pinned with its version on the page that shows what will be done, and is looked at for it:
# that takes half a second here, and answers are to come in two. More is done in parts.
MOST_AT_ONCE = 10_000
_DONE_AT_ONCE = (
    50  # articles in one transaction: another editor's save waits no longer than that takes
)
_SECONDS = 20  # of work per request; a proxy gives up on longer ones
PINNED = "_pinned"
_PIN = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,9}))?")

_ABOUT_THE_CHOICE = {
    *("csrfmiddlewaretoken", "action", "_answer", "_sure", PINNED, "select_across", "index"),
    ACTION_CHECKBOX_NAME,
}

Deed = Callable[[Sequence[int]], Moved]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles a deed is for: those of the selection that who asks may change.

    Once a page has shown what will be done, those that it showed as going, and that are as they were.
    """

    ids: list[int]
    refused: int  # how many of the selection may not be changed
    strayed: int = 0  # that the page showed as going, and that somebody has changed or moved since
    newcomers: int = 0  # that the page did not show

    @property
    def titles(self) -> list[str]:
        return titles_of(self.ids)

    @property
    def more(self) -> int:
        return max(0, len(self.ids) - NAMED)


@dataclass(frozen=True, slots=True)
class Question:
    """The page between choosing a deed and doing it."""

    action: str
    title: str
    sentence: str
    button: Words
    form: forms.Form
    plan: Plan | None = None  # what will be done; None while something has to be said first
    held: list[tuple[str, list[Words]]] = field(default_factory=list)
    is_answered: bool = False  # what was filled in is carried along, and not asked again
    answered: tuple[tuple[str, str], ...] = ()
    rows: Sequence[Any] = ()  # of a deed that shows its own
    is_pinned: bool = True  # what changes nothing takes what the list finds when it is done

    def seen(self, plan: Plan, posted: QueryDict) -> "Question":
        """The same, answered, with what the deed will change: the last look before it is done."""
        answered = tuple(
            (name, value)
            for name in posted
            for value in posted.getlist(name)
            if name not in _ABOUT_THE_CHOICE
        )
        return replace(self, plan=plan, is_answered=True, answered=answered)


class ChoiceDesk(admin.ModelAdmin):
    """A list whose chosen articles are asked about, changed in batches, and reported on."""

    def _chosen(
        self, request: HttpRequest, queryset: QuerySet[Article], *, to_publish: bool = False
    ) -> Chosen | None:
        """None, and a message, where there are too many at once or none that may be changed."""
        plain = queryset.prefetch_related(None).order_by("pk")
        allowed = changeable(request, plain)
        if to_publish:
            allowed = publishable(request, allowed)
        if is_sure(request):
            return _still_chosen(allowed, request.POST[PINNED])
        ids = list(allowed.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            text = _(
                "At most %(count)s articles at once, since what is done to each is shown first. "
                "Narrow the list, by a range of dates for example, and do it in parts."
            ) % {"count": number_format(MOST_AT_ONCE, force_grouping=True)}
            self.message_user(request, text, messages.ERROR)
            return None
        # who may change them all need not be counted
        may_all = may_publish(request) and not is_limited(request)
        refused = 0 if may_all else max(0, plain.count() - len(ids))
        if not ids:
            self.message_user(
                request, _("You may not change any of these articles."), messages.ERROR
            )
            return None
        return Chosen(ids, refused)

    def _ask(self, request: HttpRequest, chosen: Chosen, question: Question) -> HttpResponse:
        across = request.POST.get("select_across") == "1"
        plan = question.plan
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": question.title,
            "chosen": chosen,
            "question": question,
            "apart": [*(plan.apart if plan else ()), *_refused(chosen)],
            "going": titles_of(plan.going) if plan and not plan.shown else [],
            "pinned": _pins(chosen.ids, plan) if plan and question.is_pinned else "",
            "media": self.media + question.form.media,
            "across": across,
            "checkbox": ACTION_CHECKBOX_NAME,
            # one is enough to say that there is a selection; the list finds the others anew
            "ids": chosen.ids[:1] if across else chosen.ids,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/corpusapp/article/bulk.html", context)

    def _do(
        self,
        request: HttpRequest,
        chosen: Chosen,
        deed: Deed,
        log: str,
        fields: Sequence[str] = (),
    ) -> Moved:
        """Do it batch by batch, as far as a request may take; `fields` are those of the articles that it changes."""
        total = done = 0
        held: list[str] = []
        user: Any = request.user
        end = time.monotonic() + _SECONDS
        for batch in in_batches(chosen.ids, _DONE_AT_ONCE):
            if done and time.monotonic() > end:
                break
            done += len(batch)
            with recounted(batch), revised(batch, user, Change.TOGETHER, fields):
                moved = deed(batch)
                if moved.moved:
                    LogEntry.objects.log_actions(
                        user.pk,
                        Article.objects.filter(pk__in=batch).only("title", "public_id"),
                        CHANGE,
                        log,
                    )
            total += moved.moved
            held += moved.held
        if left := len(chosen.ids) - done:
            text = ngettext(
                "%(count)s article is left as it was. Do the same again for it.",
                "%(count)s articles are left as they were. Do the same again for them.",
                left,
            ) % {"count": number_format(left, force_grouping=True)}
            self.message_user(request, text, messages.WARNING)
        self._tell_others(request, chosen)
        return Moved(total, tuple(held))

    def _tell_others(self, request: HttpRequest, chosen: Chosen) -> None:
        """What has changed between the look and the deed."""
        if chosen.strayed:
            text = ngettext(
                "%(count)s article has changed since you looked, and is left as it is.",
                "%(count)s articles have changed since you looked, and are left as they are.",
                chosen.strayed,
            ) % {"count": number_format(chosen.strayed, force_grouping=True)}
            self.message_user(request, text, messages.WARNING)
        if chosen.newcomers:
            text = ngettext(
                "%(count)s article has come into the list since you looked, and is left out.",
                "%(count)s articles have come into the list since you looked, and are left out.",
                chosen.newcomers,
            ) % {"count": number_format(chosen.newcomers, force_grouping=True)}
            self.message_user(request, text, messages.WARNING)

    def _report(self, request: HttpRequest, moved: Moved, sentence: str) -> None:
        text = sentence % {"count": number_format(moved.moved, force_grouping=True)}
        self.message_user(request, text, messages.SUCCESS if moved.moved else messages.INFO)


def only(chosen: Chosen, plan: Plan, *, held_too: bool = False) -> Chosen:
    """Those of the chosen that the plan moves; what fits no more has changed since the look."""
    strayed = chosen.strayed + len(chosen.ids) - len(plan.pinned)
    going = plan.pinned if held_too else plan.going
    return Chosen(sorted(going), 0, strayed, chosen.newcomers)


def _pins(shown: Sequence[int], plan: Plan) -> str:
    """All that the page shows; those that go with their version: "12.3,13"."""
    going = set(plan.pinned)
    versions: dict[int, int] = {}
    for batch in in_batches(plan.pinned):
        versions |= dict(Article.objects.filter(pk__in=batch).values_list("pk", "version"))
    return ",".join(f"{pk}.{versions.get(pk, 0)}" if pk in going else str(pk) for pk in shown)


def _still_chosen(allowed: QuerySet[Article], pinned: str) -> Chosen:
    """Of what the page showed as going, that which still stands in the list as it was."""
    found = [match for part in pinned.split(",") if (match := _PIN.fullmatch(part))]
    shown = {int(match[1]) for match in found}
    versions = {int(match[1]): int(match[2]) for match in found if match[2]}
    going = sorted(versions)[:MOST_AT_ONCE]
    still: list[int] = []
    for batch in in_batches(going):
        rows = allowed.filter(pk__in=batch).values_list("pk", "version")
        still += [pk for pk, version in rows if version == versions[pk]]
    there = sum(allowed.filter(pk__in=batch).count() for batch in in_batches(sorted(shown)))
    return Chosen(still, 0, len(going) - len(still), max(0, allowed.count() - there))


def _refused(chosen: Chosen) -> list[Apart]:
    return [Apart(not_yours(chosen.refused), [], chosen.refused)] if chosen.refused else []


def is_answer(request: HttpRequest) -> bool:
    return "_answer" in request.POST


def is_sure(request: HttpRequest) -> bool:
    """Whether somebody has seen what will be done, and says yes to just that."""
    return "_sure" in request.POST and PINNED in request.POST


def answers(request: HttpRequest) -> Any:
    """What was filled in on the page between, or None when that page was not seen yet."""
    return request.POST if is_answer(request) else None


def how_many(chosen: Chosen) -> str:
    return ngettext(
        "%(count)s article is chosen.", "%(count)s articles are chosen.", len(chosen.ids)
    ) % {"count": number_format(len(chosen.ids), force_grouping=True)}


def with_doubts(ids: Sequence[int]) -> list[tuple[str, list[Words]]]:
    shown = Article.objects.filter(pk__in=ids[:NAMED]).only("title", "public_id").order_by("pk")
    doubts = Doubt.objects.open().filter(holds=True, article__in=ids[:NAMED])
    sentences: dict[int, list[Words]] = {}
    for article, code in doubts.values_list("article", "code"):
        sentences.setdefault(article, []).append(words_for(code).sentence)
    return [(str(article), sentences.get(article.pk, [])) for article in shown]
