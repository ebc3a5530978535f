"""What an editor answers on the review screen besides deciding: lines, candidates, conflicts, new names.

The form is saved by then, so that nothing typed is lost with an answer that is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.article_doubts import COMPARED
from corpusapp.admin.conflicts import ConflictPages, open_conflicts
from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import Words, field_words
from corpusapp.admin.merging_names import may_merge, words_of
from corpusapp.admin.new_sections import may_confirm_section, new_section
from corpusapp.admin.part_words import part_words
from corpusapp.admin.possible_duplicate import decide_pair, may_decide
from corpusapp.admin.rights import (
    OtherSectionError,
    is_limited,
    other_sections,
    within_sections,
)
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.likenesses import Proposal, proposals
from corpusapp.editing.merging_names import CannotMergeError, merge
from corpusapp.editing.naming import confirm_names, confirm_sections
from corpusapp.editing.placing import place_in_section
from corpusapp.importing.bases import latest_capture
from corpusapp.models import Article, Author, PossibleDuplicate, Section


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
_SHOWN = 80  # characters of a line
_PROPOSED = 3  # new names for which others are looked up


class ReviewAnswers(ConflictPages, Trailed):
    """Mixed into the desk of articles, below `ReviewPages`."""

    def answered(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what the pressed button answers; None where it was none of these."""
        for button, answer in (
            ("_give", self._give),
            ("_remake", self._give),
            ("_take", self._take),
            ("_take_conflict", self._settle),
            ("_keep_conflict", self._settle),
            ("_keep_both", self._keep_both),
            ("_same", self._same),
            ("_new_name", self._new),
            ("_keep_section", self._keep_section),
            ("_drop_section", self._drop_section),
        ):
            if button in request.POST:
                return answer(request, article)
        return None

    def _give(self, request: HttpRequest, article: Article) -> HttpResponse:
        engine = _engine()
        user: Any = request.user
        numbers = row_ids(request.POST.getlist("lines"))
        part = request.POST.get("_give", "judged")
        latest = latest_capture(article)
        if "_give" in request.POST and (not numbers or part not in _PARTS):
            self.message_user(request, _("Choose lines of the capture first."), messages.WARNING)
            return again(article)
        if latest is None:
            return again(article)

        def give() -> Any:
            if "_remake" in request.POST:
                return engine.remake_body(latest.pk, user)
            meant = None if part == "judged" else engine.Part(part)
            # what is learned of a source concerns the articles of all sections
            return engine.give(latest.pk, numbers, meant, user, teaches=not is_limited(request))

        given = self._unless_refused(request, article, part, give)
        if given is None:
            return again(article, numbers)
        if given.fields:
            names = ", ".join(str(field_words(name)) for name in given.fields)
            text = _("Given lines of the capture: %s.") % names
            self.log_change(request, article, text)
            # whoever sees the page finds it there
            self.message_user(request, text, messages.SUCCESS, extra_tags="visually-hidden")
        self._tell_given(request, article, given)
        return again(article, numbers)

    def _tell_given(self, request: HttpRequest, article: Article, given: Any) -> None:
        if "body" in given.kept:
            text = _("The text was written by hand, so it stays as it is. The lines are noted.")
            self.message_user(request, text, messages.WARNING)
        for line in given.learned:
            there = reverse("admin:corpusapp_importrun_reextract")
            link = format_html(
                '{} <a href="{}?source={}&amp;look=1">{}</a>',
                _("Learned: “%(line)s” is furniture of this source from now on.")
                % {"line": line[:80]},
                there,
                article.source_id or "",
                _("Read its other captures again"),
            )
            self.message_user(request, link, messages.SUCCESS)

    def _take(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Take what a doubt offers: "doubt:place" among its candidates."""
        number, _colon, place = request.POST["_take"].partition(":")
        doubts = article.doubts.open().exclude(code__in=COMPARED)
        doubt = doubts.filter(pk__in=row_ids([number])).first()
        index = row_ids([place])
        if doubt is None or not index or index[0] >= len(doubt.candidates):
            self.message_user(request, _("That doubt is settled already."), messages.INFO)
            return again(article)
        engine = _engine()
        words = str(doubt.candidates[index[0]])
        user: Any = request.user

        def take() -> bool:
            engine.take_candidate(article.pk, doubt.field, words, user)
            return True

        if self._unless_refused(request, article, doubt.field, take):
            field = field_words(doubt.field)
            log = _("Taken from what was offered: %(field)s.") % {"field": field}
            self.log_change(request, article, log)
        return again(article)

    def _unless_refused(
        self, request: HttpRequest, article: Article, part: str, deed: Callable[[], Any]
    ) -> Any:
        """What the deed gives; None, with a message and nothing done, where it cannot or may not be."""
        engine = _engine()
        try:
            with within_sections(request, [article.pk]):
                return deed()
        except engine.REFUSALS as error:
            self.message_user(request, _not_given(error, part), messages.ERROR)
        except OtherSectionError:
            self.message_user(request, other_sections(), messages.ERROR)
        return None

    def _settle(self, request: HttpRequest, article: Article) -> HttpResponse:
        taking = "_take_conflict" in request.POST
        ids = row_ids([request.POST["_take_conflict" if taking else "_keep_conflict"]])
        doubt = open_conflicts().filter(pk__in=ids, article=article).first()
        if doubt is None:
            self.message_user(request, _("That conflict is decided already."), messages.INFO)
        else:
            self.decide_conflict(request, doubt, taking=taking)
        return again(article)

    def _keep_both(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The article and the one like it are two pieces; any other answer is given beside both texts."""
        pairs = PossibleDuplicate.objects.filter(Q(earlier=article) | Q(later=article))
        pair = pairs.filter(pk__in=row_ids([request.POST["_keep_both"]])).first()
        if pair is None:
            self.message_user(request, _("That doubt is settled already."), messages.INFO)
        elif not may_decide(request, pair):  # and what was typed is saved all the same
            self.message_user(request, other_sections(), messages.ERROR)
        else:
            decide_pair(request, pair, "keep_both")
        return again(article)

    def _same(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The new name is somebody who is known: "new:known", authors both."""
        if not may_merge(request):
            raise PermissionDenied
        new, _colon, known = request.POST["_same"].partition(":")
        author = _new_names(article).filter(pk__in=row_ids([new])).first()
        kept = Author.objects.filter(pk__in=row_ids([known]), merged_into=None).first()
        user: Any = request.user
        try:
            if author is None or kept is None:
                raise CannotMergeError  # noqa: TRY301 - told below like any other
            merge(kept, author, user)
        except CannotMergeError:
            text = _("Somebody has decided meanwhile who that is.")
            self.message_user(request, text, messages.INFO)
            return again(article)
        undo = reverse("admin:corpusapp_author_merge", args=[kept.pk])
        text = _("“%(gone)s” is part of “%(kept)s” now. Its address leads there.")
        sentence = text % {"gone": author, "kept": kept}
        link = format_html('{} <a href="{}">{}</a>', sentence, undo, _("Undo"))
        self.message_user(request, link, messages.SUCCESS)
        return again(article)

    def _new(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The new name is that of somebody new."""
        if not may_confirm_names(request):
            raise PermissionDenied
        author = _new_names(article).filter(pk__in=row_ids([request.POST["_new_name"]])).first()
        if author is not None and confirm_names([author.pk]):
            text = _("“%(name)s” is an author of their own.")
            self.message_user(request, text % {"name": author}, messages.SUCCESS)
        return again(article)

    def _keep_section(self, request: HttpRequest, article: Article) -> HttpResponse:
        """What the capture took for a section is one."""
        section = _pressed_section(article, request.POST["_keep_section"])
        if section and not may_confirm_section(request, section):
            raise PermissionDenied
        if section and confirm_sections([section.pk]):
            text = _("“%(name)s” is a section of this publication.")
            self.message_user(request, text % {"name": section}, messages.SUCCESS)
        return again(article)

    def _drop_section(self, request: HttpRequest, article: Article) -> HttpResponse:
        """It is none: the article stands in no section, and no later capture puts it there again."""
        section = _pressed_section(article, request.POST["_drop_section"])
        if section is None:
            return again(article)
        try:
            with within_sections(request, [article.pk]):
                place_in_section([article.pk], None)
        except OtherSectionError:
            self.message_user(request, other_sections(), messages.ERROR)
            return again(article)
        text = _("“%(name)s” is no section of this article.") % {"name": section}
        self.log_change(request, article, text)
        self.message_user(request, text, messages.SUCCESS)
        return again(article)


def _pressed_section(article: Article, number: str) -> Section | None:
    """The new section that a button was pressed for, if it is still the article's."""
    section = new_section(article)
    return section if section and [section.pk] == row_ids([number]) else None


def _new_names(article: Article) -> QuerySet[Author]:
    return Author.objects.filter(
        pk__in=article.bylines.values("author"), is_new=True, merged_into=None
    )


def may_confirm_names(request: HttpRequest) -> bool:
    return request.user.has_perm("corpusapp.change_author")


def new_names(
    request: HttpRequest, article: Article
) -> list[tuple[Author, list[tuple[Proposal, Words, int]]]]:
    """The new names that sign an article; to some of them, who they may be, and how many articles go over."""
    may = may_merge(request)
    shown = []
    for number, author in enumerate(_new_names(article)):
        found = proposals(author) if may and number < _PROPOSED else []
        count = author.bylines.values("article").distinct().count() if found else 0
        shown.append((author, [(one, words_of(one.likeness), count) for one in found]))
    return shown


def again(article: Article, lines: list[int] | None = None) -> HttpResponse:
    """The same screen, at the line that was given."""
    here = reverse("admin:corpusapp_article_review", args=[article.pk])
    return HttpResponseRedirect(f"{here}#line-{lines[-1]}" if lines else here)


def _engine() -> Any:
    """What gives lines brings the whole of extraction along: only when somebody does."""
    from corpusapp.importing import giving  # noqa: PLC0415

    return giving


def _not_given(error: Any, part: str) -> str:
    """Why a line cannot be what it was said to be, for people."""
    code = type(error).__name__
    if code == "TooLongError":
        text = _(
            "Too long for this field (%(field)s): %(length)s characters, and it holds %(most)s."
            " Nothing was changed; write it in the field yourself."
        )
        lengths = {"length": number_format(error.length, force_grouping=True), "most": error.most}
        return text % {"field": part_words(part), **lengths}
    if code == "NoNameError":
        text = _(
            "“%(words)s” is too long for a name (%(field)s). Nothing was changed; if it is one, say so in the field yourself."
        )
        if error.is_date:
            text = _(
                "“%(words)s” is a date and no name (%(field)s). Nothing was changed; if it is one, say so in the field yourself."
            )
        return text % {"words": Truncator(error.name).chars(_SHOWN), "field": part_words(part)}
    if code == "NeededError":
        return _("A published article needs a title and a text: give it another line first.")
    if code == "NothingInItError":
        if part == "post":
            return _("Nobody signs the article yet: first say who does, then what they were.")
        return _("No %(field)s can be read in that line.") % {"field": part_words(part)}
    return _("The text of this capture cannot be read any more.")
