"""Decide a conflict: keep what an editor wrote, or take what the newer capture says."""

import logging

from django.contrib.auth.models import User
from django.db import transaction

from corpusapp.editing.doubts import confirm, settle_doubts_about
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.editing.twins import body_changed
from corpusapp.importing.bases import whole
from corpusapp.importing.exact import apply, taken
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.outcome import CONFLICT
from corpusapp.importing.registry import Registry
from corpusapp.models import Change, Doubt

logger = logging.getLogger(__name__)


def keep_ours(doubt_id: int, user: User | None = None) -> bool:
    """The article stays as it is, and the field is the editors'; False if it was decided before."""
    is_open = Doubt.objects.open().filter(pk=doubt_id, code=CONFLICT).exists()
    return is_open and bool(confirm([doubt_id], user))


def take_theirs(doubt_id: int, user: User | None = None) -> bool:
    """The field gets the capture's value, by an editor's will; False if it was decided before.

    An editor has chosen it, so it is theirs: a still newer capture that says otherwise asks again.
    """
    with transaction.atomic():
        one_writer()
        open_ones = Doubt.objects.open().filter(pk=doubt_id, code=CONFLICT)
        doubt = open_ones.select_related("article").first()
        if doubt is None or not doubt.candidates:
            return False
        extracted = taken(doubt.field, doubt.candidates[0])
        registry = Registry()
        registry.look_up([extracted])
        ids = [doubt.article.pk]
        with recounted(ids), revised(ids, user, Change.DECIDED):
            article = whole(doubt.article)
            before = article.body
            apply(article, extracted, [doubt.field], registry)
            if doubt.field == "body":
                body_changed(article.pk, before, article.body)
        own_fields([article.pk], [doubt.field], user)
        settle_doubts_about(article.pk, [doubt.field], user)
    logger.info("took %s of a capture into article %d", doubt.field, article.pk)
    return True
