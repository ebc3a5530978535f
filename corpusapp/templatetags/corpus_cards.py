"""Articles in lists: each card is rendered once for what it shows, and again when that changes.

A card is a value read from the database by every request, so its rendering is kept by value and
can never be out of date.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Protocol

from django import template
from django.conf import settings
from django.template import loader
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

_KEPT = 3000  # of about a kilobyte each


@register.simple_tag
def cards(
    part: str, shown: Iterable[Hashable], level: int = 3, *, sections: bool = False
) -> SafeString:
    """`parts/<part>.html` for each of `shown`, its headline at `level`; `sections` names theirs."""
    render, language = _renderer(), get_language()
    return SafeString(
        "".join([render(part, language, one, level, bool(sections)) for one in shown])
    )


class _Value(Protocol):
    """A value of a facet, as a link."""

    @property
    def text(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def address(self) -> str: ...
    @property
    def is_chosen(self) -> bool: ...
    @property
    def lang(self) -> str: ...


@register.simple_tag
def facet_links(values: Iterable[_Value]) -> SafeString:
    """The lines of a facet. Written here and in no template, which would cost more than the search."""
    removed = _("remove this filter")
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}{}</a> <span class="number">{}</span></li>\n',
        (
            (
                value.address,
                format_html(' aria-current="{}"', "true") if value.is_chosen else "",
                format_html('<span lang="{}">{}</span>', value.lang, value.text)
                if value.lang
                else value.text,
                format_html('<span class="unseen"> ({})</span>', removed)
                if value.is_chosen
                else "",
                value.number,
            )
            for value in values
        ),
    )


@register.simple_tag
def card(part: str, shown: Hashable, level: int = 3, *, sections: bool = False) -> SafeString:
    """The same of a single one."""
    return _renderer()(part, get_language(), shown, level, bool(sections))


def _renderer() -> Callable[..., SafeString]:
    return _rendered.__wrapped__ if settings.DEBUG else _rendered


@lru_cache(maxsize=_KEPT)
def _rendered(
    part: str,
    _language: str | None,
    shown: Hashable,
    level: int,
    sections: bool,  # noqa: FBT001 - a key of the cache, in its place
) -> SafeString:
    content = {"card": shown, "level": level, "sections": sections}
    return loader.render_to_string(f"corpusapp/parts/{part}.html", content)
