"""Deeds over the articles chosen in the list: what will change is shown first where it is not plain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.desk import CleanText
from corpusapp.admin.doubt_words import Words, words_for
from corpusapp.admin.rights import BULK, changeable, may_publish
from corpusapp.admin.tag_field import TagsField
from corpusapp.editing.placing import place_in_section
from corpusapp.editing.publish import Moved, hold, publish, put_in_bin, take_from_bin, withdraw
from corpusapp.editing.tagging import add_tags, known_tags, remove_tags, tags_named
from corpusapp.models import Article, Doubt, Section, State

MOST_AT_ONCE = 10_000
_BATCH = 500  # articles in one transaction: another editor's save waits no longer than that takes
_NAMED = 20  # titles named in a message or on a page

Deed = Callable[[Sequence[int]], Moved]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles a deed is for: those of the selection that who asks may change."""

    ids: list[int]
    refused: int  # how many of the selection may not be changed

    @property
    def titles(self) -> list[str]:
        named = Article.objects.filter(pk__in=self.ids[:_NAMED]).only("title", "public_id")
        return [str(article) for article in named]

    @property
    def more(self) -> int:
        return max(0, len(self.ids) - _NAMED)


@dataclass(frozen=True, slots=True)
class Question:
    """The page between choosing a deed and doing it."""

    action: str
    title: str
    sentence: str
    button: Words
    form: forms.Form
    held: list[tuple[str, list[Words]]] = field(default_factory=list)


class NoQuestion(forms.Form):
    pass


class PublishForm(forms.Form):
    held_too = forms.BooleanField(
        label=gettext_lazy("Publish those that a doubt holds back, too"), required=False
    )


class WithdrawForm(forms.Form):
    note = CleanText(
        label=gettext_lazy("Withdrawal note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What readers of the old address are told."),
    )


class TagsForm(forms.Form):
    tags = TagsField(label=gettext_lazy("Tags"))

    def __init__(self, *args: Any, may_make: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_make = may_make

    def clean_tags(self) -> list[str]:
        words: list[str] = self.cleaned_data["tags"]
        if not self.may_make:
            known = known_tags(words)
            unknown = [word for word in words if word not in known]
            if unknown:
                raise forms.ValidationError(
                    _("There is no such tag: %(words)s.") % {"words": ", ".join(unknown)}
                )
        return words


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("No section"),
    )


