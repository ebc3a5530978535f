"""What is shown of an article: its title and the best part of its text, the words found marked.

Cut from the original text by the analyser's places. A long text is not analysed for it: words that
may be meant are looked for by their first letters, and the analyser is asked about those alone.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from corpusapp.search.contract import Excerpt, Piece
from corpusapp.search.query_language import quoted_terms
from corpusapp.text.analysis import (
    JOIN,
    RUN,
    Analyser,
    is_paired,
    simplified,
    stem_of,
    traditional,
    word_of,
)
from corpusapp.text.folding import lowered

_ROOM = 240  # places of a snippet; a wide character takes two
_MOST_FOUND = 40  # places of one thing that are looked at
_MOST_LOOKED_AT = 400  # places where a word begins like it
_AROUND = 60  # characters beside a snippet, that say whether a word ends there
_QUOTED = 100.0  # what stands between quotation marks is what was asked for
_AS_GOOD = 1e-6
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
)
_MARKED_LETTER = re.compile("[\xc0-\u024f\u0300-\u036f\u1e00-\u1eff\uff21-\uff5a]")
_GAP = Piece("…")
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[.!?…][\s\"”’)])|(?<=[。！？\n])")
_LEAST_START = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark: stems ("run_"), beginnings of words ("gov"), runs of Han and its kin, quotes."""

    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()  # as typed; each marked where it stands as a whole

    @property
    def is_nothing(self) -> bool:
        return not (self.stems or self.beginnings or self.runs or self.quotes)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    what: str  # found in one place more often, it counts once


def title_of(text: str, wanted: Wanted, terms: Analyser) -> Excerpt:
    """The whole of `text` with what is wanted marked."""
    return _marked(text, 0, len(text), _all_found(text, wanted, terms))


def snippet_of(text: str, wanted: Wanted, terms: Analyser) -> Excerpt:
    """The part of `text` that says most of what is wanted, or its beginning."""
    found = list(_quickly_found(text, wanted, terms))
    # first letters know no accents and no wide forms
    if not wanted.is_nothing and (not found or _MARKED_LETTER.search(text)):
        found = list(_all_found(text, wanted, terms))
    often = Counter(one.what for one in found)
    start, end = _window(text, found, _weights(often, wanted))
    if max(often.values(), default=0) >= _MOST_FOUND:  # here may be more of it
        low = max(0, start - _AROUND)
        here = _all_found(text[low : end + _AROUND], wanted, terms)
        found = [_Found(low + one.start, low + one.end, one.what) for one in here]
    excerpt = _marked(text, start, end, found)
    before = (_GAP,) if text[:start].strip() else ()
    after = (_GAP,) if text[end:].strip() else ()
    return (*before, *excerpt, *after)


def _all_found(text: str, wanted: Wanted, terms: Analyser) -> Iterator[_Found]:
    """By the analyser alone, whatever spelling stands in the text."""
    if wanted.stems or wanted.beginnings:
        for word in RUN.finditer(text):
            if (what := _meant(word[0], wanted, terms)) is not None:
                yield _Found(*word.span(), what)
    folded = simplified(text) if wanted.runs else ""
    for run in wanted.runs:
        at = folded.find(run)
        while at >= 0:
            yield _Found(at, at + len(run), run)
            at = folded.find(run, at + len(run))
    for quote in wanted.quotes:
        starts = _run_starts(text, quote) or (word.start() for word in RUN.finditer(text))
        yield from _quoted(text, quote, starts, terms)


def _quickly_found(text: str, wanted: Wanted, terms: Analyser) -> Iterator[_Found]:
    """The first places of each thing, as a text without accents has it."""
    low = lowered(text)
    if len(low) != len(text):
        return  # its places are others
    for one in _words(wanted):
        found = (
            _Found(start, run.end(), what)
            for start in _starts(text, low, _first_letters(one))
            if (run := RUN.match(text, start)) and (what := _meant(run[0], one, terms)) is not None
        )
        yield from islice(found, _MOST_FOUND)
    for letters in wanted.runs:
        for match in islice(_spelled(letters).finditer(text), _MOST_FOUND):
            yield _Found(*match.span(), letters)
    for quote in wanted.quotes:
        starts = _run_starts(text, quote) or _starts(text, low, _first_of(quote, terms))
        yield from islice(_quoted(text, quote, starts, terms), _MOST_FOUND)


@lru_cache(maxsize=256)
def _words(wanted: Wanted) -> tuple[Wanted, ...]:
    """Each word by itself."""
    return (
        *(Wanted(frozenset({stem})) for stem in sorted(wanted.stems)),
        *(Wanted(beginnings=(beginning,)) for beginning in wanted.beginnings),
    )


def _first_letters(word: Wanted) -> str:
    """What all forms of one word begin with, if they hold no accents, and some other words."""
    for stem in word.stems:
        bare = stem.removesuffix(JOIN)
        return bare[: max(_LEAST_START, len(bare) - 1)]
    return word.beginnings[0]


def _first_of(quote: str, terms: Analyser) -> str:
    """The letters of its first word, up to an apostrophe, which a text may have or not."""
    found, word = terms.terms(quote), RUN.search(quote)
    if not found or not word:
        return ""
    return word_of(found[0])[: len(re.split(r"\W", word[0])[0])]


