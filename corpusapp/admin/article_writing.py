"""What the page of an article offers to a writer: a look at the text, pasting, links, and tidying."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, QueryDict
from django.urls import URLPattern, path
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpusapp.admin.article_pictures import undescribed
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.formats.html.pasted import read_pasted
from corpusapp.models import Article, State
from corpusapp.text import markdown, reading
from corpusapp.text.folding import clean
from corpusapp.text.footnotes import unnamed
from corpusapp.text.inner_links import linked_ids, with_marks
from corpusapp.text.languages import detect
from corpusapp.text.tidying import Slip, slips, tidied

LOOK_AT, TIDY, TIDY_TAKE = "_look", "_tidy", "_tidy_take"
_TIDIED = ("title", "standfirst", "body")
_MOST_FOUND = 10
_WIDE = ("zh", "ja")  # languages whose punctuation is as wide as their characters
_MOST_NAMED = 2  # authors of an article in a list to choose from
_LONGEST_PASTE = 2_000_000  # characters of HTML
_LONGEST_NUMBER = 6  # of a footnote, in digits


@dataclass(frozen=True, slots=True)
class ShownSlip:
    token: str  # field and number
    kind: Words
    before: str
    goes: str
    comes: str
    after: str


@dataclass(frozen=True, slots=True)
class Tidying:
    """The slips of one field."""

    field: str
    words: Words
    mark: str  # of the text they were found in: their numbers hold for no other
    slips: list[ShownSlip]


@dataclass(frozen=True, slots=True)
class LostLink:
    """A link to an article that readers cannot follow."""

    public_id: str
    title: str  # "" where there is no such article
    state: str
    pk: int | None


class Writing(admin.ModelAdmin):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("rendered/", view(self.rendered_view), name="corpusapp_article_rendered"),
            path("pasted/", view(self.pasted_view), name="corpusapp_article_pasted"),
            path("find/", view(self.find_view), name="corpusapp_article_find"),
            *super().get_urls(),
        ]

    def rendered_view(self, request: HttpRequest) -> HttpResponse:
        """The posted text as readers would see it, how long it is, and what is amiss; as JSON."""
        if refusal := self._refusal(request):
            return refusal
        body, language = _body(request.POST), request.POST.get("language", "")
        return JsonResponse(
            {
                "html": as_read(body),
                "length": length_in_words(body, language),
                "amiss": [*amiss(body), *filter(None, [other_language(body, language)])],
            }
        )

    def pasted_view(self, request: HttpRequest) -> HttpResponse:
        """The posted HTML of a clipboard as Markdown, with nothing in it that a text cannot have.

        Its footnotes are given apart, for they stand at the end of the whole text.
        """
        if refusal := self._refusal(request):
            return refusal
        html = request.POST.get("html", "")
        if len(html) > _LONGEST_PASTE:
            return JsonResponse({"said": _("Too long to be pasted at once.")}, status=413)
        try:
            pasted = read_pasted(html, _notes_before(request.POST))
        except ExtractionError:
            return JsonResponse({"said": _("That cannot be pasted as it is.")}, status=422)
        answer = {"markdown": clean(pasted.text)}
        if pasted.notes:
            answer["notes"] = clean(pasted.notes)
        return JsonResponse(answer)

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Articles to link to, by words of the title, an author, a file or the public id; 10 at most."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("q", "")[:200].strip()
        found: QuerySet[Any] = Article.objects.filter(binned_at__isnull=True)
        found = found.order_by("-published_order", "-pk")
        if asked:
            found, _twice = self.get_search_results(request, found, asked)
        rows = found.prefetch_related("bylines__author").only(
            *("public_id", "title", "language", "state", "live_from", "binned_at", "published_on")
        )
        items = [
            {
                "id": row.public_id,
                "title": str(row),
                "language": row.language,
                "about": told_apart(row),
            }
            for row in rows[:_MOST_FOUND]
        ]
        return JsonResponse({"items": items})

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        return None

    # For the page of an article -----------------------------------------------------------------

    def tidied_instead(self, request: HttpRequest) -> QueryDict | None:
        """The posted form with the chosen slips mended, if that is what was asked for."""
        if TIDY_TAKE not in request.POST:
            return None
        posted = request.POST.copy()
        chosen = set(posted.getlist("slip"))
        for tidying in _tidyings(posted):
            if posted.get(f"tidy-{tidying.field}") != tidying.mark:
                continue  # it was written in meanwhile: the slips are shown anew
            text = _text(posted, tidying.field)
            found = slips(text, posted.get("language", ""))
            picked = [
                slip for place, slip in enumerate(found) if f"{tidying.field}:{place}" in chosen
            ]
            posted[tidying.field] = tidied(text, picked)
        return posted

    def writing(self, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
        """What the page shows besides the form: the preview and the slips, where they were asked for."""
        added: dict[str, Any] = {}
        posted = request.POST
        form = context["adminform"].form
        body = str(form["body"].value() or "") if "body" in form.fields else ""
        added["amiss"] = amiss(body)
        added["lost_links"] = lost_links(body)
        if LOOK_AT in posted:
            added["preview_html"] = as_read(_body(posted))
        if TIDY in posted or TIDY_TAKE in posted:
            added["tidyings"] = _tidyings(posted)
            added["other_language"] = other_language(_body(posted), posted.get("language", ""))
            added["has_tidied"] = TIDY_TAKE in posted
        return added


def as_read(body: str) -> str:
    """A text as readers see it; of a link that they will not see, why; 1 query, or none without links."""
    html = markdown.render(body)
    lost = {link.public_id: link for link in lost_links(body)}
    if not lost:
        return html

    def why(public_id: str) -> str:
        link = lost.get(public_id)
        if link is None:
            return ""
        if link.pk is None:
            return _("no such article: readers see no link")
        return _("%(state)s: readers see no link") % {"state": link.state}

    return with_marks(html, why)


def length_in_words(body: str, language: str) -> str:
    """How long a text is and takes, in a sentence."""
    units = reading.words(markdown.plain(body))
    counted = number_format(units, force_grouping=True)
    if language.startswith(_WIDE):
        text = ngettext("%(count)s character", "%(count)s characters", units)
    else:
        text = ngettext("%(count)s word", "%(count)s words", units)
    minutes = reading.minutes(units, language)
    return f"{text % {'count': counted}} · " + _("%(minutes)s min read") % {"minutes": minutes}


def amiss(body: str) -> list[str]:
    """What a writer should look at, in sentences; 1 query, or none without pictures."""
    labels = unnamed(body) if "[^" in body else []
    notes = [
        _("Footnote “%(label)s” has a mark without a note, or a note without a mark.")
        % {"label": label}
        for label in labels[:20]
    ]
    pictures = [
        _("The picture “%(name)s” stands here without a word on what it shows.") % {"name": name}
        for name in undescribed(body)[:20]
    ]
    return notes + pictures


def other_language(body: str, language: str) -> str:
    """That a text is Chinese or Japanese and its article's language says otherwise; "" if not."""
    found = detect(markdown.plain(body), language or "en")
    if not found.startswith(_WIDE) or not language or language.startswith(_WIDE):
        return ""
    text = _(
        "The text reads like “%(found)s”, and the language of the article is “%(language)s”."
        " With the right language, half-width punctuation is looked for as well."
    )
    return text % {"found": found, "language": language}


