"""Groups and rights in the language of who reads: the database has them in English alone."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.desk import KnownRows
from corpusapp.admin.doubt_words import Words

_GROUPS: dict[str, Words] = {
    "Reader of drafts": _("Reader of drafts"),
    "Author": _("Author"),
    "Editor": _("Editor"),
    "Administrator": _("Administrator"),
}
_DEEDS: dict[str, Words] = {
    "add": _("Can add: %(things)s"),
    "change": _("Can change: %(things)s"),
    "delete": _("Can delete: %(things)s"),
    "view": _("Can view: %(things)s"),
}


def group_words(group: Group) -> str:
    """One of the four by its name here; those made by hand are called what they are called."""
    return str(_GROUPS.get(group.name, group.name))


def right_words(right: Permission) -> str:
    """No query where the content type came along."""
    kind = right.content_type.model_class()
    if kind is None:
        return str(right.name)
    options: Any = kind._meta  # noqa: SLF001 - Django's documented name
    deed = right.codename.removesuffix(f"_{options.model_name}")
    if deed in _DEEDS:
        return str(_DEEDS[deed]) % {"things": options.verbose_name_plural}
    return str(dict(options.permissions).get(right.codename, right.name))


def rights_that_mean_something() -> QuerySet[Permission]:
    """Those over what has a desk or stands inside one, and those with a name of their own.

    What a group has already stays among them, or saving the group would take it away unseen.
    """
    kinds = ContentType.objects.get_for_models(*set(_at_desks())).values()
    stock = Q()
    for deed in _DEEDS:
        stock |= Q(codename__startswith=f"{deed}_")
    rights = Permission.objects.filter(content_type__app_label__in=("corpusapp", "auth"))
    held = Permission.objects.filter(group__isnull=False).values("pk")
    shown = Q(content_type__in=[kind.pk for kind in kinds]) | ~stock | Q(pk__in=held)
    return rights.filter(shown).select_related("content_type")


def _at_desks() -> Iterator[type[Model]]:
    for model, desk in admin.site._registry.items():  # noqa: SLF001 - what Django's own checks read
        yield model
        for inline in desk.inlines:
            yield inline.model


class KnownGroups(KnownRows):
    def label_from_instance(self, obj: Any) -> str:
        return group_words(obj)


class KnownRights(KnownRows):
    def label_from_instance(self, obj: Any) -> str:
        return right_words(obj)


class ByGroup(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(group.pk), group_words(group)) for group in Group.objects.order_by("pk")]
