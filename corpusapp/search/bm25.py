"""BM25 of articles whose words are counted, as FTS5 reckons it."""

import math
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


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is looked for in a text: a term, or terms that follow one another; maybe in titles alone."""

    what: Term | Phrase
    in_title: bool

    @property
    def expression(self) -> Term | Phrase | InTitle:
        return InTitle(self.what) if self.in_title else self.what

    @property
    def stem(self) -> str:
        """The stem it is, by which counts are kept; "" if it is none."""
        match self.what:
            case Term(text, True) if text.endswith(JOIN) and not self.in_title:
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
        case Term(text, _):
            if not text.startswith("="):
                yield Leaf(one, in_title)
        case Phrase():
            yield Leaf(one, in_title)
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
    often: Sequence[float]


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
