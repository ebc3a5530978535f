"""Sections that only captures named: kept or dropped on the review screen, confirmed in their list."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corpusapp.admin.rights import own_sections
from corpusapp.editing.naming import confirm_sections
from corpusapp.models import Article, Section


class IsNewSection(admin.SimpleListFilter):
    """The list and the desk's first page count the same."""

    title = gettext_lazy("new section")
    parameter_name = "new"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("yes", gettext_lazy("Not confirmed yet")),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Section]) -> QuerySet[Section]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Section.objects.new_sections().values("pk"))


class NewSections(admin.ModelAdmin):
    """Mixed into the desk of sections."""

    actions = ("confirm_chosen",)

    @admin.action(
        description=gettext_lazy("Confirm as sections of this publication"), permissions=["change"]
    )
    def confirm_chosen(self, request: HttpRequest, queryset: QuerySet[Section]) -> None:
        own = own_sections(request)
        theirs = queryset if own is None else queryset.filter(pk__in=own)
        names = confirm_sections(theirs.values_list("pk", flat=True))
        if names:
            text = _("Confirmed: %(names)s.") % {"names": ", ".join(names)}
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, _("Somebody has decided that already."), messages.INFO)


def may_confirm_section(request: HttpRequest, section: Section) -> bool:
    """Who is kept to some sections says nothing of another."""
    own = own_sections(request)
    may = request.user.has_perm("corpusapp.change_section")
    return may and (own is None or section.pk in own)


def new_section(article: Article) -> Section | None:
    """The section of an article, where no editor has ever confirmed it."""
    section: Section | None = article.section
    return section if section and section.is_new else None


def has_seen_section(request: HttpRequest, article: Article) -> bool:
    """Whether the page from which something is posted said that the article's section is new.

    The field itself does not tell: another editor's value is merged into it.
    """
    seen = request.POST.get("seen_section")
    return new_section(article) is None or seen == str(article.section_id)


def settle_section(request: HttpRequest, article: Article) -> None:
    """An editor approves the article as it stands, and with it its section."""
    section = new_section(article)
    if section and may_confirm_section(request, section):
        confirm_sections([section.pk])
