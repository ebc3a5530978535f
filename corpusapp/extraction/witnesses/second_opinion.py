"""A second opinion on which lines are the text: trafilatura's, asked only where our own judge is unsure.

It finds texts that our judge misses and misses others, so a forest has learned when to believe it (see
second_look.py). It takes as long as we need for three pages.
"""

import logging
from collections.abc import Sequence

from corpusapp.extraction.lines import Line

_LARGEST = 200_000  # characters; what is larger is not worth its time
_MOST_LINES = 3000
_PIECE, _PIECES = 20, 5  # letters that are looked for, times
_FEWEST_FOUND = 3

logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # it warns of pages that we ask about on purpose


def heard(markup: str, lines: Sequence[Line]) -> list[float] | None:
    """Of each line of a page 1 if the other reader takes it for text, else 0; None where it is not asked or finds none."""
    if len(markup) > _LARGEST or len(lines) > _MOST_LINES:
        return None
    text = _read_by_another(markup)
    if not text:
        return None
    whole = _letters(text)
    own = frozenset(map(_letters, text.split("\n")))
    return [float(_is_there(_letters(line.text), whole, own)) for line in lines]


def _read_by_another(markup: str) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to import, and seldom asked

    try:
        found = bare_extraction(markup, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # noqa: BLE001 - whatever it stumbles over, our own judgement stands
        return ""
    return str(getattr(found, "text", None) or "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _is_there(letters: str, whole: str, own: frozenset[str]) -> bool:
    """Whether the other's text has a line with these letters: short ones as a line, long ones mostly."""
    if len(letters) <= _PIECE + _PIECES:
        return bool(letters) and letters in own
    step = (len(letters) - _PIECE) / (_PIECES - 1)
    pieces = (letters[int(number * step) :][:_PIECE] for number in range(_PIECES))
    return sum(piece in whole for piece in pieces) >= _FEWEST_FOUND
