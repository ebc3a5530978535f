"""What stands beside documents: the sidecar of one, and the defaults of a folder's.

A sidecar has the name of its document and ends in `.json`, `.yml` or `.yaml`; the defaults stand in
a file `corpus.yml`. Both are small mappings of names to values (see `extraction.stated`).
"""

import hashlib
import json
from collections.abc import Container, Mapping
from typing import Any

from corpusapp.extraction.article import Beside
from corpusapp.extraction.errors import ExtractionError, UnreadableError
from corpusapp.extraction.field_names import is_nothing, meaning
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.formats.yaml_text import LARGEST, read_yaml
from corpusapp.extraction.stated import DEFAULTS, one_line
from corpusapp.text.languages import canonical

DEFAULTS_FILE = "corpus.yml"
SIDECAR_ENDINGS = (".json", ".yml", ".yaml")
LARGEST_BYTES = 4 * LARGEST
_NOTHING: dict[str, Any] = {}


def sidecar_names(name: str) -> list[str]:
    """What the sidecar of a document of this name may be called."""
    stem, dot, _ending = name.rpartition(".")
    return [stem + ending for ending in SIDECAR_ENDINGS] if dot and stem else []


def sidecar_of(name: str, names: Container[str]) -> str:
    """The name of the sidecar among `names`; "" where there is none."""
    for candidate in sidecar_names(name):
        if candidate in names and candidate.rpartition("/")[2] != DEFAULTS_FILE:
            return candidate
    return ""


def read_sidecar(raw: bytes, name: str) -> dict[str, Any]:
    """The mapping in a sidecar. Raises UnreadableError for what is none, and names it."""
    what = f"Its sidecar {name}"
    return _mapping(raw, what, is_json=name.lower().endswith(".json"))


def read_defaults(raw: bytes) -> dict[str, Any]:
    """The mapping in a folder's file of defaults. Raises UnreadableError for what is none."""
    mapping = _mapping(raw, "The file of defaults", is_json=False)
    for key, value in mapping.items():
        name = meaning(key)
        if name not in DEFAULTS:
            reason = (
                f"It says “{key[:60]}”; a folder's defaults are source, section, language and tags."
            )
            raise UnreadableError(reason)
        if name == "language" and not canonical(str(value)):
            reason = f"“{str(value)[:60]}” is no language; write it as en, de, zh-Hans or zh-Hant."
            raise UnreadableError(reason)
    return mapping


def _mapping(raw: bytes, what: str, *, is_json: bool) -> dict[str, Any]:
    if len(raw) > LARGEST_BYTES:
        reason = f"{what} is larger than {LARGEST_BYTES // 1024} kB."
        raise UnreadableError(reason)
    if not raw.strip():
        return {}
    try:
        text = decode(raw).text
    except ExtractionError as error:
        reason = f"{what} cannot be read: {error}"
        raise UnreadableError(reason) from error
    return _json(text, what) if is_json else read_yaml(text, what)


def _json(text: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        reason = f"{what} cannot be read: it is no JSON."
        raise UnreadableError(reason) from error
    if not isinstance(value, dict):
        reason = f"{what} names no fields: it is a mapping of names to values, {{…}}."
        raise UnreadableError(reason)
    return value


def inherited(above: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults of a folder in another: its own count first, tags of both are given."""
    keys = {meaning(key): key for key in own}
    merged = {**{key: value for key, value in above.items() if meaning(key) not in keys}, **own}
    tags = [value for mapping in (above, own) for key, value in mapping.items() if _is_tags(key)]
    if len(tags) > 1:
        merged[keys["tags"]] = [tag for value in tags for tag in _listed(value)]
    return merged


def source_in(defaults: Mapping[str, Any]) -> str:
    """The source that the defaults of a folder name; "" for none."""
    named = (value for key, value in defaults.items() if meaning(key) == "source")
    return next((one_line(value) for value in named if not is_nothing(value)), "")


def _is_tags(key: str) -> bool:
    return meaning(key) == "tags"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else str(value).split(",")


def told(beside: Beside | None) -> dict[str, Any]:
    """What a capture keeps of what stood beside it."""
    if beside is None:
        return {}
    parts = {"sidecar": beside.sidecar, "defaults": beside.defaults}
    return {name: dict(part) for name, part in parts.items() if part}


def beside_from(stated: Mapping[str, Any]) -> Beside | None:
    """What `told` has kept, for the next extraction."""
    if not stated:
        return None
    return Beside(stated.get("sidecar", _NOTHING), stated.get("defaults", _NOTHING))


def fingerprint(stated: Mapping[str, Any]) -> str:
    """The same for the same statements; "" for none."""
    if not stated:
        return ""
    text = json.dumps(stated, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