def _starts(text: str, low: str, letters: str) -> Iterator[int]:
    """Where words begin with these letters; `low` is the text in small ones."""
    at = low.find(letters) if letters else -1
    for _look in range(_MOST_LOOKED_AT):
        if at < 0:
            return
        if not (at and text[at - 1].isalnum() and not is_paired(text[at - 1])):
            yield at
        at = low.find(letters, at + len(letters))


def _run_starts(text: str, quote: str) -> Iterator[int] | None:
    """Where the run stands that a quote begins with; None if it begins with a word."""
    first = RUN.search(quote)
    if first is None or not is_paired(first[0]):
        return None
    return (match.start() for match in _spelled(simplified(first[0])).finditer(text))


def _quoted(text: str, quote: str, starts: Iterable[int], terms: Analyser) -> Iterator[_Found]:
    """Where the terms of a quote follow one another, from any of `starts` on."""
    wanted, begins = quoted_terms(quote, terms)
    reach = 3 * len(quote) + 2 * _AROUND
    free = 0
    for start in starts:
        if start < free or not wanted:
            continue
        tokens = terms.tokens(text[start : start + reach])
        for at, (term, token) in enumerate(zip(wanted, tokens, strict=False), 1):
            is_last = at == len(wanted)
            if is_last and begins and token.term.startswith(term):
                free = start + token.start + 1
            elif token.term != term:
                break
            elif is_last:
                free = start + token.end
            if is_last:
                yield _Found(start, free, quote)


def _meant(run: str, wanted: Wanted, terms: Analyser) -> str | None:
    if is_paired(run):
        return None
    for term in terms[run].split():
        stem = stem_of(term)
        if stem in wanted.stems:
            return stem
        word = term.replace(JOIN, "", 1)
        for beginning in wanted.beginnings:
            if word.startswith(beginning):
                return beginning
    return None


@lru_cache(maxsize=256)
def _spelled(run: str) -> re.Pattern[str]:
    """Finds a run in either Chinese script."""
    return re.compile("".join(f"[{re.escape(one + traditional(one))}]" for one in run))


def _weights(often: Mapping[str, int], wanted: Wanted) -> dict[str, float]:
    """What each thing adds to a snippet: the more, the fewer places of the text have it."""
    most = max(often.values(), default=1)
    weights = {what: 1 + math.log(most / number) for what, number in often.items()}
    return weights | dict.fromkeys(wanted.quotes, _QUOTED)


def _window(text: str, found: Sequence[_Found], weights: Mapping[str, float]) -> tuple[int, int]:
    """Where to cut: the stretch with the different things that weigh most, the earliest of equals."""
    places = sorted(found, key=lambda one: (one.start, one.end))
    first = places[0].start if places else 0
    room = _room(text, first)
    inside: Counter[str] = Counter()
    weight, best, end = 0.0, 0.0, 0
    for at, one in enumerate(places):
        while end < len(places) and (end <= at or places[end].end <= one.start + room - room // 4):
            weight += 0 if inside[places[end].what] else weights[places[end].what]
            inside[places[end].what] += 1
            end += 1
        if weight > best + _AS_GOOD:
            best, first = weight, one.start
        inside[one.what] -= 1
        weight -= 0 if inside[one.what] else weights[one.what]
    room = _room(text, first)
    start = _start(text, first, room // 4)
    return start, _end(text, start + room)


def _start(text: str, first: int, before: int) -> int:
    """A sentence's beginning shortly before `first`, else a word's."""
    lowest = max(0, first - before)
    if lowest == 0:
        return 0
    sentence = _SENTENCE.search(text, lowest, first)
    if sentence:
        return sentence.end()
    space = text.find(" ", lowest, first)
    return space + 1 if space >= 0 else max(lowest, first - before // 3)


def _end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, end - 30), end)
    return space if space > 0 and not _WIDE.match(text[end]) else end


def _room(text: str, start: int) -> int:
    """How many characters from `start` on make a snippet; a wide one takes two places."""
    part = text[start : start + _ROOM]
    return _ROOM if part.isascii() else max(_ROOM // 2, _ROOM - len(_WIDE.findall(part)))


def _marked(text: str, start: int, end: int, found: Iterable[_Found]) -> Excerpt:
    """The pieces of text[start:end]; white space becomes single spaces."""
    pieces: list[Piece] = []
    at = start
    for first, last in ((max(one, start), min(other, end)) for one, other in _joined(found)):
        if first >= last:
            continue
        pieces.append(Piece(_SPACE.sub(" ", text[at:first])))
        pieces.append(Piece(_SPACE.sub(" ", text[first:last]), marked=True))
        at = last
    pieces.append(Piece(_SPACE.sub(" ", text[at:end])))
    kept = [piece for piece in pieces if piece.text]
    if kept:
        kept[0] = Piece(kept[0].text.lstrip(), kept[0].marked)
        kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].marked)
    return tuple(piece for piece in kept if piece.text)


def _joined(found: Iterable[_Found]) -> list[tuple[int, int]]:
    """Stretches to mark, those that overlap or touch as one."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches
