"""A changed capture of a known page: what may change in its article, and what is an editor's.

Four values meet for each field: what this document gave last time, what the article's latest
capture gave (the base), what the article has now, and what the new capture gives. A field is
nobody's while the article still has the base and no editor owns it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpusapp.editing.totals import recounted
from corpusapp.editing.twins import body_changed
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.extraction.doubts import Code
from corpusapp.importing.exact import apply, exact, offered, told
from corpusapp.importing.fields import FIELDS, current, gave_the_same, given, same
from corpusapp.importing.outcome import CONFLICT
from corpusapp.importing.registry import Registry
from corpusapp.importing.rows import doubt_rows
from corpusapp.importing.sureness import sureness
from corpusapp.models import Article, Capture, Doubt, Outcome, insert

# Without these an article is none: a capture that lacks them changes nothing about them
_NEVER_EMPTIED = ("title", "body")
_EXTRACTIONS = frozenset(code.value for code in Code)

STATE_FIELD = "state"  # no field, but a page may come to be a draft at its source
DOUBTS = "doubts"  # beside the fields, in what a run changed


@dataclass(frozen=True, slots=True)
class Merge:
    """Which fields move to the new capture's values, and which stay an editor's against them."""

    moved: frozenset[str]
    kept: frozenset[str]
    agreed: frozenset[str] = frozenset()  # the new capture gives what stands there already
    free: frozenset[str] = frozenset()  # nobody's: what extraction says of them counts

    @property
    def outcome(self) -> Outcome:
        if self.kept:
            return Outcome.CONFLICT
        return Outcome.UPDATED if self.moved else Outcome.UNCHANGED

    @property
    def reason(self) -> str:
        parts = []
        if self.moved:
            parts.append(f"changed: {', '.join(in_order(self.moved))}")
        if self.kept:
            parts.append(f"kept as an editor wrote it: {', '.join(in_order(self.kept))}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands before a merge. `base` None: what the same document gave before."""

    now: Mapping[str, Any] | None  # `current`; None: nobody can have touched anything yet
    base: Mapping[str, Any] | None = None
    owned: frozenset[str] = frozenset()


def in_order(names: frozenset[str]) -> list[str]:
    return [name for name in FIELDS if name in names]


def owned_fields(article: Article) -> frozenset[str]:
    return frozenset(owner.field for owner in article.field_owners.all())


