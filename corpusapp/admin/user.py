"""People who may sign in. Administrators make them; only a superuser makes or changes superusers."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag as TaggitTag

from corpusapp.admin.desk import NamedForWhatItShows
from corpusapp.admin.right_words import (
    ByGroup,
    KnownGroups,
    KnownRights,
    group_words,
    rights_that_mean_something,
)
from corpusapp.admin.trailed import Trailed

# Other apps' own desks: no editor's business, and not made for this house
OTHERS = (TaggitTag, AccessAttempt, AccessLog, AccessFailureLog, DBTaskResult)

admin.site.unregister((User, Group, *OTHERS))


@admin.register(User)
class UserDesk(NamedForWhatItShows, Trailed, UserAdmin):
    """Password hashes are shown to nobody; rights come with groups."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    filter_horizontal = ()
    list_display = ("username", "email", "groups_shown", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", ("groups", ByGroup))

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            gettext_lazy("Rights"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups")},
        ),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Four groups are four boxes."""
        boxes = {"widget": CheckboxSelectMultiple, "form_class": KnownGroups}
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, **boxes})

    @admin.display(description=Group._meta.verbose_name_plural)  # noqa: SLF001 - Django's documented name
    def groups_shown(self, user: User) -> str:
        return ", ".join(map(group_words, user.groups.all()))

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if request.user.is_superuser:
            return ("last_login", "date_joined")
        return ("last_login", "date_joined", "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who has done anything stays, inactive: what they did would vanish from the log with them."""
        if not super().has_delete_permission(request, obj):
            return False
        if obj is None:
            return True
        if obj == request.user or (obj.is_superuser and not request.user.is_superuser):
            return False
        return not LogEntry.objects.filter(user=obj).exists()


@admin.register(Group)
class GroupDesk(NamedForWhatItShows, Trailed, GroupAdmin):
    show_full_result_count = False
    filter_horizontal = ()
    list_display = ("name_shown",)

    @admin.display(description=Group._meta.verbose_name, ordering="name")  # noqa: SLF001 - Django's documented name
    def name_shown(self, group: Group) -> str:
        return group_words(group)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Of many rights the trail tells those that went and those that came: all would be cut short."""
        said = super().construct_change_message(request, form, formsets, add)
        noted: Any = request
        if "permissions" in noted.told_changes:
            before, after = set(form.initial["permissions"]), set(form.cleaned_data["permissions"])
            noted.told_changes["permissions"] = [
                ", ".join(sorted(map(str, rights))) for rights in (before - after, after - before)
            ]
        return said

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        """Rights that mean something here, as boxes."""
        boxes = {
            "widget": CheckboxSelectMultiple,
            "form_class": KnownRights,
            "queryset": rights_that_mean_something(),
        }
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, **boxes})
