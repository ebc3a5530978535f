"""Signed addresses under which one article can be seen before readers can: made, checked, revoked."""

import logging
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from corpusapp.editing.trail import note as note_in_trail
from corpusapp.models import Act, Article, PreviewLink

logger = logging.getLogger(__name__)

GOOD_FOR = timedelta(hours=24)
_MOST_DIGITS = 18


def share(article: Article, user: AbstractBaseUser | None, note: str = "") -> PreviewLink:
    """A new link to this article, good for 24 hours."""
    now = timezone.now()
    link = PreviewLink.objects.create(
        article=article,
        made_by_id=user.pk if user else None,
        made_at=now,
        expires_at=now + GOOD_FOR,
        note=note[:200],
    )
    note_in_trail(Act.CHANGED, article, details={"preview_link_made": link.note or str(link.pk)})
    logger.info("preview link %d made for article %d", link.pk, article.pk)
    return link


def revoke(article: Article, link_id: int) -> bool:
    """Make a link of this article good for nothing; False if it was already."""
    links = PreviewLink.objects.good().filter(article=article, pk=link_id)
    revoked = links.update(revoked_at=timezone.now())
    if revoked:
        said = called(article, link_id)
        note_in_trail(Act.CHANGED, article, details={"preview_link_revoked": said})
        logger.info("preview link %d revoked", link_id)
    return bool(revoked)


def called(article: Article, link_id: int) -> str:
    """What the trail calls a link: whom it was for, else its number."""
    named = PreviewLink.objects.filter(article=article, pk=link_id).values_list("note", flat=True)
    return named.first() or str(link_id)


def token(link: PreviewLink, public_id: str) -> str:
    """The secret part of the address; it opens the article of this `public_id` and no other."""
    return _signer(public_id).sign(str(link.pk))


def opens(given: str, public_id: str) -> bool:
    """Whether this token opens that article now. 1 query, and none for one that nobody signed."""
    try:
        pk = _signer(public_id).unsign(given)
    except BadSignature:
        return False
    if not (pk.isascii() and pk.isdigit() and len(pk) <= _MOST_DIGITS):
        return False
    is_good = PreviewLink.objects.good().filter(pk=int(pk), article__public_id=public_id).exists()
    if is_good:  # in the log alone: a page that is read writes nothing
        logger.info("preview link %s opened", pk)
    return is_good


def _signer(public_id: str) -> Signer:
    # bound to the article: the signature under one is none under another
    return Signer(salt=f"corpusapp.preview.{public_id}")
