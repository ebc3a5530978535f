"""Make one author, section or tag of two: everything of the one is the other's, its address leads there.

Names as printed and posts stay what they were in print. Each merging can be undone; what was given
to the one that was kept meanwhile stays with it.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corpusapp.editing.renditions import outdate_articles
from corpusapp.editing.totals import recounted
from corpusapp.editing.trail import note
from corpusapp.models import (
    Act,
    Article,
    Author,
    AuthorName,
    Byline,
    ImportRule,
    Listing,
    Merging,
    Redirect,
    Section,
    SectionName,
    Tag,
    Tagging,
    TagSynonym,
)

logger = logging.getLogger(__name__)

Named = Author | Section | Tag
KIND: dict[type[Any], Listing] = {
    Author: Listing.AUTHOR,
    Section: Listing.SECTION,
    Tag: Listing.TAG,
}
_FURTHEST = 20  # mergings, one after the other, that are followed
_MODEL: dict[str, type[Any]] = {kind.value: model for model, kind in KIND.items()}


class CannotMergeError(Exception):
    """The two are one already, or one of them has been merged meanwhile."""


class CannotPartError(Exception):
    """What was merged cannot be parted: the one that was kept is gone, or a name is another's now."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a merging would change: shown first."""

    articles: int  # of the one that goes
    both: int  # of these, how many have the other one already
    names: int


def effect(kept: Named, gone: Named) -> Effect:
    """At most 3 queries."""
    theirs = _articles(gone)
    both = Article.objects.filter(pk__in=_articles(kept)).filter(pk__in=theirs)
    return Effect(Article.objects.filter(pk__in=theirs).count(), both.count(), _names(gone).count())


def merge(kept: Named, gone: Named, user: User | None = None, why: str = "") -> Merging:
    """Let `gone` be part of `kept`. Raises CannotMergeError; a transaction of its own."""
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise CannotMergeError
    kind = KIND[type(kept)]
    with transaction.atomic():
        model: Any = type(kept)
        locked = model.objects.select_for_update().order_by("pk").in_bulk([kept.pk, gone.pk])
        if len(locked) < 2 or any(getattr(one, "merged_into_id", None) for one in locked.values()):  # noqa: PLR2004
            raise CannotMergeError
        ids = list(Article.objects.filter(pk__in=_articles(gone)).values_list("pk", flat=True))
        # written first, while what goes still has its name
        merging = Merging(kind=kind, kept=kept.pk, gone=gone.pk, gone_name=str(gone), user=user)
        with recounted(ids):
            merging.before = _MERGE[kind](locked[kept.pk], locked[gone.pk])
            _changed(ids)
        merging.save()
        note(Act.MERGED, kept, why, {"merged": str(gone), "articles": len(ids)})
    logger.info("merged %s %d into %d", kind, gone.pk, kept.pk)
    return merging


def part(merging: Merging) -> None:
    """Undo a merging. Raises CannotPartError where that is not possible any more."""
    with transaction.atomic():
        open_ones = Merging.objects.standing().select_for_update().filter(pk=merging.pk)
        found = open_ones.first()
        kept = _MODEL[str(merging.kind)].objects.filter(pk=merging.kept).first()
        if found is None or kept is None:
            raise CannotPartError
        ids = [int(pk) for pk in found.before["articles"]]
        with recounted(ids):
            _PART[str(found.kind)](kept, found)
            _changed(ids)
        found.undone_at = timezone.now()
        found.save(update_fields=["undone_at"])
        note(Act.PARTED, kept, details={"parted": found.gone_name})
    logger.info("parted %s %d from %d", merging.kind, merging.gone, merging.kept)


def part_of(model: type[Named], pk: int) -> Named | None:
    """What a merged name is part of today, whatever that was merged into since; None for one that is not.

    A query for each merging on the way.
    """
    found: Named | None = None
    row: Named | None
    for _step in range(_FURTHEST):
        if model is Author:
            gone = Author.objects.filter(pk=pk).select_related("merged_into").first()
            kept, row = (gone.merged_into_id, gone.merged_into) if gone else (None, None)
        else:
            standing = Merging.objects.standing().filter(kind=KIND[model], gone=pk)
            kept = standing.values_list("kept", flat=True).first()
            row = model._default_manager.filter(pk=kept or 0).first()  # noqa: SLF001 - Django's documented name
        if kept is None:
            break
        found, pk = row, kept
    return found


def _changed(ids: Collection[int]) -> None:
    outdate_articles(ids)
    Article.objects.filter(pk__in=ids).update(version=F("version") + 1, updated_at=timezone.now())


