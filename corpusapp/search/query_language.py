"""What people type, read: words, runs of Han and its kin, and quotes.

There are no operators and nothing to get wrong: whatever is not a word, a run or between two quotation
marks is a space.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpusapp.search.contract import LONGEST_QUERY, QuerySyntaxError
from corpusapp.search.expressions import Expression, Phrase, Term, all_of, any_of
from corpusapp.text.analysis import (
    JOIN,
    RUN,
    Analyser,
    Token,
    analyser,
    fold_word,
    is_paired,
    stem_of,
)

_MOST_CLAUSES = 64
_NEVER = re.compile("[\0\ud800-\udfff]")
_QUOTED = re.compile(
    r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|「([^」]*)」|『([^』]*)』|＂([^＂]*)＂'
)
_LEAST_BEGINNING = 2  # letters of a last word that may be the beginning of a longer one
_LEAST_STEM = 2
_SHORTEST_PIECES, _LONGEST_PIECES, _LONGEST_THREE = 4, 12, 9  # letters of a run


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that an article should hold."""

    text: str  # as typed
    start: int
    end: int

    def expression(self, rules: Sequence[str]) -> Expression:
        """What to ask, where texts are analysed by any of these `rules`."""
        raise NotImplementedError

    def parts(self, rules: Sequence[str]) -> tuple[Expression, ...]:
        """The same in parts, of which an article that is like it holds most."""
        return (self.expression(rules),)


