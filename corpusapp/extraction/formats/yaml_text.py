"""YAML as people write it above a text, beside one, and for a folder: a small mapping of words.

Every scalar stays the text it is written as ("2015-02-31", "no", "0x10"), so that no tag makes an
object and no date stops the reading; what YAML writes for nothing (`~`, `null`) is the empty text,
unless it stands in quotes. Aliases are refused, for nobody needs them here and a few
lines of them grow to thousands of millions; so are depth and size beyond what people write.
"""

import re
from functools import cache
from typing import Any

from corpusapp.extraction.errors import UnreadableError

LARGEST = 64 * 1024  # characters
_DEEPEST, _MOST_EVENTS = 12, 10_000
_NOTHING = "tag:yaml.org,2002:null"
_WRITTEN_NOTHING = re.compile(r"(?:~|null|Null|NULL)\Z")


def read_yaml(text: str, what: str) -> dict[str, Any]:
    """The mapping in `text`, empty for nothing. Raises UnreadableError, which calls it `what`."""
    import yaml  # noqa: PLC0415 - slow to import, and most captures have none

    if len(text) > LARGEST:
        reason = f"{what} is larger than {LARGEST // 1024} kB."
        raise UnreadableError(reason)
    try:
        _check_events(yaml, text, what)
        value = yaml.load(text, Loader=_loader())  # noqa: S506 - makes nothing but texts, lists and mappings
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is no YAML"
        reason = f"{what} cannot be read{place}: {problem}."
        raise UnreadableError(reason) from error
    if value in (None, ""):
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        reason = f"{what} names no fields: each line is a name, a colon and a value."
        raise UnreadableError(reason)
    return value


def _check_events(yaml: Any, text: str, what: str) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_loader())):
        if isinstance(event, yaml.AliasEvent):
            reason = f"{what} uses an alias (*) in line {event.start_mark.line + 1}; write the value out."
            raise UnreadableError(reason)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or count > _MOST_EVENTS:
            reason = f"{what} is nested too deeply or too long."
            raise UnreadableError(reason)


@cache
def _loader() -> Any:
    import yaml  # noqa: PLC0415 - as above

    base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loader: Any = type("_Loader", (base,), {})
    loader.add_implicit_resolver(_NOTHING, _WRITTEN_NOTHING, "~nN")
    loader.add_constructor(_NOTHING, lambda *_: "")
    return loader
