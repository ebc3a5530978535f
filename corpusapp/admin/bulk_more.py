"""More deeds over the chosen articles: source, language, date, a new extraction, and a file of them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.bulk_choice import (
    ChoiceDesk,
    Chosen,
    Question,
    answers,
    how_many,
    is_sure,
)
from corpusapp.admin.bulk_forms import (
    DateForm,
    ExportForm,
    LanguageForm,
    NoQuestion,
    SectionForm,
    SourceForm,
)
from corpusapp.admin.exporting import exported
from corpusapp.admin.rights import filing_sections, may_file, other_sections
from corpusapp.editing.bulk_deeds import Parameters
from corpusapp.editing.bulk_plans import Plan
from corpusapp.importing.bulk_deeds import ALL_DEEDS
from corpusapp.models import Article


class MoreBulkDeeds(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    @admin.action(description=gettext_lazy("Set the section …"), permissions=["section"])
    def place_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "section")
        if chosen is None:
            return None
        form = SectionForm(answers(request), sections=filing_sections(request))
        title = _("Set the section")
        question = Question("place_chosen", title, how_many(chosen), title, form, deed="section")
        if not form.is_valid():
            return self._ask(request, chosen, question)
        section = form.cleaned_data["section"]
        if not may_file(request, section.pk if section else None):
            self.message_user(request, other_sections(), messages.ERROR)
            return None
        asked = {"section": section.pk if section else None}
        return self._look_then_do(request, chosen, question, asked)

    @admin.action(description=gettext_lazy("Set the source …"), permissions=["source"])
    def source_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "source")
        if chosen is None:
            return None
        form = SourceForm(answers(request))
        title = _("Set the source")
        question = Question("source_chosen", title, how_many(chosen), title, form, deed="source")
        if not form.is_valid():
            return self._ask(request, chosen, question)
        source = form.cleaned_data["source"]
        asked = {"source": source.pk if source else None}
        return self._look_then_do(request, chosen, question, asked)

    @admin.action(description=gettext_lazy("Set the language …"), permissions=["language"])
    def language_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "language")
        if chosen is None:
            return None
        form = LanguageForm(answers(request))
        title = _("Set the language")
        question = Question(
            "language_chosen", title, how_many(chosen), title, form, deed="language"
        )
        if not form.is_valid():
            return self._ask(request, chosen, question)
        asked = {"language": form.cleaned_data["language"]}
        return self._look_then_do(request, chosen, question, asked)

    @admin.action(description=gettext_lazy("Set the date …"), permissions=["date"])
    def date_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "date")
        if chosen is None:
            return None
        form = DateForm(answers(request))
        title = _("Set the date")
        question = Question("date_chosen", title, how_many(chosen), title, form, deed="date")
        if not form.is_valid():
            return self._ask(request, chosen, question)
        day = form.cleaned_data["published"]
        asked = {
            "day": day.isoformat() if day else None,
            "precision": form.cleaned_data["precision"],
        }
        return self._look_then_do(request, chosen, question, asked)

    @admin.action(description=gettext_lazy("Read the captures again …"), permissions=["reread"])
    def reread_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "reread")
        if chosen is None:
            return None
        title = _("Read the captures again")
        question = Question(
            "reread_chosen", title, how_many(chosen), title, NoQuestion(), deed="reread"
        )
        return self._look_then_do(request, chosen, question, {})

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
        self, request: HttpRequest, chosen: Chosen, question: Question, asked: Parameters
    ) -> HttpResponse | None:
        """First what will change, then the deed itself."""
        if is_sure(request):
            return self._do(request, chosen, question.deed, asked)
        plan = ALL_DEEDS[question.deed].plan(chosen.ids, asked)
        return self._ask(request, chosen, question.seen(plan, request.POST))
