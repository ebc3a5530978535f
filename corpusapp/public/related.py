"""What else to read: the nearest pieces by section, shared tags and date."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import starmap
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from corpusapp.models import Article
from corpusapp.public.cards import Card, Link, card_of, columns, row_type
from corpusapp.public.prepared import ask
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
    chosen: dict[int, Any] = {}
    if article.section_id:
        chosen = _nearest(article, tag_ids, shelf, section=article.section_id)
    if len(chosen) < _SHOWN:
        chosen = {**chosen, **_nearest(article, tag_ids, shelf, besides=chosen)}
    return [card_of(row, shelf, sections) for row in list(chosen.values())[:_SHOWN]]


def _nearest(
    article: Article,
    tag_ids: Collection[int],
    shelf: Shelf,
    *,
    section: int = 0,
    besides: Collection[int] = (),
) -> dict[int, Any]:
    """The newest of a section or of the shelf, those that share most tags first. 1 query."""
    found: dict[int, Any] = {}
    shared: Counter[int] = Counter()
    names = (*columns(shelf), "translation_key", "taggings__tag_id")

    def newest(at: datetime, section: int = 0) -> QuerySet[Any, Any]:
        pool = Article.objects.published(at).on_shelf(shelf.key).newest_first()
        if section:
            pool = pool.filter(section=section)
        return pool.values_list(*names)[:_ROWS]

    values: dict[str, Any] = {"at": timezone.now()}
    if section:
        values["section"] = section
    row_of = row_type(names)
    for row in starmap(row_of, ask(("related", shelf.key, bool(section)), newest, **values)):
        if row.translation_key != article.translation_key and row.pk not in besides:
            found[row.pk] = row
            shared[row.pk] += row.taggings__tag_id in tag_ids
    order = sorted(found, key=lambda pk: shared[pk], reverse=True)  # stable: newest first within
    return {pk: found[pk] for pk in order[:_SHOWN]}
