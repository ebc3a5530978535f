"""What else to read: the nearest pieces by section, shared tags and date."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from corpusapp.models import Article
from corpusapp.models.article import ArticleQuerySet
from corpusapp.public.cards import Card, Link, card_of, columns
from corpusapp.public.shelves import Shelf

_SHOWN = 4
_ROWS = 120  # one for each tag of an article: some thirty articles to choose from


def related(
    article: Article, tag_ids: Collection[int], shelf: Shelf, sections: Mapping[int, Link]
) -> list[Card]:
    """Up to four of the same shelf: same section first, then most shared tags, then newest.

    Never another edition of the same piece. The cards come without authors. At most 2 queries, each
    of which reads the newest of an index and no further.
    """
    pool = Article.objects.published().on_shelf(shelf.key).newest_first()
    chosen: dict[int, Any] = {}
    if article.section_id:
        chosen = _nearest(pool.filter(section=article.section_id), article, tag_ids, shelf)
    if len(chosen) < _SHOWN:
        chosen = {**chosen, **_nearest(pool, article, tag_ids, shelf, besides=chosen)}
    return [card_of(row, shelf, sections) for row in list(chosen.values())[:_SHOWN]]


def _nearest(
    pool: ArticleQuerySet,
    article: Article,
    tag_ids: Collection[int],
    shelf: Shelf,
    *,
    besides: Collection[int] = (),
) -> dict[int, Any]:
    """The newest of `pool`, those that share most tags first."""
    found: dict[int, Any] = {}
    shared: Counter[int] = Counter()
    rows = pool.values_list(*columns(shelf), "translation_key", "taggings__tag_id", named=True)
    for row in rows[:_ROWS]:
        if row.translation_key != article.translation_key and row.pk not in besides:
            found[row.pk] = row
            shared[row.pk] += row.taggings__tag_id in tag_ids
    order = sorted(found, key=lambda pk: shared[pk], reverse=True)  # stable: newest first within
    return {pk: found[pk] for pk in order[:_SHOWN]}
