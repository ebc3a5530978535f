"""What somebody may have meant who typed a word that no article holds."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.functions import Length

from corpusapp.models import SearchWord
from corpusapp.search.contract import Scope
from corpusapp.text.analysis import simplified

_ONE_EDIT, _TWO_EDITS = 4, 8  # letters from which so many may be wrong
_LONGEST = 30
_MOST = 4000  # words that are compared


def likely_words(word: str, scope: Scope, limit: int = 3) -> list[str]:
    """Words of `scope` that `word` (folded) may be a misspelling of, the likeliest first; 1 query.

    A word with one edit has its first half or its last half right; one with two has a third right,
    of which the first and the last are looked for.
    """
    allowed = edits_allowed(word)
    if not allowed or not word.isalpha() or len(word) > _LONGEST:
        return []
    right = max(2, len(word) // (allowed + 1))
    begin, end = word[:right], word[::-1][:right]
    halves = [
        Q(term__gte=begin, term__lt=_after(begin)),
        Q(backwards__gte=end, backwards__lt=_after(end)),
    ]
    found = (
        SearchWord.objects.annotate(letters=Length("term"))
        .filter(
            reduce(or_, halves),
            backwards__isnull=False,
            letters__gte=len(word) - allowed,
            letters__lte=len(word) + allowed,
        )
        .annotate(number=F("public") if scope == Scope.PUBLIC else F("public") + F("hidden"))
        .filter(number__gt=0)
        .values_list("term", "number")[:_MOST]
    )
    close = [
        (edits, term[:1] != word[:1], -number, term)
        for term, number in found
        if term != word and (edits := edits_between(word, term, allowed)) <= allowed
    ]
    return [term for *_rank, term in sorted(close)[:limit]]


def edits_allowed(word: str) -> int:
    return (len(word) >= _ONE_EDIT) + (len(word) >= _TWO_EDITS)


def _after(begin: str) -> str:
    """The first text behind all that begin so."""
    return begin[:-1] + chr(ord(begin[-1]) + 1)


def edits_between(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour; more than `most` is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row, before = row, [at], row if at == 1 else before
        for to, its in enumerate(other, 1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != its))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == its:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = last
    return row[-1]


def likely_run(run: str, texts: Iterable[str]) -> str | None:
    """What stands in one of `texts` where `run`, a run of Han or its kin, was typed nearly right.

    One letter in six may be wrong, of four to eleven one; the earlier text wins.
    """
    wrong = max(1, len(run) // 6)
    if len(run) < _ONE_EDIT:
        return None
    asked = simplified(run)
    best: tuple[int, str] | None = None
    for text in texts:
        for start in _places(asked, simplified(text)):
            there = text[start : start + len(run)]
            differing = sum(
                one != other for one, other in zip(asked, simplified(there), strict=False)
            )
            if (
                len(there) == len(run)
                and 0 < differing <= wrong
                and (not best or differing < best[0])
            ):
                best = (differing, there)
    return best[1] if best and not best[1].isspace() else None


def _places(asked: str, text: str) -> Sequence[int]:
    """Where in `text` the run may begin: wherever one of its pairs stands at its place."""
    places: set[int] = set()
    for at in range(len(asked) - 1):
        pair, start = asked[at : at + 2], -1
        while (start := text.find(pair, start + 1)) >= 0 and len(places) < _MOST:
            if start >= at:
                places.add(start - at)
    return sorted(places)
