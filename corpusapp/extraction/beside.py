"""What other files say about a capture: its sidecar, and the defaults of its folder."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpusapp.extraction.article import Beside, Doubt, Evidence, ExtractedArticle, Options
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.stated import DEFAULTS, Stated, read_stated

SIDECAR, DEFAULT = "sidecar", "default of the folder"
_COLUMNS = {"authors": "bylines", "published_at": "published"}
_FIELDS = (
    *("title", "standfirst", "authors", "published_at", "section", "language", "source"),
    *("source_url", "views", "tags", "caption", "biography"),
)
_EVIDENCE = {"source_url": "source_address"}
"""What evidence calls a field."""


def with_language(given: str, beside: Beside) -> str:
    """The language that overrules what a text shows: as given, else as the sidecar has it."""
    return given or read_stated(beside.sidecar).language


def default_language(options: Options) -> str:
    """What a text whose language nobody states is taken for; "" where it is to be found out."""
    if options.language or options.beside is None:
        return options.language
    return read_stated(defaults_in(options.beside.defaults)).language


def defaults_in(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `mapping` that a folder may say of all its files."""
    return {key: value for key, value in mapping.items() if meaning(str(key)) in DEFAULTS}


def with_beside(article: ExtractedArticle, beside: Beside) -> ExtractedArticle:
    """The article with what its sidecar states, and with the defaults of its folder."""
    if beside.sidecar:
        article = with_stated(article, read_stated(beside.sidecar), SIDECAR)
    if beside.defaults:
        article = _with_defaults(article, read_stated(defaults_in(beside.defaults)))
    return article


def with_stated(article: ExtractedArticle, stated: Stated, rule: str) -> ExtractedArticle:
    """The article with all fields that `stated` has; a text of its own it has not."""
    changes: dict[str, Any] = {}
    evidence = dict(article.evidence)
    for name in _FIELDS:
        column = _COLUMNS.get(name, name)
        if value := getattr(stated, column):
            changes[column] = value
            evidence[_EVIDENCE.get(name, name)] = Evidence(1.0, rule, 1, 1)
    if stated.views is not None:
        changes["views"] = stated.views
    settled = {name for name in _FIELDS if _COLUMNS.get(name, name) in changes}
    doubts = [one for one in article.doubts if one.field not in settled]
    return replace(
        article,
        **changes,
        own_id=stated.own_id or article.own_id,
        is_draft=article.is_draft or stated.is_draft,
        evidence=evidence,
        doubts=(*doubts, *(one for one in stated.doubts if one.field not in settled)),
    )


def _with_defaults(article: ExtractedArticle, defaults: Stated) -> ExtractedArticle:
    """The defaults where the document states nothing; their tags besides its own."""
    source = article.evidence.get("source")
    tags = {tag.casefold(): tag for tag in (*article.tags, *defaults.tags)}
    standing_in = replace(
        defaults,
        section="" if article.section else defaults.section,
        source="" if source and source.confidence >= 1 else defaults.source,
        language="" if article.language else defaults.language,
        tags=tuple(tags.values()) if len(tags) > len(article.tags) else (),
    )
    return with_stated(article, standing_in, DEFAULT)


def lacking(article: ExtractedArticle) -> tuple[Doubt, ...]:
    """A doubt for each thing an article should have and this one's document does not state."""
    doubted = {one.field for one in article.doubts}
    missing = (
        ("title", article.title, Code.NO_TITLE),
        ("body", article.body, Code.NO_BODY),
        ("authors", article.bylines, Code.NO_AUTHOR),
        ("published_at", article.published, Code.NO_DATE),
        ("section", article.section, Code.NO_SECTION),
    )
    return tuple(
        doubt(name, code)
        for name, value, code in missing
        if not value and (name not in doubted or name in {"title", "body"})
    )