def state_of(article: Article) -> str:
    """Its state; "scheduled" is none of its own, and yet no reader sees the article."""
    if article.state == State.PUBLISHED and not article.is_public():
        return _("Scheduled")
    return str(article.get_state_display())


def told_apart(article: Article) -> str:
    """What tells it from another one of the same title: language, state, year and authors."""
    year = f"{article.published_on:%Y}" if article.published_on else _("undated")
    names = [byline.printed_name for byline in article.bylines.all()]
    shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
    return " · ".join(filter(None, (article.language, state_of(article), year, shown)))


def lost_links(body: str) -> list[LostLink]:
    """The links of a text that lead readers nowhere; 1 query, or none without links."""
    wanted = linked_ids(body, settings.SITE_URL)
    if not wanted:
        return []
    rows = Article.objects.filter(public_id__in=wanted).only(
        "public_id", "title", "state", "live_from", "binned_at"
    )
    known = {row.public_id: row for row in rows}
    lost = []
    for public_id in wanted:
        row = known.get(public_id)
        if row is None:
            lost.append(LostLink(public_id, "", "", None))
        elif not row.is_public():
            state = _("in the bin") if row.binned_at else state_of(row)
            lost.append(LostLink(public_id, str(row), state, row.pk))
    return lost


def _notes_before(posted: QueryDict) -> int:
    """The highest number that a footnote of the text has already."""
    number = posted.get("notes_before", "")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n")


def _body(posted: QueryDict) -> str:
    return clean(_text(posted, "body"))


def _tidyings(posted: QueryDict) -> list[Tidying]:
    found = []
    for name in _TIDIED:
        text = _text(posted, name)
        shown = [
            _shown(name, place, slip, text)
            for place, slip in enumerate(slips(text, posted.get("language", "")))
        ]
        if shown:
            mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
            found.append(Tidying(name, field_words(name), mark, shown))
    return found


def _shown(name: str, place: int, slip: Slip, text: str) -> ShownSlip:
    before, goes, comes, after = slip.shown(text)
    kinds = {
        "space": _("a space too many"),
        "side": _("a space on the wrong side"),
        "quote": _("a quotation mark the wrong way round"),
        "width": _("half-width punctuation"),
    }
    return ShownSlip(f"{name}:{place}", kinds[slip.kind], before, goes, comes, after)
