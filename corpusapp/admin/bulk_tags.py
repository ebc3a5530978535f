"""Tags given to the chosen articles, or taken from them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_choice import ChoiceDesk, Question, answers, how_many, is_sure, only
from corpusapp.admin.bulk_forms import TagsForm
from corpusapp.admin.bulk_plans import setting
from corpusapp.editing.tagging import add_tags, known_tags, remove_tags, tags_named
from corpusapp.models import Article, Tag


class TagDeeds(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    @admin.action(description=gettext_lazy("Add tags …"), permissions=["tag"])
    def tag_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        may_make = request.user.has_perm("corpusapp.add_tag")
        form = TagsForm(answers(request), may_make=may_make)
        title = _("Add tags")
        question = Question("tag_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        words = form.cleaned_data["tags"]
        new = _as_values(words)
        plan = setting(
            chosen.ids, "tags", lambda had: [*had, *(one for one in new if one not in had)]
        )
        if not is_sure(request):
            return self._ask(request, chosen, question.seen(plan, request.POST))
        tags = tags_named(words, request.LANGUAGE_CODE if may_make else "en")
        moved = self._do(
            request,
            only(chosen, plan),
            lambda ids: add_tags(ids, tags),
            _("Added tags: %(tags)s.") % {"tags": _named(tags)},
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

    @admin.action(description=gettext_lazy("Remove tags …"), permissions=["tag"])
    def untag_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        form = TagsForm(answers(request))
        title = _("Remove tags")
        question = Question("untag_chosen", title, how_many(chosen), title, form)
        if not form.is_valid():
            return self._ask(request, chosen, question)
        tags = list(dict.fromkeys(known_tags(form.cleaned_data["tags"]).values()))
        gone = {tag.pk for tag in tags}
        plan = setting(
            chosen.ids, "tags", lambda had: [one for one in had if one["id"] not in gone]
        )
        if not is_sure(request):
            return self._ask(request, chosen, question.seen(plan, request.POST))
        moved = self._do(
            request,
            only(chosen, plan),
            lambda ids: remove_tags(ids, tags),
            _("Removed tags: %(tags)s.") % {"tags": _named(tags)},
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


def _named(tags: list[Tag]) -> str:
    return ", ".join(str(tag) for tag in tags)


def _as_values(words: list[str]) -> list[dict[str, Any]]:
    """As `revisions.values_of` has the tags of an article; a word that is no tag yet has no id."""
    known = known_tags(words)
    return [
        {"id": known[word].pk, "name": known[word].name}
        if word in known
        else {"id": 0, "name": word}
        for word in words
    ]
