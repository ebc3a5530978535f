"""What else to read: what editors have chosen, then the nearest texts, then what stands near by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import nsmallest
from itertools import islice, starmap
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from corpusapp.models import Article
from corpusapp.models.article import ArticleQuerySet
from corpusapp.models.related import FULL
from corpusapp.public.cards import Card, Link, card_of, columns, row_type
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask
from corpusapp.public.shelves import Shelf

SHOWN = 4
KEPT = 10
_CHOSEN_FROM = 40
_ROWS = 120  # one for each tag of an article


def related(
    article: Article, tag_ids: Collection[int], shelf: Shelf, sections: Mapping[int, Link]
) -> list[Card]:
    """Up to four, never another edition of the same piece. The cards come without authors.

    1 query, and one a minute for the newest, where an article's neighbours are not known yet or too few.
    """
    shown = columns(shelf)
    chosen = dict(list(_nearest(article, shown).items())[:SHOWN])
    if len(chosen) < SHOWN:
        wanted = SHOWN - len(chosen)
        chosen |= _standing_near(article, shelf.key, tag_ids, wanted, besides=chosen, shown=shown)
    return [card_of(row, shelf, sections) for row in chosen.values()]


def nearest_first(article_id: int, at: datetime) -> ArticleQuerySet:
    """What was public at `at` of those kept for an article: the editors' first, in their order."""
    return (
        Article.objects.published(at)
        .filter(near_to__article=article_id)
        .order_by("-near_to__is_chosen", "near_to__position", "-near_to__closeness", "-pk")
    )


def kept_or_near(article: Article) -> dict[int, float]:
    """Ids of up to ten to read next with their closeness, 0 to 1, in their order. 1 or 3 queries.

    What stands near by, where the nearest are not known yet, has a closeness of 0.
    """
    rows = _nearest(article, ("pk", "near_to__closeness"))
    near = {pk: row.near_to__closeness / FULL for pk, row in list(rows.items())[:KEPT]}
    if len(near) < SHOWN:
        tag_ids = set(article.taggings.values_list("tag_id", flat=True))
        wanted = SHOWN - len(near)
        beside = _standing_near(article, article.shelf, tag_ids, wanted, besides=near)
        near |= dict.fromkeys(beside, 0.0)
    return near


def _nearest(article: Article, shown: tuple[str, ...]) -> dict[int, Any]:
    names = (*shown, "translation_key")

    def nearest(at: datetime, article_id: int) -> QuerySet[Any, Any]:
        return nearest_first(article_id, at).values_list(*names)

    found = ask(("nearest", names), nearest, at=timezone.now(), article_id=article.pk)
    return {
        row.pk: row
        for row in starmap(row_type(names), found)
        if row.translation_key != article.translation_key
    }


def _standing_near(
    article: Article,
    shelf: str,
    tag_ids: Collection[int],
    wanted: int,
    *,
    besides: Iterable[int],
    shown: tuple[str, ...] = ("pk", "section_id"),
) -> dict[int, Any]:
    """Of the newest on a shelf those of the same section first, then those that share most tags."""
    section, piece, mine = article.section_id, article.translation_key.int, set(tag_ids)
    passed_over = set(besides)
    newest = remembered(f"newest {shelf} {len(shown)}", partial(_newest, shelf, shown))
    # the place decides among equals: the newest first
    nearest = nsmallest(
        wanted,
        (
            (near.section != section or section is None, -len(near.tag_ids & mine), place)
            for place, near in enumerate(newest)
            if near.piece != piece and near.row.pk not in passed_over
        ),
    )
    return {newest[place].row.pk: newest[place].row for _section, _tags, place in nearest}


@dataclass(frozen=True, slots=True)
class _Newest:
    row: Any
    piece: int
    section: int | None
    tag_ids: frozenset[int]


def _newest(shelf: str, shown: tuple[str, ...]) -> list[_Newest]:
    """The newest on a shelf, newest first, with their tags. 1 query."""
    names = (*shown, "translation_key", "taggings__tag_id")

    def newest(at: datetime) -> QuerySet[Any, Any]:
        return (
            Article.objects.published(at).on_shelf(shelf).newest_first().values_list(*names)[:_ROWS]
        )

    tagged: dict[int, tuple[Any, set[int]]] = {}
    for row in starmap(row_type(names), ask(("near by", shelf, names), newest, at=timezone.now())):
        tagged.setdefault(row.pk, (row, set()))[1].add(row.taggings__tag_id)
    first = islice(tagged.values(), _CHOSEN_FROM)
    return [
        _Newest(row, row.translation_key.int, row.section_id, frozenset(tags))
        for row, tags in first
    ]
