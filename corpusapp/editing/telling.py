"""What a field holds as text: in no language of its own, for histories, previews and the trail."""

import json
from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

_SHOWN = 160  # characters of a text around what changed in it
_BEFORE = 40  # of them in front of it


def readable(name: str, value: Any) -> str:
    """A value of a revision, or one a conflict offers, as text; several one below the other."""
    if name in _ROWS:
        return "\n".join(map(_ROWS[name], value or ()))
    match name:
        case "section" | "source":
            return _name(value) if value else ""
        case "series":
            return _placed(value) if value else ""
        case _ if isinstance(value, (dict, list)):
            return json.dumps(value, ensure_ascii=False)
        case _:
            return "" if value is None else str(value)


def _name(value: Any) -> str:
    return str(value["name"] if isinstance(value, Mapping) else value)


def _placed(value: Mapping[str, Any]) -> str:
    return f"{value['name']}, {value['position']}" if value["position"] else str(value["name"])


def _signature(one: Mapping[str, Any]) -> str:
    words = f"{one['name']} ({one['post']})" if one.get("post") else str(one["name"])
    return words if one.get("role", "author") == "author" else f"{words} [{one['role']}]"


_ROWS: dict[str, Callable[[Any], str]] = {
    "authors": _signature,
    "tags": _name,
    "read_next": _name,
    "glossary": " · ".join,
}


def around_change(before: str, after: str) -> tuple[str, str]:
    """The places of two texts from where they differ on, each on one line and short enough for a list."""
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(before, after)))  # noqa: B905 - as far as both go
    start = max(0, same - _BEFORE)
    if start:  # not in the middle of a word, where there are spaces between them
        start = before.find(" ", start, same) + 1 or start
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    piece = " ".join(text[start : start + _SHOWN].split())
    return f"{'… ' if start else ''}{piece}{' …' if len(text) > start + _SHOWN else ''}"
