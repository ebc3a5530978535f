"""The names that people give to fields, and the words in which they say yes, no and public.

English ones stand here, beside what they mean; other languages have theirs in the vocabulary.
"""

import math
import re
from functools import lru_cache
from typing import Any

from corpusapp.extraction.vocabulary import folded, paired
from corpusapp.text.folding import fold

_NAMES: dict[str, str] = {
    "title": "title, headline, heading, article title, post title",
    "standfirst": "standfirst, subtitle, summary, description, excerpt, abstract, dek, deck, "
    "subheading, subheadline, teaser, blurb",
    "authors": "authors, author, byline, by, creator, author name, author names, writer, writers, "
    "written by, journalist, reporter, columnist",
    "post": "post, author post, position, author position, job title, author title",
    "translator": "translator, translators, translated by",
    "editor": "editor, editors, edited by",
    "interviewer": "interviewer, interviewers",
    "published_at": "published at, date, pub date, publish date, published on, published date, "
    "publication date, date published, published, post date, date posted, posted on, posted at",
    "section": "section, category, categories, section name, rubric",
    "language": "language, lang, locale, language code",
    "source": "source, source name, site, site name, website, publication, newspaper, outlet",
    "source_url": "source url, source address, url, link, permalink, canonical, canonical url, address, "
    "article url, page url, original url, web address, href, uri",
    "views": "views, view count, page views, hits",
    "tags": "tags, tag, keywords, keyword, topics, tag list",
    "caption": "caption",
    "biography": "biography, bio, about the author, author note, author bio",
    "markdown": "body, markdown, body markdown, content markdown",
    "text": "text, body text, content text, plain, plain text",
    "html": "html, body html, content html",
    "content": "content, article text, article body, full text, post content",
    "draft": "draft, is draft, unpublished, hidden, is hidden, private, is private, unlisted, is unlisted, "
    "archived, is archived, trashed, trashed at, deleted, is deleted, deleted at",
    "public": "is published, public, is public, live, is live, visible, is visible",
    "status": "status, state, post status, publication status, visibility",
    "id": "id, guid, uid, uuid, identifier, article id, post id, document id, record id",
}
_DUBLIN_CORE = re.compile(r"dc(?:terms)?\s*[:.]\s*", re.IGNORECASE)
_LONGEST = 60


def _key(name: str) -> str:
    """A name without what people put between its words: "Source URL", "source_url", "sourceUrl"."""
    return fold(name).replace(" ", "")


KEYS = {
    **{_key(name): field for name, field in paired("fields")},
    **{_key(name): field for field, names in _NAMES.items() for name in names.split(", ")},
}
"""What a name means, by its key."""
_YES, _NO, _PUBLIC = folded("yes"), folded("no"), folded("public")
_NOTHING = frozenset(("null", "none", "nan", "n/a", "#n/a", "<na>", "undefined", r"\n"))
_LONGEST_NOTHING = 12  # with the spaces about it
_NEVER = re.compile(r"[0\s:TZ./-]{1,40}")  # how databases write that something was not yet


@lru_cache(maxsize=1024)  # a table asks for the same few with every row
def meaning(name: str) -> str:
    """What a name of a field means; "" for one that means nothing here."""
    name = _DUBLIN_CORE.sub("", name.strip()[:_LONGEST], count=1)
    return KEYS.get(_key(name), "")


def is_nothing(value: Any) -> bool:
    """Whether `value` is how a program writes that there is none: "NULL", "None", "nan", "N/A"."""
    if isinstance(value, float):
        return math.isnan(value)
    if not isinstance(value, str) or len(value) > _LONGEST_NOTHING:
        return False
    return value.strip().lower() in _NOTHING


def truth(value: Any) -> bool | None:
    """Yes or no, if `value` says one of them, in any language."""
    if isinstance(value, bool | int) and value in {0, 1}:
        return bool(value)
    word = fold(value[:_LONGEST]) if isinstance(value, str) else ""
    return True if word in _YES else False if word in _NO else None


def is_no(value: Any) -> bool:
    """Whether a mark that keeps something back ("draft", "deleted at") is not set."""
    return truth(value) is False or (isinstance(value, str) and bool(_NEVER.fullmatch(value)))


def is_public(status: Any) -> bool:
    """Whether a status surely means that everybody may read it; all words that are not known do not.

    Nor does a number: of two well-known systems one calls a draft 1, the other what is published.
    """
    if isinstance(status, bool):
        return status
    word = fold(status[:_LONGEST]) if isinstance(status, str) else ""
    return word in _PUBLIC or (word in _YES and not word.isdigit())
