"""What the letters of many lines show, counted over all characters of a page at once.

Each character has a number that holds several counters side by side, so that one sum a line counts
them all; a loop over the characters of a page would take longer than all else that is asked of it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

_LAST = 0x1FFFF  # the planes in which scripts with capitals and digits stand; what is beyond has neither
_PAUSES = frozenset(",，、;；")
_PAUSE, _DIGIT, _WORD, _CAPITAL = 1, 1 << 16, 1 << 32, 1 << 48  # a counter holds 65,535
_COUNTER = 0xFFFF
_DECIMAL = re.compile(r"\d")
MOST = 1000  # characters of a line: its counters never overflow


def openings(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Of each text, at most `MOST` characters long: pauses, share of digits, share of capitalised words."""
    joined = "\n".join(texts) + "\n"
    marks, words = _tables()
    if joined.isascii():
        codes = np.frombuffer(joined.encode(), dtype=np.uint8)
    else:
        wide = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        codes = np.minimum(wide, _LAST)
    sizes = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    starts = np.zeros(len(texts), dtype=np.intp)
    np.cumsum(sizes[:-1] + 1, out=starts[1:])
    opening = words.take(codes)
    opening[1:] *= opening[:-1] == 0  # only the first letter of a word counts
    opening += marks.take(codes)
    counts = np.add.reduceat(opening, starts)
    found = np.empty((len(texts), 3))
    found[:, 0] = counts & _COUNTER
    found[:, 1] = ((counts >> 16) & _COUNTER) / np.maximum(sizes, 1)
    found[:, 2] = (counts >> 48) / np.maximum((counts >> 32) & _COUNTER, 1)
    return found


@lru_cache(maxsize=1)
def _tables() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per character: what each counts for (pause, digit), and what the first of a word counts for."""
    marks = np.zeros(_LAST + 1, dtype=np.int64)
    words = np.full(_LAST + 1, _WORD, dtype=np.int64)
    characters = "".join(map(chr, range(_LAST + 1)))
    for match in _DECIMAL.finditer(characters):
        marks[match.start()] = _DIGIT
    marks[[ord(pause) for pause in _PAUSES]] = _PAUSE
    words[[code for code, letter in enumerate(characters) if letter.isupper()]] += _CAPITAL
    words[[code for code, letter in enumerate(characters) if letter.isspace()]] = 0
    return marks, words