def carried(new: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are the next base: what a capture lacks and changes nothing about stays."""
    lacking = {name: base[name] for name in _NEVER_EMPTIED if base.get(name) and not new[name]}
    return {**new, **lacking}


def compare(before: Mapping[str, Any], new: Mapping[str, Any], standing: Standing) -> Merge:
    """Decide field by field; `before` is what the document gave last time (see `fields.base`)."""
    moved, kept, agreed, free = set(), set(), set(), set()
    base = before if standing.base is None else standing.base
    for name in FIELDS:
        now = standing.now[name] if standing.now is not None else None
        untouched = name not in standing.owned and (
            standing.now is None or same(name, now, base.get(name))
        )
        if untouched:
            free.add(name)
        if gave_the_same(name, before.get(name), new[name]) or (
            name in _NEVER_EMPTIED and not new[name]
        ):
            continue
        if standing.now is not None and same(name, now, new[name]):
            agreed.add(name)
        elif untouched:
            moved.add(name)
        else:
            kept.add(name)
    return Merge(frozenset(moved), frozenset(kept), frozenset(agreed), frozenset(free))


def merge_into(
    article: Article,
    capture: Capture,
    *,
    before: Mapping[str, Any],
    base: Mapping[str, Any],
    extracted: ExtractedArticle,
    registry: Registry,
    default_language: str,
    only_sections: frozenset[int] | None = None,
) -> tuple[Merge, dict[str, Any]]:
    """Bring a new capture into its article; a transaction must be open, and `capture` saved.

    Returns what was decided and {field: [before, after]} of what moved, enough to undo it.
    """
    new = given(extracted, default_language)
    merge = compare(before, new, Standing(current(article), base, owned_fields(article)))
    if only_sections is not None and "section" in merge.moved:
        section = registry.section(extracted)
        if section is None or section.pk not in only_sections:
            # out of their sections is not theirs to move it: an editor of all decides
            merge = replace(merge, moved=merge.moved - {"section"}, kept=merge.kept | {"section"})
    spoken = replace(extracted, language=str(new["language"]))
    return merge, move(article, capture, spoken, merge, registry)


def move(
    article: Article,
    capture: Capture,
    extracted: ExtractedArticle,
    merge: Merge,
    registry: Registry,
) -> dict[str, Any]:
    """Do what a merge decided, doubts included; returns what it changed.

    `article` is whole (see `bases`), and is so no more afterwards. Costs nothing if nothing changes.
    """
    changes: dict[str, Any] = {}
    if merge.moved:
        names = in_order(merge.moved)
        old = exact(article, names)
        with recounted([article.pk]):
            apply(article, extracted, names, registry)
        after = exact(article, names)
        if "body" in merge.moved:
            body_changed(article.pk, old["body"], article.body)
        changes = {name: [old[name], told(name, after[name])] for name in names}
    doubted = _doubts_about_free_fields(article, extracted, merge)
    sure = sureness(extracted, merge.free | merge.moved)
    if sure != article.sureness:
        article.sureness = sure
        article.save(update_fields=["sureness"])
    disputed = _conflicts(article, extracted, merge, capture)
    gone, come = doubted[0] + disputed[0], doubted[1] + disputed[1]
    if not gone and not come:
        return changes
    Doubt.objects.filter(pk__in=[doubt.pk for doubt in gone]).delete()
    insert(come)
    return changes | {
        DOUBTS: [[as_kept(doubt) for doubt in gone], [as_kept(doubt) for doubt in come]]
    }


_Doubts = tuple[list[Doubt], list[Doubt]]  # those that go, those that come


def _doubts_about_free_fields(
    article: Article, extracted: ExtractedArticle, merge: Merge
) -> _Doubts:
    """What extraction doubts about fields that are nobody's is what it doubts in the new capture."""
    about = merge.free | merge.moved | {STATE_FIELD}
    about |= {"encoding"} if "body" in about else frozenset()
    there = {
        _key(doubt): doubt
        for doubt in article.doubts.all()
        if doubt.field in about and doubt.code in _EXTRACTIONS
    }
    new = {_key(doubt): doubt for doubt in doubt_rows(article, extracted) if doubt.field in about}
    # one that an editor settled is settled, as long as it is the same doubt
    gone = [
        doubt
        for key, doubt in there.items()
        if key not in new
        and doubt.settled_at is None
        # told by imports alone; read again, the page is the draft it was
        and not (doubt.field == STATE_FIELD and extracted.is_draft)
    ]
    return gone, [doubt for key, doubt in new.items() if key not in there]


def _key(doubt: Doubt) -> tuple[str, str, str]:
    return doubt.field, doubt.code, repr(list(doubt.candidates))


def _conflicts(
    article: Article, extracted: ExtractedArticle, merge: Merge, capture: Capture
) -> _Doubts:
    """Each field that was kept, once, with the value of this capture.

    A conflict of an earlier capture about the same field is over: it is told anew, or settled.
    """
    about = merge.kept | merge.agreed | merge.moved
    if not about:
        return [], []
    over = [
        doubt
        for doubt in article.doubts.all()
        if doubt.settled_at is None and doubt.field in about and doubt.code == CONFLICT
    ]
    come = [
        Doubt(
            article=article,
            field=name,
            code=CONFLICT,
            holds=True,
            candidates=[offered(extracted, name)],
            capture=capture,
        )
        for name in in_order(merge.kept)
    ]
    return over, come


def as_kept(doubt: Doubt) -> dict[str, Any]:
    """A doubt as the ledger keeps it."""
    kept = {
        "field": doubt.field,
        "code": doubt.code,
        "holds": doubt.holds,
        "candidates": list(doubt.candidates),
    }
    return kept | ({"capture": doubt.capture_id} if doubt.capture_id else {})
