"""What of all that waits is theirs who ask: the first page counts that, and its lists show as much."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.rights import concerning, is_limited, may_publish, own_sections
from corpusapp.editing.rights import CHANGE
from corpusapp.models import PossibleDuplicate

DECIDE = "corpusapp.change_possibleduplicate"
MINE = "mine"
_YES = "yes"


def has_part(request: HttpRequest) -> bool:
    """Whether some of the articles are theirs to work on, and not all of them."""
    return request.user.has_perm(CHANGE) and (not may_publish(request) or is_limited(request))


def part_of(request: HttpRequest) -> dict[str, str]:
    """The parameter that narrows a list to what is theirs; {} for whom all of it is."""
    return {MINE: _YES} if has_part(request) else {}


def my_pairs(request: HttpRequest, pairs: QuerySet[PossibleDuplicate]) -> QuerySet[Any]:
    """Those of which both articles stand in their sections: of one alone nothing can be said."""
    sections = own_sections(request)
    if sections is None:
        return pairs
    return pairs.filter(earlier__section__in=sections, later__section__in=sections)


class OnlyMine(admin.SimpleListFilter):
    """Offered to those who have a part; to others the list is what it is."""

    title = _("yours")
    parameter_name = MINE

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ((_YES, _("Yours to work on")),) if has_part(request) else ()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.narrowed(request, queryset) if self.value() == _YES else queryset

    def narrowed(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return concerning(request, rows)


class OnlyMyPairs(OnlyMine):
    def narrowed(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return my_pairs(request, rows)
