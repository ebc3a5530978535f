"""A capture as numbered lines, each with what can be seen of it without its neighbours."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpusapp.extraction.errors import TooManyLinesError
from corpusapp.text.folding import ascii_words, fold_words

MOST_LINES = 50_000  # a thick novel has a third of that
SHORT = 200  # wider lines are never a field but a title, a standfirst or text
_MEASURED = 600  # characters of a line that are looked at when it is measured
_HAN_LIKE = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_BULLET = re.compile(r"(?:[•·●▪◦‣■□◆★☆►▶]|[-*–](?=\s))\s*")
_NUMBERED = re.compile(r"\d{1,2}\.\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟।][\"'”’»」』)）\]]*(?:\[\d{1,3}\])*$|[:：;；]$")
_SENTENCE_INSIDE = re.compile(r"[.!?]['\"”’)]?\s+\S|[。！？，、；۔،।]")
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
    text: str  # stripped, without its bullet
    indent: int
    bullet: bool
    numbered: bool
    gap: bool  # a blank line, or nothing, stands above
    width: int  # in Latin letters; a Han character counts two
    key: str  # folded words of a short line; "" for a long one
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


def read_page(text: str, *, unwrap: bool = True) -> Page:
    """The lines of cleaned `text`, paragraphs that were wrapped by hand as one line each.

    Raises TooManyLinesError beyond `MOST_LINES` with words. Without `unwrap` lines stay lines.
    """
    raw = text.split("\n")
    lines: list[Line] = []
    places: dict[str, list[int]] = {}
    last = -1
    for number, end, content in _joined(raw) if unwrap and _is_wrapped(raw) else _single(raw):
        if len(lines) == MOST_LINES:
            raise TooManyLinesError(MOST_LINES)
        line = _line(len(lines), number, end, content, number != last + 1)
        last = end
        lines.append(line)
        if line.key:
            places.setdefault(line.key, []).append(line.index)
    return Page(lines, len(raw), places)


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


def _line(index: int, number: int, last: int, content: str, gap: bool) -> Line:  # noqa: FBT001 - by position, which is quicker
    seen = _remembered(content) if len(content) <= _SHORT_ENOUGH else _measured(content)
    text, indent, bullet, numbered, width, key, ends, prose = seen
    return Line(index, number, last, text, indent, bullet, numbered, gap, width, key, ends, prose)


def _measured(content: str) -> tuple[str, int, bool, bool, int, str, bool, bool]:
    """What a line shows whatever page it stands on, from `text` to `prose`."""
    text = content.strip()
    indent = 0 if content[0] == text[0] else len(content) - len(content.lstrip())
    bullet = numbered = False
    if not text[0].isalpha():
        if text[0].isdigit():
            numbered = bool(_NUMBERED.match(text))
        elif match := _BULLET.match(text):
            text = text[match.end() :]
            bullet = True
    ascii_only = text.isascii()
    width = len(text) if ascii_only else width_of(text)
    key = ""
    if width <= SHORT:
        key = " ".join(ascii_words(text) if ascii_only else fold_words(text))
    ends = not text[-1:].isalnum() and bool(_SENTENCE_END.search(text[-20:]))
    prose = width >= _SENTENCE_WIDTH and (
        (ends and text[-1] not in ":：" and not (numbered and width < _PROSE_WIDTH))
        or (width >= _PROSE_WIDTH and bool(_SENTENCE_INSIDE.search(text, 0, _MEASURED)))
    )
    return text, indent, bullet, numbered, width, key, ends, prose


# The menus of a site stand on each of its pages: of one site's captures half the lines are known.
_remembered = lru_cache(maxsize=REMEMBERED)(_measured)
