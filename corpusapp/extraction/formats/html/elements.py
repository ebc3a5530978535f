"""What the elements of HTML are to who renders them as lines, and what their attributes say."""

import re
from collections.abc import Mapping

from corpusapp.extraction.formats.html.hints import hints_of
from corpusapp.extraction.markup import Area

_SKIPPED = frozenset(
    str.split(
        "style noscript template select datalist textarea svg object applet canvas audio video "
        "iframe map noframes frameset"
    )
)
_BOXES = frozenset(
    str.split(
        "div section article main aside header footer nav ul ol table td th form figure "
        "blockquote body details center fieldset dl menu dialog"
    )
)
_LEAVES = frozenset(
    str.split(
        "p h1 h2 h3 h4 h5 h6 li pre dt dd tr figcaption caption summary address hgroup button "
        "tbody thead tfoot legend option dir marquee search"
    )
)
_MARGINS = frozenset(
    str.split("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table figure hr dl section article")
)
AREAS = {
    "nav": Area.NAV, "header": Area.HEADER, "footer": Area.FOOTER, "aside": Area.ASIDE,
    "form": Area.FORM, "button": Area.BUTTON, "article": Area.ARTICLE, "main": Area.MAIN,
    "figure": Area.FIGURE, "figcaption": Area.CAPTION, "caption": Area.CAPTION, "table": Area.TABLE,
    "blockquote": Area.QUOTE, "pre": Area.CODE, "ul": Area.LIST, "ol": Area.LIST,
    "dialog": Area.DIALOG, "menu": Area.LIST,
}  # fmt: skip
_ROLES = {
    "navigation": Area.NAV, "banner": Area.HEADER, "contentinfo": Area.FOOTER, "article": Area.ARTICLE,
    "complementary": Area.ASIDE, "main": Area.MAIN, "search": Area.FORM, "dialog": Area.DIALOG,
    "alertdialog": Area.DIALOG,
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {
    "em": "em", "i": "em", "strong": "strong", "b": "strong", "code": "code", "sup": "sup",
    "sub": "sub", "kbd": "code", "tt": "code",
}  # fmt: skip
PARTING = frozenset(("time", "span", "button", "label", "small", "cite", "address"))
RUNNING = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "blockquote"))
_CELLS = frozenset(("td", "th"))
_LISTS = frozenset(("ul", "ol", "menu"))
COUNTED = frozenset((*_LISTS, "li", "tr", "pre", "table", "blockquote"))
BLOCK, LINK, OTHER, BREAK = "block", "a", "other", "br"
KINDS: dict[str, str] = {
    **dict.fromkeys(_BOXES | _LEAVES, BLOCK),
    **dict.fromkeys((*_SKIPPED, "script", "title", "head", "meta", "link", "html", "hr"), OTHER),
    **_MARKS,
    "a": LINK,
    "br": BREAK,
}
"""Tag -> one of the four kinds, or the mark that it sets; what is missing is inline."""
CLOSED: dict[str, tuple[str]] = {mark: (f"/{mark}",) for mark in (*_MARKS.values(), LINK)}
MARGIN, CELL, LIST, BOX = 1, 2, 4, 8
TRAITS: dict[str, int] = {
    tag: MARGIN * (tag in _MARGINS)
    | CELL * (tag in _CELLS)
    | LIST * (tag in _LISTS)
    | BOX * (tag in _BOXES)
    for tag, kind in KINDS.items()
    if kind == BLOCK
}
"""Block -> what it does to the lines, as bits: sets a margin, is a cell or a list, holds other blocks."""

_NAME, _ROLE, _HIDDEN, _STYLE = range(4)
_USES = {
    "id": _NAME, "itemprop": _NAME, "rel": _NAME, "data-testid": _NAME,
    "role": _ROLE, "hidden": _HIDDEN, "style": _STYLE,
}  # fmt: skip
_OF_LINKS = frozenset(("href", "title", "target"))
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_LONGEST_NAMES, _LONGEST_NAME, _STYLE_READ = 300, 80, 300  # characters


def read_attributes(attributes: Mapping[str, str]) -> tuple[int, int]:
    """What the names of an element hint at, and the areas that its attributes open."""
    names = attributes.get("class", "")
    if len(attributes) == 1:
        if names:
            return hints_of(names[:_LONGEST_NAMES]), 0
    elif not names and "href" in attributes and attributes.keys() <= _OF_LINKS:
        return 0, 0
    areas = 0
    for key, value in attributes.items():
        use = _USES.get(key)
        if use is None:
            continue
        if use == _NAME:
            names = f"{names} {value[:_LONGEST_NAME]}"
        elif use == _ROLE:
            areas |= _ROLES.get(value, 0)
        elif use == _HIDDEN or _UNSEEN.search(value, 0, _STYLE_READ):
            areas |= Area.HIDDEN
    return hints_of(names[:_LONGEST_NAMES]) if names else 0, areas


def number(digits: str | None) -> int:
    """The ordinal that `digits` set a list to begin with; 1 where they are none."""
    return int(digits) if digits and digits.isdecimal() and len(digits) < 6 else 1  # noqa: PLR2004
