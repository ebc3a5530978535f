"""Who may do what to which article. Asked on the server for every action and every object.

Whose articles are whose, `editing.rights` says; here it is asked of a request.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from corpusapp.editing.rights import CHANGE, PUBLISH, UNFINISHED, Rights
from corpusapp.models import Article, Author, Picture


def rights_of(request: HttpRequest) -> Rights:
    """Of who asks; what has to be looked up for them is looked up once per request."""
    asked: Any = request
    if not hasattr(asked, "_rights"):
        asked._rights = Rights(request.user)  # noqa: SLF001 - noted on the request
    rights: Rights = asked._rights  # noqa: SLF001
    return rights


def own(request: HttpRequest) -> list[int]:
    """Ids of the articles that who asks began by hand."""
    return rights_of(request).begun


def own_sections(request: HttpRequest) -> frozenset[int] | None:
    """Ids of the sections whose editor who asks is, and of no others; None: all."""
    return rights_of(request).sections


def is_limited(request: HttpRequest) -> bool:
    """Whether who asks edits some sections only: then what concerns all of them is not theirs to do."""
    return own_sections(request) is not None


class ForAllSections(BaseModelAdmin):
    """Mixed into desks of what stands above sections: who edits some of them looks, and no more."""

    def is_theirs(self, request: HttpRequest, _obj: Any = None) -> bool:
        return not is_limited(request)

    def has_add_permission(self, request: HttpRequest, *obj: Any) -> bool:
        return super().has_add_permission(request, *obj) and not is_limited(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self.is_theirs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_limited(request)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """For the menu that stands on every page of the desk: no query of its own."""
        return {
            "add": super().has_add_permission(request),
            "change": super().has_change_permission(request),
            "delete": super().has_delete_permission(request),
            "view": self.has_view_permission(request),
        }


class NamesOfAll(ForAllSections):
    """The same for names that articles of all sections share: a review needs new ones from everybody."""

    def has_add_permission(self, request: HttpRequest, *obj: Any) -> bool:
        return super(ForAllSections, self).has_add_permission(request, *obj)


def is_in_own_section(request: HttpRequest, article: Article) -> bool:
    sections = own_sections(request)
    return sections is None or article.section_id in sections


class OtherSectionError(Exception):
    """Something would have moved an article into a section that is not of who asks, or into none."""


def other_sections() -> str:
    """What is said then."""
    return _("You are the editor of other sections than this.")


def filing_sections(request: HttpRequest) -> frozenset[int] | None:
    """Ids of the sections into which who asks may move articles; None: any, and none at all."""
    return rights_of(request).filing_sections


def may_file(request: HttpRequest, section: int | None) -> bool:
    return rights_of(request).may_file(section)


@contextmanager
def within_sections(request: HttpRequest, article_ids: Collection[int]) -> Iterator[None]:
    """Whatever is done to these articles within, none of them goes where who asks may file nothing.

    It asks what became of them, and not what was meant, so that it holds for every deed. Raises
    OtherSectionError, and nothing that was done within has happened then. 2 queries for an editor of
    some sections, none for others.
    """
    if filing_sections(request) is None:
        yield
        return
    articles = Article.objects.order_by().filter(pk__in=article_ids)
    with transaction.atomic():
        before = dict(articles.values_list("pk", "section"))
        yield
        for pk, section in articles.values_list("pk", "section"):
            if section != before.get(pk) and not may_file(request, section):
                raise OtherSectionError


def may_publish(request: HttpRequest) -> bool:
    """At all; which articles, `may_change` says."""
    return request.user.has_perm(PUBLISH)


def may_publish_it(request: HttpRequest, article: Article) -> bool:
    """Its own beginner may change an article of any section or none, and publish those of the own ones."""
    return may_publish(request) and is_in_own_section(request, article)


def publishable(request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` that who asks may publish and withdraw: `may_publish_it`, of many."""
    return rights_of(request).publishable(articles)


def may_change(request: HttpRequest, article: Article) -> bool:
    if not request.user.has_perm(CHANGE):
        return False
    if may_publish(request) and is_in_own_section(request, article):
        return True
    return article.state in UNFINISHED and article.binned_at is None and article.pk in own(request)


def is_own_picture(request: HttpRequest, picture: Picture) -> bool:
    """Whether all articles with this picture are theirs who asks; an author's portrait is nobody's alone.

    Once per request: 2 queries at most for an editor of some sections, none for others.
    """
    if not is_limited(request):
        return True
    asked: Any = request
    answers: dict[int, bool] = asked.__dict__.setdefault("_own_pictures", {})
    if picture.pk not in answers:
        in_text = Q(body__contains=f"/pictures/{picture.key}/")
        used = Article.objects.order_by().filter(Q(picture=picture) | in_text)
        theirs = changeable(request, Article.objects.order_by())
        elsewhere = used.exclude(pk__in=theirs.values("pk"))
        is_portrait = Author.objects.filter(portrait=picture).exists()
        answers[picture.pk] = not (is_portrait or elsewhere.exists())
    return answers[picture.pk]


def may_take_back(request: HttpRequest, article: Article) -> bool:
    """Who may put it in the bin may take it out, though in there it is not theirs to write."""
    if article.binned_at is None or not request.user.has_perm(CHANGE):
        return False
    mine = article.state in UNFINISHED and article.pk in own(request)
    return mine or may_change(request, article)


def concerning(request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` that are theirs who ask: to change, or to take back from the bin."""
    if not request.user.has_perm(CHANGE):
        return articles.none()
    sections = own_sections(request) if may_publish(request) else frozenset()
    if sections is None:
        return articles
    begun = Q(state__in=UNFINISHED, pk__in=own(request))
    return articles.filter(begun | Q(section__in=sections) if sections else begun)


def changeable(request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` that who asks may change: `may_change`, of many."""
    return rights_of(request).changeable(articles)
