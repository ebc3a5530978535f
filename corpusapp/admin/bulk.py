"""Deeds over the articles chosen in the list: a page shows first what each will do, then it is done."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_choice import Question, answers, is_sure, with_doubts
from corpusapp.admin.bulk_forms import NoQuestion, PublishForm, WithdrawForm
from corpusapp.admin.bulk_more import MoreBulkDeeds
from corpusapp.admin.bulk_suggest import SuggestedTags
from corpusapp.admin.bulk_tags import TagDeeds
from corpusapp.admin.bulk_words import NAMES, readers_lose
from corpusapp.editing.bulk_deeds import DEEDS
from corpusapp.editing.bulk_plans import Plan
from corpusapp.models import Article

Answer = HttpResponse | None
Articles = QuerySet[Article]


class BulkDeeds(TagDeeds, SuggestedTags, MoreBulkDeeds):
    """The actions of the article list. Each asks for its permission, and for each article."""

    actions = (
        "publish_chosen",
        "withdraw_chosen",
        "review_chosen",
        "draft_chosen",
        "suggest_chosen",
        "tag_chosen",
        "untag_chosen",
        "place_chosen",
        "source_chosen",
        "language_chosen",
        "date_chosen",
        "reread_chosen",
        "export_chosen",
        "bin_chosen",
        "restore_chosen",
    )

    @admin.action(description=gettext_lazy("Publish …"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        chosen = self._chosen(request, queryset, "publish")
        if chosen is None:
            return None
        if is_sure(request):
            form = PublishForm(request.POST)
            held_too = form.is_valid() and form.cleaned_data["held_too"]
            return self._do(request, chosen, "publish", {"held_too": held_too})
        plan = DEEDS["publish"].plan(chosen.ids, {})
        question = Question(
            "publish_chosen",
            _("Publish articles"),
            _will_be_published(len(plan.going)),
            _("Publish"),
            PublishForm(answers(request)) if plan.held else NoQuestion(answers(request)),
            plan,
            with_doubts(plan.held),
            deed="publish",
        )
        return self._ask(request, chosen, question)

    @admin.action(description=gettext_lazy("Withdraw …"), permissions=["withdraw"])
    def withdraw_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        chosen = self._chosen(request, queryset, "withdraw")
        if chosen is None:
            return None
        form = WithdrawForm(answers(request))
        if is_sure(request) and form.is_valid():
            return self._do(request, chosen, "withdraw", form.cleaned_data)
        plan = DEEDS["withdraw"].plan(chosen.ids, {})
        question = Question(
            "withdraw_chosen",
            _("Withdraw articles"),
            _will_be_withdrawn(len(plan.going)),
            _("Withdraw"),
            form,
            plan,
            deed="withdraw",
        )
        return self._ask(request, chosen, question)

    @admin.action(description=gettext_lazy("Back to review …"), permissions=["review"])
    def review_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._move(request, queryset, "review")

    @admin.action(description=gettext_lazy("Make drafts …"), permissions=["draft"])
    def draft_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._move(request, queryset, "draft")

    @admin.action(description=gettext_lazy("Put in the bin …"), permissions=["bin"])
    def bin_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._move(request, queryset, "bin")

    @admin.action(description=gettext_lazy("Restore from the bin …"), permissions=["restore"])
    def restore_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._move(request, queryset, "restore")

    def _move(self, request: HttpRequest, queryset: Articles, deed: str) -> Answer:
        """Show what will happen to which articles, then do it to these."""
        chosen = self._chosen(request, queryset, deed)
        if chosen is None:
            return None
        if is_sure(request):
            return self._do(request, chosen, deed, {})
        plan = DEEDS[deed].plan(chosen.ids, {})
        return self._ask(request, chosen, _plain(deed, plan, answers(request)))


def _plain(deed: str, plan: Plan, answered: Any) -> Question:
    """A deed about which there is nothing to say but yes."""
    count = len(plan.going)
    sentence = ngettext(
        "This will be done to %(count)s article.", "This will be done to %(count)s articles.", count
    ) % {"count": number_format(count, force_grouping=True)}
    lost = "" if deed == "restore" else readers_lose(plan.going)
    form: forms.Form = NoQuestion(answered)
    title = str(NAMES[deed])
    told = f"{sentence} {lost}".strip()
    return Question(f"{deed}_chosen", title, told, title, form, plan, deed=deed)


def _will_be_published(count: int) -> str:
    if not count:
        return _("None of these will be published as they stand.")
    return ngettext(
        "%(count)s article will be published.", "%(count)s articles will be published.", count
    ) % {"count": number_format(count, force_grouping=True)}


def _will_be_withdrawn(count: int) -> str:
    return ngettext(
        "%(count)s published article will be withdrawn. Its address will say so.",
        "%(count)s published articles will be withdrawn. Their addresses will say so.",
        count,
    ) % {"count": number_format(count, force_grouping=True)}
