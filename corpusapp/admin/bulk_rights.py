"""The right that each deed over many articles asks for, besides the right to each article."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from corpusapp.admin.rights import rights_of
from corpusapp.importing.bulk_deeds import ALL_DEEDS, REREAD

EXPORT = "corpusapp.export_article"
OF_DEEDS = frozenset(right for deed in ALL_DEEDS.values() for right in deed.rights)


def _needs(*rights: str) -> Callable[[Any, HttpRequest], bool]:
    def may(_desk: Any, request: HttpRequest) -> bool:
        return request.user.has_perms(rights)

    return may


def _needs_those_of(deed: str) -> Callable[[Any, HttpRequest], bool]:
    return _needs(*ALL_DEEDS[deed].rights)


def may_reextract(request: HttpRequest) -> bool:
    """What captures say, they say of articles of all sections."""
    return REREAD.is_allowed(rights_of(request), {})


class BulkRights:
    """Mixed into the desk of articles: Django asks these by the names that the actions give."""

    has_publish_permission = _needs_those_of("publish")
    has_withdraw_permission = _needs_those_of("withdraw")
    has_review_permission = _needs_those_of("review")
    has_draft_permission = _needs_those_of("draft")
    has_tag_permission = _needs_those_of("tag")
    has_suggest_permission = _needs_those_of("suggest")
    has_section_permission = _needs_those_of("section")
    has_source_permission = _needs_those_of("source")
    has_language_permission = _needs_those_of("language")
    has_date_permission = _needs_those_of("date")
    has_bin_permission = _needs_those_of("bin")
    has_restore_permission = _needs_those_of("restore")
    has_export_permission = _needs(EXPORT)

    def has_reread_permission(self, request: HttpRequest) -> bool:
        return may_reextract(request)
