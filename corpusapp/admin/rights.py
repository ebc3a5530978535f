"""Who may do what to which article. Asked on the server for every action and every object.

Whoever may publish may change every article. Others with the right to change articles change their
own, which are those they began themselves at the desk, and only until readers can see them.
"""

from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from corpusapp.models import Article, State

PUBLISH = "corpusapp.publish_article"
CHANGE = "corpusapp.change_article"
BULK = "corpusapp.bulk_edit_article"

_UNFINISHED = (State.REVIEW, State.DRAFT)


def own_article_ids(user: Any) -> list[int]:
    """Ids of the articles this person began by hand, as the desk's log has it."""
    begun = LogEntry.objects.filter(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(Article),
        action_flag=ADDITION,
    )
    return [int(pk) for pk in begun.values_list("object_id", flat=True) if pk]


def own(request: HttpRequest) -> list[int]:
    """The same for who asks, once per request."""
    if not hasattr(request, "_own_articles"):
        request._own_articles = own_article_ids(request.user)  # type: ignore[attr-defined] # noqa: SLF001
    ids: list[int] = request._own_articles  # type: ignore[attr-defined] # noqa: SLF001
    return ids


def may_publish(request: HttpRequest) -> bool:
    return request.user.has_perm(PUBLISH)


def may_change(request: HttpRequest, article: Article) -> bool:
    if not request.user.has_perm(CHANGE):
        return False
    if may_publish(request):
        return True
    return article.state in _UNFINISHED and article.binned_at is None and article.pk in own(request)


def changeable(request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` that who asks may change: `may_change`, of many."""
    if not request.user.has_perm(CHANGE):
        return articles.none()
    if may_publish(request):
        return articles
    return articles.filter(Q(state__in=_UNFINISHED, binned_at__isnull=True), pk__in=own(request))
