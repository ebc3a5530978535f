"""Deeds over the articles chosen in the list: a page shows first what each will do, then it is done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.article_moves import BY_NAME
from corpusapp.admin.bulk_choice import (
    Chosen,
    Deed,
    Question,
    answers,
    is_sure,
    only,
    with_doubts,
)
from corpusapp.admin.bulk_forms import NoQuestion, PublishForm, WithdrawForm
from corpusapp.admin.bulk_more import MoreBulkDeeds
from corpusapp.admin.bulk_plans import (
    Plan,
    binning,
    holding,
    publishing,
    readers_lose,
    restoring,
    withdrawing,
)
from corpusapp.admin.bulk_suggest import SuggestedTags
from corpusapp.admin.bulk_tags import TagDeeds
from corpusapp.editing.publish import hold, publish, put_in_bin, take_from_bin, withdraw
from corpusapp.models import Article, State

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
        chosen = self._chosen(request, queryset, to_publish=True)
        if chosen is None:
            return None
        plan = publishing(chosen.ids)
        form = PublishForm(answers(request)) if plan.held else NoQuestion(answers(request))
        if not (is_sure(request) and form.is_valid()):
            question = Question(
                "publish_chosen",
                _("Publish articles"),
                _will_be_published(len(plan.going)),
                _("Publish"),
                form,
                plan,
                with_doubts(plan.held),
            )
            return self._ask(request, chosen, question)
        too = bool(form.cleaned_data.get("held_too"))
        going = only(chosen, plan, held_too=too)
        moved = self._do(request, going, publish, _("Published."))
        self._report(
            request,
            moved,
            ngettext("Published %(count)s article.", "Published %(count)s articles.", moved.moved),
        )
        if plan.held and not too:
            text = ngettext(
                "%(count)s article is held back by a doubt and stays as it was.",
                "%(count)s articles are held back by a doubt and stay as they were.",
                len(plan.held),
            ) % {"count": number_format(len(plan.held), force_grouping=True)}
            self.message_user(request, text, messages.WARNING)
        return None

    @admin.action(description=gettext_lazy("Withdraw …"), permissions=["withdraw"])
    def withdraw_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        chosen = self._chosen(request, queryset, to_publish=True)
        if chosen is None:
            return None
        plan = withdrawing(chosen.ids)
        form = WithdrawForm(answers(request))
        sure = is_sure(request) and form.is_valid()
        note, why = (form.cleaned_data["note"], form.cleaned_data["why"]) if sure else ("", "")
        return self._move(
            request,
            chosen,
            Question(
                "withdraw_chosen",
                _("Withdraw articles"),
                _will_be_withdrawn(len(plan.going)),
                _("Withdraw"),
                form,
                plan,
            ),
            deed=lambda ids: withdraw(ids, note, why),
            log=_("Withdrawn."),
            told=lambda count: ngettext(
                "Withdrew %(count)s article.", "Withdrew %(count)s articles.", count
            ),
        )

    @admin.action(description=gettext_lazy("Back to review …"), permissions=["review"])
    def review_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._hold(request, queryset, "_review", State.REVIEW)

    @admin.action(description=gettext_lazy("Make drafts …"), permissions=["draft"])
    def draft_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        return self._hold(request, queryset, "_draft", State.DRAFT)

    @admin.action(description=gettext_lazy("Put in the bin …"), permissions=["bin"])
    def bin_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        plan = binning(chosen.ids)
        return self._move(
            request,
            chosen,
            _plain("bin_chosen", _("Put in the bin"), plan, answers(request)),
            deed=put_in_bin,
            log=_("Put in the bin."),
            told=lambda count: ngettext(
                "Put %(count)s article in the bin.", "Put %(count)s articles in the bin.", count
            ),
        )

    @admin.action(description=gettext_lazy("Restore from the bin …"), permissions=["restore"])
    def restore_chosen(self, request: HttpRequest, queryset: Articles) -> Answer:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        plan = restoring(chosen.ids)
        return self._move(
            request,
            chosen,
            _plain("restore_chosen", _("Restore from the bin"), plan, answers(request)),
            deed=take_from_bin,
            log=_("Restored from the bin."),
            told=lambda count: ngettext(
                "Restored %(count)s article.", "Restored %(count)s articles.", count
            ),
        )

    def _hold(self, request: HttpRequest, queryset: Articles, name: str, state: State) -> Answer:
        """As the button of one article: from the same states."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        move = BY_NAME[name]
        plan = holding(chosen.ids, move.states)
        return self._move(
            request,
            chosen,
            _plain(f"{name[1:]}_chosen", str(move.label), plan, answers(request)),
            deed=lambda ids: hold(ids, state),
            log=_("State: %(state)s.") % {"state": state.label},
            told=lambda count: ngettext(
                "Moved %(count)s article.", "Moved %(count)s articles.", count
            ),
        )

    def _move(
        self,
        request: HttpRequest,
        chosen: Chosen,
        question: Question,
        *,
        deed: Deed,
        log: str,
        told: Callable[[int], str],
    ) -> Answer:
        """Show what will happen to which articles, then do it to these."""
        plan = question.plan
        if plan is None or not (is_sure(request) and question.form.is_valid()):
            return self._ask(request, chosen, question)
        moved = self._do(request, only(chosen, plan), deed, log)
        self._report(request, moved, told(moved.moved))
        return None


def _plain(action: str, title: str, plan: Plan, answered: Any) -> Question:
    """A deed about which there is nothing to say but yes."""
    count = len(plan.going)
    sentence = ngettext(
        "This will be done to %(count)s article.", "This will be done to %(count)s articles.", count
    ) % {"count": number_format(count, force_grouping=True)}
    lost = "" if action == "restore_chosen" else readers_lose(plan.going)
    form: forms.Form = NoQuestion(answered)
    return Question(action, title, f"{sentence} {lost}".strip(), title, form, plan)


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
