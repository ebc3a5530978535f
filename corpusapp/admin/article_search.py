"""The desk's search: the engine that readers have, in the index that holds what they do not see, too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from corpusapp.models import Article, Capture
from corpusapp.search.contract import LONGEST_QUERY, MOST_IDS, Query, QuerySyntaxError, Scope
from corpusapp.search.engines import engine

MOST = 500
"""As many articles as one search brings to the list, the best ones."""

_FILES = 100
# What may be a part of a file's name and is no plain word: all names are read for it
_FILE = re.compile(r"(?=.*[0-9._/])\S{3,200}")
_RANKED = 100  # rows beyond those stand by date, as the list does


@dataclass(frozen=True, slots=True)
class Found:
    """Ids, best first, and how many of all that match are in each state."""

    ids: list[int] = field(default_factory=list)
    states: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    more: bool = False


def found(text: str, most: int = MOST) -> Found:
    """Ask the engine, five hundred hits at a time; what it cannot read finds nothing."""
    words = text[:LONGEST_QUERY]
    ids: list[int] = []
    first = None
    try:
        while len(ids) < most:
            page = engine().find(
                Query(
                    text=words,
                    scope=Scope.DESK,
                    offset=len(ids),
                    limit=MOST_IDS,
                    facets=first is None,
                    excerpts=False,
                )
            )
            first = first or page
            ids += [hit.article_id for hit in page.hits]
            if len(page.hits) < MOST_IDS:
                break
    except QuerySyntaxError:
        return Found()
    states = first.facets.get("state", ()) if first else ()
    return Found(
        ids,
        {one.value: one.count for one in states},
        first.total if first else 0,
        bool(first and first.more),
    )


def narrowed(
    articles: QuerySet[Article], text: str, ids: list[int], *, ranked: bool
) -> QuerySet[Article]:
    """Those of `articles` that were found, or have this public id or a file of this name."""
    words = text.strip()
    in_files: list[int | None] = []
    if _FILE.fullmatch(words):
        files = Capture.objects.filter(path__icontains=words, article__isnull=False)
        in_files = list(files.order_by("-pk").values_list("article", flat=True)[:_FILES])
    articles = articles.filter(Q(pk__in=[*ids, *in_files]) | Q(public_id=words.lower()))
    if not ranked or not ids:
        return articles
    best: Any = Case(
        *(When(pk=pk, then=Value(place)) for place, pk in enumerate(ids[:_RANKED])),
        default=Value(_RANKED),
        output_field=IntegerField(),
    )
    return articles.order_by(best, "-published_order", "-pk")
