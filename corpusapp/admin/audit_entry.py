"""The trail at the desk: read by editors, changed by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import DeskAdmin, DeskList, ReadOnly
from corpusapp.admin.field_values import in_words
from corpusapp.admin.trail_words import Said, kind_words, label_of, said_of
from corpusapp.editing.history import history_of
from corpusapp.models import Article, AuditEntry, ImportItem, Revision
from corpusapp.text.word_diff import Paragraph, compare

_MOST_FILES = 20  # of a run, whose changes its entry shows


class TrailList(DeskList):
    """What each entry says is looked up for the whole page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        entries: list[Any] = list(self.result_list)
        for entry, said in zip(entries, said_of(entries), strict=True):
            entry.said = said
        self.result_list = entries


@admin.register(AuditEntry)
class AuditEntryDesk(ReadOnly, DeskAdmin):
    list_display = ("at_shown", "who", "act", "thing_shown", "why", "details_shown")
    list_display_links = ("at_shown",)
    list_filter = ("act",)
    questions = ("act__exact", "kind", "thing")
    search_fields = ("who", "called", "why")
    search_help_text = gettext_lazy("Who, what it is called, or why")
    ordering = ("-pk",)
    fields = ("at", "who", "act", "kind_shown", "thing_shown", "why", "changes_shown")
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskList]:
        return TrailList

    @admin.display(description=gettext_lazy("when"))
    def at_shown(self, entry: AuditEntry) -> str:
        return format_html(
            '<span class="date">{}</span>', f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
        )

    @admin.display(description=gettext_lazy("kind of thing"))
    def kind_shown(self, entry: AuditEntry) -> str:
        return capfirst(kind_words(entry.kind)) or "–"

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
        noted: Any = entry
        return in_a_list(noted.said)

    @admin.display(description=gettext_lazy("what was changed"))
    def changes_shown(self, entry: AuditEntry) -> str:
        """Each field whole: of an article as its history has it, of a run the first of its files."""
        (said,) = said_of([entry])
        parts = [said.text] if said.text else []
        parts += [_whole(words, before, after) for words, before, after in _changes(entry)]
        if said.gone:
            parts.append(_gone(said))
        if entry.kind == "importrun":
            parts += _files(entry)
        return (
            format_html_join("", '<div class="told">{}</div>', ((part,) for part in parts)) or "–"
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("corpusapp.view_auditentry")


def in_a_list(said: Said) -> str:
    """The details of an entry on few lines, what stood there before what stands there now."""
    changes = format_html_join(
        "",
        '<li><span class="told-field">{}</span> <del>{}</del> → <ins>{}</ins></li>',
        ((capfirst(str(one.words)), one.before, one.after) for one in said.changes),
    )
    listed = format_html('<ul class="told-changes">{}</ul>', changes) if changes else ""
    gone = _gone(said) if said.gone else ""
    return format_html("{}{}{}", said.text, listed, gone)


def _gone(said: Said) -> str:
    text = _("%(fields)s: what stood there is gone with the article.")
    return text % {"fields": ", ".join(map(str, said.gone))}


def _whole(words: Any, before: str, after: str) -> str:
    return format_html(
        '<div class="changed-field"><h3>{}</h3><ol class="diff words">{}</ol></div>',
        capfirst(str(words)),
        format_html_join("", "<li>{}</li>", ((_marked(one),) for one in compare(before, after))),
    )


def _marked(paragraph: Paragraph) -> str:
    if paragraph.is_gap:
        return "…"
    marks = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return format_html_join(
        "", "{}", ((format_html(marks.get(p.sign, "{}"), p.text),) for p in paragraph.parts)
    )


def _changes(entry: AuditEntry) -> list[tuple[Any, str, str]]:
    """[(field, what stood there, what came)], whole."""
    told = [
        (label_of(kind, name), in_words(name, before), in_words(name, after))
        for kind, changes in _told(entry)
        for name, (before, after) in changes.items()
        if "password" not in name
    ]
    revision = Revision.objects.filter(pk=entry.details.get("revision") or 0).first()
    article = Article.objects.filter(pk=revision.article_id).first() if revision else None
    if not (revision and article):
        return told
    history = history_of(article)
    number = history.number_of(revision.pk)
    before, after = history.values_at(number - 1), history.values_at(number)
    return told + [
        (label_of("article", name), in_words(name, before[name]), in_words(name, after[name]))
        for name in entry.details.get("fields") or ()
        if name in before
    ]


def _told(entry: AuditEntry) -> list[tuple[str, dict[str, list[Any]]]]:
    own = (entry.kind, entry.details.get("changes") or {})
    rows = entry.details.get("rows") or ()
    return [own, *((row.get("row", ""), row.get("changes") or {}) for row in rows)]


def _files(entry: AuditEntry) -> list[str]:
    """What a run changed, of its first files, and where all of them stand."""
    items = (
        ImportItem.objects.filter(run=int(entry.thing))
        .exclude(changes={})
        .select_related("article")
    )
    parts = []
    for item in items.order_by("pk").defer("article__body", "article__rendered")[:_MOST_FILES]:
        here = reverse("admin:corpusapp_importitem_change", args=[item.pk])
        words = ", ".join(str(label_of("article", name)) for name in item.changes)
        title = str(item.article) if item.article else item.path
        parts.append(format_html('<a href="{}">{}</a>: {}', here, title, words))
    everything = reverse(
        "admin:corpusapp_importitem_changelist", query={"run__id__exact": entry.thing}
    )
    return [
        *parts,
        format_html('<a href="{}">{}</a>', everything, _("All files of this run")),
    ]
