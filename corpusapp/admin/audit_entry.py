"""The trail at the desk: read by editors, changed by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin, ReadOnly
from corpusapp.admin.doubt_words import Words
from corpusapp.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryDesk(ReadOnly, DeskAdmin):
    list_display = ("at_shown", "who", "act", "thing_shown", "why", "details_shown")
    list_display_links = None
    list_filter = ("act",)
    questions = ("act__exact", "kind", "thing")
    search_fields = ("who", "called", "why")
    search_help_text = gettext_lazy("Who, what it is called, or why")
    ordering = ("-pk",)
    fields = ("at", "who", "act", "kind", "thing_shown", "why", "details_shown")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("when"))
    def at_shown(self, entry: AuditEntry) -> str:
        return format_html(
            '<span class="date">{}</span>', f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
        )

    @admin.display(description=gettext_lazy("thing"))
    def thing_shown(self, entry: AuditEntry) -> str:
        if not entry.kind:
            return "–"
        label = "auth" if entry.kind in {"user", "group"} else "corpusapp"
        try:
            here = reverse(f"admin:{label}_{entry.kind}_change", args=[entry.thing])
        except NoReverseMatch:
            return str(entry.called)
        return format_html('<a href="{}">{}</a>', here, entry.called)

    @admin.display(description=gettext_lazy("details"))
    def details_shown(self, entry: AuditEntry) -> str:
        return said(entry)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("corpusapp.view_auditentry")


_DETAILS: dict[str, Words] = {
    "section": gettext_lazy("section"),
    "source": gettext_lazy("source"),
    "language": gettext_lazy("language"),
    "published_at": gettext_lazy("date"),
    "live_from": gettext_lazy("public from"),
    "tags_added": gettext_lazy("tags added"),
    "tags_removed": gettext_lazy("tags removed"),
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
}


def said(entry: AuditEntry) -> str:
    """The details of an entry, as people read them."""
    parts = []
    for name, value in entry.details.items():
        if name == "said" and isinstance(value, list):
            fields = [
                str(field)
                for one in value
                if isinstance(one, dict)
                for deed in one.values()
                if isinstance(deed, dict)
                for field in deed.get("fields", [deed.get("object")])
                if field
            ]
            parts.append(get_text_list(fields, ","))
        elif name == "said":
            parts.append(str(value))
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            parts.append(f"{_DETAILS.get(name) or name.replace('_', ' ')}: {shown}")
    return "; ".join(part for part in parts if part)