def _articles(thing: Named) -> Any:
    """Ids of the articles that have it, as a subquery."""
    if isinstance(thing, Author):
        return Byline.objects.filter(author=thing).values("article")
    if isinstance(thing, Tag):
        return Tagging.objects.filter(tag=thing).values("content_object")
    return Article.objects.filter(section=thing).order_by().values("pk")


def _names(thing: Named) -> Any:
    return thing.synonyms if isinstance(thing, Tag) else thing.names


# Authors ------------------------------------------------------------------------------------------


def _merge_authors(kept: Author, gone: Author) -> dict[str, Any]:
    signed = set(Byline.objects.filter(author=kept).values_list("article", "role"))
    bylines = list(Byline.objects.filter(author=gone).order_by("pk"))
    twice = [one for one in bylines if (one.article_id, one.role) in signed]
    moving = [one for one in bylines if one not in twice]
    before: dict[str, Any] = {
        "articles": sorted({one.article_id for one in bylines}),
        "bylines": [one.pk for one in moving],
        "unnamed": [one.pk for one in moving if not one.name],
        "twice": [
            {
                "article": one.article_id,
                "position": one.position,
                "role": one.role,
                "name": one.name,
                "post": one.post,
            }
            for one in twice
        ],
        "names": list(gone.names.values_list("pk", "is_main")),
        "is_new": gone.is_new,
    }
    # what was printed stays as printed: an empty name meant the author's own
    unnamed = Byline.objects.filter(pk__in=before["unnamed"])
    unnamed.update(name=gone.name)
    Byline.objects.filter(pk__in=[one.pk for one in twice]).delete()
    Byline.objects.filter(pk__in=before["bylines"]).update(author=kept)
    mains = set(kept.names.filter(is_main=True).values_list("language", flat=True))
    gone.names.filter(language__in=mains).update(is_main=False)
    gone.names.update(author=kept)
    Author.objects.filter(pk=gone.pk).update(merged_into=kept, is_new=False)
    return before


def _part_authors(kept: Author, merging: Merging) -> None:
    gone = Author.objects.filter(pk=merging.gone, merged_into=kept).first()
    if gone is None:
        raise CannotPartError
    before = merging.before
    there = Byline.objects.filter(pk__in=before["bylines"], author=kept)
    there.filter(pk__in=before["unnamed"], name=gone.name).update(name="")
    there.update(author=gone)
    present = set(Article.objects.filter(pk__in=before["articles"]).values_list("pk", flat=True))
    Byline.objects.bulk_create(
        (
            Byline(
                article_id=one["article"],
                author=gone,
                **{name: one[name] for name in ("position", "role", "name", "post")},
            )
            for one in before["twice"]
            if one["article"] in present
        ),
        ignore_conflicts=True,
    )
    for pk, is_main in before["names"]:
        AuthorName.objects.filter(pk=pk, author=kept).update(author=gone, is_main=is_main)
    Author.objects.filter(pk=gone.pk).update(merged_into=None, is_new=before["is_new"])


# Tags ---------------------------------------------------------------------------------------------

_LABELS = (
    "name_language",
    "label_en",
    "label_zh_hans",
    "label_zh_hant",
    "description_en",
    "description_zh_hans",
    "description_zh_hant",
)


def _merge_tags(kept: Tag, gone: Tag) -> dict[str, Any]:
    had = set(Tagging.objects.filter(tag=kept).values_list("content_object", flat=True))
    ids = sorted(Tagging.objects.filter(tag=gone).values_list("content_object", flat=True))
    before = _row(gone, ids) | {
        "both": [pk for pk in ids if pk in had],
        "words": list(gone.synonyms.values_list("pk", flat=True)),
        "rules": list(
            ImportRule.tags.through.objects.filter(tag=gone).values_list("importrule", flat=True)
        ),
    }
    Tagging.objects.filter(tag=gone, content_object__in=before["both"]).delete()
    Tagging.objects.filter(tag=gone).update(tag=kept)
    gone.synonyms.update(tag=kept)
    for rule in ImportRule.objects.filter(pk__in=before["rules"]):
        rule.tags.add(kept)
    _leave(kept, gone)
    return before


def _part_tags(kept: Tag, merging: Merging) -> None:
    before = merging.before
    gone = _made_again(Tag, merging)
    present = Article.objects.filter(pk__in=before["articles"]).values_list("pk", flat=True)
    only = set(present) - set(before["both"])
    Tagging.objects.filter(tag=kept, content_object__in=only).update(tag=gone)
    Tagging.objects.bulk_create(
        (Tagging(tag=gone, content_object_id=pk) for pk in present if pk not in only),
        ignore_conflicts=True,
    )
    TagSynonym.objects.filter(pk__in=before["words"], tag=kept).update(tag=gone)
    for rule in ImportRule.objects.filter(pk__in=before["rules"]):
        rule.tags.add(gone)


