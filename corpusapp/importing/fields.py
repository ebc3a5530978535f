"""The fields of an article in one comparable form, from a capture and from the database.

A capture stores this form beside its evidence, and it is the base of every later merge: a field
that still has the value extraction gave it is untouched, any other belongs to an editor.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from corpusapp.editing.naming import label_key
from corpusapp.extraction.article import ExtractedArticle, PrintedDate
from corpusapp.models import Article

FIELDS = (
    "title",
    "standfirst",
    "body",
    "authors",
    "published_at",
    "section",
    "language",
    "views",
    "tags",
    "source",
    "source_address",
    "caption",
    "biography",
)

_LATER_FIELDS = ("caption", "biography", "source")

# What the columns hold at most; extraction gives less, but a column must never stop an import
_MOST = {"title": 500, "name": 200, "post": 500, "tag": 100, "section": 200, "address": 2000}


def room_for(name: str) -> int | None:
    """How many characters a short field of an article holds; None for one that holds all."""
    return _MOST.get("name" if name == "source" else name)


def within_columns(article: ExtractedArticle) -> ExtractedArticle:
    """The article with every short field cut to what its column holds."""
    return replace(
        article,
        title=article.title[: _MOST["title"]],
        section=article.section[: _MOST["section"]],
        source=article.source[: _MOST["name"]],
        source_url=article.source_url if len(article.source_url) <= _MOST["address"] else "",
        tags=tuple(tag[: _MOST["tag"]] for tag in article.tags),
        bylines=tuple(
            replace(byline, name=byline.name[: _MOST["name"]], post=byline.post[: _MOST["post"]])
            for byline in article.bylines
        ),
    )


def given(article: ExtractedArticle, default_language: str) -> dict[str, Any]:
    """The values a capture gives; JSON, so that they can be stored and compared."""
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "body": digest(article.body),
        "authors": [
            {"name": byline.name, "post": byline.post, "role": str(byline.role)}
            for byline in article.bylines
        ],
        "published_at": str(article.published) if article.published else "",
        "section": article.section,
        "language": article.language or default_language,
        "views": article.views,
        "tags": list(article.tags),
        "source": article.source,
        "source_address": article.source_url,
        "caption": article.caption,
        "biography": article.biography,
    }


def evidence(article: ExtractedArticle, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a capture stores: per field the value and why it has it."""
    stored: dict[str, Any] = {}
    for name in FIELDS:
        stored[name] = {"value": values[name]}
        if found := article.evidence.get(name):
            stored[name] |= {
                "confidence": round(found.confidence, 3),
                "rule": found.rule,
                "lines": [found.first_line, found.last_line],
            }
    return stored


def base(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values once extracted, from what `evidence` stored.

    A field that extraction did not know yet when the capture came in was empty in its article.
    """
    return dict.fromkeys(_LATER_FIELDS, "") | {
        name: stored[name]["value"] for name in FIELDS if name in stored
    }


def current(article: Article) -> dict[str, Any]:
    """The values a whole article (see `bases`) has now, as a capture would give them; no query.

    A section, a source or a tag stands as the key it was found by (any printed name of a section or
    a tag is the same), so the caller compares those with `same`.
    """
    section = article.section
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "body": digest(article.body),
        "authors": [
            {"name": byline.printed_name, "post": byline.post, "role": byline.role}
            for byline in article.bylines.all()
        ],
        "published_at": article.published_at,
        "section": sorted(name.key for name in section.names.all()) if section else [],
        "language": article.language,
        "views": article.captured_views,
        "tags": [
            sorted(synonym.key for synonym in tagging.tag.synonyms.all())
            for tagging in article.taggings.all()
        ],
        "source": article.source.key if article.source else "",
        "source_address": article.source_address,
        "caption": article.caption,
        "biography": article.author_note,
    }


def as_current(name: str, value: Any) -> Any:
    """A value of `given` in the form of `current`: what an article would have that took it."""
    match name:
        case "section":
            return [label_key(value)] if value else []
        case "source":
            return label_key(value) if value else ""
        case "tags":
            return [[label_key(tag, 100)] for tag in value]
        case _:
            return value


def same(name: str, now: Any, extracted: Any) -> bool:
    """Whether a current value (see `current`) is what extraction gave."""
    if name == "section":
        return label_key(extracted) in now if extracted else not now
    if name == "source":
        return bool(now == label_key(extracted or ""))
    if name == "tags":
        keys = {label_key(tag, 100) for tag in extracted or ()}
        return len(now) == len(keys) and all(any(key in words for words in now) for key in keys)
    return bool(now == extracted)


def gave_the_same(name: str, before: Any, after: Any) -> bool:
    """Whether two captures gave one value; sections and tags by what they are found by."""
    if name in {"section", "source"}:
        return label_key(before or "") == label_key(after or "")
    if name == "tags":
        return {label_key(tag, 100) for tag in before or ()} == {
            label_key(tag, 100) for tag in after or ()
        }
    return bool(before == after)


def digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest() if body else ""


def set_date(article: Article, printed: PrintedDate | None) -> None:
    """Write a printed date into the columns it is kept in."""
    article.published_on = article.published_time = article.published_offset = None
    article.published_precision = ""
    if printed is None:
        return
    day, _, clock = printed.iso.partition("T")
    parts = [int(part) for part in day.split("-")]
    article.published_on = date(*[*parts, 1, 1][:3])
    article.published_precision = str(printed.precision)
    if clock:
        article.published_time = time.fromisoformat(clock)
        article.published_offset = printed.offset


def set_texts(article: Article, extracted: ExtractedArticle, names: frozenset[str]) -> None:
    """Write those of the fields `names` that are columns of the article itself."""
    if "title" in names:
        article.title = extracted.title
    if "standfirst" in names:
        article.standfirst = extracted.standfirst
    if "body" in names:
        article.body = extracted.body
    if "published_at" in names:
        set_date(article, extracted.published)
    if "language" in names:
        article.language = extracted.language
    if "views" in names:
        article.captured_views = extracted.views
    if "source_address" in names:
        article.source_address = extracted.source_url
    if "caption" in names:
        article.caption = extracted.caption
    if "biography" in names:
        article.author_note = extracted.biography
