"""Articles that an undoing takes away, and how they come back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from corpusapp.editing.totals import recounted
from corpusapp.models import Article, State

STATE = "state"  # beside the fields, in what a run changed
COLUMNS = ("state", "live_from", "withdrawn_at", "binned_at", "undone_by_id")
_MOMENTS = ("live_from", "withdrawn_at", "binned_at")


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
        article.save(update_fields=["state", *_MOMENTS, "undone_by", "version", "updated_at"])


def bring_back(article: Article, *, publish: bool) -> list[dict[str, Any]]:
    """Back into review, or before readers unless a doubt holds it; [before, after] of its state."""
    before = state_of(article)
    after = dict.fromkeys(COLUMNS) | {"state": str(State.REVIEW)}
    held = article.doubts.open().filter(holds=True).exists()
    if publish and not held and article.title and article.body:
        after |= {"state": str(State.PUBLISHED), "live_from": timezone.now().isoformat()}
    put_in_state(article, after)
    return [before, state_of(article)]
