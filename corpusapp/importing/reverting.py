"""Give fields of an article the values they once had, as an editor decided."""

import logging
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from corpusapp.editing.desk_fields import DESK_FIELDS, can_have, shares_its_words
from corpusapp.editing.doubts import settle_doubts_about
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.revisions import CAPTURED_FIELDS, revised, values_of
from corpusapp.editing.totals import recounted
from corpusapp.editing.twins import body_marks, remember
from corpusapp.importing.bases import whole
from corpusapp.importing.exact import restore, stands
from corpusapp.importing.one_writer import one_writer
from corpusapp.models import Article, Change, State

logger = logging.getLogger(__name__)

_NEEDED = ("title", "body")  # by an article that readers see


def put_back(
    article: Article, values: Mapping[str, Any], user: AbstractBaseUser | None, why: str = ""
) -> tuple[frozenset[str], frozenset[str]]:
    """Write those of `values` (in the form of `exact`) that the article has not; they are the editors' now.

    Returns the fields that were restored, and those that stay because the article could not stand
    without: the title and text of a published one, a language in which the piece has an edition.
    """
    with transaction.atomic():
        one_writer()
        # the words of a picture are told wherever it stands
        ids = [article.pk, *shares_its_words(article.pk, values.get("picture"))]
        with recounted(ids), revised(ids, user, Change.RESTORED, why=why):
            row = whole(article)
            now = values_of([row.pk], values.keys())[row.pk]
            names = {name for name in values if not stands(name, now[name], values[name])}
            left = {name for name in names if not _may_have(row, name, values[name])}
            names -= left
            if names:
                restore(row, {name: values[name] for name in names})
        if "body" in names:
            remember({row.pk: body_marks(row.body)})
        captured = names & set(CAPTURED_FIELDS)
        own_fields([row.pk], captured, user)
        settle_doubts_about(row.pk, captured, user)
    logger.info("restored %d fields of article %d", len(names), row.pk)
    return frozenset(names), frozenset(left)


def _may_have(article: Article, name: str, value: Any) -> bool:
    if name in _NEEDED:
        return bool(value) or article.state != State.PUBLISHED
    if name == "language":
        others = Article.objects.filter(translation_key=article.translation_key, language=value)
        return not others.exclude(pk=article.pk).exists()
    return name not in DESK_FIELDS or can_have(article, name, value)
