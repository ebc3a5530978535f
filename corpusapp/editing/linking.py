"""Know what stands in texts: which articles lead to which others, so that links that break are found."""

from collections.abc import Mapping

from django.conf import settings

from corpusapp.editing.undescribed import doubt_pictures
from corpusapp.models import InnerLink
from corpusapp.text.inner_links import linked_ids


def note_links(bodies: Mapping[int, str], *, are_new: bool = False) -> None:
    """Write down where these articles' bodies lead, {article id: body}, and what they show without a word.

    2 statements and those of `doubt_pictures`. Inside the transaction that writes the bodies. New articles without links cost nothing.
    """
    if not are_new:
        InnerLink.objects.filter(article__in=bodies).delete()
    rows = [
        InnerLink(article_id=pk, target=target)
        for pk, body in bodies.items()
        for target in linked_ids(body, settings.SITE_URL)
    ]
    if rows:
        InnerLink.objects.bulk_create(rows, ignore_conflicts=True)
    doubt_pictures(bodies, are_new=are_new)
