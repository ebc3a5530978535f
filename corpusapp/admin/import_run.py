from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, gettext_lazy

from corpusapp.admin.bulk_rights import may_reextract
from corpusapp.admin.desk import DeskAdmin, ReadOnly, row_ids
from corpusapp.admin.doubt_words import field_words
from corpusapp.admin.reason_words import reason_words
from corpusapp.admin.reextraction import ReextractionPages
from corpusapp.admin.run_words import asked, files_address, has_files, options, took, what, who
from corpusapp.admin.undoing import UndoPages, may_undo
from corpusapp.admin.uploading import UploadPages, may_import
from corpusapp.editing.telling import readable
from corpusapp.importing.fields import FIELDS
from corpusapp.importing.undoing import can_be_undone
from corpusapp.models import ImportItem, ImportRun, Outcome
from corpusapp.text.folding import clean

_BEGINNING = 4000  # bytes of what was refused that are shown


def _link(run: ImportRun, words: str) -> str:
    address = reverse("admin:corpusapp_importrun_change", args=[run.pk])
    return format_html('<a href="{}">{}</a>', address, words % {"number": run.pk})


def _files_of(run: ImportRun, outcome: Outcome) -> str:
    """The count of an outcome, leading to those files where the ledger names them."""
    count = getattr(run, str(outcome))
    if not count:
        return "–"
    if not has_files(run, outcome):
        return number_format(count, force_grouping=True)
    here = files_address(run, outcome)
    return format_html('<a href="{}" data-count="{}">{}</a>', here, count, number_format(count))


@admin.register(ImportRun)
class ImportRunDesk(ReadOnly, UndoPages, ReextractionPages, UploadPages, DeskAdmin):
    change_form_template = "admin/corpusapp/importrun/change_form.html"
    change_list_template = "admin/corpusapp/importrun/change_list.html"
    list_display = (
        "__str__",
        "kind_shown",
        "asked_shown",
        "started_at",
        "took_shown",
        "who_shown",
        "created_shown",
        "updated_shown",
        "unchanged_shown",
        "duplicate_shown",
        "conflict_shown",
        "refused_shown",
    )
    list_select_related = ("user",)
    ordering = ("-pk",)
    fields = (
        *("kind_shown", "undone_shown", "started_at", "took_shown", "who_shown", "options_shown"),
        *list_display[6:],
        "files",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("undone_by")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        here = reverse("admin:corpusapp_importrun_reextract") if may_reextract(request) else ""
        upload = reverse("admin:corpusapp_importrun_upload") if may_import(request) else ""
        addresses = {"reextract_address": here, "upload_address": upload}
        return super().changelist_view(request, {**addresses, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        run: ImportRun | None = context.get("original")
        if run and may_undo(request) and can_be_undone(run):
            context["undo_address"] = reverse("admin:corpusapp_importrun_undo", args=[run.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("what"))
    def kind_shown(self, run: ImportRun) -> str:
        """With what was undone, or by which run it was."""
        undone = [_link(undo, gettext("undone by run %(number)s")) for undo in run.undone_by.all()]
        words = what(run)
        if run.undoes_id:
            words = format_html(
                '<a href="{}">{}</a>',
                reverse("admin:corpusapp_importrun_change", args=[run.undoes_id]),
                words,
            )
        return format_html_join(", ", "{}", ((part,) for part in (words, *undone)))

    @admin.display(description=gettext_lazy("undone"))
    def undone_shown(self, run: ImportRun) -> str:
        undone = [_link(undo, gettext("by run %(number)s")) for undo in run.undone_by.all()]
        return format_html_join(", ", "{}", ((part,) for part in undone)) or "–"

    @admin.display(description=gettext_lazy("took"))
    def took_shown(self, run: ImportRun) -> str:
        return took(run)

    @admin.display(description=gettext_lazy("who"))
    def who_shown(self, run: ImportRun) -> str:
        return who(run)

    @admin.display(description=gettext_lazy("asked for"))
    def asked_shown(self, run: ImportRun) -> str:
        return asked(run) or "–"

    @admin.display(description=gettext_lazy("options"))
    def options_shown(self, run: ImportRun) -> str:
        told = options(run)
        lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", told)
        return format_html('<dl class="asked">{}</dl>', lines) if told else "–"

    @admin.display(description=gettext_lazy("created"))
    def created_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.CREATED)

    @admin.display(description=gettext_lazy("updated"))
    def updated_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.UPDATED)

    @admin.display(description=gettext_lazy("unchanged"))
    def unchanged_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.UNCHANGED)

    @admin.display(description=gettext_lazy("duplicates"))
    def duplicate_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.DUPLICATE)

    @admin.display(description=gettext_lazy("conflicts"))
    def conflict_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.CONFLICT)

    @admin.display(description=gettext_lazy("refused"))
    def refused_shown(self, run: ImportRun) -> str:
        return _files_of(run, Outcome.REFUSED)

    @admin.display(description=gettext_lazy("files"))
    def files(self, run: ImportRun) -> str:
        here = reverse("admin:corpusapp_importitem_changelist", query={"run__id__exact": run.pk})
        return format_html('<a href="{}">{}</a>', here, gettext_lazy("All files of this run"))


