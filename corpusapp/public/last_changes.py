"""When readers last got something new of a list: what a sitemap says of its page."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Greatest

from corpusapp.models import Article, Correction, Role

_CHANGED = Max(Greatest("updated_at", "live_from"))
_Key = TypeVar("_Key")
Ids = tuple[int, int]  # the first and the last


@dataclass(frozen=True, slots=True)
class LastChanges:
    """By id; by 2015 for a year, by 201505 for a month."""

    sections: dict[int, datetime] = field(default_factory=dict)
    series: dict[int, datetime] = field(default_factory=dict)
    years: dict[int, datetime] = field(default_factory=dict)
    months: dict[int, datetime] = field(default_factory=dict)

    @property
    def newest(self) -> datetime | None:
        return max(self.years.values(), default=None)  # what is undated is of the year 0


def last_changes() -> LastChanges:
    """1 query over all public articles."""
    months = Article.objects.published().order_by().annotate(month=F("published_order") / 10**6)
    found = LastChanges()
    for section, series, month, changed in months.values_list(
        "section", "series", "month"
    ).annotate(changed=_CHANGED):
        _note(found.sections, section, changed)
        _note(found.series, series, changed)
        _note(found.years, month // 100, changed)
        _note(found.months, month, changed)
    return found


def of_articles(in_one: int) -> dict[int, datetime]:
    """Of all public articles, so many ids in one part: part -> moment. 1 query."""
    return _newest(Article.objects.published().annotate(part=F("pk") / in_one), "part")


def of_authors(ids: Ids | None = None) -> dict[int, datetime]:
    """Of the authors from the first to the last of these ids, or of all. 1 query."""
    signed = {"bylines__author__id__range": ids} if ids else {}
    articles = Article.objects.published().filter(bylines__role=Role.AUTHOR, **signed)
    return _newest(articles, "bylines__author")


def of_tags(ids: Ids | None = None) -> dict[int, datetime]:
    """The same of tags."""
    tagged = {"taggings__tag__id__range": ids} if ids else {"taggings__isnull": False}
    return _newest(Article.objects.published().filter(**tagged), "taggings__tag")


def last_correction() -> date | None:
    """The day of the newest that readers can see."""
    of_article = Article.objects.published().filter(pk=OuterRef("article"))
    seen = Correction.objects.filter(Exists(of_article))
    day: date | None = seen.aggregate(day=Max("made_on"))["day"]
    return day


def in_parts(changes: dict[int, datetime], in_one: int) -> dict[int, datetime]:
    """The newest of each part, of so many ids."""
    parts: dict[int, datetime] = {}
    for key, changed in changes.items():
        _note(parts, key // in_one, changed)
    return parts


def _note(newest: dict[_Key, datetime], key: _Key, changed: datetime) -> None:
    if key is not None:
        newest[key] = max(changed, newest.get(key, changed))


def _newest(articles: QuerySet[Article], key: str) -> dict[int, datetime]:
    return dict(articles.order_by().values_list(key).annotate(changed=_CHANGED))
