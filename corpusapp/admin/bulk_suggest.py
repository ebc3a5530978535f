"""Suggested tags for the chosen articles: which gets what is shown first, each to be unticked."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.bulk_choice import ChoiceDesk, Chosen, Question, is_sure, only
from corpusapp.admin.bulk_forms import NoQuestion
from corpusapp.admin.bulk_plans import Plan, apart
from corpusapp.admin.desk import row_ids
from corpusapp.editing.publish import Moved
from corpusapp.editing.tag_suggestions import LIKELY, suggest_each
from corpusapp.editing.tagging import add_tags
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
        chosen = self._chosen(request, queryset)
        if chosen is None:
            return None
        if is_sure(request):
            self._give_tags(request, chosen)
            return None
        rows, without, left = _looked_through(chosen.ids)
        plan = Plan(
            [row.article.pk for row in rows],
            [*apart(without, _without), *apart(left, _left)],
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
        return self._ask(request, chosen, replace(question, rows=rows))

    def _give_tags(self, request: HttpRequest, chosen: Chosen) -> None:
        """To each article the tags that were ticked for it, of those there still are."""
        ticked: dict[int, list[int]] = defaultdict(list)
        for value in request.POST.getlist(_TICKED)[: MOST_SUGGESTED * _OFFERED]:
            article, _colon, tag = value.partition(":")
            for pk in row_ids([article]):
                ticked[pk] += row_ids([tag])
        tags = Tag.objects.in_bulk({pk for those in ticked.values() for pk in those})
        given = {
            pk: [tags[tag] for tag in ticked[pk] if tag in tags]
            for pk in chosen.ids
            if pk in ticked
        }
        moved = self._do(
            request,
            only(chosen, Plan(chosen.ids)),
            lambda ids: _added(ids, given),
            _("Added suggested tags."),
            ["tags"],
        )
        self._report(
            request,
            moved,
            ngettext(
                "Added tags to %(count)s article.", "Added tags to %(count)s articles.", moved.moved
            ),
        )


def _added(ids: Sequence[int], given: Mapping[int, Sequence[Tag]]) -> Moved:
    """Articles that get the same tags together."""
    together: dict[tuple[Tag, ...], list[int]] = defaultdict(list)
    for pk in ids:
        if given.get(pk):
            together[tuple(given[pk])].append(pk)
    return Moved(sum(add_tags(those, tags).moved for tags, those in together.items()))


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
