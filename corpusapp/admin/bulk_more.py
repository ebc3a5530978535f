"""More deeds over the chosen articles: source, language, date, a new extraction, and a file of them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_choice import (
    ChoiceDesk,
    Chosen,
    Effects,
    Question,
    answers,
    effects,
    how_many,
)
from corpusapp.admin.bulk_forms import DateForm, ExportForm, LanguageForm, NoQuestion, SourceForm
from corpusapp.admin.exporting import exported
from corpusapp.admin.reextraction import may_reextract
from corpusapp.admin.rights import BULK
from corpusapp.editing.filing import set_date, set_language, set_source
from corpusapp.editing.publish import Moved
from corpusapp.editing.telling import readable
from corpusapp.models import Article

MOST_REREAD = 200  # captures read while somebody waits


class MoreBulkDeeds(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("corpusapp.export_article")

    def has_reread_permission(self, request: HttpRequest) -> bool:
        return may_reextract(request)

    def has_fields_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(BULK)

    @admin.action(description=gettext_lazy("Set the source …"), permissions=["fields"])
    def source_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = SourceForm(answers(request, "source"))
        title = _("Set the source")
        question = Question("source_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        source = form.cleaned_data["source"]
        value = {"id": source.pk, "name": source.name} if source else None
        found = effects(chosen.ids, "source", lambda _before: value)
        return self._look_then_do(
            request,
            chosen,
            question,
            found=found,
            deed=lambda ids: set_source(ids, source),
            log=_("Source: %(source)s.") % {"source": source or "–"},
        )

    @admin.action(description=gettext_lazy("Set the language …"), permissions=["fields"])
    def language_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = LanguageForm(answers(request, "language"))
        title = _("Set the language")
        question = Question("language_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        language = form.cleaned_data["language"]
        found = effects(chosen.ids, "language", lambda _before: language)
        return self._look_then_do(
            request,
            chosen,
            question,
            found=found,
            deed=lambda ids: set_language(ids, language),
            log=_("Language: %(language)s.") % {"language": language},
        )

    @admin.action(description=gettext_lazy("Set the date …"), permissions=["fields"])
    def date_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = DateForm(answers(request, "published"))
        title = _("Set the date")
        question = Question("date_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        day, precision, printed = form.printed()
        found = effects(chosen.ids, "published_at", lambda _before: printed)
        return self._look_then_do(
            request,
            chosen,
            question,
            found=found,
            deed=lambda ids: set_date(ids, day, precision),
            log=_("Date: %(date)s.") % {"date": printed or "–"},
        )

    @admin.action(description=gettext_lazy("Read the captures again …"), permissions=["reread"])
    def reread_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        if len(chosen.ids) > MOST_REREAD:
            text = _(
                "At most %(count)s at once here. “Read captures again” at the import runs takes any number."
            ) % {"count": MOST_REREAD}
            self.message_user(request, text, messages.ERROR)
            return None
        title = _("Read the captures again")
        question = Question("reread_chosen", title, how_many(chosen), title, NoQuestion())
        user: Any = request.user
        if "_sure" not in request.POST:
            found = _reread(chosen, user, dry_run=True)
            return self._ask(request, chosen, question.seen(found, request.POST))
        done = _reread(chosen, user, dry_run=False)
        text = ngettext("Changed %(count)s field.", "Changed %(count)s fields.", done.changing) % {
            "count": number_format(done.changing)
        }
        self.message_user(request, text, messages.SUCCESS if done.changing else messages.INFO)
        return None

    @admin.action(description=gettext_lazy("Export …"), permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> Any:
        """A file of what was chosen; whoever may export may export what they may see."""
        ids = list(queryset.prefetch_related(None).order_by("pk").values_list("pk", flat=True))
        form = ExportForm(answers(request, "form"))
        if not form.is_valid():
            chosen = Chosen(ids, 0)
            title = _("Export")
            question = Question("export_chosen", title, how_many(chosen), title, form)
            return self._ask(request, chosen, question)
        return exported(ids, form.cleaned_data["form"])

    def _look_then_do(
        self,
        request: HttpRequest,
        chosen: Chosen,
        question: Question,
        *,
        found: Effects,
        deed: Any,
        log: str,
    ) -> HttpResponse | None:
        """First what will change, then the deed itself."""
        if "_sure" not in request.POST:
            return self._ask(request, chosen, question.seen(found, request.POST))
        moved: Moved = self._do(request, chosen, deed, log, [found.field])
        sentence = ngettext(
            "Changed %(count)s article.", "Changed %(count)s articles.", moved.moved
        )
        text = sentence % {"count": number_format(moved.moved, force_grouping=True)}
        self.message_user(request, text, messages.SUCCESS if moved.moved else messages.INFO)
        if moved.held:
            text = _("These have an edition in that language already: %(titles)s")
            words = "; ".join(title[:100] for title in moved.held[:20])
            self.message_user(request, text % {"titles": words}, messages.WARNING)
        return None


def _reread(chosen: Chosen, user: Any, *, dry_run: bool) -> Effects:
    from corpusapp.importing.reextracting import (  # noqa: PLC0415 - most workers never need it
        Choice,
        Reextraction,
    )

    running = Reextraction(Choice(articles=tuple(chosen.ids)), user, dry_run=dry_run)
    shown, changing = [], 0
    for result in running:
        for change in result.changes:
            changing += 1
            before, after = (
                readable(change.field, change.before),
                readable(change.field, change.after),
            )
            shown.append((result.title, before, after))
    return Effects("", changing, len(chosen.ids), shown[:MOST_REREAD])
