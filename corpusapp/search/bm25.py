"""BM25 of articles whose vectors are at hand, as FTS5 reckons it."""

import math
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpusapp.search.expressions import (
    All,
    AnyOf,
    Expression,
    InTitle,
    Phrase,
    Term,
)
from corpusapp.search.postings import Ranked
from corpusapp.text.analysis import JOIN

K1, B = 1.2, 0.75
_LEAST = 1e-6  # what a word weighs that stands in half of all articles or more
_WEIGHTS = (
    1.0,
    1.0,
    2.0,
    4.0,
)  # of a place by its label: D (body), C (section), B (names), A (title)
_PLACE = 0x3FFF
# A lexeme in a packed vector stands behind the last place of the one before it: a number whose first
# byte, in any text, is one of these - and never that of a letter
_FIRST_BYTES = frozenset([*range(0x40), *range(0x80, 0x88), *range(0xC0, 0xC8), *range(0x40, 0x48)])


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is looked for in a text: terms that follow one another, of which the last may go on."""

    terms: tuple[bytes, ...]
    begins: bool
    in_title: bool
    expression: Term | Phrase | InTitle

    @property
    def stem(self) -> str:
        """The stem it is, by which counts are kept; "" if it is none."""
        match self.expression:
            case Term(text, True) if text.endswith(JOIN):
                return text
            case _:
                return ""


@dataclass(frozen=True, slots=True)
class Statistics:
    documents: int
    length: float  # terms of a body, on average
    holders: Mapping[Leaf, int]  # articles that have it


def leaves_of(expressions: Iterable[Expression]) -> list[Leaf]:
    """All that is looked for, each once, marks apart."""
    return list(dict.fromkeys(leaf for one in expressions for leaf in _leaves(one)))


def _leaves(one: Expression, *, in_title: bool = False) -> Iterator[Leaf]:
    match one:
        case Term(text, begins):
            if not text.startswith("="):
                shown: Term | InTitle = InTitle(one) if in_title else one
                yield Leaf((text.encode(),), begins, in_title, shown)
        case Phrase(terms, begins):
            phrase: Phrase | InTitle = InTitle(one) if in_title else one
            yield Leaf(tuple(term.encode() for term in terms), begins, in_title, phrase)
        case InTitle(what):
            yield from _leaves(what, in_title=True)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part, in_title=in_title)


@dataclass(frozen=True, slots=True)
class Counted:
    """An article, and how often it has each leaf, weighed by where."""

    article: int
    length: int  # terms of its body
    often: tuple[float, ...]


def counted(
    rows: Iterable[tuple[int, int, bytes | memoryview]], leaves: Sequence[Leaf]
) -> list[Counted]:
    """Look at articles: id, terms of the body, packed vector."""
    found = []
    for pk, length, packed in rows:
        vector = bytes(packed)
        often = (sum(_WEIGHTS[place >> 14] for place in _places(vector, leaf)) for leaf in leaves)
        found.append(Counted(pk, length, tuple(often)))
    return found


def scores(articles: Iterable[Counted], leaves: Sequence[Leaf], statistics: Statistics) -> Ranked:
    """Articles with their scores, best first, the later added of equals first."""
    weights = [
        max(_LEAST, math.log((statistics.documents - n + 0.5) / (n + 0.5)))
        if (n := min(statistics.holders[leaf], statistics.documents)) < statistics.documents / 2
        else _LEAST
        for leaf in leaves
    ]
    average = max(1.0, statistics.length)
    ranked = []
    for one in articles:
        longer = K1 * (1 - B + B * one.length / average)
        score = sum(
            weight * often * (K1 + 1) / (often + longer)
            for weight, often in zip(weights, one.often, strict=True)
            if often
        )
        ranked.append((one.article, score))
    return sorted(ranked, key=lambda one: (-one[1], -one[0]))


def _places(vector: bytes, leaf: Leaf) -> list[int]:
    """Where the leaf begins, places with their labels."""
    *others, last = leaf.terms
    following = _places_of(vector, last, begins=leaf.begins)
    for term in reversed(others):
        behind = {place & _PLACE for place in following}
        following = [
            place
            for place in _places_of(vector, term, begins=False)
            if (place & _PLACE) + 1 in behind
        ]
    return [place for place in following if place >> 14 == 3] if leaf.in_title else following  # noqa: PLR2004


def _places_of(vector: bytes, term: bytes, *, begins: bool) -> list[int]:
    """The places of a term in a vector as the database sends it: text, a zero, a count, the places."""
    found: list[int] = []
    wanted = term if begins else term + b"\0"
    at = vector.find(wanted, 4)
    while at >= 0:
        end = vector.find(b"\0", at)
        if at == 4 or vector[at - 2] in _FIRST_BYTES:  # noqa: PLR2004 - behind the number of lexemes
            (number,) = struct.unpack_from(">H", vector, end + 1)
            found += struct.unpack_from(f">{number}H", vector, end + 3)
            at = vector.find(wanted, end + 3 + 2 * number)
        else:
            at = vector.find(wanted, end)
    return found
