"""Remember what people change in articles: what stood there before, and who replaced it.

Values have the form of the ledger of imports (`importing.exact`), so that both tell one history.
Imports write no revision: their own ledger says what they changed.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from corpusapp.editing.linking import note_links
from corpusapp.models import Article, Byline, Change, Revision, Tagging

FIELDS = (
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
_COLUMN = {"views": "captured_views", "biography": "author_note"}

Values = dict[str, Any]


@contextmanager
def revised(
    article_ids: Iterable[int],
    user: AbstractBaseUser | None,
    kind: Change = Change.EDITED,
    fields: Collection[str] = FIELDS,
) -> Iterator[None]:
    """Write down what changes in these articles' `fields` within; nothing where nothing does.

    Inside `recounted`, which locks the rows. 6 queries at most and 1 that writes, however many.
    """
    ids = sorted(set(article_ids))
    if not (ids and fields):
        yield
        return
    with transaction.atomic():
        before = values_of(ids, fields)
        yield
        _write(before, values_of(ids, fields), user, kind)


def _write(
    before: dict[int, Values], after: dict[int, Values], user: AbstractBaseUser | None, kind: Change
) -> None:
    now = timezone.now()
    changed = {pk: changes for pk in after if (changes := _changes(before.get(pk, {}), after[pk]))}
    if not changed:
        return
    bodies = {pk: after[pk]["body"] for pk, changes in changed.items() if "body" in changes}
    if bodies:
        note_links(bodies)
    versions = Article.objects.filter(pk__in=changed).values_list("pk", "version")
    Revision.objects.bulk_create(
        Revision(
            article_id=pk,
            at=now,
            user_id=user.pk if user else None,
            kind=kind,
            version=version,
            changes=changed[pk],
        )
        for pk, version in versions
    )


def _changes(before: Values, after: Values) -> dict[str, list[Any]]:
    return {
        name: [before[name], told(name, after[name])]
        for name in before
        if before[name] != after[name]
    }


def values_of(article_ids: Collection[int], fields: Collection[str] = FIELDS) -> dict[int, Values]:
    """{id: {field: value}}, values as `importing.exact` has them; 3 queries at most."""
    rows = Article.objects.filter(pk__in=article_ids).select_related("section", "source")
    plain = [name for name in fields if name not in {"authors", "tags"}]
    if "body" not in fields:
        rows = rows.defer("body", "rendered")
    found = {row.pk: {name: _plain(row, name) for name in plain} for row in rows}
    if "authors" in fields:
        signed: dict[int, list[Values]] = defaultdict(list)
        bylines = Byline.objects.filter(article__in=found).select_related("author")
        for byline in bylines.order_by("position", "pk"):
            signed[byline.article_id].append(
                {
                    "author": byline.author_id,
                    "name": byline.printed_name,
                    "post": byline.post,
                    "role": byline.role,
                }
            )
        for pk, values in found.items():
            values["authors"] = signed[pk]
    if "tags" in fields:
        tagged: dict[int, list[Values]] = defaultdict(list)
        taggings = Tagging.objects.filter(content_object__in=found).select_related("tag")
        for tagging in taggings.order_by("pk"):
            tag = {"id": tagging.tag_id, "name": tagging.tag.name}
            tagged[tagging.content_object_id].append(tag)
        for pk, values in found.items():
            values["tags"] = tagged[pk]
    return found


def _plain(article: Article, name: str) -> Any:
    value = getattr(article, _COLUMN.get(name, name))
    if name in {"section", "source"}:
        return {"id": value.pk, "name": value.name} if value else None
    return value


def told(name: str, value: Any) -> Any:
    """The form in which a revision keeps what a field was changed to."""
    if name != "body" or not isinstance(value, str):
        return value
    return {"sha256": hashlib.sha256(value.encode()).hexdigest() if value else ""}


def name_version(article: Article, name: str, user: AbstractBaseUser | None) -> Revision:
    """Give the article as it stands a name to find it by; `name` is cut to 100 characters."""
    with transaction.atomic():
        now = Article.objects.select_for_update().only("version").get(pk=article.pk)
        latest = Revision.objects.filter(article=now).order_by("pk").last()
        if latest and latest.version == now.version:
            latest.name = name[:100]
            latest.save(update_fields=["name"])
            return latest
        return Revision.objects.create(
            article=now,
            at=timezone.now(),
            user_id=user.pk if user else None,
            kind=Change.NAMED,
            version=now.version,
            name=name[:100],
        )
