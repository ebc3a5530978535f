"""A button that moves one article: done at once, or after a look at what readers will lose or get."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from corpusapp.admin.article_moves import BY_NAME, MOVES, Move, lacking, told
from corpusapp.admin.article_together import came_meanwhile, changed_since
from corpusapp.admin.desk import CleanLine
from corpusapp.admin.doubt_words import Words, words_for
from corpusapp.admin.new_sections import may_confirm_section, new_section, settle_section
from corpusapp.admin.rights import may_change, may_publish_it, may_take_back
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.trail import reason
from corpusapp.models import Article, InnerLink
from corpusapp.models.article_columns import shelves_of


class WhyForm(forms.Form):
    why = CleanLine(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "aria-describedby": "why-help"}),
        help_text=gettext_lazy("For the trail; readers do not see it."),
        error_messages={"required": gettext_lazy("Say why; readers do not see it.")},
    )


class MovingPages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        move = path(
            "<path:object_id>/move/<slug:name>/",
            self.admin_site.admin_view(self.move_view),
            name="corpusapp_article_move",
        )
        return [move, *super().get_urls()]

    def moved(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what the pressed button says besides saving, or lead to the page that asks first.

        None where there was no such button.
        """
        move = next((move for move in MOVES if move.name in request.POST), None)
        if move is None:
            return None
        if not move.offered(request, article):
            if move.publishers_only and not may_publish_it(request, article):
                text = _(
                    "“%(article)s” was saved. What readers see of it, an editor of its section decides."
                )
            else:
                text = _("“%(article)s” was saved; its state had changed meanwhile and stays.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return self.response_post_save_change(request, article)
        if move.name == "_publish" and came_meanwhile(request):
            self.message_user(request, changed_since(article), messages.WARNING)
            return self._to_article(article)
        if move.is_asked_about(article):
            there = reverse("admin:corpusapp_article_move", args=[article.pk, move.name])
            # of the list that somebody came from, and the reason that they gave already
            back = self.get_preserved_filters(request)
            given = urlencode({"why": why}) if (why := reason()) else ""
            asked = "&".join(filter(None, (back, given)))
            return HttpResponseRedirect(f"{there}?{asked}" if asked else there)
        return self._do_move(request, article, move, "")

    def move_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        article: Article | None = self.get_object(request, unquote(object_id))
        move = BY_NAME.get(name)
        if article is None or move is None:
            raise Http404
        takes_back = move.in_bin and may_take_back(request, article)
        if not (may_change(request, article) or takes_back):
            raise PermissionDenied
        if not move.offered(request, article):
            text = _("That cannot be done with “%(article)s” as it stands now.")
            self.message_user(request, text % {"article": article}, messages.WARNING)
            return self._to_article(article)
        form = WhyForm(request.POST or None, initial={"why": request.GET.get("why", "")})
        form.fields["why"].required = move.needs_why
        if request.method == "POST" and form.is_valid():
            return self._do_move(request, article, move, form.cleaned_data["why"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": move.label,
            "subtitle": str(article),
            "article": article,
            "move": move,
            "form": form,
            "effects": list(effects_of(move, article)),
            "doubts": _doubts(request, article) if move.name == "_publish" else [],
            "is_held": article.doubts.open().filter(holds=True).exists(),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/move.html", context)

    def _do_move(
        self, request: HttpRequest, article: Article, move: Move, why: str
    ) -> HttpResponse:
        result = move.deed(article, why)
        if move.name == "_publish" and not result.held:
            settle_section(request, article)
        self.log_deed(request, article, str(move.label))
        if result.held:
            self.message_user(request, lacking(article), messages.ERROR)
            return self._to_article(article)
        self.message_user(request, told(article, move), messages.SUCCESS)
        return self.response_post_save_change(request, article)

    def _to_article(self, article: Article) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:corpusapp_article_change", args=[article.pk]))


def _doubts(request: HttpRequest, article: Article) -> list[Words]:
    open_ones = article.doubts.open().filter(holds=True)
    sentences = [words_for(code).sentence for code in open_ones.values_list("code", flat=True)]
    section = new_section(article)
    if section and may_confirm_section(request, section):
        text = _("“%(name)s” is a new section: readers will find it in the menu.")
        sentences.append(text % {"name": section})
    return sentences


def effects_of(move: Move, article: Article) -> Iterator[str]:
    """What readers and the desk will find otherwise, in sentences; 2 queries."""
    if move.name == "_publish":
        yield from _appearing(article)
        return
    planned = article.live_from and not article.is_public() and article.state == "published"
    if article.is_public():
        yield from _vanishing(move, article)
    elif planned and article.live_from:
        moment = f"{timezone.localtime(article.live_from):%Y-%m-%d %H:%M}"
        yield _("Readers have not seen it; it will not appear on %(moment)s.") % {"moment": moment}
    else:
        yield _("Readers do not see it now, so nothing changes for them.")
    if move.name == "_bin":
        yield _("It leaves every list of the desk but the bin, from which it can be brought back.")


def _appearing(article: Article) -> Iterator[str]:
    planned = article.live_from if article.live_from and not article.is_public() else None
    for address in _addresses(article):
        if planned and planned > timezone.now():
            moment = f"{timezone.localtime(planned):%Y-%m-%d %H:%M}"
            text = _("From %(moment)s on readers find it at %(address)s.")
            yield text % {"moment": moment, "address": address}
        else:
            yield _("Readers find it at %(address)s.") % {"address": address}
    yield _("It stands in the lists, the feeds, the search and the sitemap.")


def _vanishing(move: Move, article: Article) -> Iterator[str]:
    for address in _addresses(article):
        if move.name == "_withdraw":
            text = _("%(address)s answers that the article was withdrawn.")
        else:
            text = _("%(address)s answers as if there had never been an article.")
        yield text % {"address": address}
    if move.name == "_withdraw":
        if article.withdrawal_note:
            text = _("Readers who come there are told: “%(note)s”")
            yield text % {"note": article.withdrawal_note}
        else:
            yield _("Readers who come there are told no reason: the withdrawal note is empty.")
    yield _("It leaves the lists, the feeds, the search and the sitemap at once.")
    leading = InnerLink.objects.filter(
        target=article.public_id, article__in=Article.objects.published()
    ).count()
    if leading:
        yield ngettext(
            "The link to it in %(count)s other article leads nowhere then.",
            "The links to it in %(count)s other articles lead nowhere then.",
            leading,
        ) % {"count": number_format(leading)}
    if article.series:
        yield _("The series “%(series)s” goes on without it.") % {"series": article.series}


def _addresses(article: Article) -> Iterator[str]:
    """Its own, and that of its rendition."""
    for shelf in shelves_of(article):
        with override(shelf):  # and not for who goes on with it: nothing is yielded within
            articles = reverse("public:articles")
        yield f"{articles}{article.public_id}/"
