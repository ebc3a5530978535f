"""Bytes of a saved page -> its lines and what its head says.

The encoding is that of a byte order mark, else UTF-8 where it is valid, else what the page
declares, else the likeliest (as for text captures). The parser is libxml2's, which reads like a
browser and in linear time; it is given no means to open a file or an address.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpusapp.extraction.errors import EmptyError
from corpusapp.extraction.formats.html.rendering import Renderer
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.markup import SavedPage

_PIECE = 16384  # bytes that are given to the parser at once, so that it can be stopped
_LITTLE = 400  # characters; less beside more in menus is no page's text
_COMMENT = re.compile(r"<!--(?:\[if[^\]>]{0,80}\]>)?|(?:<!\[endif\])?-->")
# Of a tag's attributes the parser compares each with all before it: a hundred thousand take hours.
_ATTRIBUTE = r"""[\s/]++[^\s/>="']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++)?+)?+"""
_CROWDED = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{300}})(?:{_ATTRIBUTE})++")
_SMALL = 100_000  # characters; a smaller page holds too few attributes to matter
_DECLARATION = re.compile(r"\s{0,200}<\?xml[^>]{0,200}>")


@dataclass(frozen=True, slots=True)
class ReadPage:
    page: SavedPage
    decoded: Decoded


def read_saved_page(raw: bytes) -> ReadPage:
    """The page in `raw`. Raises an ExtractionError for what is empty, no text, or hostile."""
    decoded = decode(raw)
    renderer = rendered(decoded.text)
    if not renderer.shown and "<!--" in decoded.text:  # one that never ends has swallowed the page
        renderer = rendered(_COMMENT.sub("", decoded.text))
    if not renderer.shown:
        raise EmptyError
    if renderer.hidden > _LITTLE > sum(len(line.text) for line in renderer.lines):
        renderer = rendered(decoded.text, hides_menus=False)  # all of it is called a menu
    head = renderer.head
    page = SavedPage(
        tuple(renderer.shown),
        tuple(renderer.lines),
        tuple(renderer.parents),
        tuple(renderer.marking.marked),
        tuple(head.metas),
        tuple(head.titles),
        tuple(head.json_ld),
        head.address,
        head.language.strip(),
    )
    return ReadPage(page, decoded)


def rendered(
    text: str, *, hides_menus: bool = True, target: Callable[[Renderer], Any] = lambda it: it
) -> Renderer:
    """The lines of a page or a part of one. Raises an ExtractionError for what is hostile.

    `target` makes what the parser tells its elements, where that is not the renderer itself.
    """
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to import, and text captures never need it

    renderer = Renderer(hides_menus=hides_menus)
    told = target(renderer)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True, target=told
    )
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        text = text[declaration.end() :]
    if len(text) > _SMALL:
        text = _CROWDED.sub(r"\1", text)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except etree.LxmlError:  # "no element found": what was found until then is the page
        told.close()
    return renderer
