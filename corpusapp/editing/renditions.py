"""Chinese editions in the other script: made when an edition is saved, renewed when a word of the glossary is.

Imports make none: that is left to the background work and, until it has been there, to whoever
reads. A rendition that is out of date is never shown; what a reader gets then is made on the spot.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from corpusapp.editing.changes import changed
from corpusapp.models import (
    Article,
    AuthorName,
    Byline,
    Glossary,
    Rendition,
    Section,
    Series,
    Tag,
)
from corpusapp.text import markdown, reading
from corpusapp.text.han import OTHER, Converter

logger = logging.getLogger(__name__)

_EXCERPT = 220
_BATCH = 50
_LABELS = 500  # at a time


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition as it reads in the other script."""

    language: str
    title: str
    standfirst: str
    slug: str
    excerpt: str
    html: str
    words: Mapping[str, str]  # other short texts of the article, as printed -> as shown here

    def word(self, printed: str) -> str:
        return self.words.get(printed, printed)


def converter_for(language: str, words: Iterable[tuple[str, str]] = ()) -> Converter:
    """Out of an edition in `language`; `words` are pairs (Simplified, Traditional)."""
    script = OTHER[language].partition("-")[2]
    pairs = {
        (simple if script == "Hant" else traditional): (traditional if script == "Hant" else simple)
        for simple, traditional in words
    }
    return Converter(script, settings.HAN_VARIANT, pairs)


def current_maker(language: str) -> str:
    """What a rendition is made with: the converter, and what made the HTML that it converts."""
    return f"{converter_for(language).maker} {markdown.RENDERER_VERSION}"


def head_hash(article: Any) -> int:
    """Of what a card shows. Also of a row of values."""
    return _hash(article.title, article.standfirst)


def text_hash(article: Any) -> int:
    return _hash(article.body, article.author_note, article.caption)


def _hash(*texts: str) -> int:
    digest = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def rendered(article: Article, stored: Rendition | None) -> Rendered:
    """How `article` reads in the other script: as stored, or made now. Up to 3 queries then."""
    if stored and _is_current(article, stored):
        html = stored.html(article.body)
        if html is not None:
            return Rendered(
                stored.language,
                stored.title,
                stored.standfirst,
                stored.slug,
                stored.excerpt,
                html,
                stored.words,
            )
    return _made(article)


def _is_current(article: Article, stored: Rendition) -> bool:
    return (
        stored.maker == current_maker(article.language)
        and stored.of_head == head_hash(article)
        and stored.of_text == text_hash(article)
    )


def _made(article: Article) -> Rendered:
    bylines = list(Byline.objects.filter(article=article).select_related("author"))
    converter = converter_of(article, bylines)
    convert = converter.text
    short = [article.author_note, article.caption, *(byline.post for byline in bylines)]
    plain = "" if article.standfirst else markdown.plain(article.body[:700])
    return Rendered(
        language=OTHER[article.language],
        title=convert(article.title)[:500],
        standfirst=convert(article.standfirst),
        slug=convert(article.slug)[:120],
        excerpt=convert(reading.first_sentence(plain, _EXCERPT)) if plain else "",
        html=converter.html(article.body_html),
        words={text: convert(text) for text in short if text and convert(text) != text},
    )


def converter_of(article: Article, bylines: Iterable[Byline]) -> Converter:
    """With the glossaries, and the names of those who signed: an author has a name per script."""
    names: dict[int, dict[str, str]] = {byline.author_id: {} for byline in bylines}
    for author, language, text in AuthorName.objects.filter(
        author__in=names, is_main=True, language__in=OTHER
    ).values_list("author_id", "language", "text"):
        names[author][language] = text
    pairs = []
    for byline in bylines:
        known = names[byline.author_id]
        for printed in {byline.printed_name, *known.values()}:
            pairs.append((known.get("zh-Hans", printed), known.get("zh-Hant", printed)))
            pairs.append((printed, printed))
    glossary = Glossary.objects.for_article(article.pk).values_list("simplified", "traditional")
    by_source: dict[str, tuple[str, str]] = {}
    place = 0 if article.language == "zh-Hans" else 1
    for pair in [*reversed(pairs), *glossary]:
        by_source[pair[place]] = pair
    return converter_for(article.language, by_source.values())


