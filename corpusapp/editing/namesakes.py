"""Whose name is whose: by which of an author's names imports find the author."""

from django.db import transaction

from corpusapp.models import Author, AuthorName
from corpusapp.text.names import person_key


def learn_author_names(author: Author) -> list[str]:
    """Give each name of `author` the key by which imports find it; returns the names that share theirs.

    A namesake's name stays without a key, because only an editor knows who of the two signed.
    """
    with transaction.atomic():
        names = list(author.names.order_by("-is_main", "pk"))
        keys = {name.pk: person_key(name.text)[:200] for name in names}
        others = AuthorName.objects.exclude(author=author)
        taken = set(others.filter(key__in=keys.values()).values_list("key", flat=True))
        shared = [name.text for name in names if keys[name.pk] in taken]
        # emptied first: two names of the author may have changed places
        author.names.update(key=None)
        given: set[str] = set()
        for name in names:
            key = keys[name.pk]
            if key and key not in taken and key not in given:
                author.names.filter(pk=name.pk).update(key=key)
                given.add(key)
    return shared
