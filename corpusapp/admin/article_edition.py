"""The editions of one piece: which there are, which are missing, and how they come together and apart."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corpusapp.admin.desk import row_ids
from corpusapp.admin.rights import is_in_own_section, may_change, may_publish
from corpusapp.admin.trailed import Trailed
from corpusapp.editing.editions import (
    SameLanguageError,
    SamePieceError,
    begin,
    clash,
    editions_of,
    link,
    part,
    promote,
)
from corpusapp.models import Article
from corpusapp.text.han import OTHER

BUTTON = "_edition"
LANGUAGES: tuple[tuple[str, str | Promise], ...] = (
    ("en", gettext_lazy("English")),
    ("zh-Hans", gettext_lazy("Simplified Chinese")),
    ("zh-Hant", gettext_lazy("Traditional Chinese")),
)
_IN_ADDRESS = re.compile(r"/articles/([0-9a-z]{8})(?:[/?#.]|$)")
_ID = re.compile(r"[0-9a-z]{8}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A language of the site in which the piece has no edition."""

    language: str
    name: str | Promise
    is_converted: bool  # readers have a rendition there once the other script is public


def edition_label(request: HttpRequest, article: Article | None) -> str:
    """What the button says; "" where there is nothing to make, or not by who asks."""
    if article is None or not may_make_editions(request) or article.binned_at:
        return ""
    other = OTHER.get(article.language)
    if other is None or _edition_in(article, other):
        return ""
    if other == "zh-Hans":
        return _("Make an edition in Simplified Chinese")
    return _("Make an edition in Traditional Chinese")


def may_make_editions(request: HttpRequest) -> bool:
    return may_publish(request) and request.user.has_perm("corpusapp.add_article")


def may_begin(request: HttpRequest, article: Article) -> bool:
    """Whoever may begin articles; an editor of some sections in these alone."""
    if not request.user.has_perm("corpusapp.add_article") or article.binned_at:
        return False
    return not may_publish(request) or is_in_own_section(request, article)


def missing(editions: list[Article]) -> list[Missing]:
    there = {edition.language for edition in editions}
    public = {edition.language for edition in editions if not edition.binned_at}
    return [
        Missing(language, name, OTHER.get(language) in public)
        for language, name in LANGUAGES
        if language not in there
    ]


def _edition_in(article: Article, language: str) -> Article | None:
    return Article.objects.filter(
        translation_key=article.translation_key, language=language
    ).first()


class ArticleChoice(forms.CharField):
    """An article by its public id, its address, or its exact title."""

    def clean(self, value: Any) -> Any:
        words = str(super().clean(value) or "").strip()
        if not words:
            return None
        found = _IN_ADDRESS.search(words)
        public_id = found[1] if found else words
        articles = Article.objects.filter(binned_at__isnull=True).defer("body", "rendered")
        if _ID.fullmatch(public_id) and (article := articles.filter(public_id=public_id).first()):
            return article
        titled = list(articles.filter(title=words)[:2])
        if len(titled) != 1:
            raise ValidationError(
                _("There is no article of that title or id, or more than one: write its id."),
                code="invalid",
            )
        return titled[0]


class LinkForm(forms.Form):
    other = ArticleChoice(
        label=gettext_lazy("The same piece in another language"),
        help_text=gettext_lazy("Its title, its public id or its address."),
        max_length=2000,
        required=False,
    )


class BeginForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    text = forms.ChoiceField(
        label=gettext_lazy("Text"),
        choices=(
            ("base", gettext_lazy("Begin with the text of this edition")),
            ("empty", gettext_lazy("Begin with an empty page")),
        ),
        initial="base",
        widget=forms.RadioSelect,
    )

    def __init__(self, lacking: list[Missing], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [(one.language, one.name) for one in lacking]


class EditionPages(Trailed):
    """Mixed into the desk of articles."""

    def get_urls(self) -> list[URLPattern]:
        editions = path(
            "<path:object_id>/editions/",
            self.admin_site.admin_view(self.editions_view),
            name="corpusapp_article_editions",
        )
        return [editions, *super().get_urls()]

    def make_edition(self, request: HttpRequest, article: Article) -> HttpResponse:
        """The form is saved by now; what is made of the article leads on to its own page."""
        if not may_make_editions(request) or article.language not in OTHER:
            raise PermissionDenied
        edition = _edition_in(article, OTHER[article.language])
        if edition is None:
            edition = promote(article)
            self.log_begun(request, edition)
            text = _("This draft was converted automatically. Correct it, then publish it.")
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:corpusapp_article_change", args=[edition.pk]))

    def editions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Which editions there are, and what can be done about those that are missing."""
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        editions = editions_of(article)
        if request.method == "POST":
            if done := self._done(request, article, editions):
                return done
            return HttpResponseRedirect(request.path)
        lacking = missing(editions)
        form = LinkForm(request.GET if request.GET.get("other") else None)
        other = form.cleaned_data["other"] if form.is_bound and form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Editions"),
            "subtitle": str(article),
            "article": article,
            "editions": editions,
            "lacking": lacking,
            "begin": BeginForm(lacking) if lacking and may_begin(request, article) else None,
            "form": form if self._may_link(request, editions) else None,
            "found": self._found(request, article, other) if other else None,
            "find": reverse("admin:corpusapp_article_find"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/corpusapp/article/editions.html", context)

    def _may_link(self, request: HttpRequest, editions: list[Article]) -> bool:
        """What one edition is linked to, all of them are: it takes the right to each."""
        return may_publish(request) and all(may_change(request, one) for one in editions)

    def _found(self, request: HttpRequest, article: Article, other: Article) -> dict[str, Any]:
        """What linking the two would do, or why it cannot be."""
        coming = editions_of(other)
        names = dict(LANGUAGES)
        twice = [] if _is_same(article, other) else sorted(clash(article, other))
        return {
            "other": other,
            "coming": coming,
            "is_same": _is_same(article, other),
            "twice": [names.get(language, language) for language in twice],
            "may": self._may_link(request, coming),
        }

    def _done(
        self, request: HttpRequest, article: Article, editions: list[Article]
    ) -> HttpResponse | None:
        """Do what was posted; an answer where it leads to another page."""
        if "_begin" in request.POST:
            return self._begin(request, article, editions)
        if not self._may_link(request, editions):
            raise PermissionDenied
        if "_link" in request.POST:
            self._link(request, article)
        if "_part" in request.POST:
            gone = part(article, row_ids(request.POST.getlist("edition")))
            text = ngettext(
                "%(count)s edition stands on its own now.",
                "%(count)s editions stand on their own now.",
                gone,
            )
            if not gone:
                text = _("Choose which editions are to leave; one has to stay.")
            level = messages.SUCCESS if gone else messages.WARNING
            self.message_user(request, text % {"count": gone}, level)
        return None

    def _begin(
        self, request: HttpRequest, article: Article, editions: list[Article]
    ) -> HttpResponse | None:
        if not may_begin(request, article):
            raise PermissionDenied
        form = BeginForm(missing(editions), request.POST)
        if not form.is_valid():
            self._say_there_is_one(request)
            return None
        language = form.cleaned_data["language"]
        try:
            edition = begin(article, language, with_text=form.cleaned_data["text"] == "base")
        except SameLanguageError:  # somebody was quicker
            self._say_there_is_one(request)
            return None
        self.log_begun(request, edition)
        text = _("This is the new edition, a draft. Authors, section, tags and date came along.")
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:corpusapp_article_change", args=[edition.pk]))

    def _say_there_is_one(self, request: HttpRequest) -> None:
        text = _("This piece already has an edition in that language.")
        self.message_user(request, text, messages.WARNING)

    def _link(self, request: HttpRequest, article: Article) -> None:
        form = LinkForm(request.POST)
        other = form.cleaned_data["other"] if form.is_valid() else None
        if other is None:
            text = _("There is no such article any more.")
            self.message_user(request, text, messages.WARNING)
            return
        if not self._may_link(request, editions_of(other)):
            raise PermissionDenied
        try:
            link(article, other)
        except SameLanguageError as error:
            names = dict(LANGUAGES)
            said = ", ".join(str(names.get(one, one)) for one in error.languages)
            text = _("Not linked: there would be two editions in one language (%(languages)s).")
            self.message_user(request, text % {"languages": said}, messages.ERROR)
        except SamePieceError:
            text = _("The two are editions of one piece already.")
            self.message_user(request, text, messages.INFO)
        else:
            text = _("“%(article)s” is an edition of this piece now.")
            self.message_user(request, text % {"article": other}, messages.SUCCESS)


def _is_same(article: Article, other: Article) -> bool:
    return bool(article.translation_key == other.translation_key)
