"""How stored text becomes part of a page. The only place that calls text safe."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from corpusapp.search.contract import Piece

register = template.Library()

# A hyphenated compound that fits on a phone's line even in the largest headline
_COMPOUND = re.compile(r"(?<![^\W_-])[^\W_]+(?:-[^\W_]+)+(?![^\W_-])")
_LONGEST = 14


@register.filter
def sanitised(body_html: str) -> SafeString:
    """A body as `text.markdown.render` made it, marked by `text.inner_links`; nothing else may come here."""
    return mark_safe(body_html)  # noqa: S308 - cleaned against an allow-list when saved


_IN_SCRIPT = [(mark, f"\\u{ord(mark):04x}") for mark in "<>&"]


@register.filter
def linked_data(nodes: Mapping[str, Any]) -> SafeString:
    """JSON-LD as an element: data and no script, so that the strictest policy lets it be."""
    text = json.dumps(nodes, ensure_ascii=False, separators=(",", ":"))
    for (
        mark,
        written,
    ) in _IN_SCRIPT:  # `translate` takes twenty times as long, except of ASCII alone
        text = text.replace(mark, written)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - nothing in it ends it


@register.filter
def marked(excerpt: Iterable[Piece]) -> SafeString:
    """Plain text with what was searched for in `<mark>`."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.marked else piece.text,)
            for piece in excerpt
        ),
    )


@register.filter
def whole_compounds(title: str) -> str:
    """Keep short hyphenated compounds on one line: "Win-Win" must not break at its hyphen."""
    if "-" not in title:
        return title
    parts, end = [], 0
    for match in _COMPOUND.finditer(title):
        if len(match[0]) <= _LONGEST:
            kept = format_html('<span class="keep">{}</span>', match[0])
            parts += [title[end : match.start()], kept]
            end = match.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, title[end:]]))


@register.filter
def grouped(number: int) -> str:
    """A count as people write it: "10,002"."""
    return number_format(number, force_grouping=True)
