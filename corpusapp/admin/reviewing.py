"""The review screen: the capture's lines beside the article's fields, and one button to the next.

It is the article's own form, so that what is typed is saved with whatever button is pressed, and
refused when somebody else has saved meanwhile.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from corpusapp.admin.article_doubts import seen_doubts
from corpusapp.admin.article_moves import lacking, published_or_planned
from corpusapp.admin.article_together import came_meanwhile, changed_since
from corpusapp.admin.desk import posted_line
from corpusapp.admin.doubt_words import words_for
from corpusapp.admin.evidence import ALONE, captured_text
from corpusapp.admin.new_sections import (
    has_seen_section,
    may_confirm_section,
    new_section,
    settle_section,
)
from corpusapp.admin.possible_duplicate import FROM_REVIEW, may_decide
from corpusapp.admin.review_answers import (
    GIVEABLE,
    ReviewAnswers,
    again,
    may_confirm_names,
    new_names,
)
from corpusapp.admin.review_fields import known_sureness, review_fields
from corpusapp.admin.review_queue import Place, claimed_place, first_place, place_of, tiers
from corpusapp.admin.rights import changeable, may_change, may_publish, may_publish_it
from corpusapp.admin.unread_captures import unread_captures
from corpusapp.editing.doubts import confirm
from corpusapp.editing.publish import hold, publish, put_in_bin
from corpusapp.editing.reviewed import met
from corpusapp.editing.undescribed import UNDESCRIBED
from corpusapp.editing.unsaved import held_by_others
from corpusapp.importing.bases import latest_capture
from corpusapp.models import Act, Article, PossibleDuplicate, State

_SHOWN = 20  # articles of each part of the queue, on its page
_MOST = 1000  # counting stops here
_LONGEST_WHY = 500
_OF_PAIRS = ("earlier__section", "later__section")  # who may decide about them follows from it


def is_review(request: HttpRequest) -> bool:
    return getattr(request, "_reviewing", False)


def _queue() -> str:
    return reverse("admin:corpusapp_article_review_queue")


class ReviewPages(ReviewAnswers):
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
        parts: list[dict[str, Any]] = []
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
        user: Any = request.user
        shown = [article.pk for part in parts for article in part["articles"]]
        held = held_by_others(user, shown) if shown else {}
        for part in parts:
            part["articles"] = [(article, held.get(article.pk, "")) for article in part["articles"]]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Review"),
            "parts": parts,
            "unread": unread_captures(request),
            "is_empty": not any(part["articles"] for part in parts),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/review_queue.html", context)

    def next_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return self._go_on(request, Place.read(request.GET.get("after", "")))

    def _go_on(self, request: HttpRequest, after: Place | None) -> HttpResponse:
        try:
            following = claimed_place(request, after)
        except DatabaseError:  # a database that is full or locked can still be read
            following = first_place(request, after)
        if following is None:
            text = _("That was the last one that waits.")
            if first_place(request, after):
                text = _("What else waits from here on, others have open now.")
            self.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(_queue())
        here = reverse("admin:corpusapp_article_review", args=[following.article])
        return HttpResponseRedirect(here)

    # One article ------------------------------------------------------------------------------

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article: Article | None = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not may_change(request, article):
            if request.method == "POST":  # shows what was typed, and is refused there
                return self.changeform_view(request, object_id)
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
        pairs = list(_waiting_pairs(article).select_related("earlier", "later").only(*_OF_PAIRS))
        return {
            "title": _("Review"),
            "subtitle": str(article),
            "capture": capture,
            "capture_address": reverse("admin:corpusapp_capture_change", args=[capture.pk])
            if capture
            else "",
            "captured": captured_text(capture, ALONE, article.body) if capture else None,
            "groups": review_fields(form, known),
            "sure_of_authors": known.get("authors"),
            "new_names": new_names(request, article),
            "may_confirm_names": may_confirm_names(request),
            "new_section": (new := new_section(article)),
            "may_confirm_section": new and may_confirm_section(request, new),
            "giveable": GIVEABLE,
            "tier": tiers(request)[place.tier].words,
            "skip": f"{reverse('admin:corpusapp_article_review_next')}?after={place}",
            "queue": _queue(),
            "left": f"{number_format(min(count, _MOST), force_grouping=True)}"
            + ("+" if count > _MOST else ""),
            "may_publish": may_publish_it(request, article),
            "may_decide_pairs": [pair.pk for pair in pairs if may_decide(request, pair)],
            "from_review": FROM_REVIEW,
            "has_twin": bool(pairs),
            "longest_why": _LONGEST_WHY,
        }

    def reviewed(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The form is saved by now; do what the pressed button says besides."""
        place: Place = request._review_place  # type: ignore[attr-defined] # noqa: SLF001
        pressed = request.POST
        if answer := self.answered(request, article):
            return answer
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
        return self._go_on(request, place) if done else again(article)

    def _approve(self, request: HttpRequest, article: Article, *, as_draft: bool) -> bool:
        """It is right as it stands: what was doubted about it on the page is settled. False: it stays."""
        if _waiting_pairs(article).exists():
            text = _("First say what “%(article)s” and the article like it are to each other.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return False
        if not (article.title and article.body):
            self.message_user(request, lacking(article), messages.ERROR)
            return False
        if article.binned_at or article.state == State.WITHDRAWN:  # since the page was opened
            text = _("Somebody has refused or withdrawn “%(article)s” meanwhile; it stays so.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return False
        if not as_draft and not may_publish_it(request, article):
            raise PermissionDenied
        if came_meanwhile(request):
            self.message_user(request, changed_since(article), messages.WARNING)
            return False
        if unsettled := _unsettled(request, article, as_draft=as_draft):
            self.message_user(request, unsettled, messages.WARNING)
            return False
        user: Any = request.user
        seen = article.doubts.open().filter(pk__in=seen_doubts(request)).exclude(code=UNDESCRIBED)
        confirm(seen.values_list("pk", flat=True), user)
        met(article.pk)
        settle_section(request, article)
        if as_draft:
            if article.state == State.PUBLISHED:
                told = _("“%(article)s” is looked through, and published as it was.")
            else:
                hold([article.pk], State.DRAFT)
                told = _("“%(article)s” is a draft.")
            told %= {"article": article}
        else:
            publish([article.pk], article.live_from)
            told = published_or_planned(article)
        self.log_deed(request, article, _("Approved."))
        self._tell(request, article, told)
        return True

    def _refuse(self, request: HttpRequest, article: Article) -> bool:
        why = posted_line(request, "why")[:_LONGEST_WHY]
        if not why:
            self.message_user(request, _("Say why it is refused."), messages.ERROR)
            return False
        if came_meanwhile(request):
            self.message_user(request, changed_since(article), messages.WARNING)
            return False
        if article.state == State.PUBLISHED:
            text = _(
                "“%(article)s” is published: withdraw it, or put it in the bin, on its own page."
            )
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return False
        put_in_bin([article.pk], why, Act.REFUSED)
        self.log_deed(request, article, _("Refused: %(why)s") % {"why": why})
        told = _("“%(article)s” is refused and lies in the bin.") % {"article": article}
        self._tell(request, article, told)
        return True

    def _tell(self, request: HttpRequest, article: Article, told: str) -> None:
        back = reverse("admin:corpusapp_article_change", args=[article.pk])
        link = format_html('{} <a href="{}">{}</a>', told, back, _("Open it again"))
        self.message_user(request, link, messages.SUCCESS)


def _unsettled(request: HttpRequest, article: Article, *, as_draft: bool) -> str:
    """Which doubt approving cannot settle, in a sentence; "" if there is none.

    One that came meanwhile nobody has looked at; and a picture gets no words by being approved.
    """
    holding = article.doubts.open().filter(holds=True)
    if not as_draft and holding.filter(code=UNDESCRIBED).exists():
        return str(words_for(UNDESCRIBED).sentence)
    unseen = holding.exclude(code=UNDESCRIBED).exclude(pk__in=seen_doubts(request))
    if not has_seen_section(request, article) or unseen.exists():
        return changed_since(article)
    return ""


def _waiting_pairs(article: Article) -> Any:
    return PossibleDuplicate.objects.open().filter(Q(earlier=article) | Q(later=article))
