"""Renders texts again that an earlier version of the product rendered.

Until then such a page is rendered whenever it is shown, which costs some milliseconds each time.
"""

import logging

from django.db import transaction

from corpusapp.editing.totals import hold
from corpusapp.models import Article
from corpusapp.text import markdown
from corpusapp.text.packing import pack

logger = logging.getLogger(__name__)

_BATCH = 50  # articles in one transaction
# Nothing renders in an older way while this version runs: who has found none need not look again
_found_none = False


def render_anew(at_most: int) -> int:
    """Render so many articles whose HTML is of another version; returns how many. 2 queries a batch, 1 each.

    Neither version nor date of an article changes: it says what it said.
    """
    global _found_none  # noqa: PLW0603 - a fact about the process
    done = 0
    while not _found_none and done < at_most:
        older = Article.objects.exclude(body_renderer=markdown.RENDERER_VERSION).order_by("pk")
        batch = list(older.values_list("pk", flat=True)[: min(_BATCH, at_most - done)])
        if not batch:
            _found_none = True
            break
        with transaction.atomic():
            hold(batch)
            for pk, body in Article.objects.filter(pk__in=batch).values_list("pk", "body"):
                Article.objects.filter(pk=pk).update(
                    rendered=pack(markdown.render(body), body),
                    body_renderer=markdown.RENDERER_VERSION,
                )
        done += len(batch)
    if done:
        logger.info("rendered %d articles anew", done)
    return done
