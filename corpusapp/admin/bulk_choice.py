"""The articles chosen in the list: who may change them, the page between, the deed, and what is told."""

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

from corpusapp.admin.doubt_words import Words, words_for
from corpusapp.admin.rights import changeable, is_limited, may_publish, publishable
from corpusapp.editing.publish import Moved
from corpusapp.editing.revisions import revised, values_of
from corpusapp.editing.telling import readable
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Change, Doubt, State

MOST_AT_ONCE = 10_000
_BATCH = 500  # articles read or counted at once
_DONE_AT_ONCE = (
    50  # articles in one transaction: another editor's save waits no longer than that takes
)
_SECONDS = 20  # of work per request; a proxy gives up on longer ones
_NAMED = 20  # titles named in a message or on a page

_ABOUT_THE_CHOICE = {
    *("csrfmiddlewaretoken", "action", "_answer", "_sure", "select_across", "index"),
    ACTION_CHECKBOX_NAME,
}

Deed = Callable[[Sequence[int]], Moved]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles a deed is for: those of the selection that who asks may change."""

    ids: list[int]
    refused: int  # how many of the selection may not be changed

    @property
    def titles(self) -> list[str]:
        named = Article.objects.filter(pk__in=self.ids[:_NAMED]).only("title", "public_id")
        return [str(article) for article in named]

    @property
    def more(self) -> int:
        return max(0, len(self.ids) - _NAMED)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a deed would change: how many of how many, and the first of them."""

    field: str
    changing: int
    of: int
    shown: list[tuple[str, str, str]]  # title, before, after

    @property
    def more(self) -> int:
        return max(0, self.changing - len(self.shown))


@dataclass(frozen=True, slots=True)
class Question:
    """The page between choosing a deed and doing it."""

    action: str
    title: str
    sentence: str
    button: Words
    form: forms.Form
    held: list[tuple[str, list[Words]]] = field(default_factory=list)
    effects: Effects | None = None
    answered: tuple[tuple[str, str], ...] = ()  # what was filled in, carried along

    def seen(self, effects: Effects, posted: QueryDict) -> "Question":
        """The same, answered, with what the deed will change: the last look before it is done."""
        answered = tuple(
            (name, value)
            for name in posted
            for value in posted.getlist(name)
            if name not in _ABOUT_THE_CHOICE
        )
        return replace(self, effects=effects, answered=answered)


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
        ids = list(allowed.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            text = _(
                "At most %(count)s articles at once. Narrow the list, and nothing is lost."
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
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": question.title,
            "chosen": chosen,
            "question": question,
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
        for batch in batches(chosen.ids, _DONE_AT_ONCE):
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
        if chosen.refused:
            text = ngettext(
                "%(count)s article is not yours to change.",
                "%(count)s articles are not yours to change.",
                chosen.refused,
            ) % {"count": number_format(chosen.refused)}
            self.message_user(request, text, messages.WARNING)
        return Moved(total, tuple(held))

    def _report(self, request: HttpRequest, moved: Moved, sentence: str) -> None:
        text = sentence % {"count": number_format(moved.moved, force_grouping=True)}
        self.message_user(request, text, messages.SUCCESS if moved.moved else messages.INFO)
        if moved.held:
            named = "; ".join(title[:100] for title in moved.held[:_NAMED])
            if len(moved.held) > _NAMED:
                named += " …"
            text = ngettext(
                "%(count)s article needs a title and a text first: %(titles)s",
                "%(count)s articles need a title and a text first: %(titles)s",
                len(moved.held),
            ) % {"count": number_format(len(moved.held)), "titles": named}
            self.message_user(request, text, messages.WARNING)


def batches(ids: Sequence[int], size: int = _BATCH) -> list[Sequence[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def effects(ids: Sequence[int], name: str, after: Callable[[Any], Any]) -> Effects:
    """What `after` would make of this field of each article; 2 queries for each batch."""
    changing = 0
    shown: list[tuple[int, str, str]] = []
    for batch in batches(ids):
        for pk, values in values_of(batch, [name]).items():
            new = after(values[name])
            if new == values[name]:
                continue
            changing += 1
            if len(shown) < _NAMED:
                shown.append((pk, readable(name, values[name]), readable(name, new)))
    titles = Article.objects.only("title", "public_id").in_bulk([pk for pk, *_texts in shown])
    named = [(str(titles[pk]), before, then) for pk, before, then in shown if pk in titles]
    return Effects(name, changing, len(ids), named)


def is_answer(request: HttpRequest) -> bool:
    return "_answer" in request.POST


def answers(request: HttpRequest, *_names: str) -> Any:
    """What was filled in on the page between, or None when that page was not seen yet."""
    return request.POST if is_answer(request) else None


def how_many(chosen: Chosen) -> str:
    return ngettext(
        "%(count)s article is chosen.", "%(count)s articles are chosen.", len(chosen.ids)
    ) % {"count": number_format(len(chosen.ids), force_grouping=True)}


def held_by_doubt(ids: Sequence[int]) -> list[int]:
    """Those not published yet that have an open doubt which holds them back."""
    held: set[int] = set()
    for batch in batches(ids):
        doubts = Doubt.objects.open().filter(holds=True, article__in=batch)
        waiting = doubts.exclude(article__state=State.PUBLISHED)
        held.update(waiting.values_list("article", flat=True))
    return sorted(held)


def with_doubts(ids: Sequence[int]) -> list[tuple[str, list[Words]]]:
    shown = Article.objects.filter(pk__in=ids[:_NAMED]).only("title", "public_id").order_by("pk")
    doubts = Doubt.objects.open().filter(holds=True, article__in=ids[:_NAMED])
    sentences: dict[int, list[Words]] = {}
    for article, code in doubts.values_list("article", "code"):
        sentences.setdefault(article, []).append(words_for(code).sentence)
    return [(str(article), sentences.get(article.pk, [])) for article in shown]
