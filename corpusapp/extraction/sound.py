"""What the format of another package gives, made fit for all that comes after it.

Packages bring formats of their own. What those leave out is filled in here, characters that no database takes
are taken out, and what is no article is refused: no document is to end an import, or to be mistaken for another.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from corpusapp.extraction.article import Evidence, ExtractedArticle, ExtractedByline, PrintedDate
from corpusapp.extraction.errors import UnreadableError
from corpusapp.text.folding import clean, text_hash
from corpusapp.text.markdown import plain

_NOT_STORED = re.compile("[\0\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?")
_MOST_VIEWS = 10**15
_FIELDS = {one.name: one for one in fields(ExtractedArticle)}
_CHECKED = tuple(name for name in _FIELDS if name != "judgements")  # those are not stored
_TEXTS = tuple(name for name, one in _FIELDS.items() if isinstance(one.default, str))


def sound(article: object, readable: Callable[[], str]) -> ExtractedArticle:
    """The article as it can be stored; `readable` gives the lines of its document.

    Raises UnreadableError for what is no article, or has a field that is not of its kind.
    """
    if not isinstance(article, ExtractedArticle):
        reason = "The format that reads it gives no article."
        raise UnreadableError(reason)
    for name in _wrong(article):
        reason = f"The format that reads it gives a wrong “{name}”."
        raise UnreadableError(reason)
    changes = {
        name: cleaned
        for name in _CHECKED
        if (cleaned := _storable(value := getattr(article, name))) is not value
    }
    if changes:
        article = replace(article, **changes)
    return article if article.text_hash else replace(article, text_hash=_hash(article, readable))


def _hash(article: ExtractedArticle, readable: Callable[[], str]) -> str:
    """As of a sheet: without words in the text all that the document says tells it from others."""
    words = plain(article.body)
    return text_hash(f"{article.title}\n{words}" if words else readable())


def _wrong(article: Any) -> list[str]:
    """The names of fields whose value is not of their kind."""
    wrong = [name for name in _TEXTS if not isinstance(getattr(article, name), str)]
    date, views = article.published, article.views
    if date is not None and not (isinstance(date, PrintedDate) and _DATE.fullmatch(str(date.iso))):
        wrong.append("published")
    if views is not None and not (isinstance(views, int) and 0 <= views <= _MOST_VIEWS):
        wrong.append("views")
    if not all(isinstance(one, ExtractedByline) and _is_signed(one) for one in article.bylines):
        wrong.append("bylines")
    if not all(isinstance(tag, str) for tag in article.tags):
        wrong.append("tags")
    if not all(isinstance(one, Evidence) for one in article.evidence.values()):
        wrong.append("evidence")
    return wrong


def _is_signed(byline: Any) -> bool:
    return isinstance(byline.name, str) and isinstance(byline.post, str)


def _storable(value: Any) -> Any:
    """The same object where nothing is to be changed."""
    if isinstance(value, str):
        return clean(value) if _NOT_STORED.search(value) else value
    if isinstance(value, tuple):
        parts = tuple(map(_storable, value))
        return value if all(map(operator.is_, parts, value)) else parts
    if isinstance(value, Mapping):
        pairs = {name: _storable(one) for name, one in value.items()}
        return value if all(pairs[name] is value[name] for name in pairs) else pairs
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            one.name: cleaned
            for one in fields(value)
            if (cleaned := _storable(within := getattr(value, one.name))) is not within
        }
        return replace(value, **changes) if changes else value
    return value
