"""Unsaved rows for what a capture gives."""

from collections.abc import Iterator
from datetime import datetime

from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.fields import FIELDS, set_texts
from corpusapp.importing.registry import Registry
from corpusapp.importing.sureness import sureness
from corpusapp.models import Article, Byline, Doubt, State
from corpusapp.text.names import person_key


def article_row(
    extracted: ExtractedArticle, default_language: str, *, publish_at: datetime | None
) -> Article:
    """An article in review, or public from `publish_at` unless a doubt holds it."""
    article = Article()
    set_texts(article, extracted, frozenset(FIELDS))
    article.language = extracted.language or default_language
    article.sureness = sureness(extracted)
    held = any(doubt.holds for doubt in extracted.doubts)
    if extracted.is_draft:  # its source does not show it either
        article.state = State.DRAFT
    elif publish_at and not held and extracted.title and extracted.body:
        article.state = State.PUBLISHED
        article.live_from = publish_at
    return article


def belongs(article: Article, extracted: ExtractedArticle, registry: Registry) -> None:
    """Give the article its section and its source, once these are looked up."""
    article.section = registry.section(extracted)
    article.source = registry.source(extracted)


def byline_rows(
    article: Article, extracted: ExtractedArticle, registry: Registry
) -> Iterator[Byline]:
    """One for each signature; somebody named twice in one role signs once."""
    signed: set[tuple[int, str]] = set()
    for position, byline in enumerate(extracted.bylines, start=1):
        author = registry.authors.get(person_key(byline.name))
        if author is None or (author.pk, str(byline.role)) in signed:
            continue
        signed.add((author.pk, str(byline.role)))
        yield Byline(
            article=article,
            author=author,
            position=position,
            role=str(byline.role),
            name=byline.name,
            post=byline.post,
        )


def doubt_rows(article: Article, extracted: ExtractedArticle) -> Iterator[Doubt]:
    for doubt in extracted.doubts:
        yield Doubt(
            article=article,
            field=doubt.field,
            code=doubt.code,
            holds=doubt.holds,
            candidates=list(doubt.candidates),
        )
