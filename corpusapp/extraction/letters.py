"""What the letters of many lines show, counted over all characters of a page at once.

Each character has a number that holds several counters side by side, so that one sum a line counts
them all; a loop over the characters of a page would take longer than all else that is asked of it.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

# Where capitals, digits and spaces stand: before the Han characters, between them and Hangul, and behind.
_LETTERED = (range(0x3100), range(0xA000, 0xAC00), range(0xF900, 0x10000))
_LAST = 0xFFFF
_PAUSES = frozenset(",，、;；")
_PAUSE, _DIGIT, _WORD, _CAPITAL = 1, 1 << 16, 1 << 32, 1 << 48  # a counter holds 65,535
_COUNTER = 0xFFFF
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
    sizes = np.array([len(text) for text in texts])
    starts = np.cumsum(sizes + 1) - sizes - 1
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
    known = [(code, chr(code)) for part in _LETTERED for code in part]
    marks[[code for code, letter in known if letter.isdecimal()]] = _DIGIT
    marks[[ord(pause) for pause in _PAUSES]] = _PAUSE
    words[[code for code, letter in known if letter.isupper()]] += _CAPITAL
    words[[code for code, letter in known if letter.isspace()]] = 0
    return marks, words
