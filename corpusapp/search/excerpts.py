"""What is shown of an article: its title and the best part of its text, the words found marked.

Cut from the original text by the analyser's places. A long text is not analysed for it: a pattern
finds words that may be meant, and the analyser is asked about those alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpusapp.search.contract import Excerpt, Piece
from corpusapp.text.analysis import JOIN, RUN, Analyser, is_paired, simplified, stem_of, traditional

_ROOM = 240  # places of a snippet; a wide character takes two
_MOST_FOUND = 40  # words of one text that are looked at
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
    """What to mark: stems ("run_"), beginnings of words ("gov"), and runs of Han and its kin."""

    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.stems or self.beginnings or self.runs)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    what: str  # found in one place more often, it counts once


def title_of(text: str, wanted: Wanted, terms: Analyser) -> Excerpt:
    """The whole of `text` with what is wanted marked."""
    return _marked(text, 0, len(text), _all_found(text, wanted, terms))


def snippet_of(text: str, wanted: Wanted, terms: Analyser) -> Excerpt:
    """The part of `text` that holds most of what is wanted, or its beginning."""
    found = list(_quickly_found(text, wanted, terms))
    # a pattern knows no accents and no wide letters
    if not wanted.is_nothing and (not found or _MARKED_LETTER.search(text)):
        found = list(_all_found(text, wanted, terms))
    start, end = _window(text, found)
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
    folded = simplified(text)
    for run in wanted.runs:
        at = folded.find(run)
        while at >= 0:
            yield _Found(at, at + len(run), run)
            at = folded.find(run, at + len(run))


def _quickly_found(text: str, wanted: Wanted, terms: Analyser) -> Iterator[_Found]:
    pattern = _pattern(wanted)
    if pattern is None:
        return
    for number, match in enumerate(pattern.finditer(text)):
        if number == _MOST_FOUND:
            return
        start, end = match.span()
        if is_paired(match[0]):
            yield _Found(start, end, simplified(match[0]))
        elif start and text[start - 1].isalnum() and not is_paired(text[start - 1]):
            continue  # within a word
        elif (run := RUN.match(text, start)) and (
            what := _meant(run[0], wanted, terms)
        ) is not None:
            yield _Found(start, run.end(), what)


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
def _pattern(wanted: Wanted) -> re.Pattern[str] | None:
    """Finds all that may be meant in texts without accents, and some that is not."""
    starts = set(wanted.beginnings)
    for stem in wanted.stems:
        bare = stem.removesuffix(JOIN)
        starts.add(bare[: max(_LEAST_START, len(bare) - 1)])
    ways = [
        re.escape(written)
        for start in sorted(starts, reverse=True)
        for written in dict.fromkeys((start, start.capitalize(), start.upper()))
    ]
    # no flag for case: a pattern that begins with a few known letters is searched far quicker
    ways += [
        "".join(f"[{re.escape(one + traditional(one))}]" for one in run) for run in wanted.runs
    ]
    return re.compile("|".join(ways)) if ways else None


def _window(text: str, found: Sequence[_Found]) -> tuple[int, int]:
    """Where to cut: the stretch with most different things found, the earliest of equals."""
    best, first = 0, found[0].start if found else 0
    room = _room(text, first)
    for at, one in enumerate(found):
        kinds = {one.what}
        for other in found[at + 1 :]:
            if other.end > one.start + room - room // 4:
                break
            kinds.add(other.what)
        if len(kinds) > best:
            best, first = len(kinds), one.start
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
    for first, last in _joined(found):
        if last <= at or first < at or last > end:
            continue
        pieces.append(Piece(_SPACE.sub(" ", text[at:first])))
        pieces.append(Piece(text[first:last], marked=True))
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
