"""Tell readers what was wrong in an article, change what they are told, or take it back."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from corpusapp.editing.totals import recounted
from corpusapp.editing.trail import note
from corpusapp.models import Act, Amends, Article, Correction

logger = logging.getLogger(__name__)

_LONGEST_SAID = 200


def record(correction: Correction) -> None:
    """Save a new or a changed notice; the trail of its article says so.

    Raises IntegrityError for a second retraction of one article.
    """
    is_new = correction.pk is None
    with _noted(correction, "" if is_new else "_changed"):
        correction.save()
    logger.info("%s %d of article %d", correction.kind, correction.pk, correction.article_id)


def take_back(correction: Correction) -> None:
    """As if it had never been told; the trail keeps what it said."""
    pk = correction.pk
    with _noted(correction, "_taken_back"):
        correction.delete()
    logger.info("took %s %d of article %d back", correction.kind, pk, correction.article_id)


@contextmanager
def _noted(correction: Correction, deed: str) -> Iterator[None]:
    """The article is as of now: its feeds, its sitemap entry and its ETag follow."""
    article = correction.article
    with recounted([article.pk]):
        yield
        Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())
        kind = Amends(correction.kind).value
        said = correction.text[:_LONGEST_SAID]
        note(Act.CHANGED, article, details={f"{kind}{deed}": said})
