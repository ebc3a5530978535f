"""The desk of articles: the list that answers "what needs me now", and the page of one article."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from corpusapp.admin.article_bylines import BylineInline
from corpusapp.admin.article_doubts import shown_doubts, unseen_conflicts
from corpusapp.admin.article_edition import BUTTON, EditionPages, edition_label
from corpusapp.admin.article_filters import FILTERS
from corpusapp.admin.article_form import ArticleForm
from corpusapp.admin.article_history import HistoryPages
from corpusapp.admin.article_keeping import TAKE_UP, UnsavedWork
from corpusapp.admin.article_list import ArticleList, FarPages
from corpusapp.admin.article_moves import BY_NAME, MOVES
from corpusapp.admin.article_moving import MovingPages
from corpusapp.admin.article_pictures import PicturePages
from corpusapp.admin.article_rows import ArticleRows, state_badge
from corpusapp.admin.article_search import narrowed, searched
from corpusapp.admin.article_sharing import SharingPages, preview_address
from corpusapp.admin.article_together import Together
from corpusapp.admin.article_versions import PUBLISHERS_FIELDS
from corpusapp.admin.article_writing import LOOK_AT, TIDY, TIDY_TAKE, Writing
from corpusapp.admin.bulk import BulkDeeds
from corpusapp.admin.bulk_rights import BulkRights
from corpusapp.admin.conflicts import ConflictPages, open_conflicts
from corpusapp.admin.correction import CorrectionPages
from corpusapp.admin.desk import DeskAdmin, DeskList, Kept, row_ids
from corpusapp.admin.evidence import BESIDE, captured_text
from corpusapp.admin.glossary import GlossaryInline
from corpusapp.admin.outside_links import OutsideLinks
from corpusapp.admin.own_part import OnlyMine
from corpusapp.admin.review_fields import FIELDSETS as REVIEW_FIELDSETS
from corpusapp.admin.reviewing import ReviewPages, is_review
from corpusapp.admin.rights import (
    filing_sections,
    may_change,
    may_publish,
    may_publish_it,
    may_take_back,
)
from corpusapp.admin.suggested_tags import SuggestionButtons
from corpusapp.editing.doubts import confirm, settle_doubts_about
from corpusapp.editing.linking import note_links
from corpusapp.editing.ownership import own_fields
from corpusapp.editing.read_next import chosen
from corpusapp.editing.revisions import revised
from corpusapp.editing.totals import recounted
from corpusapp.editing.trail import note
from corpusapp.editing.twins import body_changed
from corpusapp.editing.undescribed import doubt_pictures
from corpusapp.importing.one_writer import one_writer
from corpusapp.models import Act, Article, Byline, State

_MOST_WORDS = 8  # of a search; each may stand in another place
LOOKS = (TAKE_UP, LOOK_AT, TIDY, TIDY_TAKE)  # buttons that show the form again and save nothing
_NOT_TEXT = {"version", "settled"}


def public_address(article: Article) -> str | None:
    """Where readers find it, under its own language; None while they do not."""
    if not article.is_public():
        return None
    with override(article.shelf):
        return article.get_absolute_url()


@admin.register(Article)
class ArticleDesk(
    Kept,
    ArticleRows,
    BulkDeeds,
    BulkRights,
    ReviewPages,
    ConflictPages,
    HistoryPages,
    EditionPages,
    CorrectionPages,
    PicturePages,
    OutsideLinks,
    MovingPages,
    Together,
    UnsavedWork,
    Writing,
    SharingPages,
    SuggestionButtons,
    DeskAdmin,
):
    class Media:
        css = {"all": ("corpusapp/tokens.css", "corpusapp/writing.css")}
        js = (
            "corpusapp/keeping.js",
            "corpusapp/editor.js",
            "corpusapp/pictures.js",
        )  # besides those of every desk

    form = ArticleForm
    inlines = (BylineInline, GlossaryInline)
    autocomplete_fields = ("section", "series", "source", "picture")
    save_on_top = False
    change_form_template = "admin/corpusapp/article/change_form.html"
    change_list_template = "admin/corpusapp/article/change_list.html"
    fieldsets = (
        (None, {"fields": ("title", "standfirst", "body", "author_note", "picture", "caption")}),
        (
            gettext_lazy("Where it belongs"),
            {
                "fields": (
                    *("language", "section", "tags", "source", "source_address"),
                    ("series", "series_position"),
                )
            },
        ),
        (
            gettext_lazy("Date, as printed"),
            {
                "fields": (
                    ("published_on", "published_precision"),
                    ("published_time", "published_offset"),
                    "captured_views",
                )
            },
        ),
        (
            gettext_lazy("For readers"),
            {
                "fields": (
                    *("state_now", "live_from", "editors_choice", "read_next"),
                    *("withdrawal_note", "reads"),
                )
            },
        ),
        (
            gettext_lazy("Identity"),
            {
                "classes": ("collapse",),
                "fields": (
                    *("address_end", "public_id", "translation_key"),
                    *("created_at", "updated_at"),
                ),
            },
        ),
    )
    readonly_fields = (
        "reads",
        "state_now",
        "public_id",
        "translation_key",
        "created_at",
        "updated_at",
    )

    list_display = (
        "title_shown",
        "state_shown",
        "section_shown",
        "authors_shown",
        "date_shown",
        "language_shown",
        "doubts_shown",
        "reads",
        "changed_shown",
    )
    list_filter = (OnlyMine, *FILTERS)
    questions = ("bylines__author", "taggings__tag")  # what the lists of authors and tags link to
    list_select_related = ("section",)
    ordering = ("-published_order", "-id")
    paginator = FarPages
    search_fields = ("title",)  # that there is a search; `get_search_results` says where
    search_help_text = gettext_lazy(
        "Words of the text, title, author or tag; a public id or a file name"
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskList]:
        return ArticleList

    @admin.display(description=gettext_lazy("state"))
    def state_now(self, article: Article) -> str:
        return state_badge(article) if article.pk else str(State.DRAFT.label)

    @admin.display(description=gettext_lazy("read next"))
    def read_next(self, article: Article) -> str:
        """For those who may only look; others have the field of the form."""
        by_pk = Article.objects.only("title", "public_id").in_bulk(chosen(article.pk))
        return ", ".join(str(by_pk[pk]) for pk in by_pk) or "–"

    @admin.display(description=gettext_lazy("End of the address"))
    def address_end(self, article: Article) -> str:
        """For those who may only look."""
        return str(article.slug)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The best of what the engine finds, in their order; or the public id, or the file's path.

        In the bin lies what the engine does not know: there, words of the title.
        """
        if not search_term.strip():
            return queryset, False
        if request.GET.get("bin") == "yes":
            for word in search_term.split()[:_MOST_WORDS]:
                queryset = queryset.filter(title__icontains=word)
            return queryset, False
        noted: Any = request
        if not hasattr(noted, "found"):  # the list tells of it, and may look through it once more
            noted.found = searched(search_term, request.GET)
        is_sorted = ORDER_VAR in request.GET
        return narrowed(queryset, noted.found, ranked=not is_sorted), False

    # Rights -----------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return may_change(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if may_publish_it(request, obj) if obj else may_publish(request):
            return self.readonly_fields
        return (*self.readonly_fields, *PUBLISHERS_FIELDS)

    # The page of one article ------------------------------------------------------------------

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return (BylineInline,) if is_review(request) else super().get_inlines(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """On the review screen only what is asked there: what it does not show, it does not save."""
        if is_review(request):
            return [
                (None, {"fields": tuple(one for _name, some in REVIEW_FIELDSETS for one in some)})
            ]
        return super().get_fieldsets(request, obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ArticleForm]:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_make_tags = request.user.has_perm("corpusapp.add_tag")
        form.own_sections = filing_sections(request)
        form.publishing = "_publish" in request.POST
        form.clashing = self.is_clashing(request)
        form.looking = any(name in request.POST for name in LOOKS)
        made: type[ArticleForm] = form
        return made

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A save is one change of the article, its bylines, tags and state: counted once, or undone."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if object_id and (refused := self.refused(request, object_id)):
            return refused
        pressed = [move for move in MOVES if move.name in request.POST]
        if any(move.publishers_only for move in pressed) and not may_publish(request):
            raise PermissionDenied
        if instead := self.looked_at(request, object_id):
            return instead
        ids = row_ids([unquote(object_id)]) if object_id else []
        user: Any = request.user
        with transaction.atomic():
            if "_take_conflict" in request.POST or is_review(request):
                one_writer()  # before the article's own lock: imports take them in this order
            with recounted(ids), revised(ids, user):
                if object_id:
                    self.merge_posted(request, object_id)
                return super().changeform_view(request, object_id, form_url, extra_context)

    def looked_at(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """Do what the buttons ask for that show the form again; an answer if it is another page."""
        instead = self.kept_instead(request, object_id)
        if isinstance(instead, HttpResponse):
            return instead
        instead = instead or self.tidied_instead(request)
        if instead is not None:
            request.POST = instead  # type: ignore[assignment]
        return None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = context.get("original")
        is_writable = bool(
            self.has_change_permission(request, article)
            if article
            else self.has_add_permission(request)
        )
        context["moves"] = [
            move
            for move in MOVES
            if is_writable
            and move.offered(request, article or Article(state=State.DRAFT))
            and (article or move.name == "_publish")
        ]
        context["is_writable"] = is_writable
        context["edition_button"] = edition_label(request, article) if is_writable else ""
        context.update(self.together(request, context))
        if is_writable:
            context.update(self.keeping(request, article, context))
            context.update(self.writing(request, context))
        if article:
            if not is_writable and may_take_back(request, article):
                context["take_back"] = BY_NAME["_restore"]
            context["preview_address"] = None if article.binned_at else preview_address(article)
            context.update(
                self.suggested(article) if is_writable else self.to_copy(request, article)
            )
            context["doubts"] = shown_doubts(article, context["adminform"].form)
            if is_review(request):
                context.update(self.review_context(request, article, context["adminform"].form))
                shown = super().render_change_form(request, context, *args, **kwargs)
                if isinstance(shown, TemplateResponse):
                    shown.template_name = "admin/corpusapp/article/review.html"
                return shown
            if request.user.has_perm("corpusapp.view_capture"):
                context.update(_captured(article))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return public_address(obj) if obj else None

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.state = State.DRAFT
        elif not set(form.changed_data) - _NOT_TEXT:
            return
        else:
            obj.version += 1
        super().save_model(request, obj, form, change)
        if "body" in form.changed_data:
            body_changed(obj.pk, form.initial.get("body") or "", obj.body)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        self.settled_down(request, form.instance, change=change)
        if not change:
            note_links({form.instance.pk: form.instance.body}, are_new=True)
            return
        article: Article = form.instance
        written = form.written_fields()
        changed = {formset.model for formset in formsets if formset.has_changed()}
        if changed:
            written |= {"authors"} if Byline in changed else set()
            if not set(form.changed_data) - _NOT_TEXT:
                Article.objects.filter(pk=article.pk).update(
                    version=F("version") + 1, updated_at=timezone.now()
                )
        user: Any = request.user
        own_fields([article.pk], written, user)
        unseen = list(unseen_conflicts(request, article).values_list("pk", "field"))
        settle_doubts_about(article.pk, written, user, [pk for pk, _field in unseen])
        if any(field in written for _pk, field in unseen):
            text = _(
                "A newer capture has brought other values for “%(article)s” meanwhile: choose."
            )
            self.message_user(request, text % {"article": article}, messages.WARNING)
        settled = confirm(form.cleaned_data["settled"], user)
        if settled or "body" in form.changed_data:
            # before it is published; and ticking it describes nothing
            doubt_pictures({article.pk: article.body})
        if settled:
            note(Act.CHANGED, article, details={"doubts_settled": settled})

    def note_form(self, request: HttpRequest, obj: Any) -> None:
        """What was changed in an article, its revision tells the trail."""

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.moved(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        self.say_merged(request)
        if instead := self.tagged(request):
            return instead
        if is_review(request):
            return self.reviewed(request, obj)
        self.say_taken_away(request, obj)
        for button in ("_take_conflict", "_keep_conflict"):
            if button in request.POST:
                return self._decided(request, obj, button)
        if BUTTON in request.POST:
            return self.make_edition(request, obj)
        return self.moved(request, obj) or super().response_change(request, obj)

    def _decided(self, request: HttpRequest, article: Article, button: str) -> HttpResponse:
        """The form is saved by now, so that nothing typed is lost; then the conflict is decided."""
        ids = row_ids([request.POST[button]])
        doubt = open_conflicts().filter(pk__in=ids, article=article).first()
        if doubt is None:
            self.message_user(request, _("That conflict is decided already."), messages.INFO)
        else:
            self.decide_conflict(request, doubt, taking=button == "_take_conflict")
        return HttpResponseRedirect(reverse("admin:corpusapp_article_change", args=[article.pk]))


def _captured(article: Article) -> dict[str, Any]:
    """The capture whose fields the article has, open: the newest that is no copy; the others by name."""
    counting = article.captures.filter(undone_by__isnull=True)
    captures = counting.order_by(F("duplicate_of").asc(nulls_first=True), "-pk")
    capture = captures.select_related("bytes").first()
    if capture is None:
        return {}
    return {
        "capture": capture,
        "captured": captured_text(capture, BESIDE),
        "capture_address": reverse("admin:corpusapp_capture_change", args=[capture.pk]),
        "other_captures": captures.exclude(pk=capture.pk).only("path")[:20],
    }
