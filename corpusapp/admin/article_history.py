"""The versions of an article: who changed what, any two side by side, their names, and the way back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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

from corpusapp.admin.article_versions import rename_posted, restorable
from corpusapp.admin.desk import posted_line
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.field_values import in_words
from corpusapp.admin.rights import may_change
from corpusapp.admin.trail_words import Said, said_of
from corpusapp.editing.history import Event, History, history_of
from corpusapp.editing.revisions import FIELDS
from corpusapp.editing.trail import entries_of
from corpusapp.editing.version_names import NameTakenError, name_version
from corpusapp.importing.exact import stands
from corpusapp.importing.reverting import put_back
from corpusapp.models import Act, Article, AuditEntry, Change, Deed, VersionName
from corpusapp.text.word_diff import Paragraph, compare

_MOST_LOGGED = 50
_MOST_DIGITS = 6
_BEGINNING: Words = gettext_lazy("As it was imported or begun")


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the list."""

    number: int
    key: str  # what a form posts
    event: Event | None  # None for version 0
    what: str
    fields: list[Words]
    names: list[VersionName] = field(default_factory=list)


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
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("History"),
            "subtitle": str(article),
            "article": article,
            **_history(request, article),
            "is_writable": may_change(request, article),
            "logged": _logged(article),
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/corpusapp/article/history.html", context)

    def _change_history(self, request: HttpRequest, article: Article) -> None:
        try:
            if "_name" in request.POST:
                self._name(request, article)
            elif "_rename" in request.POST or "_unname" in request.POST:
                self.message_user(request, *rename_posted(request, article))
            else:
                self._restore(request, article)
        except NameTakenError as error:
            text = _("Another version is called “%(name)s” already; nothing was changed.")
            self.message_user(request, text % {"name": error.name}, messages.WARNING)

    def _name(self, request: HttpRequest, article: Article) -> None:
        name = posted_line(request, "name")
        if not name:
            return
        user: Any = request.user
        history = history_of(article)
        number = _posted(request.POST.get("version", history.key_of(history.latest)), history)
        if number is None:
            return
        named = name_version(history, number, name, user)
        text = _("This version is called “%(name)s” now.") % {"name": named.name}
        self.message_user(request, text, messages.SUCCESS)

    def _restore(self, request: HttpRequest, article: Article) -> None:
        history = history_of(article)
        number = _posted(request.POST.get("restore", ""), history)
        if number is None:
            return
        values = history.values_at(number)
        name = request.POST.get("field", "")
        if name and name not in values:
            raise Http404
        chosen = {name: values[name]} if name else values
        chosen, refusals = restorable(request, article, chosen, history.now)
        for refusal in refusals:
            self.message_user(request, refusal, messages.WARNING)
        if chosen:
            self._put_back(request, article, chosen, number)

    def _put_back(
        self, request: HttpRequest, article: Article, chosen: dict[str, Any], number: int
    ) -> None:
        user: Any = request.user
        why = posted_line(request, "why")
        restored, left = put_back(article, chosen, user, why)
        if restored:
            text = _("Restored from version %(number)s: %(fields)s.")
            text %= {"number": number, "fields": _named(restored)}
            self.log_deed(request, article, text)  # type: ignore[attr-defined]
            self.message_user(request, text, messages.SUCCESS)
        elif not left:
            text = _("The article already stands as it did in version %(number)s.")
            self.message_user(request, text % {"number": number}, messages.INFO)
        if left:
            text = _("Left as it is, because the article cannot stand otherwise: %(fields)s.")
            self.message_user(request, text % {"fields": _named(left)}, messages.WARNING)


def _history(request: HttpRequest, article: Article) -> dict[str, Any]:
    """The versions, and the two that are compared."""
    history = history_of(article)
    first, second = _asked(request, history)
    versions = list(_versions(history))
    named = [version for version in versions if version.names]
    only_named = request.GET.get("named") == "1" and bool(named)
    return {
        "versions": (named if only_named else versions)[::-1],
        "all_versions": versions[::-1],
        "named": named[::-1],
        "only_named": only_named,
        "naming": _number(request.GET.get("name", ""), history),
        "first": first,
        "first_key": history.key_of(first),
        "second": second,
        "earlier": versions[first],
        "later": versions[second],
        "differing": _differing(history, first, second),
        "latest": history.latest,
    }


def _named(fields: frozenset[str]) -> str:
    return ", ".join(str(field_words(name)) for name in FIELDS if name in fields)


def _versions(history: History) -> Iterator[Version]:
    yield Version(0, history.key_of(0), None, str(_BEGINNING), [], history.names.get(0, []))
    for number, event in enumerate(history.events, 1):
        what = str(
            _move(event) if event.kind == Change.MOVED else _KINDS.get(event.kind, event.kind)
        )
        fields = [field_words(name) for name in event.fields]
        yield Version(number, event.key, event, what, fields, history.names.get(number, []))


def _move(event: Any) -> Words:
    """Which move it was, as far as what it changed tells."""
    if event.changes.get("withdrawal_note", ("", ""))[1]:
        return Act.WITHDRAWN.label
    if "live_from" not in event.changes:
        return Change.MOVED.label
    return Act.PUBLISHED.label if event.changes["live_from"][1] else _HELD


_HELD = pgettext_lazy("history", "Taken out of readers’ sight")
_KINDS: dict[str, Words] = {
    **{str(kind.value): kind.label for kind in Change},
    **{str(kind.value): kind.label for kind in Deed},
    "import": pgettext_lazy("history", "A newer capture"),
}


def _number(text: str, history: History) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return int(text) if int(text) <= history.latest else None


def _posted(key: str, history: History) -> int | None:
    """The version that the page showed, whichever number it has by now."""
    number = history.number_called(key)
    return _number(key, history) if number is None else number


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
            compare(in_words(name, before[name]), in_words(name, after[name])),
            not stands(name, history.now[name], before[name]),
        )
        for name in FIELDS
        if not stands(name, before[name], after[name])
    ]


def _logged(article: Article) -> list[tuple[AuditEntry, Said]]:
    """What else the trail has about it: moves between states, decisions, and why."""
    entries = list(entries_of(article)[:_MOST_LOGGED])
    return list(zip(entries, said_of(entries), strict=True))
