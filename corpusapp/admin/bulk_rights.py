"""The right that each deed over many articles asks for, besides the right to each article."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from corpusapp.admin.rights import PUBLISH, is_limited

IMPORT, EXPORT, REREAD = (
    "corpusapp.import_article",
    "corpusapp.export_article",
    "corpusapp.bulk_reread_article",
)


def _needs(*rights: str) -> Callable[[Any, HttpRequest], bool]:
    def may(_desk: Any, request: HttpRequest) -> bool:
        return request.user.has_perms(rights)

    return may


def may_reextract(request: HttpRequest) -> bool:
    """What captures say, they say of articles of all sections."""
    return request.user.has_perms((IMPORT, REREAD)) and not is_limited(request)


class BulkRights:
    """Mixed into the desk of articles: Django asks these by the names that the actions give."""

    has_publish_permission = _needs(PUBLISH, "corpusapp.bulk_publish_article")
    has_withdraw_permission = _needs(PUBLISH, "corpusapp.bulk_withdraw_article")
    has_review_permission = _needs("corpusapp.bulk_review_article")
    has_draft_permission = _needs("corpusapp.bulk_draft_article")
    has_tag_permission = _needs("corpusapp.bulk_tag_article")
    has_suggest_permission = _needs("corpusapp.bulk_suggest_article")
    has_section_permission = _needs("corpusapp.bulk_section_article")
    has_source_permission = _needs("corpusapp.bulk_source_article")
    has_language_permission = _needs("corpusapp.bulk_language_article")
    has_date_permission = _needs("corpusapp.bulk_date_article")
    has_bin_permission = _needs("corpusapp.bulk_bin_article")
    has_restore_permission = _needs("corpusapp.bulk_restore_article")
    has_export_permission = _needs(EXPORT)

    def has_reread_permission(self, request: HttpRequest) -> bool:
        return may_reextract(request)
