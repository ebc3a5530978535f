"""What else to read: what editors have chosen, then the nearest texts, then what stands near by."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice, starmap
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone

from corpusapp.editing.neighbours import BY_ONE_AUTHOR
from corpusapp.models import Article, Role
from corpusapp.models.article_sets import ArticleQuerySet
from corpusapp.models.related import FULL
from corpusapp.public.cards import Card, Link, card_of, columns, row_type
from corpusapp.public.page_store import remembered
from corpusapp.public.prepared import ask
from corpusapp.public.shelves import Shelf

SHOWN = 4
KEPT = 10
_CHOSEN_FROM = 40
_ROWS = 160  # one for each tag and author of an article


def related(
    article: Article, tag_ids: Collection[int], shelf: Shelf, sections: Mapping[int, Link]
) -> list[Card]:
    """Up to four, never another edition of the same piece. The cards come without authors.

    1 query, and one a minute for the newest, where an article's neighbours are not known yet or too few.
    """
    shown = columns(shelf)
    by = Counter[int]()
    found = _of_different_authors(_nearest(article, shown), SHOWN, by)
    if len(found) < SHOWN:
        found |= _standing_near(
            article, shelf.key, tag_ids, SHOWN - len(found), besides=found, by=by, shown=shown
        )
    return [card_of(row, shelf, sections) for row in found.values()]


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
    by = Counter[int]()
    rows = _of_different_authors(_nearest(article, ("pk", "near_to__closeness")), KEPT, by)
    near = {pk: row.near_to__closeness / FULL for pk, row in rows.items()}
    if len(near) < SHOWN:
        tag_ids = set(article.taggings.values_list("tag_id", flat=True))
        wanted = SHOWN - len(near)
        beside = _standing_near(article, article.shelf, tag_ids, wanted, besides=near, by=by)
        near |= dict.fromkeys(beside, 0.0)
    return near


@dataclass(slots=True)
class _Near:
    row: Any
    piece: int
    section: int | None = None
    is_chosen: bool = False  # by an editor
    authors: set[int] = field(default_factory=set)
    tag_ids: set[int] = field(default_factory=set)


def _of_different_authors(near: Iterable[_Near], wanted: int, by: Counter[int]) -> dict[int, Any]:
    """The first of these without a third by one author, save where editors chose so; `by` counts them."""
    found: dict[int, Any] = {}
    for one in near:
        if len(found) == wanted:
            break
        if one.is_chosen or all(by[author] < BY_ONE_AUTHOR for author in one.authors):
            found[one.row.pk] = one.row
            by.update(one.authors)
    return found


def _signed(rows: ArticleQuerySet) -> ArticleQuerySet:
    """The same with who wrote them, a row for each: `signed__author_id`."""
    written = FilteredRelation("bylines", condition=Q(bylines__role=Role.AUTHOR))
    return rows.annotate(signed=written)


def _nearest(article: Article, shown: tuple[str, ...]) -> list[_Near]:
    names = (*shown, "translation_key", "near_to__is_chosen", "signed__author_id")

    def nearest(at: datetime, article_id: int) -> QuerySet[Any, Any]:
        return _signed(nearest_first(article_id, at)).values_list(*names)

    found: dict[int, _Near] = {}
    rows = ask(("nearest", names), nearest, at=timezone.now(), article_id=article.pk)
    for row in starmap(row_type(names), rows):
        if row.translation_key != article.translation_key:
            near = found.setdefault(
                row.pk, _Near(row, row.translation_key.int, is_chosen=row.near_to__is_chosen)
            )
            near.authors |= {row.signed__author_id} - {None}
    return list(found.values())


def _standing_near(
    article: Article,
    shelf: str,
    tag_ids: Collection[int],
    wanted: int,
    *,
    besides: Collection[int],
    by: Counter[int],
    shown: tuple[str, ...] = ("pk", "section_id"),
) -> dict[int, Any]:
    """Of the newest on a shelf those of the same section first, then those that share most tags."""
    section, piece, mine = article.section_id, article.translation_key.int, set(tag_ids)
    newest = remembered(f"newest {shelf} {len(shown)}", partial(_newest, shelf, shown))
    # stable: the newest first among equals
    nearest = sorted(
        (near for near in newest if near.piece != piece and near.row.pk not in besides),
        key=lambda near: (near.section != section or section is None, -len(near.tag_ids & mine)),
    )
    return _of_different_authors(nearest, wanted, by)


def _newest(shelf: str, shown: tuple[str, ...]) -> list[_Near]:
    """The newest on a shelf, newest first, with their tags and authors. 1 query."""
    names = (*shown, "translation_key", "taggings__tag_id", "signed__author_id")

    def newest(at: datetime) -> QuerySet[Any, Any]:
        rows = Article.objects.published(at).on_shelf(shelf).newest_first()
        return _signed(rows).values_list(*names)[:_ROWS]

    found: dict[int, _Near] = {}
    for row in starmap(row_type(names), ask(("near by", shelf, names), newest, at=timezone.now())):
        near = found.setdefault(row.pk, _Near(row, row.translation_key.int, row.section_id))
        near.tag_ids |= {row.taggings__tag_id} - {None}
        near.authors |= {row.signed__author_id} - {None}
    return list(islice(found.values(), _CHOSEN_FROM))
