"""Links from one article to another: by what never changes, the `public_id`.

In Markdown `[words](article:7d9k2m4p)`. Rendered, they lead to `/articles/7d9k2m4p/`, an address that
answers with the article's own; a page that knows better puts that in its place.
"""

import re
from collections.abc import Callable
from html import escape

SCHEME = "article:"
_ID = "[2-9b-df-hj-km-np-tv-xz]{8}"
_ADDRESS = re.compile(f"{SCHEME}({_ID})")
_IN_SOURCE = re.compile(
    rf"\]\([ ]?<?(?:(?P<scheme>{SCHEME})(?P<id>{_ID})"
    rf"|(?P<host>https?://[^\s/()<>]{{1,200}})?/(?:[a-z-]{{2,10}}/)?articles/(?P<id_in_address>{_ID})(?=[/)#?]))"
)
_RENDERED = re.compile(rf'<a href="/articles/({_ID})/"([^>]*)>(.*?)</a>', re.DOTALL)
_QUICK = '<a href="/articles/'


def rendered_address(address: str) -> str | None:
    """Where the HTML leads for an address in Markdown; None for any that is no inner link."""
    match = _ADDRESS.fullmatch(address)
    return f"/articles/{match[1]}/" if match else None


def linked_ids(source: str, site: str = "") -> list[str]:
    """The articles that a body leads to, each once; also those named by an address of our own.

    `site` is what our own absolute addresses begin with.
    """
    if "](" not in source:
        return []
    found = []
    for match in _IN_SOURCE.finditer(source):
        host = match["host"] or ""
        if match["scheme"] or not host or host == site:
            found.append(match["id"] or match["id_in_address"])
    return list(dict.fromkeys(found))


def rendered_ids(html: str) -> list[str]:
    """The same, of rendered text."""
    if _QUICK not in html:
        return []
    return list(dict.fromkeys(match[1] for match in _RENDERED.finditer(html)))


def with_marks(html: str, why_of: Callable[[str], str]) -> str:
    """Rendered text for who writes it: links that readers will not have are words with a reason.

    `why_of` takes a public id and gives the reason as plain text, "" for a link that readers have.
    """
    if _QUICK not in html:
        return html

    def marked(match: re.Match[str]) -> str:
        why = escape(why_of(match[1]))
        if not why:
            return match[0]
        return f'<span class="lost-link">{match[3]}</span> <small class="lost-link-why">[{why}]</small>'

    return _RENDERED.sub(marked, html)


def with_addresses(html: str, address_of: Callable[[str], str | None]) -> str:
    """Rendered text whose inner links lead where `address_of` says; words stay where it says None.

    `address_of` takes a public id and gives an address that needs no escaping.
    """
    if _QUICK not in html:
        return html

    def link(match: re.Match[str]) -> str:
        address = address_of(match[1])
        title = re.search(r' title="[^"]*"', match[2])
        return (
            f'<a href="{address}"{title[0] if title else ""}>{match[3]}</a>'
            if address
            else match[3]
        )

    return _RENDERED.sub(link, html)
