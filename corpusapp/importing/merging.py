"""A changed capture of a known page: what may change in its article, and what is an editor's.

Three values meet for each field: what extraction gave last time (the base), what the article has
now, and what the new capture gives. Where the article still has the base, nobody has touched it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpusapp.editing.totals import recounted
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.fields import FIELDS, current, gave_the_same, given, same, set_texts
from corpusapp.importing.outcome import CONFLICT
from corpusapp.importing.registry import Registry
from corpusapp.importing.rows import byline_rows
from corpusapp.models import Article, Byline, Doubt, Outcome, Tagging

# Without these an article is none: a capture that lacks them changes nothing about them
_NEVER_EMPTIED = frozenset({"title", "body"})


@dataclass(frozen=True, slots=True)
class Merge:
    """Which fields move to the new capture's values, and which stay an editor's against them."""

    moved: frozenset[str]
    kept: frozenset[str]

    @property
    def outcome(self) -> Outcome:
        if self.kept:
            return Outcome.CONFLICT
        return Outcome.UPDATED if self.moved else Outcome.UNCHANGED

    @property
    def reason(self) -> str:
        parts = []
        if self.moved:
            parts.append(f"changed: {', '.join(_in_order(self.moved))}")
        if self.kept:
            parts.append(f"kept as an editor wrote it: {', '.join(_in_order(self.kept))}")
        return "; ".join(parts)


def _in_order(names: frozenset[str]) -> list[str]:
    return [name for name in FIELDS if name in names]


def compare(
    base: Mapping[str, Any], new: Mapping[str, Any], now: Mapping[str, Any] | None
) -> Merge:
    """Decide field by field; `now` None means that nobody can have touched anything yet."""
    moved, kept = set(), set()
    for name in FIELDS:
        if gave_the_same(name, base.get(name), new[name]) or (
            name in _NEVER_EMPTIED and not new[name]
        ):
            continue
        if now is None or same(name, now[name], base.get(name)):
            moved.add(name)
        elif not same(name, now[name], new[name]):
            kept.add(name)
    return Merge(frozenset(moved), frozenset(kept))


def merge_into(
    article: Article,
    base: Mapping[str, Any],
    extracted: ExtractedArticle,
    registry: Registry,
    default_language: str,
) -> tuple[Merge, dict[str, Any]]:
    """Bring a new capture into its article; a transaction must be open.

    Returns what was decided and {field: [before, after]} of what moved, enough to undo it.
    """
    new = given(extracted, default_language)
    now = current(article)
    merge = compare(base, new, now)
    changes = {name: [_before(article, name, now), _after(extracted, name)] for name in merge.moved}
    if merge.moved:
        with recounted([article.pk]):
            _apply(article, extracted, merge.moved, registry)
    for name in merge.kept:
        Doubt.objects.open().filter(article=article, field=name, code=CONFLICT).delete()
        Doubt.objects.create(
            article=article,
            field=name,
            code=CONFLICT,
            holds=True,
            candidates=[_after(extracted, name)],
        )
    return merge, changes


def _apply(
    article: Article, extracted: ExtractedArticle, names: frozenset[str], registry: Registry
) -> None:
    set_texts(article, extracted, names)
    if "section" in names:
        article.section = registry.section(extracted)
    article.version += 1
    article.save()
    if "authors" in names:
        article.bylines.all().delete()
        Byline.objects.bulk_create(byline_rows(article, extracted, registry))
    if "tags" in names:
        article.taggings.all().delete()
        Tagging.objects.bulk_create(
            Tagging(content_object=article, tag=tag) for tag in registry.tags_of(extracted)
        )


def _before(article: Article, name: str, now: Mapping[str, Any]) -> Any:
    if name == "body":
        return article.body
    if name == "section":
        return article.section.name if article.section else ""
    if name == "tags":
        return [tag.name for tag in article.tags.all()]
    return now[name]


def _after(extracted: ExtractedArticle, name: str) -> Any:
    """The new value as an editor reads it."""
    match name:
        case "body":
            return extracted.body
        case "section":
            return extracted.section
        case "tags":
            return list(extracted.tags)
        case "authors":
            return [
                f"{byline.name} ({byline.post})" if byline.post else byline.name
                for byline in extracted.bylines
            ]
        case _:
            return given(extracted, "")[name]
