"""What was found, in the reader's script, with its marks where they were.

A piece by itself reads otherwise than in its place: 后 alone becomes 後, and in 皇后 it stays.
"""

from collections.abc import Iterator
from dataclasses import replace

from corpusapp.public.cards import Card
from corpusapp.public.readings import on_the_spot
from corpusapp.search.contract import Excerpt, Piece


def title_of(card: Card, found: Excerpt) -> Excerpt:
    """The title of a card with the marks of the one that was found; () where it has other words."""
    if card.original and len(card.title) == sum(len(piece.text) for piece in found):
        return tuple(_cut(card.title, found))  # a rendition knows words of its own article
    title = snippet_of(card, found)
    return title if "".join(piece.text for piece in title) == card.title else ()


def snippet_of(card: Card, found: Excerpt) -> Excerpt:
    """As found; in the other Chinese script where the card is that of a rendition."""
    if not card.original:
        return found
    whole = "".join(piece.text for piece in found)
    here = on_the_spot(whole, card.original)
    if len(here) == len(whole):
        return tuple(_cut(here, found))
    # a word of the glossary is longer or shorter here
    return tuple(replace(piece, text=on_the_spot(piece.text, card.original)) for piece in found)


def _cut(text: str, like: Excerpt) -> Iterator[Piece]:
    """The pieces of `text`, each as long as its like."""
    end = 0
    for piece in like:
        start, end = end, end + len(piece.text)
        yield replace(piece, text=text[start:end])