@dataclass(frozen=True, slots=True)
class Word(Clause):
    """A word in any of its forms."""

    folded: str

    def stems(self, rules: Sequence[str]) -> tuple[str, ...]:
        """The stems it may have, the most likely first; of a word that is several, the first."""
        found = [_terms(self.text, one)[:1] for one in rules]
        return tuple(dict.fromkeys(stem_of(terms[0]) for terms in found if terms))

    def expression(self, rules: Sequence[str]) -> Expression:
        ways = []
        for one in rules:
            terms = [Term(stem_of(term), begins=True) for term in _terms(self.text, one)]
            if terms:
                ways.append(all_of(terms))
        return any_of(ways)

    def exact(self, rules: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Its terms as typed, by each of `rules`."""
        return tuple(dict.fromkeys(tuple(_terms(self.text, one)) for one in rules))

    def beginning(self) -> Expression | None:
        """All words that begin with it; None if it is too short to say anything."""
        if len(self.folded) < _LEAST_BEGINNING:
            return None
        # a word is kept as its stem, JOIN and the rest: the beginning may end in either
        ways = [
            Term(self.folded[:cut] + JOIN + self.folded[cut:], begins=True)
            for cut in range(max(_LEAST_STEM, len(self.folded) - 6), len(self.folded))
        ]
        return any_of([Term(self.folded, begins=True), *ways])


@dataclass(frozen=True, slots=True)
class Run(Clause):
    """A run of letters of a script without spaces: exactly as it stands, wherever it stands."""

    pairs: tuple[str, ...]  # and the last letter alone

    def expression(self, rules: Sequence[str]) -> Expression:  # noqa: ARG002 - it has no forms
        return _run(self.pairs)

    def parts(self, rules: Sequence[str]) -> tuple[Expression, ...]:
        if len(self.pairs) <= 2:  # noqa: PLR2004 - one or two letters are one term
            return (self.expression(rules),)
        return tuple(Term(pair) for pair in dict.fromkeys(self.pairs[:-1]))

    def pieces(self) -> Expression | None:
        """The run as two or three words of two letters or more, wherever they stand; None if it is too short."""
        letters = len(self.pairs)
        if not _SHORTEST_PIECES <= letters <= _LONGEST_PIECES:
            return None
        ways: list[tuple[int, ...]] = [(cut,) for cut in range(2, letters - 1)]
        if letters <= _LONGEST_THREE:
            ways += [
                (one, two) for one in range(2, letters - 3) for two in range(one + 2, letters - 1)
            ]
        return any_of(
            [
                self.expression(()),
                *(
                    all_of(
                        _phrase(self.pairs[start : end - 1], begins=False)
                        for start, end in pairwise((0, *cuts, letters))
                    )
                    for cuts in ways
                ),
            ]
        )


@dataclass(frozen=True, slots=True)
class Quote(Clause):
    """Words next to each other, exactly as typed."""

    def expression(self, rules: Sequence[str]) -> Expression:
        found = (quoted_terms(self.text, analyser(one)) for one in rules)
        return any_of(_phrase(terms, begins=begins) for terms, begins in found if terms)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, read."""

    text: str
    clauses: tuple[Clause, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(clause for clause in self.clauses if isinstance(clause, Word))

    @property
    def is_one_quote(self) -> bool:
        """Nothing but quotes: meant to the letter."""
        return bool(self.clauses) and all(isinstance(clause, Quote) for clause in self.clauses)

    @property
    def last_word(self) -> Word | None:
        """The word somebody may not have typed to its end."""
        last = self.clauses[-1] if self.clauses else None
        whole = last is not None and self.text[last.end :].strip() == ""
        return last if isinstance(last, Word) and whole else None

    def replaced(self, clause: Clause, text: str) -> "Asked":
        """The query with this clause written otherwise."""
        return read(self.text[: clause.start] + text + self.text[clause.end :])


def read(text: str) -> Asked:
    """The clauses of a query. Raises QuerySyntaxError for what no text can hold, or what is too long."""
    if len(text) > LONGEST_QUERY:
        msg = f"a query has at most {LONGEST_QUERY} characters, not {len(text)}"
        raise QuerySyntaxError(msg)
    if _NEVER.search(text):
        msg = "a query holds characters, and this one something that is none"
        raise QuerySyntaxError(msg)
    clauses: list[Clause] = []
    start = 0
    for quoted in _QUOTED.finditer(text):
        inside = next(group for group in quoted.groups() if group is not None)
        if not RUN.search(inside):
            continue
        clauses += _unquoted(text, start, quoted.start())
        clauses.append(Quote(inside, quoted.start(), quoted.end()))
        start = quoted.end()
    clauses += _unquoted(text, start, len(text))
    kept = {(type(clause), clause.text): clause for clause in reversed(clauses)}
    once = [clause for clause in clauses if kept[type(clause), clause.text] is clause]
    return Asked(text, tuple(once[:_MOST_CLAUSES]))


def quoted_terms(text: str, analysed_by: Analyser) -> tuple[tuple[str, ...], bool]:
    """The terms that follow one another where `text` stands; whether the last is one's beginning."""
    tokens = list(analysed_by.tokens(text))
    terms = tuple(token.term for token in tokens)
    if not terms or not is_paired(terms[-1]):
        return terms, False
    if _is_lone(tokens):
        return terms, True
    return terms[:-1], False  # the pair before it says the same


def _unquoted(text: str, start: int, end: int) -> list[Clause]:
    clauses: list[Clause] = []
    for run in RUN.finditer(text, start, end):
        terms = _terms(run[0], "en")
        if not terms:
            continue
        if is_paired(run[0]):
            clauses.append(Run(run[0], *run.span(), tuple(terms)))
        else:
            clauses.append(Word(run[0], *run.span(), fold_word(run[0])))
    return clauses


def _terms(run: str, rules: str) -> list[str]:
    return analyser(rules).terms(run)


def _run(pairs: tuple[str, ...]) -> Expression:
    if len(pairs) == 1:
        return Term(pairs[0], begins=True)
    return _phrase(pairs[:-1], begins=False)


def _phrase(terms: tuple[str, ...], *, begins: bool) -> Expression:
    return Term(terms[0], begins) if len(terms) == 1 else Phrase(terms, begins)


def _is_lone(tokens: Sequence[Token]) -> bool:
    """Whether the last letter is a run by itself, and not the end of the pair before it."""
    return len(tokens) == 1 or tokens[-2].end != tokens[-1].end
