"""Keep articles on the shelf that the settings give them."""

import logging

from django.conf import settings
from django.db.models.functions import Lower

from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Shelf

logger = logging.getLogger(__name__)


def reshelve() -> int:
    """Move articles in no language of the interface to the shelf of `DEFAULT_LANGUAGE`.

    For after a change of that setting; returns how many moved, nearly always none.
    """
    strays = (
        Article.objects.annotate(own=Lower("language"))
        .exclude(own__in=Shelf.values)
        .exclude(shelf=settings.DEFAULT_LANGUAGE)
    )
    moved = 0
    while ids := list(strays.values_list("pk", flat=True)[:500]):
        with recounted(ids):
            moved += Article.objects.filter(pk__in=ids).update(
                shelf=settings.DEFAULT_LANGUAGE,
                on_hans=settings.DEFAULT_LANGUAGE == Shelf.ZH_HANS,
                on_hant=settings.DEFAULT_LANGUAGE == Shelf.ZH_HANT,
            )
    if moved:
        logger.info("moved %d articles to the shelf %s", moved, settings.DEFAULT_LANGUAGE)
    return moved
