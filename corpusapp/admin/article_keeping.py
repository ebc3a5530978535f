"""Nothing typed is lost: the page keeps what is written and not saved, and tells who else writes."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.forms import HiddenInput
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from corpusapp.admin.article_form import FIELD_OF
from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.form_values import value_of
from corpusapp.admin.rights import may_change
from corpusapp.editing.unsaved import arrive, forget, keep, kept, leave, others
from corpusapp.models import Article

_TEXTS = (
    *("title", "standfirst", "body", "author_note", "caption"),
    *("source_address", "withdrawal_note"),
)
_LONGEST = 4_000_000  # characters of one form
TAKE_UP, DISCARD = "_take_up", "_discard"
PAGE = "page_token"  # the hidden input that tells one opening of the page from the next


class UnsavedWork(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/autosave/", view(self.autosave_view), name="corpusapp_article_autosave_new"),
            path(
                "<path:object_id>/autosave/",
                view(self.autosave_view),
                name="corpusapp_article_autosave",
            ),
            path(
                "<path:object_id>/presence/",
                view(self.presence_view),
                name="corpusapp_article_presence",
            ),
            *super().get_urls(),
        ]

    def autosave_view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Keep the posted form; answers when, as JSON. Nothing of the article changes."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self._written_article(request, object_id) if object_id else None
        if not object_id and not self.has_add_permission(request):
            raise PermissionDenied
        fields = _posted(request)
        if _length(fields) > _LONGEST:
            return JsonResponse({"said": _("Too long to be kept: save it.")}, status=413)
        user: Any = request.user
        page = request.POST.get(PAGE, "")[:16]
        keep(user, article.pk if article else None, page, fields)
        moment = f"{timezone.localtime():%H:%M}"
        return JsonResponse({"said": _("Kept at %(moment)s, not saved yet.") % {"moment": moment}})

    def presence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say that the page is open; answers who else has it open, and whether it was saved since.

        With `gone` it is closed, and was last told of then: one that was opened again since stays open.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self._written_article(request, object_id)
        user: Any = request.user
        if "gone" in request.POST:
            leave(user, article.pk, _moment(request.POST["gone"]))
            return JsonResponse({"said": ""})
        seen = arrive(user, article.pk)
        said = others_in_words(request, article)
        if request.POST.get("version", "") != str(article.version):
            said.append(
                _(
                    "It has been saved since you opened it. When you save, your changes and those go together."
                )
            )
        return JsonResponse({"said": " ".join(said), "seen": seen.isoformat()})

    def _written_article(self, request: HttpRequest, object_id: str) -> Article:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None or not may_change(request, article):
            raise PermissionDenied
        return article

    # For the page of an article -----------------------------------------------------------------

    def kept_instead(
        self, request: HttpRequest, object_id: str | None
    ) -> HttpResponse | QueryDict | None:
        """What two buttons of the page ask for: the kept form in the place of the posted one, or none."""
        if not {TAKE_UP, DISCARD} & set(request.POST):
            return None
        user: Any = request.user
        if DISCARD in request.POST:  # their own, whether they may still write here or not
            there = row_ids([unquote(object_id)]) if object_id else [None]
            for pk in row_ids([request.POST[DISCARD]]):
                for article_id in there:
                    forget(user, article_id, pk=pk)
            self.message_user(request, _("The unsaved work is discarded."), messages.INFO)
            return HttpResponseRedirect(request.get_full_path())
        article = self._written_article(request, object_id) if object_id else None
        article_id = article.pk if article else None
        ids = row_ids([request.POST.get(TAKE_UP, "")])
        row = next((one for one in kept(user, article_id) if one.pk in ids), None)
        if row is None:
            return None
        posted = QueryDict(mutable=True)
        for name, values in row.fields.items():
            posted.setlist(name, values)
        posted[TAKE_UP] = "1"
        return posted

    def keeping(
        self, request: HttpRequest, article: Article | None, page: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the page says about unsaved work and about others, and where it sends both."""
        user: Any = request.user
        rows = kept(user, article.pk if article else None) if request.method == "GET" else []
        rows = [row for row in rows if not _stands_so(row.fields, page)]
        token = request.POST.get(PAGE, "")[:16] or secrets.token_hex(8)
        added: dict[str, Any] = {"unsaved": rows, "page_token": token}
        if TAKE_UP in request.POST:
            added["note"] = _("This is your unsaved work. It is in the article once you save it.")
        if article:
            try:
                added["seen"] = arrive(user, article.pk).isoformat()
            except DatabaseError:  # a database that is full or locked can still be read
                return added
            added["others"] = others_in_words(request, article)
        return added

    def refused(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """The page to read, with what was typed: who wrote it may not change the article any more.

        None where there is nothing to be shown, and nobody to show it to.
        """
        article: Article | None = self.get_object(request, unquote(object_id))
        if (
            article is None
            or "base" not in request.POST  # no page of an article has posted it
            or may_change(request, article)
            or not self.has_view_permission(request, article)
        ):
            return None
        user: Any = request.user
        fields = _posted(request)
        if self.has_change_permission(request) and _length(fields) <= _LONGEST:
            keep(user, article.pk, request.POST.get(PAGE, "")[:16], fields)
        request._refused = fields  # type: ignore[attr-defined] # noqa: SLF001 - read by `to_copy`
        request.method = "GET"
        shown = self.changeform_view(request, object_id)
        shown.status_code = HTTPStatus.FORBIDDEN
        return shown

    def to_copy(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """Of who may only read the article: what they wrote in it and could not save."""
        user: Any = request.user
        fields: dict[str, list[str]] | None = getattr(request, "_refused", None)
        page = (fields or {}).get(PAGE, [""])[0][:16]
        works: list[tuple[int | None, datetime | None, list[tuple[Words, str]]]] = [
            (work.pk, work.saved_at, written)
            for work in kept(user, article.pk)
            if (written := _written(article, work.fields)) and (fields is None or work.page != page)
        ]
        if fields is not None:
            works.insert(0, (None, None, _written(article, fields)))
        return {"is_refused": fields is not None, "to_copy": works}

    def settled_down(self, request: HttpRequest, article: Article, *, change: bool) -> None:
        """The form is saved: nothing of it has to be kept."""
        user: Any = request.user
        forget(user, article.pk if change else None, page=request.POST.get(PAGE, "")[:16])
        leave(user, article.pk)


def _posted(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name: request.POST.getlist(name)
        for name in request.POST
        if name != "csrfmiddlewaretoken" and not name.startswith("_")
    }


def _length(fields: Mapping[str, list[str]]) -> int:
    return sum(len(value) for values in fields.values() for value in values)


def _written(article: Article, fields: Mapping[str, list[str]]) -> list[tuple[Words, str]]:
    """The texts in this form that are not those of the article."""
    found = []
    for name in _TEXTS:
        text = "\n".join(fields.get(name, ())).replace("\r\n", "\n").strip()
        if text and text != str(getattr(article, name)).strip():
            found.append((field_words(FIELD_OF.get(name, name)), text))
    return found


def _stands_so(fields: Mapping[str, list[str]], page: Mapping[str, Any]) -> bool:
    """Whether all that was kept is what the page shows: somebody has saved just that since."""
    posted = QueryDict(mutable=True)
    for name, values in fields.items():
        posted.setlist(name, values)
    forms = [page["adminform"].form]
    for inline in page["inline_admin_formsets"]:
        rows = inline.formset
        if posted.get(f"{rows.prefix}-TOTAL_FORMS") != str(rows.total_form_count()):
            return False
        forms += rows.forms
    return all(
        _is_same(value_of(form, [name], posted), value_of(form, [name], None))
        for form in forms
        for name, field in form.fields.items()
        if not (field.disabled or isinstance(field.widget, HiddenInput))
    )


def _is_same(ours: list[Any], theirs: list[Any]) -> bool:
    """What is empty is so in several ways."""
    return [one or None for one in ours] == [one or None for one in theirs]


def _moment(text: str) -> datetime:
    """When the page that is closed was last told of; for what is no moment, long ago."""
    try:
        moment = datetime.fromisoformat(text[:40])
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def others_in_words(request: HttpRequest, article: Article) -> list[str]:
    """A sentence for each who has the article open besides."""
    user: Any = request.user
    sentences = []
    for other in others(user, article.pk):
        text = (
            _("%(who)s is editing this article, too.")
            if other.is_here
            else _("%(who)s opened this article at %(moment)s and may still be writing.")
        )
        moment = f"{timezone.localtime(other.seen_at):%H:%M}"
        sentences.append(text % {"who": other.name, "moment": moment})
    return sentences
