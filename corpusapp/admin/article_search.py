"""The desk's search: the engine that readers have, in the index that holds what they do not see, too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict

from corpusapp.admin.article_search_filters import Handed, handed
from corpusapp.models import Article, Capture
from corpusapp.search.contract import LONGEST_QUERY, MOST_IDS, Query, QuerySyntaxError, Scope
from corpusapp.search.engines import engine

MOST = 500
"""As many articles as one search brings to the list, the best ones."""

EXACT = "exact"
"""Parameter of the list: "1" searches for the words as they were typed."""

_FILES = 100
# What may be a part of a file's name and is no plain word: all names are read for it
_FILE = re.compile(r"(?=.*[0-9._/])\S{3,200}")
_RANKED = 100  # rows beyond those stand by date, as the list does


@dataclass(frozen=True, slots=True)
class Found:
    """Ids, best first, and how many of all that match are in each state.

    `is_part`: the list has filters that the engine does not know. Then `ids` are those of any state,
    as many as are counted, for the list to look through.
    """

    ids: list[int] = field(default_factory=list)
    states: Mapping[str, int] = field(default_factory=dict)
    total: int = 0  # in the state that was asked for, if one was
    more: bool = False
    corrected: str | None = None  # the words that were searched instead
    in_part: bool = False  # nothing has all the words
    is_part: bool = False
    named: list[int] = field(default_factory=list)  # of this public id, or with a file of this name


def searched(text: str, asked: QueryDict) -> Found:
    """What the list is to show for these words under its parameters.

    What names an article or its file means just that, and is no slip of some other word.
    """
    named = _named(text.strip())
    as_typed = bool(named) or asked.get(EXACT) == "1"
    result = found(text, handed(asked), as_typed=as_typed)
    return replace(result, named=named, in_part=result.in_part and not named)


def found(text: str, among: Handed | None = None, *, as_typed: bool = False) -> Found:
    """Ask the engine for the best, or for all it counts; what it cannot read finds nothing."""
    among = among or Handed()
    filters = replace(among.filters, state=()) if among.is_part else among.filters
    query = Query(
        text=text[:LONGEST_QUERY],
        scope=Scope.DESK,
        filters=filters,
        limit=MOST_IDS if among.is_part else MOST,
        as_typed=as_typed,
        excerpts=False,
    )
    try:
        page = engine().find(query)
    except QuerySyntaxError:
        return Found()
    return Found(
        ids=[hit.article_id for hit in page.hits],
        states={one.value: one.count for one in page.facets.get("state", ()) if one.count},
        total=page.total,
        more=page.more,
        corrected=page.corrected_query,
        in_part=page.in_part,
        is_part=among.is_part,
    )


def _named(words: str) -> list[int]:
    if not words or " " in words or "\0" in words:
        return []
    ids = list(Article.objects.filter(public_id=words.lower()).values_list("pk", flat=True))
    if _FILE.fullmatch(words):
        files = Capture.objects.filter(path__icontains=words, article__isnull=False)
        ids += files.order_by("-pk").values_list("article", flat=True)[:_FILES]
    return ids


def narrowed(articles: QuerySet[Article], result: Found, *, ranked: bool) -> QuerySet[Article]:
    """Those of `articles` that were found, best first where they are to be `ranked`."""
    ids = result.ids
    articles = articles.filter(Q(pk__in=[*ids, *result.named]))
    if not ranked or not ids:
        return articles
    if result.is_part:  # the best of those that are left
        left = set(articles.order_by().values_list("pk", flat=True))
        ids = [pk for pk in ids if pk in left]
        if not ids:
            return articles
    best: Any = Case(
        *(When(pk=pk, then=Value(place)) for place, pk in enumerate(ids[:_RANKED])),
        default=Value(_RANKED),
        output_field=IntegerField(),
    )
    return articles.order_by(best, "-published_order", "-pk")
