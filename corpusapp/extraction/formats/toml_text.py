"""TOML as people write it above a text, between lines of +++ (Hugo, Zola): a small mapping.

Dates and numbers come as the texts they are written as, as from YAML. What a generator keeps in
tables of its own ([taxonomies], [params], [extra]) is found there, too.
"""

import tomllib
from datetime import date, datetime, time
from typing import Any

from corpusapp.extraction.errors import UnreadableError
from corpusapp.extraction.formats.yaml_text import LARGEST

_DEEPEST, _MOST_VALUES, _MOST_DOTS = 12, 10_000, 1000
_TABLES = ("taxonomies", "params", "extra")
_Value = str | bool | list[Any] | dict[str, Any]


def read_toml(text: str, what: str) -> dict[str, Any]:
    """The mapping in `text`, empty for nothing. Raises UnreadableError, which calls it `what`."""
    if len(text) > LARGEST:
        reason = f"{what} is larger than {LARGEST // 1024} kB."
        raise UnreadableError(reason)
    _check_keys(text, what)
    try:
        read = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        reason = f"{what} is no TOML: {str(error).rstrip('.')}."
        raise UnreadableError(reason) from error
    except (ValueError, RecursionError) as error:  # thousands of digits or brackets
        raise UnreadableError(_too_much(what)) from error
    _check_depth(read, what)
    mapping = {key: _plain(value) for key, value in read.items()}
    for name in _TABLES:
        if isinstance(table := mapping.get(name), dict):
            mapping = {**table, **{key: value for key, value in mapping.items() if key != name}}
    return mapping


def _too_much(what: str) -> str:
    return f"{what} is nested too deeply or too long."


def _check_keys(text: str, what: str) -> None:
    """A key of many dots is as many mappings, and tomllib's time for them grows with their square."""
    if any(line.partition("=")[0].count(".") > _MOST_DOTS for line in text.split("\n")):
        raise UnreadableError(_too_much(what))


def _check_depth(read: dict[str, Any], what: str) -> None:
    level: list[Any] = [read]
    count = 0
    for _depth in range(_DEEPEST + 1):
        count += len(level)
        if not level or count > _MOST_VALUES:
            break
        level = [inner for value in level for inner in _within(value)]
    if level:
        raise UnreadableError(_too_much(what))


def _within(value: Any) -> list[Any]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _plain(value: Any) -> _Value:
    match value:
        case bool() | str():
            return value
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case list():
            return [_plain(one) for one in value]
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case _:
            return str(value)
