"""What captures gave before: the values that tell an untouched field from an editor's."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Prefetch

from corpusapp.importing.fields import base
from corpusapp.models import Article, Byline, Capture, Doubt, Tagging

if TYPE_CHECKING:  # it knows the formats, and the desk, which asks for these values, need not
    from corpusapp.importing.known import Seen


def wholes(article_ids: Iterable[int]) -> dict[int, Article]:
    """The articles with all that merges ask of them, as they stand now; 9 queries for all of them."""
    found = Article.objects.select_related("section", "source").prefetch_related(
        Prefetch("bylines", Byline.objects.select_related("author").order_by("position", "pk")),
        Prefetch("taggings", Tagging.objects.select_related("tag").order_by("pk")),
        *("taggings__tag__synonyms", "section__names", "field_owners"),
        Prefetch("doubts", Doubt.objects.order_by("pk")),
    )
    return found.in_bulk(list(article_ids))


def whole(article: Article) -> Article:
    """One of them."""
    return wholes([article.pk])[article.pk]


def latest_capture(article: Article) -> Capture | None:
    """The capture whose values the article's untouched fields have, with its bytes; 1 query."""
    counting = article.captures.filter(undone_by__isnull=True, duplicate_of__isnull=True)
    return counting.select_related("bytes", "article", "source").order_by("-pk").first()


def latest_values_of(article_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What the latest capture of each gave, whose values the untouched fields have; 1 query.

    {} where none counts, and then every field is an editor's.
    """
    ids = list(article_ids)
    counting = Capture.objects.filter(
        article__in=ids, undone_by__isnull=True, duplicate_of__isnull=True
    )
    newest = counting.values("article").annotate(newest=Max("pk")).values("newest")
    captures = Capture.objects.filter(pk__in=newest).values_list("article", "fields")
    values: dict[int, dict[str, Any]] = {pk: {} for pk in ids}
    return values | {pk: base(fields) for pk, fields in captures if pk}


def latest_values(article: Article) -> dict[str, Any]:
    """The same of one."""
    return latest_values_of([article.pk])[article.pk]


def values_before(earlier: "Seen", latest: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the same document gave last time: its own capture, not that of a twin."""
    return values_of([earlier]).get(id(earlier), latest)


def values_of(several: Iterable["Seen"]) -> dict[int, dict[str, Any]]:
    """What these captures gave, by the `id()` of each that is stored; 1 query."""
    stored = [(id(one), one.capture.pk) for one in several if one.capture]
    captures = Capture.objects.filter(pk__in=[pk for _id, pk in stored])
    fields = dict(captures.values_list("pk", "fields"))
    return {key: base(fields[pk]) for key, pk in stored}
