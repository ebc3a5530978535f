"""A picture in a text that shows something, and does not say what, holds the article back.

The doubt goes when the words stand in the text, or when the picture is said to be decoration: nothing else
settles it for good.
"""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from corpusapp.models import Article, Doubt, Picture

UNDESCRIBED = "picture_without_words"
FIELD = "pictures"


def doubt_pictures(bodies: Mapping[int, str], *, are_new: bool = False) -> None:
    """Open and settle these doubts as these articles' bodies, {article id: body}, stand now.

    Inside the transaction that writes them. 1 query, and 1 or 2 more where there is something to do.
    """
    wanted = _with_undescribed(bodies)
    if are_new and not wanted:
        return
    open_ones = Doubt.objects.open().filter(code=UNDESCRIBED, article__in=bodies)
    doubted = dict(open_ones.values_list("article", "pk"))
    settled = [doubt for article, doubt in doubted.items() if article not in wanted]
    if settled:
        Doubt.objects.filter(pk__in=settled).update(settled_at=timezone.now())
    Doubt.objects.bulk_create(
        Doubt(article_id=pk, field=FIELD, code=UNDESCRIBED, holds=True)
        for pk in sorted(wanted - doubted.keys())
    )


def _with_undescribed(bodies: Mapping[int, str]) -> set[int]:
    keys = {pk: found for pk, body in bodies.items() if (found := Picture.keys_without_alt(body))}
    if not keys:
        return set()
    asked = set().union(*keys.values())
    showing = Picture.objects.filter(key__in=asked, is_decorative=False)
    there = set(showing.values_list("key", flat=True))
    return {pk for pk, found in keys.items() if found & there}


def doubt_texts_with(picture: Picture) -> None:
    """The same of all articles with this picture in their text, once it is said to decorate, or not to."""
    doubt_pictures(dict(in_texts(picture).order_by("pk").values_list("pk", "body")))


def in_texts(picture: Picture) -> QuerySet[Article]:
    """The articles with this picture in their text."""
    return Article.objects.filter(body__contains=f"/pictures/{picture.key}/")
