"""A capture as numbered lines, each with what can be seen of it without its neighbours."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from corpusapp.extraction.errors import TooManyBreaksError, TooManyLinesError
from corpusapp.text.folding import LONG, Folded, fold_words, folded_text

MOST_LINES = 50_000  # a thick novel has a third of that
MOST_BREAKS = 1_200_000  # ends of lines, of blank ones too: as many take 400 MB
SHORT = 200  # wider lines are never a field but a title, a standfirst or text
_MEASURED = 600  # characters of a line that are looked at when it is measured
_OPENING = 100  # characters of a long line whose words are kept
_HAN_LIKE = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_BULLET = re.compile(r"(?:[•·●▪◦‣■□◆★☆►▶]|[-*–](?=\s))\s*")
_NUMBERED = re.compile(r"\d{1,2}\.\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟।][\"'”’»」』)）\]]*(?:\[\d{1,3}\])*$")
_SENTENCE_INSIDE = re.compile(r"[.!?]['\"”’)]?\s+\S|[。！？，、；۔،।]")
_ENDS = frozenset(".!?…。！？۔؟।:：;；")
_BEHIND_ENDS = frozenset("\"'”’»」』)）]")
_STOPS = '.!?…:。！？："”'
_WRAP_NARROW, _WRAP_WIDE, _WRAP_READ = 50, 90, 2000
_FEWEST_WRAPPED, _WRAPPED_PART = 3, 0.6
_PROSE_WIDTH = 110
_SENTENCE_WIDTH = 60
REMEMBERED, _SHORT_ENOUGH = 8192, 100  # lines, characters of one: less than 5 MB


@dataclass(slots=True, eq=False)
class Line:
    """A line that is not blank. Nobody writes to one: it is not frozen, as that costs 5 times more."""

    index: int  # among the lines that are not blank, from 0
    number: int  # in the capture, from 1
    last: int  # the number of its last line: text wrapped at one width is one line here
    gap: bool  # a blank line, or nothing, stands above
    text: str  # stripped, without its bullet
    indent: int
    bullet: bool
    numbered: bool
    width: int  # in Latin letters; a Han character counts two
    key: str  # folded words of a short line; "" for a long one
    opening: str  # the beginning of a long line, folded; "" for a short one
    ends: bool  # with the mark of a sentence
    prose: bool  # a paragraph by its looks


@dataclass(frozen=True, slots=True)
class Page:
    """All lines of a capture, and where each short one stands."""

    lines: Sequence[Line]
    count: int  # of all lines, blank ones too
    places: Mapping[str, Sequence[int]]  # key -> indexes of the lines with it

    def repeats(self, line: Line) -> int:
        """How often the words of a short line stand there as a line."""
        return len(self.places.get(line.key, ())) if line.key else 1


def read_page(text: str, folded: Folded | None = None, *, unwrap: bool = True) -> Page:
    """The lines of cleaned `text`, paragraphs that were wrapped by hand as one line each.

    Raises TooManyLinesError beyond `MOST_LINES` with words, and as `split_lines`. Without `unwrap` lines stay lines.
    `folded` is the same text folded, where the caller has it.
    """
    raw = split_lines(text)
    if folded is None and len(text) <= LONG:
        folded = folded_text(text)
    words = _LongWords(raw) if folded is None else folded.words.split("\n")
    wide = folded is None or _HAN_LIKE.search(folded.beyond) is not None
    even = folded is not None and folded.even
    lines: list[Line] = []
    places: dict[str, list[int]] = {}
    above = -1
    found = _joined(raw) if unwrap and _is_wrapped(raw) else _single(raw)
    for index, (number, last, content) in enumerate(found):
        if index == MOST_LINES:
            raise TooManyLinesError(MOST_LINES)
        seen = _KNOWN.get(content)
        if seen is None:
            if number == last:
                seen = _measured(content, words[number - 1], wide, even)
            else:
                seen = _measured(content, " ".join(words[number - 1 : last]), wide, False)  # noqa: FBT003
            if len(content) <= _SHORT_ENOUGH:
                _remember(content, seen)
        line = Line(index, number, last, number != above + 1, *seen)
        lines.append(line)
        above = last
        key = line.key
        if key in places:
            places[key].append(index)
        elif key:
            places[key] = [index]
    return Page(lines, len(raw), places)


def split_lines(text: str) -> list[str]:
    """The lines of cleaned `text`, blank ones too. Raises TooManyBreaksError beyond `MOST_BREAKS`."""
    if text.count("\n") > MOST_BREAKS:
        raise TooManyBreaksError(MOST_BREAKS)
    return text.split("\n")


def _single(raw: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first number, last number, content) of each line that is not blank."""
    for number, content in enumerate(raw, 1):
        if content and not content.isspace():
            yield number, number, content


