"""Articles that an undoing takes away, and how they come back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from corpusapp.editing.totals import recounted
from corpusapp.models import Article, Doubt, State, update

STATE = "state"  # beside the fields, in what a run changed
COLUMNS = ("state", "live_from", "withdrawn_at", "binned_at", "undone_by_id")
_MOMENTS = ("live_from", "withdrawn_at", "binned_at")
_WRITTEN = ("state", *_MOMENTS, "undone_by", "version", "updated_at")


def state_of(article: Article) -> dict[str, Any]:
    """Where an article stands in the workflow, as JSON."""
    values = {name: getattr(article, name) for name in COLUMNS}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def put_in_state(article: Article, state: Mapping[str, Any]) -> None:
    """Put an article where `state_of` says it stood; inside a transaction."""
    with recounted([article.pk]):
        for name in COLUMNS:
            value = state[name]
            if name in _MOMENTS and value:
                value = datetime.fromisoformat(value)
            setattr(article, name, value)
        article.version += 1
        article.save(update_fields=_WRITTEN)


def bring_back(back: Sequence[tuple[Article, State]]) -> dict[int, list[dict[str, Any]]]:
    """Articles back from an undoing, each with the state in which it would come in today.

    PUBLISHED means before readers unless a doubt holds it. A draft stays one and a scheduled
    article waits for its moment: what an editor had decided outlives the undoing.
    Inside `recounted` only. Returns {id: [before, after]} of their states.
    """
    held = set(
        Doubt.objects.open()
        .filter(article__in=[article.pk for article, _state in back], holds=True)
        .values_list("article", flat=True)
    )
    moved = {}
    for article, state in back:
        before = state_of(article)
        stays = article.state == State.DRAFT or _waits(article)
        kept = (article.state, article.live_from) if stays else (State.REVIEW, None)
        for name in COLUMNS:
            setattr(article, name, None)
        article.state, article.live_from = kept
        if stays:
            pass
        elif state == State.DRAFT:
            article.state = State.DRAFT
        elif state == State.PUBLISHED and article.pk not in held and article.title and article.body:
            article.state, article.live_from = State.PUBLISHED, timezone.now()
        article.version += 1
        moved[article.pk] = [before, state_of(article)]
    update([article for article, _state in back], _WRITTEN)
    return moved


def _waits(article: Article) -> bool:
    is_later = article.live_from is not None and article.live_from > timezone.now()
    return article.state == State.PUBLISHED and is_later