def markdown_of(article: Article) -> str:
    """The body in the other script, in Markdown. 3 queries."""
    bylines = list(Byline.objects.filter(article=article).select_related("author"))
    return converter_of(article, bylines).markdown(article.body)


def make(articles: Iterable[Article]) -> int:
    """Store the renditions of these; those in no Chinese script have none. Returns how many."""
    rows = []
    for article in articles:
        if article.language not in OTHER:
            continue
        made = _made(article)
        row = Rendition(
            article=article,
            language=made.language,
            title=made.title,
            standfirst=made.standfirst,
            slug=made.slug,
            excerpt=made.excerpt,
            words=dict(made.words),
            maker=current_maker(article.language),
            of_head=head_hash(article),
            of_text=text_hash(article),
            made_at=timezone.now(),
        )
        row.put_html(made.html, article.body)
        rows.append(row)
    if rows:
        with transaction.atomic():
            names = [field.name for field in Rendition._meta.fields if not field.primary_key]  # noqa: SLF001 - Django's documented name
            Rendition.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["article"], update_fields=names
            )
            changed()
    return len(rows)


def wanting(*, everything: bool = False) -> Any:
    """Public Chinese articles whose rendition is missing or was made otherwise; or all of them."""
    articles = Article.objects.published().filter(language__in=list(OTHER), paired=False)
    if everything:
        return articles
    makers = {language: current_maker(language) for language in OTHER}
    outdated = Q(rendition__isnull=True)
    for language, maker in makers.items():
        outdated |= Q(language=language) & ~Q(rendition__maker=maker)
    return articles.filter(outdated)


def make_wanting(*, everything: bool = False, at_most: int | None = None) -> int:
    """Make what is missing or out of date, in batches of short transactions; returns how many.

    With `everything` also what was made of texts that have changed since without the maker's knowing.
    """
    done, last = 0, 0
    while at_most is None or done < at_most:
        batch = list(wanting(everything=everything).filter(pk__gt=last).order_by("pk")[:_BATCH])
        if not batch:
            break
        last = batch[-1].pk
        done += make(batch)
    if done:
        logger.info("made %d renditions", done)
    return done


def label_in_both_scripts() -> int:
    """Give sections, tags and series that have a label in one Chinese script the other, too.

    What an editor wrote stays. Returns how many got one. 6 queries where there is nothing to do.
    """
    columns = {"zh-Hans": "label_zh_hans", "zh-Hant": "label_zh_hant"}
    given = 0
    for model in (Section, Tag, Series):
        rows: Any = model._default_manager  # noqa: SLF001 - Django's documented name
        for language, column in columns.items():
            other = columns[OTHER[language]]
            for thing in rows.filter(**{other: ""}).exclude(**{column: ""})[:_LABELS]:
                words = Glossary.objects.filter(article__isnull=True)
                converter = converter_for(language, words.values_list("simplified", "traditional"))
                setattr(thing, other, converter.text(getattr(thing, column)))
                thing.save(update_fields=[other])
                given += 1
    return given


def after_save(instance: Article, **_signal: Any) -> None:
    """Receives the signal of a saved article: its rendition is made in the same transaction."""
    article = instance
    if article.language in OTHER and article.is_public() and not article.get_deferred_fields():
        make([article])


def outdate(entry: Glossary, **_signal: Any) -> None:
    """Receives the signal of a glossary entry that was saved or taken away."""
    if entry.article_id:
        _outdate(article=entry.article_id)
    else:
        _outdate()


def outdate_articles(ids: Collection[int]) -> None:
    """What signs these articles was changed by statements that send no signal."""
    _outdate(article__in=ids)


def after_signing(instance: Byline, origin: Any = None, **_signal: Any) -> None:
    """Receives the signal of a signature: its post is converted along, and its name is not."""
    if isinstance(origin, Article) or getattr(origin, "model", None) is Article:
        return  # the article itself goes, and its renditions with it
    known = Byline.article.is_cached(instance)
    if not known or instance.article.language in OTHER:
        _outdate(article=instance.article_id)


def after_naming(instance: AuthorName, **_signal: Any) -> None:
    """Receives the signal of an author's name: it stands in the texts that the author signed."""
    if instance.is_main and instance.language in OTHER:
        _outdate(article__bylines__author=instance.author_id)


def _outdate(**which: Any) -> None:
    """What is shown from now on is made on the spot, until the background work has been there."""
    if Rendition.objects.filter(**which).exclude(maker="").update(maker=""):
        changed()
