"""Whose articles are whose, asked of a person: at the desk, and again when work of theirs is carried out later.

Whoever may publish may change every article; an editor whom sections name (`Section.editors`) those of
these sections. Others with the right to change articles change their own, which are those they
began themselves at the desk, and only until readers can see them.
"""

from functools import cached_property
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from corpusapp.models import Article, Section, State

PUBLISH = "corpusapp.publish_article"
CHANGE = "corpusapp.change_article"

UNFINISHED = (State.REVIEW, State.DRAFT)


def own_article_ids(user: Any) -> list[int]:
    """Ids of the articles this person began by hand, as the desk's log has it."""
    begun = LogEntry.objects.filter(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(Article),
        action_flag=ADDITION,
    )
    return [int(pk) for pk in begun.values_list("object_id", flat=True) if pk]


class Rights:
    """What one person may do, as it stands when it is first asked: two queries at most."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def begun(self) -> list[int]:
        return own_article_ids(self.user)

    @cached_property
    def sections(self) -> frozenset[int] | None:
        """Ids of the sections whose editor this person is, and of no others; None: all."""
        return Section.objects.limiting(self.user)

    @property
    def may_publish(self) -> bool:
        """At all; which articles, `publishable` says."""
        return bool(self.user.has_perm(PUBLISH))

    @property
    def filing_sections(self) -> frozenset[int] | None:
        """Ids of the sections into which articles may be moved; None: any, and none at all.

        Authors say freely where a draft belongs: it is an editor of that section who publishes it.
        """
        return self.sections if self.may_publish else None

    def may_file(self, section: int | None) -> bool:
        sections = self.filing_sections
        return sections is None or section in sections

    def publishable(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Those of `articles` that may be published and withdrawn."""
        if not self.may_publish:
            return articles.none()
        return articles if self.sections is None else articles.filter(section__in=self.sections)

    def changeable(self, articles: QuerySet[Article]) -> QuerySet[Article]:
        """Those of `articles` that may be changed."""
        if not self.user.has_perm(CHANGE):
            return articles.none()
        sections = self.sections if self.may_publish else frozenset()
        if sections is None:
            return articles
        begun = Q(state__in=UNFINISHED, binned_at__isnull=True, pk__in=self.begun)
        return articles.filter(begun | Q(section__in=sections) if sections else begun)
