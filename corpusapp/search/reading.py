"""A query as it is understood against an index: which words it holds, and what may have been meant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpusapp.search.excerpts import Wanted
from corpusapp.search.expressions import Expression, InTitle, Phrase, all_of, any_of
from corpusapp.search.query_language import Asked, Clause, Quote, Run, Word, quoted_terms
from corpusapp.text.analysis import analyser, simplified

_NEARLY_ALL = range(3, 7)  # words of a query of which one may be missing
_PAIRS_BOOSTED = 3
_LONGEST_TITLE = 30  # terms


@dataclass(frozen=True, slots=True)
class Reading:
    """`rules` are those that texts of the index were analysed by."""

    asked: Asked
    rules: tuple[str, ...]
    begun: bool = False  # the last word may be the beginning of another
    corrected: str | None = None  # what the query became

    def corrected_to(self, clause: Clause, text: str) -> "Reading":
        asked = self.asked.replaced(clause, text)
        return replace(self, asked=asked, corrected=asked.text)

    def all_words(self) -> Expression:
        return all_of(map(self._expression, self.asked.clauses))

    def all_words_apart(self) -> Expression | None:
        """The same with the words of runs anywhere: nobody types spaces there. None without such a run."""
        apart = [
            clause.pieces() if isinstance(clause, Run) else None for clause in self.asked.clauses
        ]
        if not any(apart):
            return None
        return all_of(
            pieces or self._expression(clause)
            for pieces, clause in zip(apart, self.asked.clauses, strict=True)
        )

    def nearly_all_words(self) -> Expression | None:
        """All but any one of them; None where that says too little, or too much."""
        parts = self.parts()
        if len(parts) not in _NEARLY_ALL:
            return None
        return any_of(all_of(other for other in parts if other != one) for one in parts)

    def parts(self) -> list[Expression]:
        """What an article holds most of that is like the one looked for."""
        found: list[Expression] = []
        for clause in self.asked.clauses:
            found += (
                clause.parts(self.rules) if isinstance(clause, Run) else [self._expression(clause)]
            )
        return list(dict.fromkeys(found))

    def boosts(self) -> list[Expression]:
        """What makes an article fit better: words that follow one another as they were typed."""
        words = [
            (one, other)
            for one, other in pairwise(self.asked.clauses)
            if isinstance(one, Word) and isinstance(other, Word)
        ]
        title = self._title()
        if len(words) > _PAIRS_BOOSTED:  # a question: what stands side by side says little
            return title
        return title + [
            Phrase((*one.exact(self.rules)[0], *other.exact(self.rules)[0])) for one, other in words
        ]

    def _title(self) -> list[Expression]:
        """The whole query as a title has it, or a part of one."""
        terms, begins = quoted_terms(self.asked.text, analyser(self.rules[0]))
        is_several = 1 < len(terms) <= _LONGEST_TITLE and len(self.asked.clauses) > 1
        return [InTitle(Phrase(terms, begins))] if is_several else []

    def _expression(self, clause: Clause) -> Expression:
        whole = clause.expression(self.rules)
        if self.begun and isinstance(clause, Word) and clause is self.asked.last_word:
            beginning = clause.beginning()
            return any_of([whole, beginning]) if beginning else whole
        return whole

    def wanted(self, *, in_parts: bool) -> Wanted:
        """What to mark in what was found; `in_parts`: pairs of runs, too."""
        stems: set[str] = set()
        runs: dict[str, None] = {}
        quotes: list[str] = []
        for clause in self.asked.clauses:
            match clause:
                case Word():
                    stems.update(clause.stems(self.rules))
                case Run():
                    runs[simplified(clause.text)] = None
                    runs |= dict.fromkeys(clause.pairs[:-1] if in_parts else ())
                case Quote():
                    quotes.append(clause.text)
        last = self.asked.last_word if self.begun else None
        beginnings = (last.folded,) if last else ()
        longest_first = tuple(sorted(runs, key=len, reverse=True))
        return Wanted(frozenset(stems), beginnings, longest_first, tuple(quotes))


def understood(
    asked: Asked,
    rules: Sequence[str],
    known: Callable[[Iterable[str]], Iterable[str]],
    holds: Callable[[Expression], bool],
    likely: Callable[[str], Sequence[str]] | None,
) -> Reading:
    """Read `asked` so that the index holds each of its words, if there is a way.

    `known` gives those of some stems that the index counts, `holds` says whether any article has
    an expression, `likely` (None: correct nothing) gives words that one may be a misspelling of.
    """
    reading = Reading(asked, tuple(rules))
    stems = {word: word.stems(reading.rules) for word in asked.words}
    counted = set(known({stem for found in stems.values() for stem in found}))
    lacking = [
        word
        for word, found in stems.items()
        if not counted.intersection(found) and not holds(word.expression(reading.rules))
    ]
    for word in reversed(lacking):  # from the end, so that places before it stay where they are
        beginning = word.beginning() if word is asked.last_word else None
        if beginning and holds(beginning):
            reading = replace(reading, begun=True)
            continue
        for other in likely(word.folded) if likely else ():
            if holds(Word(other, 0, len(other), other).expression(reading.rules)):
                reading = reading.corrected_to(word, other)
                break
    return reading