def _became(name: str, value: Any) -> str:
    if name == "body":
        return gettext("the text that the article had then")
    return readable(name, value) or "–"


@admin.register(ImportItem)
class ImportItemDesk(ReadOnly, DeskAdmin):
    """Files of the runs: a run may have a hundred thousand, so they are a list of their own."""

    list_display = ("path", "outcome", "reason_shown", "article_shown", "run")
    list_filter = ("outcome",)
    questions = ("run__id__exact", "outcome__exact")
    search_fields = ("path",)
    search_help_text = gettext_lazy("File name")
    ordering = ("-pk",)
    list_select_related = ("article",)
    fields = ("run", "path", "outcome", "reason_shown", "article_shown", "capture", "changes_shown")
    readonly_fields = (
        "reason_shown",
        "article_shown",
        "changes_shown",
        "refused_shown",
        "refused_words",
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was refused stands where there is something of it."""
        refused = ("refused_shown", "refused_words") if obj and obj.refused_bytes_id else ()
        return (*super().get_fields(request, obj), *refused)

    def get_urls(self) -> list[URLPattern]:
        raw = path(
            "<int:item_id>/refused/",
            self.admin_site.admin_view(self.refused_view),
            name="corpusapp_importitem_refused",
        )
        return [raw, *super().get_urls()]

    def refused_view(self, request: HttpRequest, item_id: int) -> HttpResponse:
        """The bytes that were refused, as a download: nothing of them ever opens here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        items = ImportItem.objects.select_related("refused_bytes")
        found = items.filter(pk__in=row_ids([str(item_id)])).first()
        raw = found.refused_bytes.raw if found and found.refused_bytes else None
        if raw is None:
            raise Http404
        return HttpResponse(
            raw,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="refused-{item_id}.bin"'},
        )

    @admin.display(description=gettext_lazy("reason"), ordering="reason")
    def reason_shown(self, item: ImportItem) -> str:
        return reason_words(item.reason)

    @admin.display(description=gettext_lazy("what was refused"))
    def refused_shown(self, item: ImportItem) -> str:
        if item.refused_bytes is None or item.refused_bytes.data is None:
            return "–"
        address = reverse("admin:corpusapp_importitem_refused", args=[item.pk])
        size = number_format(item.refused_bytes.size, force_grouping=True)
        words = gettext("Download (%(size)s bytes)") % {"size": size}
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=gettext_lazy("its beginning"))
    def refused_words(self, item: ImportItem) -> str:
        """Read as text, whatever it is: marks stand for what is none."""
        raw = item.refused_bytes.raw if item.refused_bytes else None
        words = clean((raw or b"")[:_BEGINNING].decode("utf-8", "replace"))
        return format_html('<pre class="refused">{}</pre>', words)

    @admin.display(description=gettext_lazy("changes"))
    def changes_shown(self, item: ImportItem) -> str:
        """Of each field what it was and what it became; what a text became is the article's."""
        rows = [
            (
                field_words(name),
                readable(name, item.changes[name][0]) or "–",
                _became(name, item.changes[name][1]),
            )
            for name in FIELDS
            if name in item.changes
        ]
        return (
            format_html_join(
                "",
                '<div class="changed-field"><h3>{}</h3><del class="value">{}</del>'
                '<ins class="value">{}</ins></div>',
                rows,
            )
            or "–"
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Runs are fetched apart: joined, SQLite begins with them and sorts all their files."""
        items = super().get_queryset(request).defer("article__body", "article__rendered")
        return items.prefetch_related("run")

    @admin.display(description=gettext_lazy("article"))
    def article_shown(self, item: ImportItem) -> str:
        if item.article is None:
            return "–"
        address = reverse("admin:corpusapp_article_change", args=[item.article.pk])
        return format_html('<a href="{}">{}</a>', address, str(item.article))
