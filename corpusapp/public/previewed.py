"""What can be looked at beside a preview: the piece in each language and script that who asks may see.

A signed link is for one article: it leads to that one's own scripts and nowhere else. Somebody at the
desk sees every edition of the piece that is not in the bin, in whatever state.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import pgettext

from corpusapp.models import Article
from corpusapp.models.article_columns import shelves_of
from corpusapp.public import addresses
from corpusapp.public.frame import Frame
from corpusapp.public.shelves import SHELVES, language_name


@dataclass(frozen=True, slots=True)
class Previewed:
    """An edition, or its rendition in the other Chinese script."""

    shelf: str
    name: str  # of its language, in itself
    lang: str
    address: str
    state: str
    current: bool


def previews_beside(row: Any, frame: Frame, token: str) -> list[Previewed]:
    """Where the piece of `row` can be previewed, itself among it; 1 query, and none under a link."""
    editions = [row]
    if not token:
        piece = Article.objects.filter(
            translation_key=row.translation_key, binned_at__isnull=True
        ).defer("body", "rendered")
        editions = list(piece.order_by("pk"))
    own = {edition.language for edition in editions}
    found = []
    for edition in editions:
        for key in shelves_of(edition):
            shelf = SHELVES[key]
            is_rendition = key != edition.shelf
            if is_rendition and shelf.code in own:
                continue  # it has an edition of its own there
            found.append(_previewed(edition, key, frame, token, row, is_rendition=is_rendition))
    return found


def _previewed(
    edition: Any, key: str, frame: Frame, token: str, row: Any, *, is_rendition: bool
) -> Previewed:
    shelf = SHELVES[key]
    lang = shelf.code if is_rendition else edition.language
    name = shelf.name if lang == shelf.code else language_name(lang)
    state = str(edition.get_state_display())
    if is_rendition:
        state = pgettext("preview", "%(state)s, converted") % {"state": state}
    return Previewed(
        key,
        name,
        lang,
        addresses.preview(key, edition.public_id, token),
        state,
        current=edition.pk == row.pk and key == frame.shelf.key,
    )


def lead_to_previews(frame: Frame, previews: list[Previewed]) -> None:
    """Languages in which the page would offer something else instead lead to the preview there is."""
    by_shelf = {one.shelf: one.address for one in previews if not one.current}
    frame.choices = [
        replace(choice, address=by_shelf[choice.shelf.key], instead="")
        if choice.instead and choice.shelf.key in by_shelf
        else choice
        for choice in frame.choices
    ]