class BulkDeeds(admin.ModelAdmin):
    """The actions of the article list. Each asks for its permission, and for each article."""

    actions = (
        "publish_chosen",
        "withdraw_chosen",
        "review_chosen",
        "draft_chosen",
        "tag_chosen",
        "untag_chosen",
        "place_chosen",
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
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        held = _held_by_doubt(chosen.ids)
        form = PublishForm(request.POST if _is_answer(request) else None)
        if held and not form.is_valid():
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
                _with_doubts(held),
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
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = WithdrawForm(request.POST if _is_answer(request) else None)
        if not form.is_valid():
            public = Article.objects.filter(state=State.PUBLISHED)
            count = sum(public.filter(pk__in=batch).count() for batch in _batches(chosen.ids))
            sentence = ngettext(
                "%(count)s published article will be withdrawn. Its address will say so.",
                "%(count)s published articles will be withdrawn. Their addresses will say so.",
                count,
            ) % {"count": number_format(count)}
            question = Question(
                "withdraw_chosen", _("Withdraw articles"), sentence, _("Withdraw"), form
            )
            return self._ask(request, chosen, question)
        note = form.cleaned_data["note"]
        moved = self._do(request, chosen, lambda ids: withdraw(ids, note), _("Withdrawn."))
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
        return self._hold(request, queryset, State.REVIEW)

    @admin.action(description=gettext_lazy("Make drafts"), permissions=["bulk"])
    def draft_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return self._hold(request, queryset, State.DRAFT)

    @admin.action(description=gettext_lazy("Add tags …"), permissions=["bulk"])
    def tag_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        may_make = request.user.has_perm("corpusapp.add_tag")
        form = TagsForm(_answers(request, "tags"), may_make=may_make)
        if not form.is_valid():
            question = Question("tag_chosen", _("Add tags"), _how_many(chosen), _("Add tags"), form)
            return self._ask(request, chosen, question)
        words = form.cleaned_data["tags"]
        tags = tags_named(words, request.LANGUAGE_CODE if may_make else "en")
        named = ", ".join(str(tag) for tag in tags)
        moved = self._do(
            request,
            chosen,
            lambda ids: add_tags(ids, tags),
            _("Added tags: %(tags)s.") % {"tags": named},
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
        form = TagsForm(_answers(request, "tags"))
        if not form.is_valid():
            question = Question(
                "untag_chosen", _("Remove tags"), _how_many(chosen), _("Remove tags"), form
            )
            return self._ask(request, chosen, question)
        tags = list(dict.fromkeys(known_tags(form.cleaned_data["tags"]).values()))
        named = ", ".join(str(tag) for tag in tags)
        moved = self._do(
            request,
            chosen,
            lambda ids: remove_tags(ids, tags),
            _("Removed tags: %(tags)s.") % {"tags": named},
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
        form = SectionForm(_answers(request, "section"))
        if not form.is_valid():
            question = Question(
                "place_chosen", _("Set the section"), _how_many(chosen), _("Set the section"), form
            )
            return self._ask(request, chosen, question)
        section = form.cleaned_data["section"]
        moved = self._do(
            request,
            chosen,
            lambda ids: place_in_section(ids, section),
            _("Section: %(section)s.") % {"section": section or "–"},
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
        public = Article.objects.filter(state=State.PUBLISHED, binned_at=None)
        count = sum(public.filter(pk__in=batch).count() for batch in _batches(chosen.ids))
        if count and not _is_answer(request):
            sentence = ngettext(
                "%(count)s of these articles is published and will vanish from the public pages.",
                "%(count)s of these articles are published and will vanish from the public pages.",
                count,
            ) % {"count": number_format(count)}
            question = Question(
                "bin_chosen", _("Put in the bin"), sentence, _("Put in the bin"), NoQuestion()
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

    # What they share --------------------------------------------------------------------------

    def _hold(
        self, request: HttpRequest, queryset: QuerySet[Article], state: State
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        moved = self._do(
            request,
            chosen,
            lambda ids: hold(ids, state),
            _("State: %(state)s.") % {"state": state.label},
        )
        self._report(
            request,
            moved,
            ngettext("Moved %(count)s article.", "Moved %(count)s articles.", moved.moved),
        )
        return None

    def _chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> Chosen | None:
        """None, and a message, where there are too many at once or none that may be changed."""
        plain = queryset.prefetch_related(None).order_by("pk")
        ids = list(changeable(request, plain).values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            text = _(
                "At most %(count)s articles at once. Narrow the list, and nothing is lost."
            ) % {"count": number_format(MOST_AT_ONCE, force_grouping=True)}
            self.message_user(request, text, messages.ERROR)
            return None
        refused = max(0, plain.count() - len(ids)) if not may_publish(request) else 0
        if not ids:
            self.message_user(
                request, _("You may not change any of these articles."), messages.ERROR
            )
            return None
        return Chosen(ids, refused)

    def _ask(self, request: HttpRequest, chosen: Chosen, question: Question) -> HttpResponse:
        across = request.POST.get("select_across") == "1"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": question.title,
            "chosen": chosen,
            "question": question,
            "media": self.media + question.form.media,
            "across": across,
            "checkbox": ACTION_CHECKBOX_NAME,
            # one is enough to say that there is a selection; the list finds the others anew
            "ids": chosen.ids[:1] if across else chosen.ids,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/corpusapp/article/bulk.html", context)

    def _do(self, request: HttpRequest, chosen: Chosen, deed: Deed, log: str) -> Moved:
        total = 0
        held: list[str] = []
        user: Any = request.user
        for batch in _batches(chosen.ids):
            with transaction.atomic():
                moved = deed(batch)
                if moved.moved:
                    LogEntry.objects.log_actions(
                        user.pk,
                        Article.objects.filter(pk__in=batch).only("title", "public_id"),
                        CHANGE,
                        log,
                    )
            total += moved.moved
            held += moved.held
        if chosen.refused:
            text = ngettext(
                "%(count)s article is not yours to change.",
                "%(count)s articles are not yours to change.",
                chosen.refused,
            ) % {"count": number_format(chosen.refused)}
            self.message_user(request, text, messages.WARNING)
        return Moved(total, tuple(held))

    def _report(self, request: HttpRequest, moved: Moved, sentence: str) -> None:
        text = sentence % {"count": number_format(moved.moved, force_grouping=True)}
        self.message_user(request, text, messages.SUCCESS if moved.moved else messages.INFO)
        if moved.held:
            named = "; ".join(title[:100] for title in moved.held[:_NAMED])
            if len(moved.held) > _NAMED:
                named += " …"
            text = ngettext(
                "%(count)s article needs a title and a text first: %(titles)s",
                "%(count)s articles need a title and a text first: %(titles)s",
                len(moved.held),
            ) % {"count": number_format(len(moved.held)), "titles": named}
            self.message_user(request, text, messages.WARNING)


def _batches(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]


def _is_answer(request: HttpRequest) -> bool:
    return "_answer" in request.POST


def _answers(request: HttpRequest, *_names: str) -> Any:
    """What was filled in on the page between, or None when that page was not seen yet."""
    return request.POST if _is_answer(request) else None


def _how_many(chosen: Chosen) -> str:
    return ngettext(
        "%(count)s article is chosen.", "%(count)s articles are chosen.", len(chosen.ids)
    ) % {"count": number_format(len(chosen.ids), force_grouping=True)}


def _held_by_doubt(ids: Sequence[int]) -> list[int]:
    """Those not published yet that have an open doubt which holds them back."""
    held: set[int] = set()
    for batch in _batches(ids):
        doubts = Doubt.objects.open().filter(holds=True, article__in=batch)
        waiting = doubts.exclude(article__state=State.PUBLISHED)
        held.update(waiting.values_list("article", flat=True))
    return sorted(held)


def _with_doubts(ids: Sequence[int]) -> list[tuple[str, list[Words]]]:
    shown = Article.objects.filter(pk__in=ids[:_NAMED]).only("title", "public_id").order_by("pk")
    doubts = Doubt.objects.open().filter(holds=True, article__in=ids[:_NAMED])
    sentences: dict[int, list[Words]] = {}
    for article, code in doubts.values_list("article", "code"):
        sentences.setdefault(article, []).append(words_for(code).sentence)
    return [(str(article), sentences.get(article.pk, [])) for article in shown]
