"""The versions of an article: who changed what, any two side by side, and the way back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from corpusapp.admin.audit_entry import said
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.rights import may_change, own_sections
from corpusapp.editing.history import Event, History, history_of
from corpusapp.editing.revisions import FIELDS, name_version
from corpusapp.editing.trail import entries_of
from corpusapp.importing.diffing import readable
from corpusapp.importing.exact import stands
from corpusapp.importing.reverting import put_back
from corpusapp.models import Article, AuditEntry, Change, Deed
from corpusapp.text.word_diff import Paragraph, compare

_MOST_LOGGED = 50
_MOST_DIGITS = 6
_BEGINNING: Words = gettext_lazy("As it was imported or begun")


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the list."""

    number: int
    event: Event | None  # None for version 0
    what: str
    fields: list[Words]


@dataclass(frozen=True, slots=True)
class Differing:
    """A field that is not the same in the two versions."""

    name: str
    words: Words
    paragraphs: list[Paragraph]
    can_be_restored: bool  # the article has another value now than the earlier version


class HistoryPages(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if request.method == "POST":
            if not may_change(request, article):
                raise PermissionDenied
            self._change_history(request, article)
            return HttpResponseRedirect(
                reverse("admin:corpusapp_article_history", args=[article.pk])
            )
        history = history_of(article)
        first, second = _asked(request, history)
        versions = list(_versions(history))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("History"),
            "subtitle": str(article),
            "article": article,
            "versions": versions[::-1],
            "first": first,
            "second": second,
            "earlier": versions[first],
            "later": versions[second],
            "differing": _differing(history, first, second),
            "latest": history.latest,
            "is_writable": may_change(request, article),
            "logged": _logged(article),
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/corpusapp/article/history.html", context)

    def _change_history(self, request: HttpRequest, article: Article) -> None:
        user: Any = request.user
        name = " ".join(request.POST.get("name", "").split())
        if "_name" in request.POST:
            if name:
                name_version(article, name, user)
                text = _("This version is called “%(name)s” now.") % {"name": name[:100]}
                self.message_user(request, text, messages.SUCCESS)
            return
        history = history_of(article)
        number = _number(request.POST.get("restore", ""), history)
        if number is None:
            return
        values = history.values_at(number)
        field = request.POST.get("field", "")
        if field and field not in values:
            raise Http404
        chosen = {field: values[field]} if field else values
        sections = own_sections(request)
        if (
            sections is not None
            and "section" in chosen
            and (chosen["section"] or {}).get("id") not in sections
        ):  # out of their sections is not theirs to move it
            chosen = {name: value for name, value in chosen.items() if name != "section"}
            text = _("You are the editor of other sections than this.")
            self.message_user(request, text, messages.WARNING)
            if not chosen:
                return
        restored, left = put_back(article, chosen, user)
        if restored:
            named = _named(restored)
            log = _("Restored from version %(number)s: %(fields)s.")
            self.log_change(request, article, log % {"number": number, "fields": named})
            text = _("Restored from version %(number)s: %(fields)s.")
            words = {"number": number, "fields": named}
            self.message_user(request, text % words, messages.SUCCESS)
        elif not left:
            text = _("The article already stands as it did in version %(number)s.")
            self.message_user(request, text % {"number": number}, messages.INFO)
        if left:
            text = _("Left as it is, because the article cannot stand otherwise: %(fields)s.")
            self.message_user(request, text % {"fields": _named(left)}, messages.WARNING)


def _named(fields: frozenset[str]) -> str:
    return ", ".join(str(field_words(name)) for name in FIELDS if name in fields)


def _versions(history: History) -> Any:
    yield Version(0, None, str(_BEGINNING), [])
    for number, event in enumerate(history.events, 1):
        what = str(_KINDS.get(event.kind, event.kind))
        yield Version(number, event, what, [field_words(name) for name in event.fields])


_KINDS: dict[str, Words] = {
    **{str(kind.value): kind.label for kind in Change},
    **{str(kind.value): kind.label for kind in Deed},
    "import": pgettext_lazy("history", "A newer capture"),
}


def _number(text: str, history: History) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text) if int(text) <= history.latest else None


def _asked(request: HttpRequest, history: History) -> tuple[int, int]:
    """The two versions to compare, the earlier first; else the last change."""
    first = _number(request.GET.get("a", ""), history)
    second = _number(request.GET.get("b", ""), history)
    if first is None or second is None:
        return max(0, history.latest - 1), history.latest
    return min(first, second), max(first, second)


def _differing(history: History, first: int, second: int) -> list[Differing]:
    before, after = history.values_at(first), history.values_at(second)
    return [
        Differing(
            name,
            capfirst(str(field_words(name))),
            compare(readable(name, before[name]), readable(name, after[name])),
            not stands(name, history.now[name], before[name]),
        )
        for name in FIELDS
        if not stands(name, before[name], after[name])
    ]


def _logged(article: Article) -> list[tuple[AuditEntry, str]]:
    """What else the trail has about it: moves between states, decisions, and why."""
    return [(entry, said(entry)) for entry in entries_of(article)[:_MOST_LOGGED]]
