"""What somebody may have meant who typed a word that no article holds."""

from collections.abc import Iterable, Sequence

from django.db.models import F, Q
from django.db.models.functions import Length

from corpusapp.models import SearchWord
from corpusapp.search.contract import Scope
from corpusapp.text.analysis import is_paired, simplified

_ONE_EDIT, _TWO_EDITS = 4, 8  # letters from which so many may be wrong
_LONGEST = 30
_ONE_IN = 6  # letters of a run
_MOST = 4000  # words that are compared


def likely_words(word: str, scope: Scope, limit: int = 3) -> list[str]:
    """Words of `scope` that `word` (folded) may be a misspelling of, the likeliest first; 2 queries at most.

    A word with one edit has its first half or its last half right, or two letters have changed
    places in its middle; one with two has a third right: the first, the last, or else the middle
    one, for which all words have to be looked through.
    """
    allowed = edits_allowed(word)
    if not allowed or not word.isalpha() or len(word) > _LONGEST:
        return []
    right = max(2, len(word) // (allowed + 1))
    begin, end = word[:right], word[::-1][:right]
    swapped = [
        f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}" for at in range(len(word) - 1)
    ]
    close = _close(
        word,
        Q(term__gte=begin, term__lt=_after(begin))
        | Q(backwards__gte=end, backwards__lt=_after(end))
        | Q(term__in=swapped),
        scope,
    )
    if not close and allowed > 1:
        close = _close(word, Q(term__contains=word[right:-right]), scope)
    return close[:limit]


def _close(word: str, alike: Q, scope: Scope) -> list[str]:
    """Words of `scope` among those `alike` that are few enough edits away, the likeliest first."""
    allowed = edits_allowed(word)
    found = (
        SearchWord.objects.annotate(letters=Length("term"))
        .filter(
            alike,
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
    return [term for *_rank, term in sorted(close)]


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


def likely_run(run: str, strange: Sequence[bool], texts: Iterable[str]) -> str | None:
    """What stands in one of `texts` where `run`, a run of Han or its kin, was typed nearly right.

    One letter in six may be wrong, of four to eleven one, and only where it makes a pair that is
    `strange` (one for each pair of the run); in a short run there is too little beside it to tell,
    and all its pairs must be. The earlier text wins.
    """
    wrong = max(1, len(run) // _ONE_IN)
    if len(run) < _ONE_EDIT:
        return None
    asked = simplified(run)
    best: tuple[int, str] | None = None
    for text in texts:
        for start in _places(asked, simplified(text)):
            there = text[start : start + len(run)]
            differing = _differing(asked, simplified(there))
            if (
                len(there) == len(run)
                and 0 < len(differing) <= wrong
                and all(map(is_paired, there))
                and all(_is_wrong(at, strange) for at in differing)
                and (not best or len(differing) < best[0])
            ):
                best = (len(differing), there)
    return best[1] if best else None


def _differing(one: str, other: str) -> list[int]:
    return [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]


def _is_wrong(at: int, strange: Sequence[bool]) -> bool:
    """Whether the letter of a run at that place may be a mistake."""
    pairs = strange[max(0, at - 1) : at + 1]
    return any(pairs) if len(strange) + 1 >= _ONE_IN else all(pairs)


def _places(asked: str, text: str) -> Sequence[int]:
    """Where in `text` the run may begin: wherever one of its pairs stands at its place."""
    places: set[int] = set()
    for at in range(len(asked) - 1):
        pair, start = asked[at : at + 2], -1
        while (start := text.find(pair, start + 1)) >= 0 and len(places) < _MOST:
            if start >= at:
                places.add(start - at)
    return sorted(places)
