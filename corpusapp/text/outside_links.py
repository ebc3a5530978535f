"""Links of a text to other sites: where they lead, and in which words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = "](http"
"""What a text has that leads to another site; one without it need not be looked at."""

_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]{0,300})\]\([ ]?<?(?P<address>https?://[^\s()<>]{1,2000})"
)


class OutsideLink(NamedTuple):
    words: str
    address: str


def outside_links(source: str, site: str = "") -> Iterator[OutsideLink]:
    """Each link in its order, also one that is there twice. `site`: what our own addresses begin with."""
    if MARK not in source:
        return
    for match in _LINK.finditer(source):
        address = match["address"]
        if not (site and (address == site or address.startswith(f"{site}/"))):
            yield OutsideLink(match["words"], address)
