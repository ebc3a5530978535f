"""The publication a text was taken from, and its address, where the page prints them.

Seen on news portals: "2019-08-12 10:26　来源: Evening Post 举报" under the title, with a button behind;
"Source: …" under the text; "This article first appeared in …" as a sentence of it. The same word
before the credit of a picture or a table names no source of the text, so only lines about the title
and right after the text are asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.chrome import STAND_IN
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import alternatives, folded, months, phrases
from corpusapp.text.folding import fold, lowered

_ABOVE, _BELOW, _AFTER, _LAST = 6, 12, 8, 3  # lines about the title, and about the end of the text
_WIDEST, _WIDEST_SOURCE = 240, 80
_LEAST_CAPTION = 25
_LED = re.compile(
    rf"(?:^|[\s|｜(（【\[]|(?<=\d)|更新)\W{{0,2}}(?:{alternatives('sources')})\s?[:：]\s{{0,3}}(?P<source>\S.{{0,120}})",
    re.IGNORECASE,
)
_TOLD = re.compile(
    rf"(?:{alternatives('first_published')})\s(?P<source>\S.{{0,120}})", re.IGNORECASE
)
# The longest word of each of these phrases: without one of them no line tells of another publication
_TELLING_WORDS = frozenset(max(phrase.split(), key=len) for phrase in phrases("first_published"))
_LEADING_WORDS = frozenset(max(lowered(phrase).split(), key=len) for phrase in phrases("sources"))
_ADDRESSED = re.compile(
    rf"(?:{alternatives('source_addresses')})\s?[:：]\s?(?P<source>https?:\S)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s，。）)\"'<>]{4,300}")
_NEXT_LABEL = re.compile(
    rf"[|｜]|\s{{2,}}|　|[\s(（]?(?:{alternatives('labels')})(?:\s?[:：]|\s|$)|[(（【]|\s\d|[：:]\s"
)
_SENTENCE_PART = re.compile(
    r"[.。,，;；(（]\s|[.。,，;；]$|\s[-–—]\s|\s(?:and|on|in|under|at|und|am)\s|[(（:]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_BUTTONS = folded("furniture")
_NO_SOURCES = folded("no_sources")
_MONTHS = frozenset(months())


@dataclass(frozen=True, slots=True)
class SourceFound:
    index: int
    name: str
    address: str
    led: bool  # by a word before a colon, and not inside a sentence
    whole: bool  # the line begins with it


def find_source(scene: Scene) -> SourceFound | None:
    """The first source that a line about the title or after the text names; None if none does."""
    asked = [line for line in _asked(scene) if line.width <= _WIDEST]
    words = lowered("\n".join([line.text for line in asked]))
    may_be_told = any(word in words for word in _TELLING_WORDS)
    may_be_led = any(word in words for word in _LEADING_WORDS)
    may_be_addressed = "http" in words
    for line in asked:
        if _is_credit(scene, line):
            continue
        told = None
        colon = ":" in line.text or "：" in line.text  # most lines have none to lead a source
        led = _LED.search(line.text) if colon and may_be_led and not line.prose else None
        if led is None and may_be_told:
            told = _TOLD.search(line.text)
        match = led or told
        if match is None and colon and may_be_addressed:
            match = _ADDRESSED.search(line.text)
        if match is None:
            continue
        name = _name(match["source"], told=told is not None)
        address = _address(scene, line)
        if name or address:
            whole = led is not None and led.start() == 0
            return SourceFound(line.index, name, address, led is not None, whole)
    return None


def _asked(scene: Scene) -> Iterator[Line]:
    lines = scene.page.lines
    top = scene.body if scene.title is None else scene.title
    yield from lines[max(0, top - _ABOVE) : min(scene.body, top + _BELOW)]
    yield from lines[max(scene.body, scene.end - _LAST) : scene.end + 1 + _AFTER]


def _is_credit(scene: Scene, line: Line) -> bool:
    """Under the words of a picture a source is the picture's; before the text in Latin letters only."""
    if line.index == 0 or line.index >= scene.body or _HAN.search(line.text[:4]):
        return False
    above, mark = scene.page.lines[line.index - 1], scene.marks[line.index - 1]
    if mark is None:
        return above.index != scene.title and above.width >= _LEAST_CAPTION
    return mark.part is Part.CAPTION or mark is STAND_IN


def _name(printed: str, *, told: bool) -> str:
    if printed.startswith("http"):
        return ""
    part = (_SENTENCE_PART if told else _NEXT_LABEL).split(printed, maxsplit=1)[0].strip()
    if _HAN.match(part):
        part = part.split(maxsplit=1)[0]
    part = part.strip(' .。,，、|()（）[]【】"“”«»')
    key = fold(part)
    if not key or len(part) > _WIDEST_SOURCE or key in _NO_SOURCES or key in _BUTTONS:
        return ""
    if told and not (part[0].isupper() or "." in part or _HAN.match(part)):
        return ""
    if part[0].isdigit() or key.split()[0] in _MONTHS:
        return ""
    return part


def _address(scene: Scene, line: Line) -> str:
    """An address in the line itself, or alone on the next."""
    if match := _ADDRESS.search(line.text):
        return match[0].rstrip(".")
    lines = scene.page.lines
    if line.index + 1 < len(lines):
        below = lines[line.index + 1].text
        match = _ADDRESS.fullmatch(below)
        return match[0] if match else ""
    return ""
