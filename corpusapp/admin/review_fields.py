"""The fields of an article on the review screen: each with how sure it is and where it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from corpusapp.admin.article_form import FIELD_OF
from corpusapp.admin.rule_words import rule_words
from corpusapp.models import Article, Capture, Ownership

FIELDSETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("texts", ("title", "standfirst")),
    (
        "small",
        (
            "section",
            "published_on",
            "published_precision",
            "published_time",
            "published_offset",
            "language",
            "source",
            "tags",
        ),
    ),
    ("body", ("body",)),
    ("more", ("caption", "author_note", "source_address", "captured_views", "live_from")),
)
_ONCE = frozenset(("published_precision", "published_time", "published_offset"))  # told at the day
_UNSURE, _SURE = 50, 80


@dataclass(frozen=True, slots=True)
class Sureness:
    """What is known of where a field has its value from."""

    per_cent: int
    rule: Any
    line: int  # the first it came from; 0 where no line shows it
    owner: str = ""  # of the field, if it is an editor's

    @property
    def level(self) -> str:
        if self.owner:
            return "edited"
        if self.per_cent < _UNSURE:
            return "low"
        return "middling" if self.per_cent < _SURE else "high"


@dataclass(frozen=True, slots=True)
class ReviewField:
    name: str
    bound: BoundField
    sureness: Sureness | None


def known_sureness(article: Article, capture: Capture | None) -> dict[str, Sureness]:
    """By field of the capture; 1 query."""
    owners = {
        owner.field: owner.get_kind_display() if owner.kind in Ownership else ""
        for owner in article.field_owners.all()
    }
    fields: Mapping[str, Any] = capture.fields if capture else {}
    known = {}
    for name, found in fields.items():
        confidence = found.get("confidence") if isinstance(found, dict) else None
        if confidence is None and name not in owners:
            continue
        first = (found.get("lines") or [0])[0] if isinstance(found, dict) else 0
        known[name] = Sureness(
            round((confidence or 0) * 100),
            rule_words(str(found.get("rule", ""))) if confidence is not None else "",
            first,
            owners.get(name, ""),
        )
    for name, owner in owners.items():
        known.setdefault(name, Sureness(0, "", 0, owner))
    return known


def review_fields(form: Any, known: Mapping[str, Sureness]) -> list[tuple[str, list[ReviewField]]]:
    """The fields in their groups; those the form does not offer are left out."""
    return [(group, list(_fields(form, names, known))) for group, names in FIELDSETS]


def _fields(
    form: Any, names: Iterable[str], known: Mapping[str, Sureness]
) -> Iterable[ReviewField]:
    for name in names:
        if name in form.fields:
            sure = None if name in _ONCE else known.get(FIELD_OF.get(name, ""))
            yield ReviewField(name, form[name], sure)
