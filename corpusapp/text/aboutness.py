"""What a text is about, in half a kilobyte: its strongest words with their weights.

Two such profiles are compared without a look at the texts: closeness is the cosine of their
TF-IDF weights. Words are kept as numbers of 32 bits, weights as bytes.
"""

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float32]

METHOD = 2
"""Counts up when profiles of the same text come out differently."""

MOST = 96  # words of a profile
# Of Cranfield's abstracts, those relevant to one question were found nearest most often with these:
# what stands everywhere weighs little, but the rarest words must not outweigh all the others
_RARITY = 0.7
_COMMON = 0.5  # a word of more texts than this part says nothing
_LEVELS = 255

_ENTRY = struct.Struct("<IB")  # a word and its weight
_FIELDS = [("word", "<u4"), ("weight", "u1")]  # the same for numpy


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are: in how many of `texts` each of `holders` stands."""

    texts: int
    holders: Mapping[str, int]

    def of(self, word: str) -> float:
        held = max(1, self.holders.get(word, 0))
        if held > _COMMON * self.texts and self.texts > 3:  # noqa: PLR2004 - of three texts, two share anything
            return 0.0
        return float(math.log(1 + max(self.texts, held) / held) ** _RARITY)


def weights(counts: Mapping[str, float], rarity: Rarity) -> dict[str, float]:
    """The words of a text that say something, by their TF-IDF weight, strongest first; at most `MOST`."""
    weighed = {word: (1 + math.log(max(n, 1))) * rarity.of(word) for word, n in counts.items()}
    strongest = sorted(weighed, key=lambda word: (-weighed[word], word))[:MOST]
    return {word: weighed[word] for word in strongest if weighed[word] > 0}


def packed(weighed: Mapping[str, float]) -> bytes:
    """A profile to keep, of what `weights` gives; b"" for a text that says nothing."""
    if not weighed:
        return b""
    strongest = max(weighed.values())
    entries = sorted(
        (crc32(word.encode()), max(1, round(weight / strongest * _LEVELS)))
        for word, weight in weighed.items()
    )
    return b"".join(_ENTRY.pack(*entry) for entry in entries)


def closeness(profile: bytes, others: Sequence[bytes]) -> "Numbers":
    """The cosine, 0 to 1, of `profile` to each of `others`."""
    import numpy as np  # noqa: PLC0415 - no worker that serves readers compares texts

    result = np.zeros(len(others), np.float32)
    mine = np.frombuffer(profile, _FIELDS)
    theirs = np.frombuffer(b"".join(others), _FIELDS)
    if not len(mine) or not len(theirs):
        return result
    sizes = [len(other) // _ENTRY.size for other in others]
    owner = np.repeat(np.arange(len(others)), sizes)
    place = np.searchsorted(mine["word"], theirs["word"])
    place[place == len(mine)] = 0
    weight = theirs["weight"].astype(np.float32)
    shared = np.where(mine["word"][place] == theirs["word"], mine["weight"][place] * weight, 0)
    products = np.bincount(owner, shared, minlength=len(others))
    lengths = np.sqrt(np.bincount(owner, weight * weight, minlength=len(others)))
    length = float(np.linalg.norm(mine["weight"].astype(np.float32)))
    np.divide(products, lengths * length, out=result, where=lengths > 0, casting="unsafe")
    return np.minimum(result, 1)


def each_to_each(profiles: Sequence[bytes]) -> "Numbers":
    """The closeness of all of these to one another: a square, 1 from corner to corner."""
    import numpy as np  # noqa: PLC0415 - as above

    entries = np.frombuffer(b"".join(profiles), _FIELDS)
    owner = np.repeat(
        np.arange(len(profiles)), [len(profile) // _ENTRY.size for profile in profiles]
    )
    words, place = np.unique(entries["word"], return_inverse=True)
    table = np.zeros((len(profiles), len(words)), np.float32)
    table[owner, place] = entries["weight"]
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(lengths, lengths, 1)
    square: Numbers = table @ table.T
    return square
