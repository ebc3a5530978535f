"""An article as it reads on a shelf: its own edition, or that in the other Chinese script."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpusapp.editing.renditions import Rendered, converter_for, head_hash, rendered
from corpusapp.models import Article, Glossary, Rendition
from corpusapp.models.article_columns import shelves_of
from corpusapp.public import addresses
from corpusapp.public.page_store import remembered
from corpusapp.public.shelves import SHELVES, Shelf
from corpusapp.text.han import OTHER

# What a card takes of a stored rendition, beside the article's own columns
RENDITION = ("title", "standfirst", "slug", "excerpt", "words", "of_head")
# What `head_on` takes of an article fetched with its rendition
HEAD = (
    *("public_id", "shelf", "slug", "on_hans", "on_hant", "language", "title", "standfirst"),
    *(f"rendition__{name}" for name in ("title", "slug", "of_head")),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of one article for the readers of one shelf."""

    title: str
    standfirst: str
    html: str
    author_note: str
    language: str  # of these texts
    path: str
    rendered: Rendered | None  # None for an edition

    def word(self, printed: str) -> str:
        """A post or another short text, as it reads here."""
        return self.rendered.word(printed) if self.rendered else printed


@dataclass(frozen=True, slots=True)
class Head:
    """What names an article to the readers of one shelf."""

    title: str
    language: str  # of the title
    path: str


def is_rendered_on(row: Any, shelf: Shelf) -> bool:
    """Whether readers of `shelf` find only the rendition of this article (or row) there."""
    return row.shelf != shelf.key and shelf.key in shelves_of(row)


def reading_of(article: Article, shelf: Shelf) -> Reading:
    """How it reads on a shelf on which it stands. No query if its rendition is stored and fetched."""
    if not is_rendered_on(article, shelf):
        return Reading(
            article.title,
            article.standfirst,
            article.body_html,
            article.author_note,
            article.language,
            addresses.article(article),
            None,
        )
    made = rendered(article, getattr(article, "rendition", None))
    return Reading(
        made.title,
        made.standfirst,
        made.html,
        made.word(article.author_note),
        made.language,
        addresses.rendition(shelf.key, article.public_id, made.slug),
        made,
    )


def address_on(article: Article, shelf: Shelf) -> str:
    """Where readers of a shelf find it: there, or else under its own language."""
    return head_on(article, shelf).path


def head_on(article: Article, shelf: Shelf) -> Head:
    """What names it to readers of a shelf. No query if its rendition is fetched; no body is read."""
    if not is_rendered_on(article, shelf):
        return Head(article.title, article.language, addresses.article(article))
    stored: Rendition | None = getattr(article, "rendition", None)
    if stored and stored.of_head == head_hash(article):
        title, slug = stored.title, stored.slug
    else:
        title, slug = (
            on_the_spot(words, article.language) for words in (article.title, article.slug)
        )
    path = addresses.rendition(shelf.key, article.public_id, slug)
    return Head(title, OTHER[article.language], path)


def other_shelf(article: Article) -> Shelf | None:
    """The shelf on which its rendition stands."""
    if article.paired or article.language not in OTHER:
        return None
    return SHELVES[OTHER[article.language].lower()]


def on_the_spot(text: str, language: str) -> str:
    """A short text in `language` in the other script, where no rendition is stored yet."""
    words = remembered("glossary", _site_glossary)
    return _converted(text, language, words)


def _site_glossary() -> tuple[tuple[str, str], ...]:
    entries = Glossary.objects.filter(article__isnull=True).order_by("pk")
    return tuple(entries.values_list("simplified", "traditional"))


@lru_cache(maxsize=4000)
def _converted(text: str, language: str, words: tuple[tuple[str, str], ...]) -> str:
    return converter_for(language, words).text(text)
