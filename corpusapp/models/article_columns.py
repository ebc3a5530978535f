"""Columns of an article that follow from others: its shelf, its order, the end of its address."""

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.conf import settings

from corpusapp.models.choices import Precision, Shelf
from corpusapp.text.slugs import slugify

if TYPE_CHECKING:
    from corpusapp.models.article import Article

# Where the other script of a Chinese edition stands, too
STANDS = {"zh-hans": "on_hans", "zh-hant": "on_hant"}
_CHINESE = {"zh-Hans": "zh-hans", "zh-Hant": "zh-hant"}


def shelves_of(row: Any) -> tuple[str, ...]:
    """The shelves on which an article stands, its own first; also of a row with these columns."""
    others = [key for key, flag in STANDS.items() if key != row.shelf and getattr(row, flag)]
    return (row.shelf, *others)


def stands_on(shelf: str) -> Callable[["Article"], bool]:
    """Its own edition, or its rendition while no public edition takes the place of that."""

    def stands(article: "Article") -> bool:
        if shelf_of(article) == shelf:
            return True
        return article.language in _CHINESE and not article.paired

    return stands


def slug_of(article: "Article") -> str:
    """It follows the title until a moment is set from which readers see it, and stays then."""
    if article.slug and article.live_from is not None:
        return str(article.slug)
    return slugify(article.title, 80)


def shelf_of(article: "Article") -> str:
    own = article.language.lower()
    return own if own in Shelf.values else str(settings.DEFAULT_LANGUAGE)


def order_of(article: "Article") -> int:
    """The date as digits, YYYYMMDDhhmm, unknown parts 0: sorts on every database alike."""
    day: date | None = article.published_on
    if day is None:
        return 0
    precision = article.published_precision
    clock: time | None = article.published_time if precision == Precision.MINUTE else None
    return (
        day.year * 10**8
        + (0 if precision == Precision.YEAR else day.month * 10**6)
        + (0 if precision in {Precision.YEAR, Precision.MONTH} else day.day * 10**4)
        + (clock.hour * 100 + clock.minute if clock else 0)
    )
