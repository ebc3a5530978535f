"""What else to read: what editors have chosen, then the nearest texts, then what stands near by."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from corpusapp.models import Article
from corpusapp.models.article import ArticleQuerySet
from corpusapp.models.related import FULL
from corpusapp.public.cards import Card, Link, card_of, columns
from corpusapp.public.shelves import Shelf

SHOWN = 4
KEPT = 10
_ROWS = 120  # one for each tag of an article: some thirty articles to choose from


def related(
    article: Article, tag_ids: Collection[int], shelf: Shelf, sections: Mapping[int, Link]
) -> list[Card]:
    """Up to four, never another edition of the same piece. The cards come without authors.

    1 query; a second one for an article whose neighbours are not known yet, or too few.
    """
    chosen: dict[int, Any] = {}
    for row in nearest_first(article).values_list(*columns(shelf), named=True)[:SHOWN]:
        chosen[row.pk] = row
    if len(chosen) < SHOWN:
        pool = Article.objects.published().on_shelf(shelf.key).newest_first()
        wanted = SHOWN - len(chosen)
        chosen |= _standing_near(
            pool, article, tag_ids, wanted, besides=chosen, shown=columns(shelf)
        )
    return [card_of(row, shelf, sections) for row in chosen.values()]


def nearest_first(article: Article) -> ArticleQuerySet:
    """The public ones of those kept for `article`: the editors' first, in their order."""
    return (
        Article.objects.published()
        .filter(near_to__article=article)
        .exclude(translation_key=article.translation_key)
        .order_by("-near_to__is_chosen", "near_to__position", "-near_to__closeness", "-pk")
    )


def kept_or_near(article: Article) -> dict[int, float]:
    """Ids of up to ten to read next with their closeness, 0 to 1, in their order. 1 or 3 queries.

    What stands near by, where the nearest are not known yet, has a closeness of 0.
    """
    rows = nearest_first(article).values_list("pk", "near_to__closeness")
    near = {pk: closeness / FULL for pk, closeness in rows[:KEPT]}
    if len(near) < SHOWN:
        tag_ids = set(article.taggings.values_list("tag_id", flat=True))
        pool = Article.objects.published().on_shelf(article.shelf).newest_first()
        beside = _standing_near(pool, article, tag_ids, SHOWN - len(near), besides=near)
        near |= dict.fromkeys(beside, 0.0)
    return near


def _standing_near(
    pool: ArticleQuerySet,
    article: Article,
    tag_ids: Collection[int],
    wanted: int,
    *,
    besides: Iterable[int],
    shown: tuple[str, ...] = ("pk", "section_id"),
) -> dict[int, Any]:
    """Of the newest of `pool` those of the same section first, then those that share most tags."""
    found: dict[int, Any] = {}
    shared: Counter[int] = Counter()
    rows = pool.values_list(*shown, "translation_key", "taggings__tag_id", named=True)
    for row in rows[:_ROWS]:
        if row.translation_key != article.translation_key and row.pk not in besides:
            found[row.pk] = row
            shared[row.pk] += row.taggings__tag_id in tag_ids

    def nearness(pk: int) -> tuple[bool, int]:
        section = found[pk].section_id
        return (section is not None and section == article.section_id, shared[pk])

    order = sorted(found, key=nearness, reverse=True)  # stable: newest first within
    return {pk: found[pk] for pk in order[:wanted]}
