"""Remember what people change in articles: what stood there before, and who replaced it.

Values have the form of the ledger of imports (`importing.exact`), so that both tell one history.
Imports write no revision: their own ledger says what they changed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from corpusapp.editing.desk_fields import (
    DESK_FIELDS,
    desk_value,
    glossaries_of,
    read_next_of,
)
from corpusapp.editing.linking import note_links
from corpusapp.editing.telling import around_change
from corpusapp.editing.trail import Detailed, acting_number, note_each, reason
from corpusapp.models import Act, Article, Byline, Change, Revision, Tagging

CAPTURED_FIELDS = (
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
FIELDS = CAPTURED_FIELDS + DESK_FIELDS
_COLUMN = {"views": "captured_views", "biography": "author_note"}

Values = dict[str, Any]


@dataclass(slots=True)
class _Begun:
    """What is being written down: of which articles, and which of it the trail has been told."""

    ids: set[int]
    told: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


_BEGUN: ContextVar[_Begun | None] = ContextVar("what is being written down", default=None)


@contextmanager
def revised(
    article_ids: Iterable[int],
    user: AbstractBaseUser | None = None,
    kind: Change = Change.EDITED,
    fields: Collection[str] = FIELDS,
    *,
    why: str = "",
    is_told: bool = False,
) -> Iterator[None]:
    """Write down what changes in these articles' `fields` within; nothing where nothing does.

    By `user`, else by who acts; told to the trail as well, unless the deed within tells it itself
    (`is_told`). A deed within another one is part of that. Inside `recounted`, which locks the rows.
    8 queries at most and 2 that write, however many.
    """
    outer = _BEGUN.get()
    ids = sorted(set(article_ids) - (outer.ids if outer else set()))
    if outer and is_told:
        for pk in outer.ids:
            outer.told[pk].update(fields)
    if not (ids and fields):
        yield
        return
    begun = _Begun({*ids, *(outer.ids if outer else ())})
    if is_told:
        begun.told.update({pk: set(fields) for pk in ids})
    with transaction.atomic():
        before = values_of(ids, fields)
        token = _BEGUN.set(begun)
        try:
            yield
        finally:
            _BEGUN.reset(token)
        number = user.pk if user else acting_number()
        _write(begun, before, values_of(ids, fields), Revision(user_id=number, kind=kind, why=why))


def _write(
    begun: _Begun, before: dict[int, Values], after: dict[int, Values], like: Revision
) -> None:
    now = timezone.now()
    changed = {pk: changes for pk in after if (changes := _changes(before.get(pk, {}), after[pk]))}
    if not changed:
        return
    bodies = {pk: after[pk]["body"] for pk, changes in changed.items() if "body" in changes}
    if bodies:
        note_links(bodies)
    versions = Article.objects.filter(pk__in=changed).order_by("pk").values_list("pk", "version")
    revisions = Revision.objects.bulk_create(
        Revision(
            article_id=pk,
            at=now,
            user_id=like.user_id,
            kind=Change.MOVED if changed[pk].keys() <= begun.told[pk] else like.kind,
            why=reason(like.why),
            version=version,
            changes=changed[pk],
        )
        for pk, version in versions
    )
    note_each(
        Act.CHANGED,
        {
            revision.article_id: Detailed(like.why, _for_trail(revision, begun.told))
            for revision in revisions
            if not revision.changes.keys() <= begun.told[revision.article_id]
        },
    )


def _for_trail(revision: Revision, told: dict[int, set[str]]) -> dict[str, Any]:
    """The fields by name: what stood in them is the revision's, which goes when a text is purged."""
    names = [name for name in revision.changes if name not in told[revision.article_id]]
    details: dict[str, Any] = {"fields": names, "revision": revision.pk}
    return details if revision.kind == Change.EDITED else {**details, "kind": str(revision.kind)}


def _changes(before: Values, after: Values) -> dict[str, list[Any]]:
    return {
        name: [before[name], told(name, after[name], before[name])]
        for name in before
        if before[name] != after[name]
        # an address that is fixed by publishing, or was not yet, has not been changed by anybody
        and not (name == "slug" and None in {before[name], after[name]})
    }


def values_of(article_ids: Collection[int], fields: Collection[str] = FIELDS) -> dict[int, Values]:
    """{id: {field: value}}, values as `importing.exact` has them; 5 queries at most."""
    rows = Article.objects.filter(pk__in=article_ids)
    if related := [name for name in ("section", "source", "picture", "series") if name in fields]:
        rows = rows.select_related(*related)
    plain = [name for name in fields if name not in _ROWS]
    if "body" not in fields:
        rows = rows.defer("body", "rendered")
    found = {row.pk: {name: _plain(row, name) for name in plain} for row in rows}
    for name, rows_of in _ROWS.items():
        if name in fields:
            of_each: Mapping[int, Any] = rows_of(found)
            for pk, values in found.items():
                values[name] = of_each.get(pk, [])
    return found


def _signatures(article_ids: Collection[int]) -> dict[int, list[Values]]:
    signed: dict[int, list[Values]] = defaultdict(list)
    bylines = Byline.objects.filter(article__in=article_ids).select_related("author")
    for byline in bylines.order_by("position", "pk"):
        signed[byline.article_id].append(
            {
                "author": byline.author_id,
                "name": byline.printed_name,
                "post": byline.post,
                "role": byline.role,
            }
        )
    return signed


def _tags(article_ids: Collection[int]) -> dict[int, list[Values]]:
    tagged: dict[int, list[Values]] = defaultdict(list)
    taggings = Tagging.objects.filter(content_object__in=article_ids).select_related("tag")
    for tagging in taggings.order_by("pk"):
        tag = {"id": tagging.tag_id, "name": tagging.tag.name}
        tagged[tagging.content_object_id].append(tag)
    return tagged


# Fields that stand in rows of their own
_ROWS: dict[str, Callable[[Collection[int]], Mapping[int, Any]]] = {
    "authors": _signatures,
    "tags": _tags,
    "read_next": read_next_of,
    "glossary": glossaries_of,
}


def _plain(article: Article, name: str) -> Any:
    if name in DESK_FIELDS:
        return desk_value(article, name)
    value = getattr(article, _COLUMN.get(name, name))
    if name in {"section", "source"}:
        return {"id": value.pk, "name": value.name} if value else None
    return value


def told(name: str, value: Any, before: Any = "") -> Any:
    """The form in which a revision keeps what a field was changed to; of a text, where it changed."""
    if name != "body" or not isinstance(value, str):
        return value
    was, became = around_change(before, value)
    digest = hashlib.sha256(value.encode()).hexdigest() if value else ""
    return {"sha256": digest, "was": was, "became": became}
