"""Give many articles one source, language or date, which are the editors' from then on."""

import logging
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from corpusapp.editing.deed_log import log_deed
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.publish import Moved
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Change, Source

logger = logging.getLogger(__name__)


def set_source(article_ids: Iterable[int], source: Source | None) -> Moved:
    """Set the source of each article, or take it away; counts those that had another."""
    ids = list(article_ids)
    another = ~Q(source=source) | Q(source__isnull=True) if source else Q(source__isnull=False)
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["source"]):
        changing = list(Article.objects.filter(another, pk__in=ids).values_list("pk", flat=True))
        own_fields(changing, ["source"])
        moved = Article.objects.filter(pk__in=changing).update(
            source=source, version=F("version") + 1, updated_at=timezone.now()
        )
    log_deed(logger, "set the source of %d articles", moved)
    return Moved(moved)


def set_language(article_ids: Iterable[int], language: str) -> Moved:
    """Set the language of each article; those whose piece has an edition in it stay, and are named."""
    ids = list(article_ids)
    moved: list[int] = []
    held: list[str] = []
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["language"]):
        # in one order, and each saved whole: its shelf and its renditions follow
        for article in Article.objects.filter(pk__in=ids).exclude(language=language).order_by("pk"):
            editions = Article.objects.filter(
                translation_key=article.translation_key, language=language
            )
            if editions.exists():
                held.append(str(article))
                continue
            article.language = language
            article.version += 1
            article.save()
            moved.append(article.pk)
        own_fields(moved, ["language"])
    log_deed(logger, "set the language of %d articles", len(moved))
    return Moved(len(moved), tuple(held))


def set_date(article_ids: Iterable[int], day: date | None, precision: str) -> Moved:
    """Set the date of each article as printed (`Precision`, without a time), or take it away."""
    ids = list(article_ids)
    moved: list[int] = []
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["published_at"]):
        for article in Article.objects.filter(pk__in=ids).defer("body", "rendered").order_by("pk"):
            before = article.published_at
            article.published_on, article.published_precision = day, precision if day else ""
            article.published_time = article.published_offset = None
            article.clean()
            if article.published_at == before:
                continue
            article.version += 1
            article.save(update_fields=[*Article.DATE, "version", "updated_at"])
            moved.append(article.pk)
        own_fields(moved, ["published_at"])
    log_deed(logger, "set the date of %d articles", len(moved))
    return Moved(len(moved))
