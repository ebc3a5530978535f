"""Two articles beside each other: their fields, and their texts with what both have marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.models import Article, PossibleDuplicate
from corpusapp.text.likeness import shared_spans, shingle_set
from corpusapp.text.markdown import plain

_LONGEST = 200_000  # characters of a text that are compared and shown


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    shared: bool  # whether the other text has it too


@dataclass(frozen=True, slots=True)
class Side:
    article: Article
    files: list[str]  # the captures it came from, newest first
    paragraphs: list[list[Piece]]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Field:
    words: Words
    earlier: str
    later: str

    @property
    def differs(self) -> bool:
        return self.earlier != self.later


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: list[Field]
    earlier: Side
    later: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.earlier, self.later


def sides(pair: PossibleDuplicate) -> Comparison:
    """6 queries, whatever the texts; time linear in their length."""
    texts = [plain(one.body[:_LONGEST]) for one in (pair.earlier, pair.later)]
    shared = shingle_set(texts[0]) & shingle_set(texts[1])
    earlier, later = (
        Side(
            article,
            list(article.captures.order_by("-pk").values_list("path", flat=True)[:5]),
            list(_paragraphs(text, shared)),
            len(article.body) > _LONGEST,
        )
        for article, text in zip((pair.earlier, pair.later), texts, strict=True)
    )
    values = zip(_fields(pair.earlier), _fields(pair.later), strict=True)
    fields = [
        Field(field_words(name), before, after)
        for (name, before), (_name, after) in values
        if before or after
    ]
    return Comparison(fields, earlier, later)


def _paragraphs(text: str, shared: frozenset[int]) -> Iterator[list[Piece]]:
    """The paragraphs of a text in pieces; a run of shared words may pass from one into the next."""
    spans = iter(shared_spans(text, shared))
    start, end = next(spans, (len(text), len(text)))
    place = 0
    for paragraph in text.split("\n\n"):
        pieces: list[Piece] = []
        last = place + len(paragraph)
        while place < last:
            while end <= place:
                start, end = next(spans, (len(text) + 1, len(text) + 1))
            is_shared = start <= place
            stop = min(last, end if is_shared else start)
            pieces.append(Piece(text[place:stop], is_shared))
            place = stop
        yield pieces
        place = last + 2


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    language = get_language() or "en"
    yield "title", article.title
    yield "standfirst", article.standfirst
    yield "authors", "; ".join(_signed(article))
    yield "published_at", article.published_at.replace("T", " ")
    yield "section", str(article.section.label(language)) if article.section else ""
    yield "tags", ", ".join(str(tag) for tag in article.tags.order_by("name"))
    yield "language", article.language
    yield "source", str(article.source or "")
    yield "source_address", article.source_address


def _signed(article: Any) -> Iterator[str]:
    for byline in article.bylines.select_related("author"):
        yield f"{byline.printed_name} ({byline.post})" if byline.post else byline.printed_name
