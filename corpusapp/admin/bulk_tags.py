"""Tags given to the chosen articles, or taken from them."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.bulk_choice import ChoiceDesk, Question, answers, how_many, is_sure
from corpusapp.admin.bulk_forms import TagsForm
from corpusapp.editing.bulk_deeds import DEEDS
from corpusapp.editing.tagging import known_tags, tags_named
from corpusapp.models import Article, Tag


class TagDeeds(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    @admin.action(description=gettext_lazy("Add tags …"), permissions=["tag"])
    def tag_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "tag")
        if chosen is None:
            return None
        may_make = request.user.has_perm("corpusapp.add_tag")
        form = TagsForm(answers(request), may_make=may_make)
        title = _("Add tags")
        question = Question("tag_chosen", title, how_many(chosen), title, form, deed="tag")
        if not form.is_valid():
            return self._ask(request, chosen, question)
        words = form.cleaned_data["tags"]
        if is_sure(request):
            tags = tags_named(words, request.LANGUAGE_CODE if may_make else "en")
            return self._do(request, chosen, "tag", {"tags": [tag.pk for tag in tags]})
        known = known_tags(words)
        parameters = {
            "tags": _ids(known.values()),
            "new": [word for word in words if word not in known],
        }
        plan = DEEDS["tag"].plan(chosen.ids, parameters)
        return self._ask(request, chosen, question.seen(plan, request.POST))

    @admin.action(description=gettext_lazy("Remove tags …"), permissions=["tag"])
    def untag_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "untag")
        if chosen is None:
            return None
        form = TagsForm(answers(request))
        title = _("Remove tags")
        question = Question("untag_chosen", title, how_many(chosen), title, form, deed="untag")
        if not form.is_valid():
            return self._ask(request, chosen, question)
        parameters = {"tags": _ids(known_tags(form.cleaned_data["tags"]).values())}
        if is_sure(request):
            return self._do(request, chosen, "untag", parameters)
        plan = DEEDS["untag"].plan(chosen.ids, parameters)
        return self._ask(request, chosen, question.seen(plan, request.POST))


def _ids(tags: Iterable[Tag]) -> list[int]:
    """Each once, in their order."""
    return list(dict.fromkeys(tag.pk for tag in tags))
