"""The buttons beside "Save": one button, one deed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import cut_name
from corpusapp.admin.doubt_words import Words
from corpusapp.admin.new_sections import new_section
from corpusapp.admin.rights import may_publish_it
from corpusapp.editing.publish import (
    HELD_FROM,
    Moved,
    hold,
    publish,
    put_in_bin,
    take_from_bin,
    withdraw,
)
from corpusapp.models import Article, State


@dataclass(frozen=True, slots=True)
class Move:
    """A button beside "Save": the form is saved first, then the deed is done, or neither."""

    name: str
    label: Words
    states: tuple[str, ...]  # in which it is offered
    deed: Callable[[Article, str], Moved]
    done: Words
    publishers_only: bool = False
    needs_why: bool = False  # told to the trail
    in_bin: bool = False
    asked_of: tuple[str, ...] = ()  # states in which what it changes is shown first

    def offered(self, request: HttpRequest, article: Article) -> bool:
        return (
            article.state in self.states
            and self.in_bin == (article.binned_at is not None)
            and (not self.publishers_only or may_publish_it(request, article))
        )

    def is_asked_about(self, article: Article) -> bool:
        """Whether it changes what readers see, or passes over a doubt: then a page shows that first."""
        if self.name == "_publish":
            held = article.doubts.open().filter(holds=True)
            return new_section(article) is not None or held.exists()
        return article.state in self.asked_of


def _publish(article: Article, why: str) -> Moved:
    """At the planned moment if that is still to come, else now."""
    planned = article.live_from
    return publish([article.pk], planned if planned and planned > timezone.now() else None, why)


def told(article: Article, move: Move) -> str:
    """What the move has done, in a sentence; 1 query for one that publishes."""
    return (
        published_or_planned(article)
        if move.name == "_publish"
        else move.done % {"article": article}
    )


def published_or_planned(article: Article) -> str:
    """That readers see it, or from when on they will; 1 query."""
    moment = Article.objects.values_list("live_from", flat=True).get(pk=article.pk)
    if moment and moment > timezone.now():
        text = _("“%(article)s” is scheduled: readers see it from %(moment)s on.")
        shown = f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
        return text % {"article": article, "moment": shown}
    return _("“%(article)s” is published.") % {"article": article}


def lacking(article: Article) -> str:
    """What an article needs before it can be published: its title, its text, or both."""
    if article.title:
        text = _("“%(article)s” needs a text first.")
    elif article.body:
        text = _("“%(article)s” needs a title first.")
    else:
        text = _("“%(article)s” needs a title and a text first.")
    return text % {"article": cut_name(str(article))}


MOVES = (
    Move(
        "_publish",
        gettext_lazy("Save and publish"),
        (State.REVIEW, State.DRAFT, State.WITHDRAWN),
        _publish,
        gettext_lazy("“%(article)s” is published."),
        publishers_only=True,
    ),
    Move(
        "_withdraw",
        gettext_lazy("Withdraw"),
        (State.PUBLISHED,),
        lambda article, why: withdraw([article.pk], why=why),
        gettext_lazy("“%(article)s” is withdrawn."),
        publishers_only=True,
        needs_why=True,
        asked_of=(State.PUBLISHED,),
    ),
    Move(
        "_review",
        gettext_lazy("Back to review"),
        HELD_FROM[State.REVIEW],
        lambda article, why: hold([article.pk], State.REVIEW, why),
        gettext_lazy("“%(article)s” waits in review."),
        asked_of=(State.PUBLISHED,),
    ),
    Move(
        "_draft",
        gettext_lazy("Make it a draft"),
        HELD_FROM[State.DRAFT],
        lambda article, why: hold([article.pk], State.DRAFT, why),
        gettext_lazy("“%(article)s” is a draft."),
    ),
    Move(
        "_bin",
        gettext_lazy("Put in the bin"),
        tuple(State),
        lambda article, why: put_in_bin([article.pk], why),
        gettext_lazy("“%(article)s” is in the bin."),
        asked_of=tuple(State),
    ),
    Move(
        "_restore",
        gettext_lazy("Restore from the bin"),
        tuple(State),
        lambda article, why: take_from_bin([article.pk], why),
        gettext_lazy("“%(article)s” is back from the bin."),
        in_bin=True,
    ),
)
BY_NAME = {move.name: move for move in MOVES}