# Sections -----------------------------------------------------------------------------------------


def _merge_sections(kept: Section, gone: Section) -> dict[str, Any]:
    ids = list(Article.objects.filter(section=gone).order_by("pk").values_list("pk", flat=True))
    before = _row(gone, ids) | {
        "position": gone.position,
        "is_new": gone.is_new,
        "confirmed": kept.is_new and not gone.is_new,
        "words": list(gone.names.values_list("pk", flat=True)),
        "asking": list(ImportRule.objects.filter(section=gone).values_list("pk", flat=True)),
        "giving": list(ImportRule.objects.filter(gives_section=gone).values_list("pk", flat=True)),
        "editors": list(gone.editors.values_list("pk", flat=True)),
    }
    before["came"] = sorted(set(before["editors"]) - set(kept.editors.values_list("pk", flat=True)))
    # whom only the one that goes limited would otherwise be the editor of all sections
    kept.editors.add(*before["came"])
    Article.objects.filter(section=gone).update(section=kept)
    gone.names.update(section=kept)
    ImportRule.objects.filter(section=gone).update(section=kept)
    ImportRule.objects.filter(gives_section=gone).update(gives_section=kept)
    _leave(kept, gone)
    if before["confirmed"]:  # what an editor has looked at must not leave the menus
        _set_new(kept, is_new=False)
    return before


def _part_sections(kept: Section, merging: Merging) -> None:
    before = merging.before
    # those merged before this was kept say nothing of it
    is_new = before.get("is_new", False)
    gone = _made_again(Section, merging, position=before["position"], is_new=is_new)
    Article.objects.filter(pk__in=before["articles"], section=kept).update(section=gone)
    SectionName.objects.filter(pk__in=before["words"], section=kept).update(section=gone)
    rules = ImportRule.objects.all()
    rules.filter(pk__in=before["asking"], section=kept).update(section=gone)
    rules.filter(pk__in=before["giving"], gives_section=kept).update(gives_section=gone)
    gone.editors.set(User.objects.filter(pk__in=before["editors"]))
    kept.editors.remove(*before.get("came", ()))  # those merged before editors went over have none
    if before.get("confirmed"):
        _set_new(kept, is_new=True)


def _set_new(section: Section, *, is_new: bool) -> None:
    section.is_new = is_new
    section.save(update_fields=["is_new"])  # saved, since menus change


# What sections and tags have in common ---------------------------------------------------------------


def _row(gone: Section | Tag, articles: Iterable[int]) -> dict[str, Any]:
    kind = KIND[type(gone)]
    led = Redirect.objects.filter(kind=kind, target=gone.pk).values_list("pk", flat=True)
    return {
        "articles": list(articles),
        "name": gone.name,
        "slug": gone.slug,
        "redirects": list(led),
        **{column: getattr(gone, column) for column in _LABELS},
    }


def _leave(kept: Section | Tag, gone: Section | Tag) -> None:
    """Take the row away and leave its address, and those that led to it, leading to the other."""
    kind = KIND[type(gone)]
    Redirect.objects.filter(kind=kind, target=gone.pk).update(target=kept.pk)
    slug = gone.slug
    type(gone)._default_manager.filter(pk=gone.pk).delete()  # noqa: SLF001 - Django's documented name
    Redirect.objects.update_or_create(kind=kind, slug=slug, defaults={"target": kept.pk})


def _made_again(model: type[Any], merging: Merging, **more: Any) -> Any:
    """The row as it was, under its own id, so that whatever still names it is right again."""
    before, kind = merging.before, str(merging.kind)
    taken = model.objects.filter(slug=before["slug"]).exists()
    same = model is Tag and Tag.objects.filter(name=before["name"]).exists()
    if taken or same or model.objects.filter(pk=merging.gone).exists():
        raise CannotPartError
    columns = {column: before[column] for column in ("name", "slug", *_LABELS)}
    gone = model(pk=merging.gone, **columns, **more)
    gone.save(force_insert=True)
    Redirect.objects.filter(kind=kind, slug=before["slug"]).delete()
    Redirect.objects.filter(pk__in=before["redirects"]).update(target=gone.pk)
    return gone


_MERGE: dict[Listing, Any] = {
    Listing.AUTHOR: _merge_authors,
    Listing.SECTION: _merge_sections,
    Listing.TAG: _merge_tags,
}
_PART: dict[str, Any] = {
    Listing.AUTHOR.value: _part_authors,
    Listing.SECTION.value: _part_sections,
    Listing.TAG.value: _part_tags,
}
