"""What the background work does for articles every minute, beside its tasks."""

from datetime import date

from django.utils import timezone

from corpusapp.editing import reads
from corpusapp.editing.rendering_anew import render_anew
from corpusapp.editing.renditions import label_in_both_scripts, make_wanting

_ranked_on: date | None = None  # by this process

_TEXTS = 200
_RENDITIONS = 500  # at a time; a large import is worked off over some minutes


def take_over_reads() -> None:
    """Bring what the web processes have counted into the database, and rank what is read most.

    Ranked with every read, and once a day without one: what was read long ago leaves the ranks.
    """
    global _ranked_on  # noqa: PLW0603 - a fact about the process
    today = timezone.localdate()
    if reads.take_over() or _ranked_on != today:
        reads.rank()
        _ranked_on = today


def make_renditions() -> None:
    """Render some of the texts of an earlier version anew; then make renditions that are missing or out of date."""
    render_anew(at_most=_TEXTS)
    make_wanting(at_most=_RENDITIONS)
    label_in_both_scripts()