def _is_wrapped(raw: Sequence[str]) -> bool:
    """Whether the text was wrapped by hand: most lines of its blocks end near one width, mid-sentence."""
    pairs = [
        (content, below)
        for content, below in itertools.pairwise(raw[:_WRAP_READ])
        if content and below and not below.isspace() and not content.isspace()
    ]
    fewest = max(_FEWEST_WRAPPED, _WRAPPED_PART * len(pairs))
    filled = [pair for pair in pairs if _WRAP_NARROW <= len(pair[0]) <= _WRAP_WIDE]
    return len(filled) >= fewest and sum(_goes_on(*pair) for pair in filled) >= fewest


def _goes_on(content: str, below: str) -> bool:
    return content.rstrip()[-1] not in _STOPS and not _BULLET.match(below.lstrip())


def _joined(raw: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The same with the lines of a wrapped paragraph as one."""
    held: list[str] = []
    first = 0
    for number, content in enumerate(raw, 1):
        blank = not content or content.isspace()
        narrow = held and len(held[-1]) < _WRAP_NARROW
        if held and (blank or narrow or _BULLET.match(content.lstrip())):
            yield first, number - 1, " ".join(held)
            held = []
        if not blank:
            first = first if held else number
            held.append(content.strip() if held else content.rstrip())
    if held:
        yield first, len(raw), " ".join(held)


def places_of(pattern: re.Pattern[str], texts: Sequence[str]) -> list[int]:
    """Places of the texts in which `pattern` may find something, in their order.

    One search through all of them is quicker than one in each. The pattern must find nothing that
    goes over a NUL, which parts them here and which no line holds.
    """
    matches = list(pattern.finditer("\0".join(texts)))
    if not matches:
        return []
    ends = list(itertools.accumulate([len(text) + 1 for text in texts]))
    return list(dict.fromkeys([bisect_right(ends, match.start()) for match in matches]))


def width_of(text: str) -> int:
    """Places that `text` takes, a wide character two; a long text is not measured so closely."""
    if text.isascii() or len(text) >= _MEASURED:
        return len(text)
    return len(text) + len(_HAN_LIKE.findall(text))


def folded_key(text: str) -> str:
    """What two lines with the same words share."""
    return " ".join(fold_words(text))


class _LongWords:
    """The folded lines of a text that is too long to be folded whole: one by one, as they are asked for."""

    def __init__(self, raw: Sequence[str]) -> None:
        self._raw = raw

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [_short_key(line) for line in self._raw[place]]
        return _short_key(self._raw[place])


def _short_key(line: str) -> str:
    return folded_key(line) if len(line.strip()) <= SHORT else ""


Seen = tuple[str, int, bool, bool, int, str, str, bool, bool]


def _measured(content: str, words: str, wide: bool, even: bool) -> Seen:  # noqa: FBT001 - by position, which is quicker
    """What a line shows whatever page it stands on, from `text` to `prose`.

    `words` are its folded words, character for character if they are `even`; without `wide` no
    character takes two places.
    """
    text = content.strip()
    start = indent = 0 if content[0] == text[0] else len(content) - len(content.lstrip())
    bullet = numbered = False
    if not text[0].isalpha():
        if text[0].isdigit():
            numbered = bool(_NUMBERED.match(text))
        elif match := _BULLET.match(text):
            text = text[match.end() :]
            start += match.end()
            bullet = True
    width = width_of(text) if wide else len(text)
    key = opening = ""
    if width <= SHORT:
        key = " ".join(words.split())
    elif even:
        opening = words[start : start + _OPENING]
    else:
        opening = folded_key(text[:_OPENING])
    last = text[-1:]
    ends = last in _ENDS or (last in _BEHIND_ENDS and bool(_SENTENCE_END.search(text[-20:])))
    prose = width >= _SENTENCE_WIDTH and (
        (ends and last not in ":：" and not (numbered and width < _PROSE_WIDTH))
        or (width >= _PROSE_WIDTH and bool(_SENTENCE_INSIDE.search(text, 0, _MEASURED)))
    )
    return text, indent, bullet, numbered, width, key, opening, ends, prose


# The menus of a site stand on each of its pages: of one site's captures half the lines are known.
_KNOWN: dict[str, Seen] = {}


def _remember(content: str, seen: Seen) -> None:
    if len(_KNOWN) >= REMEMBERED:
        _KNOWN.clear()
    _KNOWN[content] = seen
