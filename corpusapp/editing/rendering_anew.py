"""Renders texts again that an earlier version of the product rendered.

Until then such a page is rendered whenever it is shown, which costs some milliseconds each time.
"""

import logging
import time

from django.db import transaction

from corpusapp.editing.totals import hold
from corpusapp.models import Article
from corpusapp.text import markdown
from corpusapp.text.packing import pack

logger = logging.getLogger(__name__)

_BATCH = 50  # articles in one transaction
_LOOK_AGAIN = 3600.0  # seconds: a process of the earlier version may still be saving texts
_none_at: float | None = None  # when this process found none, by the monotonic clock


def render_anew(at_most: int) -> int:
    """Render so many articles whose HTML is of another version; returns how many.

    3 queries a batch, and 1 an article. Neither version nor date of an article changes: it says
    what it said. A text that cannot be rendered is logged, and stays for whoever shows it.
    """
    global _none_at  # noqa: PLW0603 - a fact about the process
    if _none_at is not None and time.monotonic() - _none_at < _LOOK_AGAIN:
        return 0
    done, last = 0, 0
    while done < at_most:
        older = Article.objects.exclude(body_renderer=markdown.RENDERER_VERSION).order_by("pk")
        some = older.filter(pk__gt=last).values_list("pk", flat=True)
        batch = list(some[: min(_BATCH, at_most - done)])
        if not batch:
            _none_at = time.monotonic()
            break
        last = batch[-1]
        done += _render(batch)
    if done:
        logger.info("rendered %d articles anew", done)
    return done


def _render(ids: list[int]) -> int:
    done = 0
    with transaction.atomic():
        hold(ids)
        # another worker may have been quicker
        older = Article.objects.exclude(body_renderer=markdown.RENDERER_VERSION)
        for pk, body in older.filter(pk__in=ids).values_list("pk", "body"):
            try:
                html = markdown.render(body)
            except Exception:  # the next text is not to suffer for it
                logger.exception("article %d cannot be rendered anew", pk)
                continue
            done += Article.objects.filter(pk=pk).update(
                rendered=pack(html, body), body_renderer=markdown.RENDERER_VERSION
            )
    return done
