"""Which article to review next: conflicts, possible duplicates, the least sure, new names, the oldest.

A place in the queue is told by the article that stood there, so that the next one is found without
a list in anybody's session, and in as many windows as an editor likes.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.article_filters import doubted
from corpusapp.admin.doubt_words import Words
from corpusapp.admin.rights import changeable
from corpusapp.editing.twins import POSSIBLE_DUPLICATE
from corpusapp.editing.unsaved import alone_at_the_queue, arrive, held_by_others
from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import Article, Byline, State

_SURE = 100
_PLACE = re.compile(r"([0-4])\.([0-9]{1,3})\.([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Tier:
    """A part of the queue; its articles by their key, then in the order in which they came."""

    words: Words
    articles: QuerySet[Article]
    key: str = ""  # a column; "" where there is nothing but the order of coming

    def first(self, after: "Place | None" = None) -> tuple[int, int] | None:
        """(key, id) of the first article, or of the one after a place of this tier; 1 query."""
        rows = self.articles
        if after is not None:
            later = Q(pk__gt=after.article)
            if self.key:
                later = Q(**{f"{self.key}__gt": after.key}) | (later & Q(**{self.key: after.key}))
            rows = rows.filter(later)
        columns = [self.key, "pk"] if self.key else ["pk"]
        found = rows.order_by(*columns).values_list(*columns).first()
        return None if found is None else (int(found[0]) if self.key else 0, int(found[-1]))


@dataclass(frozen=True, slots=True)
class Place:
    tier: int
    key: int
    article: int

    def __str__(self) -> str:
        return f"{self.tier}.{self.key}.{self.article}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        match = _PLACE.fullmatch(text)
        return cls(*map(int, match.groups())) if match else None


def tiers(request: HttpRequest, but: Collection[int] = ()) -> tuple[Tier, ...]:
    """What waits for whoever asks, in the order of the queue; each article stands in one of them.

    `but` are left out: those that others have open, where somebody is led on.
    """
    mine = changeable(request, Article.objects.order_by()).filter(binned_at__isnull=True)
    if but:
        mine = mine.exclude(pk__in=but)
    review = mine.filter(state=State.REVIEW)
    conflicts, twins = doubted(code=CONFLICT), doubted(code=POSSIBLE_DUPLICATE)
    rest = review.filter(~conflicts, ~twins)
    new_names = Q(Exists(Byline.objects.filter(article=OuterRef("pk"), author__is_new=True)))
    new_names |= Q(section__is_new=True)
    return (
        Tier(_("conflicts"), mine.filter(conflicts)),
        Tier(_("possible duplicates"), review.filter(~conflicts, twins)),
        Tier(_("least sure"), rest.filter(sureness__lt=_SURE), "sureness"),
        Tier(_("new names and sections"), rest.filter(new_names, sureness=_SURE)),
        Tier(_("the others, the oldest first"), rest.exclude(new_names).filter(sureness=_SURE)),
    )


def first_place(
    request: HttpRequest, after: Place | None = None, but: Collection[int] = ()
) -> Place | None:
    """Where the queue begins, or goes on after a place; at most 5 queries."""
    return next(places(request, after, but), None)


def places(
    request: HttpRequest, after: Place | None = None, but: Collection[int] = ()
) -> Iterator[Place]:
    start = after.tier if after else 0
    for number, tier in enumerate(tiers(request, but)):
        if number < start:
            continue
        if found := tier.first(after if after and number == start else None):
            yield Place(number, *found)


def claimed_place(request: HttpRequest, after: Place | None = None) -> Place | None:
    """The next that nobody else has open; from now on it is open with who asks. 9 queries at most."""
    user: Any = request.user
    with alone_at_the_queue():
        found = first_place(request, after, held_by_others(user))
        if found is not None:
            arrive(user, found.article)
    return found


def place_of(request: HttpRequest, article: Article) -> Place:
    """Where an article stands now; what stands nowhere counts as one of the last tier."""
    for number, tier in enumerate(tiers(request)):
        if tier.articles.filter(pk=article.pk).exists():
            return Place(number, article.sureness if tier.key else 0, article.pk)
    return Place(4, 0, article.pk)
