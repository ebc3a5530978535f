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


def bring_back(back: Sequence[tuple[Article, bool]]) -> dict[int, list[dict[str, Any]]]:
    """Articles back into review, or those that may before readers unless a doubt holds them.

    Inside `recounted` only. Returns {id: [before, after]} of their states.
    """
    held = set(
        Doubt.objects.open()
        .filter(article__in=[article.pk for article, _may in back], holds=True)
        .values_list("article", flat=True)
    )
    moved = {}
    for article, may_be_public in back:
        before = state_of(article)
        for name in COLUMNS:
            setattr(article, name, None)
        article.state = State.REVIEW
        if may_be_public and article.pk not in held and article.title and article.body:
            article.state, article.live_from = State.PUBLISHED, timezone.now()
        article.version += 1
        moved[article.pk] = [before, state_of(article)]
    update([article for article, _may in back], _WRITTEN)
    return moved
