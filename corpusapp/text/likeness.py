"""How much of one text stands in another: shingles, and the shared part of the smaller text.

Containment finds a shortened or furnished copy that resemblance (Jaccard, simhash) misses. A
shingle is a run of five words, or of five Han characters.
"""

import re
from collections.abc import Sequence
from zlib import adler32, crc32

from corpusapp.text.folding import beyond_ascii, fold_words

_RUN = 5
_HAN_LIKE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_OR_WORD = re.compile(rf"[{_HAN_LIKE}]|[^{_HAN_LIKE}]+")
_HAN = re.compile(rf"[{_HAN_LIKE}]")
_HAN_TOKEN = re.compile(rf"[{_HAN_LIKE}]|[^\W{_HAN_LIKE}]+")


def shingle_set(text: str) -> frozenset[int]:
    """Checksums of all shingles; below 2**32, the same everywhere. A shorter text is one shingle."""
    tokens = [
        token.encode("utf-8", "surrogatepass")
        for word in fold_words(text)
        for token in ([word] if word.isascii() else _HAN_OR_WORD.findall(word))
    ]
    if not tokens:
        return frozenset()
    runs = zip(*(tokens[start:] for start in range(_RUN)), strict=False)
    shingles = frozenset(map(crc32, map(b" ".join, runs)))
    return shingles or frozenset((crc32(b" ".join(tokens)),))


def shared_part(a: frozenset[int], b: frozenset[int]) -> float:
    """The part of the smaller set that the larger one holds, 0 to 1; 0 if one is empty."""
    smaller, larger = sorted((a, b), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 0.0


def shared_spans(text: str, shingles: frozenset[int]) -> list[tuple[int, int]]:
    """Where in `text` words stand that belong to one of `shingles`: (start, end), apart, in order."""
    tokens: list[bytes] = []
    spans: list[tuple[int, int]] = []
    for match in _HAN_TOKEN.finditer(text):
        for word in fold_words(match[0]):
            tokens.append(word.encode("utf-8", "surrogatepass"))
            spans.append(match.span())
    covered = bytearray(len(tokens))
    for place in range(max(min(len(tokens), 1), len(tokens) - _RUN + 1)):
        run = tokens[place : place + _RUN]
        if crc32(b" ".join(run)) in shingles:
            covered[place : place + len(run)] = b"\1" * len(run)
    shared: list[tuple[int, int]] = []
    before = -2
    for place in (place for place, is_covered in enumerate(covered) if is_covered):
        if place == before + 1:
            shared[-1] = (shared[-1][0], spans[place][1])
        else:
            shared.append(spans[place])
        before = place
    return shared


# Marks: a sample of a text's shingles, small enough to be looked up among those of all others ----

MARKS = 24
MARK_BITS = 35
_MORE_BITS = 3
_MARKED = 2_000_000  # characters; a text beyond any book is told by its beginning
_ASCII = 128
_FOLDED = bytes(
    code if code >= _ASCII else ord(chr(code).lower()) if chr(code).isalnum() else ord(" ")
    for code in range(256)
)
# Quotation marks, dashes and spaces of all kinds, and the punctuation of the Han scripts
_PUNCTUATION = re.compile("[\x80-\xbf\u2000-\u206f\u3000-\u301f\uff00-\uff0f\uff1a-\uff20]")
# One word in eight begins a shingle of the sample: by its second byte, because searching for that
# takes a third of the time of looking every word up. In Han that is the middle of a character; in
# Latin letters those that stand second often enough, and in few of the words that every text has
_SECOND = b"upmcybkw4" + bytes(code for code in range(_ASCII, 256) if code % 8 == 5)  # noqa: PLR2004
_SAMPLED = re.compile(b" (?=([^ ][%s][^ ]* +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+))" % _SECOND)


def text_marks(text: str) -> tuple[int, ...]:
    """At most 24 numbers of 35 bits, drawn from the shingles of `text` by what these are.

    The same shingle is drawn in every text or in none, save that of many only those with the
    lowest numbers stay. So of two texts of similar length the share of common marks is about that
    of common shingles, and a text and its half have a dozen in common.
    """
    words = _marked_words(text[:_MARKED])
    drawn = _drawn([b" ".join(run.split()) for run in _SAMPLED.findall(words)])
    lowest = sorted(drawn)[:MARKS]
    if len(lowest) < MARKS:  # a short text: the rest by number alone
        every = _drawn(_shingles(words.split()))
        lowest += sorted(every.keys() - drawn)[: MARKS - len(lowest)]
        drawn |= every
    # a second checksum, because 32 bits alone would often meet by chance among millions
    return tuple((low << _MORE_BITS) | adler32(drawn[low]) % (1 << _MORE_BITS) for low in lowest)


def _marked_words(text: str) -> bytes:
    """Words in a form that is quick to make, spaces before each; what it misses, a comparison in full makes good."""
    beyond = beyond_ascii(text)
    if beyond and _HAN.search(beyond):
        words = " ".join(["", *_HAN_TOKEN.findall(text.lower())])
        return words.encode("utf-8", "surrogatepass")
    raw = b" " + text.encode("utf-8", "surrogatepass").translate(_FOLDED)
    for mark in set(_PUNCTUATION.findall(beyond)):
        raw = raw.replace(mark.encode(), b" ")
    return raw


def _shingles(words: Sequence[bytes]) -> list[bytes]:
    if not words:
        return []
    places = range(max(1, len(words) - _RUN + 1))
    return [b" ".join(words[place : place + _RUN]) for place in places]


def _drawn(shingles: Sequence[bytes]) -> dict[int, bytes]:
    return dict(zip(map(crc32, shingles), shingles, strict=True))
