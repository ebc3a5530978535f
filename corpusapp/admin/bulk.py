"""Deeds over the articles chosen in the list: what will change is shown first where it is not plain."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.article_moves import BY_NAME
from corpusapp.admin.bulk_choice import (
    Chosen,
    Question,
    answers,
    batches,
    effects,
    held_by_doubt,
    how_many,
    is_answer,
    with_doubts,
)
from corpusapp.admin.bulk_forms import (
    NoQuestion,
    PublishForm,
    SectionForm,
    TagsForm,
    WithdrawForm,
)
from corpusapp.admin.bulk_more import MoreBulkDeeds
from corpusapp.admin.rights import BULK, may_file, may_publish, other_sections
from corpusapp.editing.placing import place_in_section
from corpusapp.editing.publish import hold, publish, put_in_bin, take_from_bin, withdraw
from corpusapp.editing.tagging import add_tags, known_tags, remove_tags, tags_named
from corpusapp.models import Article, State


class BulkDeeds(MoreBulkDeeds):
    """The actions of the article list. Each asks for its permission, and for each article."""

    actions = (
        "publish_chosen",
        "withdraw_chosen",
        "review_chosen",
        "draft_chosen",
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

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request) and self.has_bulk_permission(request)

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(BULK)

    # The actions ------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
    def publish_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, to_publish=True)
        if chosen is None:
            return None
        held = held_by_doubt(chosen.ids)
        form = PublishForm(request.POST if is_answer(request) else None)
        if (held or len(chosen.ids) > 1) and not form.is_valid():
            ready = len(chosen.ids) - len(held)
            sentence = ngettext(
                "%(count)s article will be published.",
                "%(count)s articles will be published.",
                ready,
            ) % {"count": number_format(ready)}
            if not ready:
                sentence = _("None of these will be published as they stand.")
            question = Question(
                "publish_chosen",
                _("Publish articles"),
                sentence,
                _("Publish"),
                form,
                with_doubts(held),
            )
            return self._ask(request, chosen, question)
        left = set() if held and form.cleaned_data["held_too"] else set(held)
        going = Chosen([pk for pk in chosen.ids if pk not in left], chosen.refused)
        moved = self._do(request, going, publish, _("Published."))
        self._report(
            request,
            moved,
            ngettext("Published %(count)s article.", "Published %(count)s articles.", moved.moved),
        )
        if left:
            text = ngettext(
                "%(count)s article is held back by a doubt and stays as it was.",
                "%(count)s articles are held back by a doubt and stay as they were.",
                len(left),
            ) % {"count": number_format(len(left))}
            self.message_user(request, text, messages.WARNING)
        return None

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["publish"])
    def withdraw_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, to_publish=True)
        if chosen is None:
            return None
        form = WithdrawForm(request.POST if is_answer(request) else None)
        if not form.is_valid():
            public = Article.objects.filter(state=State.PUBLISHED)
            count = sum(public.filter(pk__in=batch).count() for batch in batches(chosen.ids))
            sentence = ngettext(
                "%(count)s published article will be withdrawn. Its address will say so.",
                "%(count)s published articles will be withdrawn. Their addresses will say so.",
                count,
            ) % {"count": number_format(count)}
            question = Question(
                "withdraw_chosen", _("Withdraw articles"), sentence, _("Withdraw"), form
            )
            return self._ask(request, chosen, question)
        note, why = form.cleaned_data["note"], form.cleaned_data["why"]
        moved = self._do(request, chosen, lambda ids: withdraw(ids, note, why), _("Withdrawn."))
        self._report(
            request,
            moved,
            ngettext("Withdrew %(count)s article.", "Withdrew %(count)s articles.", moved.moved),
        )
        return None

    @admin.action(description=gettext_lazy("Back to review"), permissions=["bulk"])
    def review_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return self._hold(request, queryset, "_review", State.REVIEW)

    @admin.action(description=gettext_lazy("Make drafts"), permissions=["bulk"])
    def draft_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return self._hold(request, queryset, "_draft", State.DRAFT)

    @admin.action(description=gettext_lazy("Add tags …"), permissions=["bulk"])
    def tag_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        may_make = request.user.has_perm("corpusapp.add_tag")
        form = TagsForm(answers(request, "tags"), may_make=may_make)
        if not form.is_valid():
            question = Question("tag_chosen", _("Add tags"), how_many(chosen), _("Add tags"), form)
            return self._ask(request, chosen, question)
        words = form.cleaned_data["tags"]
        if "_sure" not in request.POST:
            known = known_tags(words)
            new = [
                {"id": known[word].pk, "name": known[word].name}
                if word in known
                else {"id": 0, "name": word}
                for word in words
            ]
            found = effects(
                chosen.ids, "tags", lambda had: [*had, *(one for one in new if one not in had)]
            )
            question = Question("tag_chosen", _("Add tags"), how_many(chosen), _("Add tags"), form)
            return self._ask(request, chosen, question.seen(found, request.POST))
        tags = tags_named(words, request.LANGUAGE_CODE if may_make else "en")
        named = ", ".join(str(tag) for tag in tags)
        moved = self._do(
            request,
            chosen,
            lambda ids: add_tags(ids, tags),
            _("Added tags: %(tags)s.") % {"tags": named},
            ["tags"],
        )
        self._report(
            request,
            moved,
            ngettext(
                "Added tags to %(count)s article.", "Added tags to %(count)s articles.", moved.moved
            ),
        )
        return None

    @admin.action(description=gettext_lazy("Remove tags …"), permissions=["bulk"])
    def untag_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = TagsForm(answers(request, "tags"))
        if not form.is_valid():
            question = Question(
                "untag_chosen", _("Remove tags"), how_many(chosen), _("Remove tags"), form
            )
            return self._ask(request, chosen, question)
        tags = list(dict.fromkeys(known_tags(form.cleaned_data["tags"]).values()))
        if "_sure" not in request.POST:
            going = {tag.pk for tag in tags}
            found = effects(
                chosen.ids, "tags", lambda had: [one for one in had if one["id"] not in going]
            )
            title = _("Remove tags")
            question = Question("untag_chosen", title, how_many(chosen), title, form)
            return self._ask(request, chosen, question.seen(found, request.POST))
        named = ", ".join(str(tag) for tag in tags)
        moved = self._do(
            request,
            chosen,
            lambda ids: remove_tags(ids, tags),
            _("Removed tags: %(tags)s.") % {"tags": named},
            ["tags"],
        )
        self._report(
            request,
            moved,
            ngettext(
                "Removed tags from %(count)s article.",
                "Removed tags from %(count)s articles.",
                moved.moved,
            ),
        )
        return None

    @admin.action(description=gettext_lazy("Set the section …"), permissions=["bulk"])
    def place_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = SectionForm(answers(request, "section"))
        if not form.is_valid():
            question = Question(
                "place_chosen", _("Set the section"), how_many(chosen), _("Set the section"), form
            )
            return self._ask(request, chosen, question)
        section = form.cleaned_data["section"]
        if not may_file(request, section.pk if section else None):
            self.message_user(request, other_sections(), messages.ERROR)
            return None
        if "_sure" not in request.POST:
            value = {"id": section.pk, "name": section.name} if section else None
            found = effects(chosen.ids, "section", lambda _before: value)
            title = _("Set the section")
            question = Question("place_chosen", title, how_many(chosen), title, form)
            return self._ask(request, chosen, question.seen(found, request.POST))
        moved = self._do(
            request,
            chosen,
            lambda ids: place_in_section(ids, section),
            _("Section: %(section)s.") % {"section": section or "–"},
            ["section"],
        )
        self._report(
            request,
            moved,
            ngettext(
                "Set the section of %(count)s article.",
                "Set the section of %(count)s articles.",
                moved.moved,
            ),
        )
        return None

    @admin.action(description=gettext_lazy("Put in the bin"), permissions=["bulk"])
    def bin_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        lost = _what_readers_lose(chosen.ids)
        if lost and not is_answer(request):
            question = Question(
                "bin_chosen", _("Put in the bin"), lost, _("Put in the bin"), NoQuestion()
            )
            return self._ask(request, chosen, question)
        moved = self._do(request, chosen, put_in_bin, _("Put in the bin."))
        self._report(
            request,
            moved,
            ngettext(
                "Put %(count)s article in the bin.",
                "Put %(count)s articles in the bin.",
                moved.moved,
            ),
        )
        return None

    @admin.action(description=gettext_lazy("Restore from the bin"), permissions=["bulk"])
    def restore_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        moved = self._do(request, chosen, take_from_bin, _("Restored from the bin."))
        self._report(
            request,
            moved,
            ngettext("Restored %(count)s article.", "Restored %(count)s articles.", moved.moved),
        )
        return None

    def _hold(
        self, request: HttpRequest, queryset: QuerySet[Article], name: str, state: State
    ) -> HttpResponse | None:
        """As the button of one article: from the same states, and after a look where readers miss it."""
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        move = BY_NAME[name]
        fitting = Article.objects.filter(state__in=move.states)
        going: list[int] = []
        for batch in batches(chosen.ids):
            going += fitting.filter(pk__in=batch).order_by("pk").values_list("pk", flat=True)
        lost = _what_readers_lose(going)
        if lost and not is_answer(request):
            label = str(move.label)
            question = Question(f"{name[1:]}_chosen", label, lost, label, NoQuestion())
            return self._ask(request, chosen, question)
        moved = self._do(
            request,
            Chosen(going, chosen.refused),
            lambda ids: hold(ids, state),
            _("State: %(state)s.") % {"state": state.label},
        )
        self._report(
            request,
            moved,
            ngettext("Moved %(count)s article.", "Moved %(count)s articles.", moved.moved),
        )
        if left := len(chosen.ids) - len(going):
            text = ngettext(
                "%(count)s article is not in a state for that and stays as it was.",
                "%(count)s articles are not in a state for that and stay as they were.",
                left,
            ) % {"count": number_format(left)}
            self.message_user(request, text, messages.WARNING)
        return None


def _what_readers_lose(ids: Sequence[int]) -> str:
    """The sentence that says how many of these articles vanish from the public pages; "" for none."""
    public = Article.objects.filter(state=State.PUBLISHED, binned_at=None)
    count = sum(public.filter(pk__in=batch).count() for batch in batches(ids))
    if not count:
        return ""
    return ngettext(
        "%(count)s of these articles is published and will vanish from the public pages.",
        "%(count)s of these articles are published and will vanish from the public pages.",
        count,
    ) % {"count": number_format(count)}
