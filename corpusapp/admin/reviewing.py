"""The review screen: the capture's lines beside the article's fields, and one button to the next.

It is the article's own form, so that what is typed is saved with whatever button is pressed, and
refused when somebody else has saved meanwhile.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.evidence import ALONE, captured_text
from corpusapp.admin.merging_names import may_merge, proposed
from corpusapp.admin.part_words import part_words
from corpusapp.admin.review_fields import known_sureness, review_fields
from corpusapp.admin.review_queue import Place, first_place, place_of, tiers
from corpusapp.admin.rights import changeable, may_change, may_publish, may_publish_it
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.doubts import confirm
from corpusapp.editing.publish import hold, publish, put_in_bin
from corpusapp.editing.reviewed import met
from corpusapp.importing.bases import latest_capture
from corpusapp.models import Act, Article, Author, PossibleDuplicate, State

_SHOWN = 20  # articles of each part of the queue, on its page
_MOST = 1000  # counting stops here
_LONGEST_WHY = 500
_PROPOSED = 3  # new names for which others are looked up


@dataclass(frozen=True, slots=True)
class Giveable:
    """A button that gives lines to a field, and its key."""

    part: str
    words: Words
    key: str


GIVEABLE: tuple[Giveable, ...] = (
    Giveable("title", part_words("title"), "T"),
    Giveable("standfirst", part_words("standfirst"), "S"),
    Giveable("byline", part_words("byline"), "N"),
    Giveable("post", part_words("post"), "P"),
    Giveable("date", part_words("date"), "D"),
    Giveable("section", part_words("section"), "C"),
    Giveable("source", part_words("source"), "O"),
    Giveable("tags", part_words("tags"), "G"),
    Giveable("caption", part_words("caption"), "I"),
    Giveable("biography", part_words("biography"), "M"),
    Giveable("body", part_words("body"), "B"),
    Giveable("subheading", part_words("subheading"), "H"),
    Giveable("quotation", part_words("quotation"), "Q"),
    Giveable("furniture", part_words("furniture"), "F"),
    Giveable("judged", gettext_lazy("as judged"), "U"),
)
_PARTS = frozenset(one.part for one in GIVEABLE)


def is_review(request: HttpRequest) -> bool:
    return getattr(request, "_reviewing", False)


def _queue() -> str:
    return reverse("admin:corpusapp_article_review_queue")


class ReviewPages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("review/", wrap(self.queue_view), name="corpusapp_article_review_queue"),
            path("review/next/", wrap(self.next_view), name="corpusapp_article_review_next"),
            path(
                "<path:object_id>/review/",
                wrap(self.review_view),
                name="corpusapp_article_review",
            ),
            *super().get_urls(),
        ]

    # The queue --------------------------------------------------------------------------------

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """Each part of the queue with its first articles; two queries a part, however long it is."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        parts = []
        for tier in tiers(request):
            columns = [tier.key, "pk"] if tier.key else ["pk"]
            first = tier.articles.order_by(*columns).only(
                "title", "public_id", "language", "sureness", "state", "created_at"
            )
            articles = list(first[: _SHOWN + 1])
            more = len(articles) > _SHOWN
            count = tier.articles[: _MOST + 1].count() if more else len(articles)
            parts.append(
                {
                    "words": tier.words,
                    "articles": articles[:_SHOWN],
                    "count": f"{number_format(min(count, _MOST), force_grouping=True)}"
                    + ("+" if count > _MOST else ""),
                    "is_unsure": bool(tier.key),
                }
            )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Review"),
            "parts": parts,
            "is_empty": not any(part["articles"] for part in parts),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/review_queue.html", context)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._go_on(request, Place.read(request.GET.get("after", "")))

    def _go_on(self, request: HttpRequest, after: Place | None) -> HttpResponse:
        following = first_place(request, after)
        if following is None:
            self.message_user(request, _("That was the last one that waits."), messages.SUCCESS)
            return HttpResponseRedirect(_queue())
        here = reverse("admin:corpusapp_article_review", args=[following.article])
        return HttpResponseRedirect(here)

    # One article ------------------------------------------------------------------------------

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article: Article | None = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not may_change(request, article):
            raise PermissionDenied
        request._reviewing = True  # type: ignore[attr-defined] # noqa: SLF001 - read by `is_review`
        if request.method == "POST":
            # found before anything is changed: an article that is decided stands there no more
            request._review_place = place_of(request, article)  # type: ignore[attr-defined] # noqa: SLF001
            if "_approve" in request.POST and not may_publish(request):
                raise PermissionDenied
        return self.changeform_view(request, object_id)

    def review_context(self, request: HttpRequest, article: Article, form: Any) -> dict[str, Any]:
        """What the screen shows besides the form."""
        capture = latest_capture(article)
        known = known_sureness(article, capture)
        place = place_of(request, article)
        waiting = changeable(
            request, Article.objects.filter(state=State.REVIEW, binned_at__isnull=True)
        )
        count = waiting[: _MOST + 1].count()
        new = Author.objects.filter(bylines__article=article, is_new=True).distinct()
        return {
            "title": _("Review"),
            "subtitle": str(article),
            "capture": capture,
            "capture_address": reverse("admin:corpusapp_capture_change", args=[capture.pk])
            if capture
            else "",
            "captured": captured_text(capture, ALONE) if capture else None,
            "groups": review_fields(form, known),
            "sure_of_authors": known.get("authors"),
            "new_names": [
                (author, proposed(author) if number < _PROPOSED and may_merge(request) else [])
                for number, author in enumerate(new)
            ],
            "giveable": GIVEABLE,
            "tier": tiers(request)[place.tier].words,
            "skip": f"{reverse('admin:corpusapp_article_review_next')}?after={place}",
            "queue": _queue(),
            "left": f"{number_format(min(count, _MOST), force_grouping=True)}"
            + ("+" if count > _MOST else ""),
            "may_publish": may_publish_it(request, article),
            "has_twin": _waiting_pairs(article).exists(),
            "longest_why": _LONGEST_WHY,
        }

    def reviewed(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The form is saved by now; do what the pressed button says besides."""
        place: Place = request._review_place  # type: ignore[attr-defined] # noqa: SLF001
        pressed = request.POST
        if "_give" in pressed or "_remake" in pressed:
            return self._give(request, article)
        if "_take" in pressed:
            return self._take(request, article)
        if "_skip" in pressed:
            return self._go_on(request, place)
        done = False
        if "_approve" in pressed or "_approve_draft" in pressed:
            done = self._approve(request, article, as_draft="_approve_draft" in pressed)
        elif "_refuse" in pressed:
            done = self._refuse(request, article)
        else:
            text = _("“%(article)s” is saved.")
            self.message_user(request, text % {"article": article}, messages.SUCCESS)
        return self._go_on(request, place) if done else _again(article)

    def _approve(self, request: HttpRequest, article: Article, *, as_draft: bool) -> bool:
        """It is right as it stands: nothing about it is in doubt any more. False: it stays."""
        if _waiting_pairs(article).exists():
            text = _("First say what “%(article)s” and the article like it are to each other.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return False
        if not (article.title and article.body):
            text = _("“%(article)s” needs a title and a text first.")
            self.message_user(request, text % {"article": article}, messages.ERROR)
            return False
        if article.binned_at or article.state == State.WITHDRAWN:  # since the page was opened
            text = _("Somebody has refused or withdrawn “%(article)s” meanwhile; it stays so.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return False
        if not as_draft and not may_publish_it(request, article):
            raise PermissionDenied
        user: Any = request.user
        confirm(article.doubts.open().values_list("pk", flat=True), user)
        met(article.pk)
        if as_draft:
            if article.state != State.PUBLISHED:
                hold([article.pk], State.DRAFT)
            told = _("“%(article)s” is a draft.")
        else:
            publish([article.pk], article.live_from)
            told = _("“%(article)s” is published.")
        self.log_deed(request, article, _("Approved."))
        self._tell(request, article, told)
        return True

    def _refuse(self, request: HttpRequest, article: Article) -> bool:
        why = " ".join(request.POST.get("why", "").split())[:_LONGEST_WHY]
        if not why:
            self.message_user(request, _("Say why it is refused."), messages.ERROR)
            return False
        put_in_bin([article.pk], why, Act.REFUSED)
        self.log_deed(request, article, _("Refused: %(why)s") % {"why": why})
        self._tell(request, article, _("“%(article)s” is refused and lies in the bin."))
        return True

    def _tell(self, request: HttpRequest, article: Article, told: str) -> None:
        back = reverse("admin:corpusapp_article_change", args=[article.pk])
        sentence = told % {"article": article}
        link = format_html('{} <a href="{}">{}</a>', sentence, back, _("Open it again"))
        self.message_user(request, link, messages.SUCCESS)

    # Lines and candidates ---------------------------------------------------------------------

    def _give(self, request: HttpRequest, article: Article) -> HttpResponse:
        engine = _engine()
        user: Any = request.user
        numbers = row_ids(request.POST.getlist("lines"))
        part = request.POST.get("_give", "judged")
        latest = latest_capture(article)
        if "_give" in request.POST and (not numbers or part not in _PARTS):
            self.message_user(request, _("Choose lines of the capture first."), messages.WARNING)
            return _again(article)
        if latest is None:
            return _again(article)
        try:
            if "_remake" in request.POST:
                given = engine.remake_body(latest.pk, user)
            else:
                meant = None if part == "judged" else engine.Part(part)
                given = engine.give(latest.pk, numbers, meant, user)
        except engine.REFUSALS as error:
            self.message_user(request, _not_given(error, part), messages.ERROR)
            return _again(article, numbers)
        if given.fields:
            names = ", ".join(str(field_words(name)) for name in given.fields)
            self.log_change(request, article, _("Given lines of the capture: %s.") % names)
        self._tell_given(request, article, given)
        return _again(article, numbers)

    def _tell_given(self, request: HttpRequest, article: Article, given: Any) -> None:
        if "body" in given.kept:
            text = _("The text was written by hand, so it stays as it is. The lines are noted.")
            self.message_user(request, text, messages.WARNING)
        for line in given.learned:
            again = reverse("admin:corpusapp_importrun_reextract")
            source = article.source_id or ""
            link = format_html(
                '{} <a href="{}?source={}">{}</a>',
                _("Learned: “%(line)s” is furniture of this source from now on.")
                % {"line": line[:80]},
                again,
                source,
                _("Read its other captures again"),
            )
            self.message_user(request, link, messages.SUCCESS)

    def _take(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Take what a doubt offers: "doubt:place" among its candidates."""
        number, _colon, place = request.POST["_take"].partition(":")
        doubt = article.doubts.open().filter(pk__in=row_ids([number])).first()
        index = row_ids([place])
        if doubt is None or not index or index[0] >= len(doubt.candidates):
            self.message_user(request, _("That doubt is settled already."), messages.INFO)
            return _again(article)
        engine = _engine()
        words = str(doubt.candidates[index[0]])
        user: Any = request.user
        try:
            engine.take_candidate(article.pk, doubt.field, words, user)
        except engine.REFUSALS as error:
            self.message_user(request, _not_given(error, doubt.field), messages.ERROR)
            return _again(article)
        self.log_change(
            request,
            article,
            _("Taken from what was offered: %(field)s.") % {"field": field_words(doubt.field)},
        )
        return _again(article)


def _engine() -> Any:
    """What gives lines brings the whole of extraction along: only when somebody does."""
    from corpusapp.importing import giving  # noqa: PLC0415

    return giving


def _again(article: Article, lines: list[int] | None = None) -> HttpResponse:
    """The same screen, at the line that was given."""
    here = reverse("admin:corpusapp_article_review", args=[article.pk])
    return HttpResponseRedirect(f"{here}#line-{lines[-1]}" if lines else here)


def _waiting_pairs(article: Article) -> Any:
    return PossibleDuplicate.objects.open().filter(Q(earlier=article) | Q(later=article))


def _not_given(error: Exception, part: str) -> str:
    """Why a line cannot be what it was said to be, for people."""
    code = type(error).__name__
    if code == "NeededError":
        return _("A published article needs a title and a text: give it another line first.")
    if code == "NothingInItError":
        if part == "post":
            return _("Nobody signs the article yet: first say who does, then what they were.")
        return _("No %(field)s can be read in that line.") % {"field": part_words(part)}
    return _("The text of this capture cannot be read any more.")
