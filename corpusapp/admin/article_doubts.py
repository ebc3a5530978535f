"""The open doubts about an article, each with what its field could be, to be taken at a click."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import DoubtWords, Words, field_words, rank, words_for
from corpusapp.editing.naming import label_key
from corpusapp.editing.telling import readable
from corpusapp.editing.twins import POSSIBLE_DUPLICATE
from corpusapp.importing.diffing import DiffLine, diff
from corpusapp.importing.exact import exact
from corpusapp.importing.outcome import CONFLICT
from corpusapp.models import Article, Author, Doubt, PossibleDuplicate, Precision, Section
from corpusapp.text.names import person_key

_MOST = 10  # candidates of a doubt
COMPARED = (CONFLICT, POSSIBLE_DUPLICATE)  # shown side by side instead
_LONGEST = 200  # what is cut to be shown is not offered
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d))?)?)?"
    r"(?:(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d))?"
)
# Fields whose candidate is written into one input as it is
_INPUT = {
    "title": "title",
    "standfirst": "standfirst",
    "caption": "caption",
    "biography": "author_note",
    "language": "language",
    "views": "captured_views",
    "source_address": "source_address",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    words: str
    fills: str  # JSON {input: value, or {"id", "text"} for a choice}; "" where it cannot be taken


@dataclass(frozen=True, slots=True)
class ShownPair:
    id: int
    address: str  # where the two are compared
    title: str  # of the other one


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    id: int
    field: Words
    words: DoubtWords
    holds: bool
    ticked: bool
    candidates: tuple[Candidate, ...]
    pairs: tuple[ShownPair, ...] = ()  # of a possible duplicate
    differing: tuple[DiffLine, ...] = ()  # of a conflict: what it would change

    @property
    def is_conflict(self) -> bool:
        return bool(self.differing)


def shown_doubts(article: Article, form: Form) -> list[ShownDoubt]:
    """The worst first. 1 query, and 1 each if a doubt offers sections, authors or a comparison."""
    settled = form["settled"].value() or () if "settled" in form.fields else ()
    ticked = {str(pk) for pk in settled}
    doubts = sorted(article.doubts.open(), key=lambda doubt: (not doubt.holds, rank(doubt.code)))
    known = _Known(doubts)
    return [
        ShownDoubt(
            doubt.pk,
            field_words(doubt.field),
            words_for(doubt.code),
            doubt.holds,
            str(doubt.pk) in ticked,
            () if doubt.code in COMPARED else tuple(_candidates(doubt, known)),
            tuple(_pairs(article)) if doubt.code == POSSIBLE_DUPLICATE else (),
            tuple(_differing(article, doubt)),
        )
        for doubt in doubts
    ]


def seen_doubts(request: HttpRequest) -> list[int]:
    """The doubts that stood on the page whose button was pressed."""
    return row_ids(request.POST.getlist("seen_doubt"))


def unseen_conflicts(request: HttpRequest, article: Article) -> QuerySet[Doubt]:
    """Newer values that came after the page was opened: nobody has decided about them. Lazy."""
    conflicts = Doubt.objects.open().filter(article=article, code=CONFLICT)
    return conflicts.exclude(pk__in=seen_doubts(request))


def _pairs(article: Article) -> Iterator[ShownPair]:
    """Each pair of this article that waits."""
    waiting = PossibleDuplicate.objects.open().filter(Q(earlier=article) | Q(later=article))
    titled = (
        waiting.order_by("-shared")
        .select_related("earlier", "later")
        .only("earlier__title", "earlier__public_id", "later__title", "later__public_id")
    )
    for pair in titled[:_MOST]:
        other = pair.later if pair.earlier_id == article.pk else pair.earlier
        there = reverse("admin:corpusapp_possibleduplicate_change", args=[pair.pk])
        yield ShownPair(pair.pk, there, str(other))


def _differing(article: Article, doubt: Doubt) -> Iterator[DiffLine]:
    """From what stands in the article to what the newer capture says."""
    if doubt.code == CONFLICT and doubt.candidates:
        ours = readable(doubt.field, exact(article, [doubt.field])[doubt.field])
        yield from diff(ours, readable(doubt.field, doubt.candidates[0]))


def _candidates(doubt: Doubt, known: "_Known") -> Iterator[Candidate]:
    for candidate in doubt.candidates[:_MOST]:
        if isinstance(candidate, list):
            yield Candidate("; ".join(map(str, candidate))[:_LONGEST], "")
            continue
        words = str(candidate)
        fills = {} if len(words) > _LONGEST else _fills(doubt.field, words, known)
        yield Candidate(words[:_LONGEST], json.dumps(fills, ensure_ascii=False) if fills else "")


def _fills(field: str, words: str, known: "_Known") -> Mapping[str, Any]:
    if field in _INPUT:
        return {_INPUT[field]: words}
    match field:
        case "published_at":
            return _date(words)
        case "section" if section := known.sections.get(label_key(words)):
            label = str(section.label(get_language() or "en"))
            return {"section": {"id": section.pk, "text": label}}
        case "authors" if author := known.authors.get(person_key(words)):
            author = author.merged_into or author
            return {"bylines-author": {"id": author.pk, "text": str(author)}}
    return {}


def _date(words: str) -> Mapping[str, Any]:
    """The four inputs of a date that is written as `Article.published_at` writes it."""
    match = _DATE.fullmatch(words)
    if match is None:
        return {}
    precision = Precision.YEAR
    for name, finer in (
        ("month", Precision.MONTH),
        ("day", Precision.DAY),
        ("time", Precision.MINUTE),
    ):
        precision = finer if match[name] else precision
    offset = ""
    if match["sign"]:
        minutes = int(match["hours"]) * 60 + int(match["minutes"])
        offset = str(-minutes if match["sign"] == "-" else minutes)
    return {
        "published_on": f"{match['year']}-{match['month'] or '01'}-{match['day'] or '01'}",
        "published_precision": str(precision),
        "published_time": match["time"] or "",
        "published_offset": offset,
    }


class _Known:
    """The sections and authors that candidates of doubts name, where there are such."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        words: dict[str, set[str]] = {"section": set(), "authors": set()}
        for doubt in doubts:
            if doubt.field in words:
                words[doubt.field] |= {one for one in doubt.candidates if isinstance(one, str)}
        sections, people = map(label_key, words["section"]), map(person_key, words["authors"])
        self.sections: dict[str, Section] = _named(Section, sections)
        self.authors: dict[str, Author] = _named(Author, people)


def _named(model: type[Section | Author], keys: Iterable[str]) -> dict[str, Any]:
    wanted = set(filter(None, keys))
    found: dict[str, Any] = model.objects.known_as(wanted) if wanted else {}
    return found
