"""The readable end of an address: Chinese stays Chinese, accents stay accents."""

import re
import unicodedata

from corpusapp.text.folding import word_runs

_APOSTROPHES = re.compile("(?<=\\w)['’ʼ](?=\\w)")
_LONGEST_INPUT = 1000  # a title of 100 kB is cut before it is folded


def slugify(text: str, max_length: int = 80) -> str:
    """Hyphenated words of `text`, at most `max_length` characters, never empty.

    Ends at a word's end; only a first word longer than `max_length` is cut.
    """
    start = _APOSTROPHES.sub("", text[:_LONGEST_INPUT])
    slug = ""
    for word in word_runs(_composed(_composed(start).lower())):
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug or "untitled"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
