"""Articles as an index takes them: their words, analysed, and the marks by which they are narrowed down."""

import re
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from corpusapp.models import (
    Article,
    Author,
    AuthorName,
    Byline,
    SearchEntry,
    SearchStale,
    Section,
    State,
    Tag,
    Tagging,
    TagSynonym,
)
from corpusapp.search.expressions import EVERYTHING, Mark
from corpusapp.text import markdown
from corpusapp.text.analysis import ANALYSER_VERSION, analyser

MOST_TERMS = 50_000  # of one text; the rest of a longer one is not searched
_MOST_CHARACTERS = 1_000_000
_NO_TAG = re.compile("[^a-z0-9.]")  # filters come from addresses
_LABELS = ("label_en", "label_zh_hans", "label_zh_hant")
_COLUMNS = (
    "pk", "title", "standfirst", "body", "caption", "author_note", "language", "section_id",
    "source_id", "published_order", "state", "live_from", "binned_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Fields of terms are strings of them, a space between each two, in order."""

    article_id: int
    is_public: bool
    title: str
    names: str  # of authors and tags
    section: str
    body: str
    place: str  # marks of which every article has one of each kind, joined by "|"
    people: str  # marks of authors and tags
    order: int
    language: str
    words: Collection[str] = ()  # the terms of all words, each once or more; perhaps pairs

    @property
    def marks(self) -> str:
        return f"{EVERYTHING} {self.place.replace('|', ' ')} {self.people}".rstrip()

    @property
    def beside(self) -> tuple[str, str, str, str]:
        """All but the body."""
        return self.title, self.names, self.section, self.marks

    def entry(self) -> SearchEntry:
        beside = "\n".join(self.beside).encode()
        body = self.body.encode()
        return SearchEntry(
            article_id=self.article_id,
            is_public=self.is_public,
            order=self.order,
            place=self.place,
            people=self.people,
            terms=self.body.count(" ") + 1 if self.body else 0,
            language=self.language,
            analyser=ANALYSER_VERSION,
            digest=zlib.crc32(body, zlib.crc32(beside)),
            body_digest=zlib.crc32(body),
            beside=zlib.compress(beside, 1),
        )


def section_mark(pk: int | None) -> Mark:
    return f"=s{pk or 0}"


def source_mark(pk: int | None) -> Mark:
    return f"=o{pk or 0}"


def language_mark(language: str) -> Mark:
    return "=l" + _NO_TAG.sub("", language.lower().replace("-", "."))


def year_mark(year: int) -> Mark:
    return f"=y{year}"


def author_mark(pk: int) -> Mark:
    return f"=a{pk}"


def tag_mark(pk: int) -> Mark:
    return f"=t{pk}"


def state_mark(state: str) -> Mark:
    return "=p" + _NO_TAG.sub("", state)


def indexed_text(standfirst: str, body: str, caption: str, author_note: str) -> str:
    """What counts as an article's text: the words without Markdown's marks, as snippets show them."""
    parts = (standfirst, markdown.plain(body), caption, author_note)
    return "\n\n".join(filter(None, parts))


def body_terms(text: str, language: str) -> str:
    """The terms of a text as they are indexed, at most `MOST_TERMS`."""
    return _body(text, language)[0]


def _body(text: str, language: str) -> tuple[str, set[str]]:
    """The terms of a text, and those of its words."""
    joined, words = analyser(language).analysed(text[:_MOST_CHARACTERS])
    if joined.count(" ") < MOST_TERMS:
        return joined, words
    terms = joined.split(" ", MOST_TERMS)[:MOST_TERMS]
    return " ".join(terms), set(terms)


def documents(article_ids: Collection[int]) -> list[Document]:
    """These articles as they stand now, without those in the bin; 6 queries."""
    rows = list(
        Article.objects.filter(pk__in=article_ids, binned_at__isnull=True)
        .order_by("pk")
        .values_list(*_COLUMNS, named=True)
    )
    ids = [row.pk for row in rows]
    signed, tagged = _by_article(Byline, "article_id", "author_id", "name", ids), _tags_of(ids)
    words = Words(
        authors={author for pairs in signed.values() for author, _name in pairs},
        tags={tag for tags in tagged.values() for tag in tags},
        sections={row.section_id for row in rows if row.section_id},
    )
    return [_document(row, signed[row.pk], tagged[row.pk], words) for row in rows]


class Words:
    """What authors, tags and sections are called."""

    def __init__(
        self, *, authors: Collection[int], tags: Collection[int], sections: Collection[int]
    ) -> None:
        self.authors: dict[int, list[str]] = defaultdict(list)
        self.tags: dict[int, list[str]] = defaultdict(list)
        self.sections: dict[int, list[str]] = defaultdict(list)
        if authors:
            for pk, name in Author.objects.filter(pk__in=authors).values_list("pk", "name"):
                self.authors[pk].append(name)
            named = AuthorName.objects.filter(author__in=authors).order_by("pk")
            for pk, name in named.values_list("author_id", "text"):
                self.authors[pk].append(name)
        if tags:
            for pk, *labels in Tag.objects.filter(pk__in=tags).values_list("pk", "name", *_LABELS):
                self.tags[pk] += labels
            synonyms = TagSynonym.objects.filter(tag__in=tags).order_by("pk")
            for pk, text in synonyms.values_list("tag_id", "text"):
                self.tags[pk].append(text)
        if sections:
            for pk, *labels in Section.objects.filter(pk__in=sections).values_list(
                "pk", "name", *_LABELS
            ):
                self.sections[pk] += labels


def _by_article(
    model: Any, article: str, *columns_and_ids: Any
) -> dict[int, list[tuple[int, str]]]:
    *columns, ids = columns_and_ids
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = model.objects.filter(**{f"{article}__in": ids}).order_by("pk")
    for pk, *values in rows.values_list(article, *columns):
        found[pk].append(tuple(values))
    return found


def _tags_of(ids: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Tagging.objects.filter(content_object__in=ids).order_by("pk")
    for pk, tag in rows.values_list("content_object_id", "tag_id"):
        found[pk].append(tag)
    return found


def _document(
    row: Any, signatures: Sequence[tuple[int, str]], tags: Sequence[int], words: Words
) -> Document:
    terms = analyser(row.language)
    names = [name for author, printed in signatures for name in (printed, *words.authors[author])]
    names += [label for tag in tags for label in words.tags[tag]]
    is_public = bool(
        row.state == State.PUBLISHED and row.live_from and row.live_from <= timezone.now()
    )
    text = indexed_text(row.standfirst, row.body, row.caption, row.author_note)
    authors = dict.fromkeys(author for author, _printed in signatures)
    title, title_words = terms.analysed(row.title)
    named, names_words = terms.analysed(_once(names))
    section, section_words = terms.analysed(_once(words.sections.get(row.section_id, ())))
    body, body_words = _body(text, row.language)
    return Document(
        article_id=row.pk,
        is_public=is_public,
        title=title,
        names=named,
        section=section,
        body=body,
        place="|".join(
            (
                section_mark(row.section_id),
                source_mark(row.source_id),
                language_mark(row.language),
                year_mark(row.published_order // 10**8),
                state_mark(row.state),
            )
        ),
        people=" ".join([*map(author_mark, authors), *map(tag_mark, tags)]),
        order=row.published_order,
        language=row.language,
        words=body_words.union(title_words, names_words, section_words),
    )


def _once(texts: Iterable[str]) -> str:
    """These texts, each once."""
    return " ".join(dict.fromkeys(filter(None, texts)))


def earlier_body(
    entry: SearchEntry, stale: SearchStale | None, texts: Mapping[int, tuple[str, str, str, str]]
) -> str | None:
    """The terms of the body that the index holds for this entry; None if they cannot be told any more.

    `texts` are standfirst, body, caption and author's note as they stand now, by article.
    """
    if stale is not None and stale.body is not None:
        parts = (stale.standfirst or "", stale.body, stale.caption or "", stale.author_note or "")
    elif entry.article_id in texts:
        parts = texts[entry.article_id]
    else:
        return None
    terms = body_terms(indexed_text(*parts), entry.language)
    return terms if zlib.crc32(terms.encode()) == entry.body_digest else None
