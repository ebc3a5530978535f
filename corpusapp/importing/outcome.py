"""What an import says of each document: the contract with people and tools (`--json`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpusapp.editing.twins import POSSIBLE_DUPLICATE
from corpusapp.extraction.article import Doubt, ExtractedArticle
from corpusapp.extraction.doubts import sentence
from corpusapp.importing.repeated import REPEATED_ID
from corpusapp.models import Outcome

CONFLICT = "conflict"
_DESK_ONLY = frozenset({"caption", "biography", "source_address"})
_OWN_SENTENCES = {
    CONFLICT: "The new capture differs from what an editor wrote; the editor's words were kept.",
    POSSIBLE_DUPLICATE: "Much of the text stands in another article too.",
    REPEATED_ID: "Another record of its file has the same id: is one of them the newer state?",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One document's line."""

    path: str  # printable
    outcome: Outcome
    reason: str = ""
    public_id: str = ""
    article: ExtractedArticle | None = None  # of one recognised by its bytes the title alone
    doubts: tuple[Doubt, ...] = ()
    media_type: str = ""
    packed: bytes = b""  # what was read, zlib; nothing of a document that was refused


def doubt_sentence(code: str) -> str:
    """What a doubt says, in English; interfaces translate by code."""
    return _OWN_SENTENCES.get(code) or sentence(code)


def as_json(result: Result) -> dict[str, Any]:
    """The object of `design` section 4: unknown is null, lists are empty, never a guess."""
    given = result.article or ExtractedArticle()
    return {
        "path": result.path,
        "outcome": str(result.outcome),
        "reason": result.reason or None,
        "article": result.public_id or None,
        "title": given.title or None,
        "standfirst": given.standfirst or None,
        "authors": [
            {"name": byline.name, "post": byline.post or None, "role": str(byline.role)}
            for byline in given.bylines
        ],
        "published_at": str(given.published) if given.published else None,
        "published_precision": str(given.published.precision) if given.published else None,
        "section": given.section or None,
        "language": given.language or None,
        "source": given.source or None,
        "views": given.views,
        "tags": list(given.tags),
        "body": given.body or None,
        "doubts": [
            {
                "field": doubt.field,
                "reason": doubt_sentence(doubt.code),
                "holds": doubt.holds,
                "candidates": list(doubt.candidates),
            }
            for doubt in result.doubts
        ],
        "evidence": _evidence(given),
    }


def _evidence(article: ExtractedArticle) -> Mapping[str, Any]:
    """Of the fields that the object names; what else is known is for the desk."""
    return {
        name: {
            "confidence": round(evidence.confidence, 3),
            "rule": evidence.rule,
            "lines": [evidence.first_line, evidence.last_line],
        }
        for name, evidence in article.evidence.items()
        if name not in _DESK_ONLY
    }
