"""Entries of the trail in an editor's words: what stood in each field, and what came in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from corpusapp.admin.doubt_words import FIELD_WORDS, Words, field_words
from corpusapp.admin.field_values import change_in_short, in_short
from corpusapp.models import AuditEntry, Change, Deed, Revision

_DETAILS: dict[str, Words] = {
    "section": gettext_lazy("section"),
    "source": gettext_lazy("source"),
    "language": gettext_lazy("language"),
    "published_at": gettext_lazy("date"),
    "live_from": gettext_lazy("public from"),
    "tags_added": gettext_lazy("tags added"),
    "tags_removed": gettext_lazy("tags removed"),
    "in_bulk": gettext_lazy("in bulk, of articles"),
    "bulk_run": gettext_lazy("bulk change"),
    "merged": gettext_lazy("merged"),
    "parted": gettext_lazy("parted"),
    "articles": gettext_lazy("articles"),
    "correction": gettext_lazy("correction"),
    "correction_changed": gettext_lazy("correction changed"),
    "correction_taken_back": gettext_lazy("correction taken back"),
    "retraction": gettext_lazy("retraction"),
    "retraction_changed": gettext_lazy("retraction changed"),
    "retraction_taken_back": gettext_lazy("retraction taken back"),
    "preview_link_made": gettext_lazy("preview link made"),
    "preview_link_revoked": gettext_lazy("preview link revoked"),
    "linked_with": gettext_lazy("linked with"),
    "parted_from": gettext_lazy("parted from"),
    "edition_of": gettext_lazy("edition of"),
    "restored": gettext_lazy("restored"),
    "doubts_settled": gettext_lazy("doubts settled"),
}


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A field that was changed, shortened for a list."""

    words: Words
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Said:
    """The details of an entry."""

    text: str = ""
    changes: list[ToldChange] = field(default_factory=list)
    gone: list[Words] = field(default_factory=list)  # fields whose values were purged


def said_of(entries: Sequence[AuditEntry]) -> list[Said]:
    """What each says; 1 query for all, or none where no article was changed."""
    ids = {entry.details["revision"] for entry in entries if "revision" in entry.details}
    revisions = Revision.objects.in_bulk(ids) if ids else {}
    return [_said(entry, revisions.get(entry.details.get("revision"))) for entry in entries]


def _said(entry: AuditEntry, revision: Revision | None) -> Said:
    details = entry.details
    parts = [_kind(details["kind"])] if "kind" in details else []
    known = {"revision", "fields", "kind", "changes", "rows"}
    parts += [_part(name, value) for name, value in details.items() if name not in known]
    rows = details.get("rows") or ()
    parts += [_row(row) for row in rows]
    changes = [
        _told(entry.kind, name, *values) for name, values in (details.get("changes") or {}).items()
    ]
    names = details.get("fields") or ()
    if revision:
        changes += [
            ToldChange(*change_in_short(name, *revision.changes[name]))
            for name in names
            if name in revision.changes
        ]
        names = ()
    changes += [change for row in rows for change in _changes_of(row)]
    text = "; ".join(part for part in parts if part)
    return Said(text, changes, [field_words(name) for name in names])


def _kind(value: str) -> str:
    for kinds in (Change, Deed):
        if value in kinds.values:
            return str(kinds(value).label)
    return value


def _part(name: str, value: Any) -> str:
    if name == "said":
        return _logged(value) if isinstance(value, list) else str(value)
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{_DETAILS.get(name) or name.replace('_', ' ')}: {shown}"


def _logged(message: list[Any]) -> str:
    """What Django's log says, as the trail once kept it: the fields alone."""
    fields = [
        str(field)
        for one in message
        if isinstance(one, dict)
        for deed in one.values()
        if isinstance(deed, dict)
        for field in deed.get("fields", [deed.get("object")])
        if field
    ]
    return str(get_text_list(fields, ","))


def _told(kind: str, name: str, before: Any, after: Any) -> ToldChange:
    if "password" in name:
        return ToldChange(label_of(kind, name), "•••", "•••")
    return ToldChange(label_of(kind, name), in_short(name, before), in_short(name, after))


def label_of(kind: str, name: str) -> Words:
    """What a field is called; in the language of who reads, and not of who wrote."""
    if kind == "article" and name in FIELD_WORDS:
        return FIELD_WORDS[name]
    for app in ("corpusapp", "auth"):
        try:
            found: Any = apps.get_model(app, kind)._meta.get_field(name)  # noqa: SLF001
        except (LookupError, FieldDoesNotExist):
            continue
        words: Words = found.verbose_name
        return words
    return field_words(name)


def _row(row: dict[str, Any]) -> str:
    kind = kind_words(row.get("row", "")) or _("row")
    if "came" in row:
        return pgettext("trail", "%(kind)s added: %(name)s") % {"kind": kind, "name": row["came"]}
    if "went" in row:
        return pgettext("trail", "%(kind)s removed: %(name)s") % {
            "kind": kind,
            "name": row["went"],
        }
    return f"{kind}: {row.get('called', '')}"


def _changes_of(row: dict[str, Any]) -> Iterator[ToldChange]:
    for name, values in (row.get("changes") or {}).items():
        yield _told(row.get("row", ""), name, *values)


def kind_words(kind: str) -> str:
    """What a thing of the trail is, in the language of who reads; as it stands where nobody knows it."""
    for app in ("corpusapp", "auth"):
        try:
            return str(apps.get_model(app, kind)._meta.verbose_name)  # noqa: SLF001
        except (LookupError, ValueError):
            continue
    return kind
