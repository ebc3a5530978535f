"""Several people at one article: their saves go together, and the page says what became of them."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from corpusapp.admin.article_form import CLASH, LOOK, ArticleForm
from corpusapp.admin.article_merging import Merge, merged, stored
from corpusapp.admin.desk import cut_name
from corpusapp.admin.form_values import BASE
from corpusapp.editing.trail import entries_of
from corpusapp.models import Act, Article, State

_MERGE = "_desk_merge"
_A_MOMENT = timedelta(seconds=2)  # between a deed and its line in the trail


class Together(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def is_clashing(self, request: HttpRequest) -> bool:
        merge: Merge | None = getattr(request, _MERGE, None)
        return bool(merge and merge.clashes)

    def merge_posted(self, request: HttpRequest, object_id: str) -> None:
        """Let the request post what comes of the merge; the article's row is locked by now."""
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            return
        form_class: Any = self.get_form(request, article, change=True)
        merge = merged(request.POST, stored(article, form_class))
        setattr(request, _MERGE, merge)
        request.POST = merge.posted  # type: ignore[assignment]

    def say_merged(self, request: HttpRequest) -> None:
        """After a save that took somebody else's changes along."""
        merge: Merge | None = getattr(request, _MERGE, None)
        if merge and merge.theirs:
            named = ", ".join(map(str, merge.theirs))
            text = _("Somebody else had saved meanwhile. Theirs is kept, beside yours: %(fields)s.")
            self.message_user(request, text % {"fields": named}, messages.INFO)

    def say_taken_away(self, request: HttpRequest, article: Article) -> None:
        """After a save of what somebody else has put in the bin or withdrawn meanwhile."""
        is_gone = article.binned_at or article.state == State.WITHDRAWN
        if not (is_gone and came_meanwhile(request)):
            return
        acts = [Act.BINNED, Act.REFUSED] if article.binned_at else [Act.WITHDRAWN]
        since = (article.binned_at or article.withdrawn_at or timezone.now()) - _A_MOMENT
        entry = entries_of(article).filter(act__in=acts, at__gte=since).exclude(who="").first()
        if article.merged_into_id:
            text = _(
                "“%(article)s” is merged into “%(other)s”, and lies in the bin. Yours is saved."
            )
        elif article.binned_at and entry:
            text = _(
                "“%(article)s” lies in the bin: %(who)s put it there at %(moment)s. Yours is saved."
            )
        elif article.binned_at:
            text = _("“%(article)s” lies in the bin. Yours is saved.")
        elif entry:
            text = _("“%(article)s” is withdrawn: by %(who)s, at %(moment)s. Yours is saved.")
        else:
            text = _("“%(article)s” is withdrawn. Yours is saved.")
        moment = timezone.localtime(entry.at if entry else article.updated_at)
        names = {
            "article": cut_name(str(article)),
            "other": cut_name(str(article.merged_into or "")),
            "who": entry.who if entry else "",
            "moment": f"{moment:%Y-%m-%d %H:%M}",
        }
        there = reverse("admin:corpusapp_article_change", args=[article.pk])
        link = format_html('{} <a href="{}">{}</a>', text % names, there, _("Open it again"))
        self.message_user(request, link, messages.WARNING)

    def together(self, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
        """What the page needs: the fingerprints, and the choices where two have written the same."""
        article: Article | None = context.get("original")
        form: ArticleForm = context["adminform"].form
        merge: Merge | None = getattr(request, _MERGE, None)
        added: dict[str, Any] = {}
        if article and context["is_writable"]:
            added["base"] = (
                request.POST.get(BASE, "")
                if form.is_bound
                else stored(article, type(form)).prints()
            )
        if merge and merge.clashes and article:
            added["clashes"] = merge.clashes
            added["clash_by"] = _last_saved(article)
            added["merged_theirs"] = merge.theirs
        if context.get("errors") and _only_ours(form):
            added["errors"] = []  # said by the page itself
        return added


def came_meanwhile(request: HttpRequest) -> bool:
    """Whether somebody else had saved since the page was opened: what stands now nobody has seen whole."""
    merge: Merge | None = getattr(request, _MERGE, None)
    return bool(merge and merge.was_stale)


def changed_since(article: Article) -> str:
    text = _("“%(article)s” has changed since you saw it. Look again, then decide.")
    return text % {"article": article}


def _only_ours(form: ArticleForm) -> bool:
    """Whether nothing is wrong with the form but that there is something to look at first."""
    data = form.errors.as_data()
    codes = {error.code for error in data.get("__all__", ())}
    return set(data) == {"__all__"} and codes <= {CLASH, LOOK}


def _last_saved(article: Article) -> dict[str, Any]:
    """Who changed it last at the desk, and when."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk)
    )
    latest = logged.select_related("user").order_by("-pk").first()
    return {
        "who": latest.user.get_username() if latest else "",
        "at": timezone.localtime(article.updated_at),
    }
