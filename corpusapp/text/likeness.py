"""How much of one text stands in another: shingles, and the shared part of the smaller text.

Containment finds a shortened or furnished copy that resemblance (Jaccard, simhash) misses.
"""

import re
from hashlib import blake2b

from corpusapp.text.folding import fold_words

_WORDS = 5
_HAN_LIKE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_OR_WORD = re.compile(rf"[{_HAN_LIKE}]|[^{_HAN_LIKE}]+")


def shingle_set(text: str) -> frozenset[int]:
    """Hashes of all runs of five words (or Han characters); below 2**63, the same everywhere."""
    tokens = [
        token for word in fold_words(text) for token in ([word] if word.isascii() else _parts(word))
    ]
    if not tokens:
        return frozenset()
    runs = zip(*(tokens[start:] for start in range(_WORDS)), strict=False)
    shingles = frozenset(map(_hash, map(" ".join, runs)))
    return shingles or frozenset((_hash(" ".join(tokens)),))


def shared_part(a: frozenset[int], b: frozenset[int]) -> float:
    """The part of the smaller set that the larger one holds, 0 to 1; 0 if one is empty."""
    smaller, larger = sorted((a, b), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def _parts(word: str) -> list[str]:
    return _HAN_OR_WORD.findall(word)


def _hash(shingle: str) -> int:
    digest = blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
