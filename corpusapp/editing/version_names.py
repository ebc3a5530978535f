"""Name versions of an article, to find them again: any of them, with as many names as it needs.

A name that is changed or taken away goes to the trail, so that none is lost in passing.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from corpusapp.editing.history import History
from corpusapp.editing.trail import note
from corpusapp.models import Act, Article, VersionName

LONGEST = 100


class NameTakenError(Exception):
    """A name is that of one version, or it would find none."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"another version is called {name!r}")


def name_version(
    history: History, number: int, name: str, user: AbstractBaseUser | None
) -> VersionName:
    """Give version `number` (0 … `latest`) one more name, cut to 100 characters.

    Raises NameTakenError where a version of the article has it already.
    """
    article = history.article
    event = history.events[number - 1] if number else None
    with transaction.atomic():
        _refuse_taken(article, name[:LONGEST])
        named = VersionName.objects.create(
            article=article,
            revision_id=event.revision if event else None,
            item_id=event.item if event else None,
            name=name[:LONGEST],
            named_at=timezone.now(),
            named_by_id=user.pk if user else None,
        )
        note(Act.CHANGED, article, details={"changes": {"version_name": [None, named.name]}})
    return named


def rename_version(article: Article, pk: int, name: str) -> str | None:
    """Call a version otherwise, or with "" take that name from it; returns the old name.

    None where the article has no such name. Raises NameTakenError like `name_version`.
    """
    with transaction.atomic():
        names = VersionName.objects.select_for_update().filter(article=article)
        named = names.filter(pk=pk).first()
        if named is None:
            return None
        old, new = str(named.name), name[:LONGEST]
        if new == old:
            return old
        if new:
            _refuse_taken(article, new)
            named.name = new
            named.save(update_fields=["name"])
        else:
            named.delete()
        note(Act.CHANGED, article, details={"changes": {"version_name": [old, new or None]}})
    return old


def _refuse_taken(article: Article, name: str) -> None:
    Article.objects.select_for_update().only("pk").get(pk=article.pk)  # one after the other
    if VersionName.objects.filter(article=article, name=name).exists():
        raise NameTakenError(name)
