"""What the recipes in `tests/extraction/training` have learned, as data: forests, and weights of words."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=32)
def learned(name: str) -> dict[str, Any]:
    """The content of `<name>.json`; part of the package, so neither setting nor file of a user."""
    content = files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(content)
    return found
