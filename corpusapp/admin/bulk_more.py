"""More deeds over the chosen articles: source, language, date, a new extraction, and a file of them."""

from collections.abc import Sequence
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
    Deed,
    Question,
    answers,
    how_many,
    is_sure,
    only,
)
from corpusapp.admin.bulk_forms import (
    DateForm,
    ExportForm,
    LanguageForm,
    NoQuestion,
    SectionForm,
    SourceForm,
)
from corpusapp.admin.bulk_plans import (
    Effect,
    Plan,
    apart,
    has_it,
    setting,
    setting_language,
)
from corpusapp.admin.exporting import exported
from corpusapp.admin.rights import filing_sections, may_file, other_sections
from corpusapp.editing.filing import set_date, set_language, set_source
from corpusapp.editing.placing import place_in_section
from corpusapp.editing.telling import readable
from corpusapp.models import Article

MOST_REREAD = 200  # captures read while somebody waits


class MoreBulkDeeds(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    @admin.action(description=gettext_lazy("Set the section …"), permissions=["section"])
    def place_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = SectionForm(answers(request), sections=filing_sections(request))
        title = _("Set the section")
        question = Question("place_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        section = form.cleaned_data["section"]
        if not may_file(request, section.pk if section else None):
            self.message_user(request, other_sections(), messages.ERROR)
            return None
        value = {"id": section.pk, "name": section.name} if section else None
        return self._look_then_do(
            request,
            chosen,
            question,
            setting(chosen.ids, "section", lambda _before: value),
            deed=lambda ids: place_in_section(ids, section),
            log=_("Section: %(section)s.") % {"section": section or "–"},
        )

    @admin.action(description=gettext_lazy("Set the source …"), permissions=["source"])
    def source_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = SourceForm(answers(request))
        title = _("Set the source")
        question = Question("source_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        source = form.cleaned_data["source"]
        value = {"id": source.pk, "name": source.name} if source else None
        return self._look_then_do(
            request,
            chosen,
            question,
            setting(chosen.ids, "source", lambda _before: value),
            deed=lambda ids: set_source(ids, source),
            log=_("Source: %(source)s.") % {"source": source or "–"},
        )

    @admin.action(description=gettext_lazy("Set the language …"), permissions=["language"])
    def language_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = LanguageForm(answers(request))
        title = _("Set the language")
        question = Question("language_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        language = form.cleaned_data["language"]
        return self._look_then_do(
            request,
            chosen,
            question,
            setting_language(chosen.ids, language),
            deed=lambda ids: set_language(ids, language),
            log=_("Language: %(language)s.") % {"language": language},
        )

    @admin.action(description=gettext_lazy("Set the date …"), permissions=["date"])
    def date_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = DateForm(answers(request))
        title = _("Set the date")
        question = Question("date_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        day, precision, printed = form.printed()
        return self._look_then_do(
            request,
            chosen,
            question,
            setting(chosen.ids, "published_at", lambda _before: printed),
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
        plan = _reread(chosen.ids, user, dry_run=True)
        if not is_sure(request):
            return self._ask(request, chosen, question.seen(plan, request.POST))
        going = only(chosen, plan)
        done = _reread(going.ids, user, dry_run=False)
        self._tell_others(request, going)
        count = len(done.going)
        text = ngettext("Changed %(count)s article.", "Changed %(count)s articles.", count) % {
            "count": number_format(count, force_grouping=True)
        }
        self.message_user(request, text, messages.SUCCESS if count else messages.INFO)
        return None

    @admin.action(description=gettext_lazy("Export …"), permissions=["export"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> Any:
        """A file of all that was chosen, however many; whoever may export may export what they may see."""
        plain = queryset.prefetch_related(None).order_by("pk")
        ids = list(plain.values_list("pk", flat=True))
        form = ExportForm(answers(request))
        if is_sure(request) and form.is_valid():
            return exported(ids, form.cleaned_data["form"])
        chosen = Chosen(ids, 0)
        title = _("Export")
        plan = Plan(chosen.ids)
        question = Question(
            "export_chosen", title, how_many(chosen), title, form, plan, is_pinned=False
        )
        return self._ask(request, chosen, question)

    def _look_then_do(
        self,
        request: HttpRequest,
        chosen: Chosen,
        question: Question,
        plan: Plan,
        *,
        deed: Deed,
        log: str,
    ) -> HttpResponse | None:
        """First what will change, then the deed itself."""
        if not is_sure(request):
            return self._ask(request, chosen, question.seen(plan, request.POST))
        moved = self._do(request, only(chosen, plan), deed, log, [plan.sets])
        self._report(
            request,
            moved,
            ngettext("Changed %(count)s article.", "Changed %(count)s articles.", moved.moved),
        )
        return None


def _reread(ids: Sequence[int], user: Any, *, dry_run: bool) -> Plan:
    from corpusapp.importing.reextracting import (  # noqa: PLC0415 - most workers never need it
        Choice,
        Reextraction,
    )

    going: list[int] = []
    shown: list[Effect] = []
    for result in Reextraction(Choice(articles=tuple(ids)), user, dry_run=dry_run) if ids else ():
        if result.changes:
            going.append(result.article)
        for change in result.changes:
            before = readable(change.field, change.before)
            shown.append(Effect(result.title, before, readable(change.field, change.after)))
    same = sorted(set(ids) - set(going))
    return Plan(sorted(going), apart(same, has_it), shown=shown)
