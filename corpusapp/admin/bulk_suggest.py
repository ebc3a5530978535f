"""Suggested tags for the chosen articles: which gets what is shown first, each to be unticked."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_choice import ChoiceDesk, Chosen, Question, is_sure
from corpusapp.admin.bulk_forms import NoQuestion
from corpusapp.admin.bulk_words import Apart
from corpusapp.admin.desk import row_ids
from corpusapp.editing.bulk_plans import Plan, titles_of
from corpusapp.editing.tag_suggestions import LIKELY, suggest_each
from corpusapp.models import Article, Tag

MOST_SUGGESTED = 200  # articles on one page
_SECONDS = 8.0  # of looking for suggestions, while somebody waits
_OFFERED = 3  # tags of each
_TICKED = "give"


@dataclass(frozen=True, slots=True)
class Row:
    """What is suggested for one article; a box for each tag says "article:tag"."""

    article: Article
    tags: list[Tag]


class SuggestedTags(ChoiceDesk):
    """Mixed into the desk of articles, beside `BulkDeeds`."""

    @admin.action(description=gettext_lazy("Give suggested tags …"), permissions=["suggest"])
    def suggest_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        chosen = self._chosen(request, queryset, "suggest")
        if chosen is None:
            return None
        if is_sure(request):
            return self._give_tags(request, chosen)
        rows, without, left = _looked_through(chosen.ids)
        plan = Plan(
            [row.article.pk for row in rows],
            sets="tags",
        )
        count = len(rows)
        sentence = ngettext(
            "%(count)s article gets the tags that stay ticked.",
            "%(count)s articles get the tags that stay ticked.",
            count,
        ) % {"count": number_format(count, force_grouping=True)}
        title = _("Give suggested tags")
        question = Question("suggest_chosen", title, sentence, title, NoQuestion(), plan)
        without_any = [*_apart(without, _without), *_apart(left, _left)]
        return self._ask(request, chosen, replace(question, rows=rows, apart=without_any))

    def _give_tags(self, request: HttpRequest, chosen: Chosen) -> HttpResponse | None:
        """To each article the tags that were ticked for it."""
        ticked: dict[str, list[int]] = defaultdict(list)
        for value in request.POST.getlist(_TICKED)[: MOST_SUGGESTED * _OFFERED]:
            article, _colon, tag = value.partition(":")
            for pk in row_ids([article]):
                ticked[str(pk)] += row_ids([tag])
        give = {article: tags for article, tags in ticked.items() if tags}
        # one whose every tick was taken off does not go, and is not told of
        going = {pk: version for pk, version in chosen.versions.items() if str(pk) in give}
        return self._do(request, replace(chosen, versions=going), "suggest", {"give": give})


def _looked_through(ids: Sequence[int]) -> tuple[list[Row], list[int], list[int]]:
    """Suggestions for as many as there is time for; those without any; those not looked at."""
    end = time.monotonic() + _SECONDS
    rows: list[Row] = []
    without: list[int] = []
    articles = Article.objects.filter(pk__in=ids[:MOST_SUGGESTED]).order_by("pk")
    for article, tags in suggest_each(articles.iterator(chunk_size=20), _OFFERED, LIKELY):
        if tags:
            rows.append(Row(article, tags))
        else:
            without.append(article.pk)
        if time.monotonic() > end:
            break
    seen = {*without, *(row.article.pk for row in rows)}
    return rows, without, [pk for pk in ids if pk not in seen]


def _apart(ids: Sequence[int], why: Callable[[int], str]) -> list[Apart]:
    return [Apart(why(len(ids)), titles_of(ids), len(ids))] if ids else []


def _without(count: int) -> str:
    return ngettext(
        "For %(count)s article there is nothing likely to suggest.",
        "For %(count)s articles there is nothing likely to suggest.",
        count,
    ) % {"count": number_format(count, force_grouping=True)}


def _left(count: int) -> str:
    return ngettext(
        "%(count)s article was not looked at: do the same again for it.",
        "%(count)s articles were not looked at: do the same again for them.",
        count,
    ) % {"count": number_format(count, force_grouping=True)}
