"""The articles chosen in the list: who may change them, the page between, the deed, and what is told.

What that page shows is pinned: the deed is done to those articles and no others, and to none that
somebody has changed since. A few are done at once, many in the background.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpusapp.admin.bulk_words import Apart, apart, done_words, left_words, said_of
from corpusapp.admin.doubt_words import Words, words_for
from corpusapp.admin.rights import is_limited, may_publish, rights_of
from corpusapp.editing.bulk_deeds import (
    DONE_AT_ONCE,
    Batch,
    BulkDeed,
    Done,
    NoLongerThereError,
    Parameters,
)
from corpusapp.editing.bulk_pins import read, written
from corpusapp.editing.bulk_plans import NAMED, Plan, in_batches, titles_of
from corpusapp.importing.bulk_deeds import ALL_DEEDS, MOST_REHEARSED, REREAD
from corpusapp.importing.bulk_running import begin
from corpusapp.models import Article, BrokenOff, BulkRun, Doubt, LeftWhy

# Each is looked at before the page that shows what will be done, and pinned there with its version
MOST_AT_ONCE = 100_000
DONE_HERE = 300  # articles, within the request; more are done in the background
_SECONDS = 20  # of work per request; a proxy gives up on longer ones
PINNED = "_pinned"

_ABOUT_THE_CHOICE = {
    *("csrfmiddlewaretoken", "action", "_answer", "_sure", PINNED, "select_across", "index"),
    ACTION_CHECKBOX_NAME,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles a deed is for: those of the selection that who asks may change.

    Once a page has shown what will be done, those that it showed as going, and that are as they were.
    """

    ids: list[int]
    refused: int  # how many of the selection may not be changed
    strayed: int = 0  # that the page showed as going, and that somebody has changed or moved since
    newcomers: int = 0  # that the page did not show
    versions: Mapping[int, int] = field(default_factory=dict)  # in which the page showed them

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
    apart: Sequence[Apart] = ()  # left as they are, besides what the plan leaves
    is_pinned: bool = True  # what changes nothing takes what the list finds when it is done
    deed: str = ""

    @property
    def is_for_later(self) -> bool:
        """Whether it is more than is done while somebody waits."""
        return bool(self.deed and self.plan and len(self.plan.pinned) > _done_here(self.deed))

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
        self, request: HttpRequest, queryset: QuerySet[Article], deed: str
    ) -> Chosen | None:
        """None, and a message, where there are too many at once or none that may be changed."""
        plain = queryset.prefetch_related(None).order_by("pk")
        allowed = ALL_DEEDS[deed].theirs(rights_of(request), plain)
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
            "apart": [*(apart(plan) if plan else ()), *question.apart, *_refused(chosen)],
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
        self, request: HttpRequest, chosen: Chosen, name: str, parameters: Parameters
    ) -> HttpResponse | None:
        """Do it at once to a few; of more, and of what there was no time for, a run is made."""
        deed = ALL_DEEDS[name]
        if not deed.is_allowed(rights_of(request), parameters):
            raise PermissionDenied
        said = said_of(name, parameters)
        rest = dict(chosen.versions)
        done = Done()
        if len(rest) <= _done_here(name):
            try:
                _done_at_once(request, deed, parameters, rest, said=said, done=done)
            except NoLongerThereError:
                self.message_user(request, str(BrokenOff.GONE.label), messages.ERROR)
                rest.clear()
        run = None
        if rest:
            going_on = done.import_run
            run = begin(deed, parameters, rest, user=request.user, said=said, import_run=going_on)
        self._report(request, name, chosen, done, run)
        if run:
            return HttpResponseRedirect(reverse("admin:corpusapp_bulkrun_change", args=[run.pk]))
        return None

    def _report(
        self, request: HttpRequest, name: str, chosen: Chosen, done: Done, run: BulkRun | None
    ) -> None:
        """What was done, and what has changed between the look and the deed."""
        left = done.counts + Counter({LeftWhy.STRAYED: chosen.strayed})
        if strayed := left.pop(LeftWhy.STRAYED, 0):
            self.message_user(request, left_words(LeftWhy.STRAYED, strayed), messages.WARNING)
        if chosen.newcomers:
            text = ngettext(
                "%(count)s article has come into the list since you looked, and is left out.",
                "%(count)s articles have come into the list since you looked, and are left out.",
                chosen.newcomers,
            ) % {"count": number_format(chosen.newcomers, force_grouping=True)}
            self.message_user(request, text, messages.WARNING)
        if done.moved or run is None:
            level = messages.SUCCESS if done.moved else messages.INFO
            self.message_user(request, done_words(name, done.moved), level)
        for why, count in left.items():
            self.message_user(request, left_words(why, count), messages.WARNING)


def _done_here(deed: str) -> int:
    """To how many articles it is done while somebody waits."""
    return min(MOST_REHEARSED, DONE_HERE) if deed == REREAD.name else DONE_HERE


def _done_at_once(
    request: HttpRequest,
    deed: BulkDeed,
    parameters: Parameters,
    rest: dict[int, int],
    *,
    said: str,
    done: Done,
) -> None:
    """Batch by batch, as far as a request may take: what is done goes from `rest` and into `done`."""
    end = time.monotonic() + _SECONDS
    count = len(rest)
    for ids in list(in_batches(sorted(rest), DONE_AT_ONCE)):
        done.add(
            deed.work(
                Batch(
                    {pk: rest[pk] for pk in ids},
                    parameters,
                    rights_of(request),
                    said,
                    parameters.get("why", ""),
                    {"in_bulk": count},
                    done.import_run,
                )
            )
        )
        for pk in ids:
            del rest[pk]
        if time.monotonic() > end:
            break


def _pins(shown: Sequence[int], plan: Plan) -> str:
    """All that the page shows; those that go with their version."""
    versions: dict[int, int] = {}
    for batch in in_batches(sorted(plan.pinned), 5000):
        rows = Article.objects.filter(pk__in=batch).order_by()
        versions.update(rows.values_list("pk", "version"))
    return written(shown, versions)


def _still_chosen(allowed: QuerySet[Article], pinned: str) -> Chosen:
    """Of what the page showed as going, that which still stands in the list as it was."""
    pins = read(pinned, MOST_AT_ONCE)
    shown = pins.shown
    still: dict[int, int] = {}
    newcomers = 0
    for pk, version in allowed.values_list("pk", "version").iterator(chunk_size=5000):
        if pins.going.get(pk) == version:
            still[pk] = version
        elif pk not in shown:
            newcomers += 1
    strayed = len(pins.going) - len(still)
    return Chosen(list(still), 0, strayed, newcomers, still)


def _refused(chosen: Chosen) -> list[Apart]:
    count = chosen.refused
    return [Apart(left_words(LeftWhy.NOT_YOURS, count), [], count)] if count else []


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
