"""What the background work does for articles every minute, beside its tasks."""

from corpusapp.editing import reads
from corpusapp.editing.rendering_anew import render_anew
from corpusapp.editing.renditions import label_in_both_scripts, make_wanting

_TEXTS = 200
_RENDITIONS = 500  # at a time; a large import is worked off over some minutes


def take_over_reads() -> None:
    """Bring what the web processes have counted into the database, and rank what is read most."""
    if reads.take_over():
        reads.rank()


def make_renditions() -> None:
    """Render some of the texts of an earlier version anew; then make renditions that are missing or out of date."""
    render_anew(at_most=_TEXTS)
    make_wanting(at_most=_RENDITIONS)
    label_in_both_scripts()
