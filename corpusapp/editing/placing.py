"""Move articles to a section, which is theirs from then on, with the totals of both kept."""

import logging
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from corpusapp.editing.deed_log import log_deed
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.publish import Moved
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Change, Section

logger = logging.getLogger(__name__)


def place_in_section(article_ids: Iterable[int], section: Section | None) -> Moved:
    """Set the section of each article, or take it away; counts those that stood elsewhere."""
    ids = list(article_ids)
    elsewhere = Q(section__isnull=False)
    if section:
        elsewhere = ~Q(section=section) | Q(section__isnull=True)
    with recounted(ids), revised(ids, kind=Change.TOGETHER, fields=["section"]):
        own_fields(
            Article.objects.filter(elsewhere, pk__in=ids).values_list("pk", flat=True), ["section"]
        )
        moved = Article.objects.filter(elsewhere, pk__in=ids).update(
            section=section, version=F("version") + 1, updated_at=timezone.now()
        )
    log_deed(logger, "moved %d articles to section %s", moved, section.pk if section else None)
    return Moved(moved)
