"""The section: a short line about the title that files the piece.

Seen in the seeds: "Columns and Opinions" between date line and counter, above the title; "Foreign
Policy" between language switcher and title. A row of such lines is a menu, the site's name stands
in the same place, and some pages print the section under the title: so a forest weighs width, place,
company and echoes of each short line near the title (`tests/extraction/training/sections.py`). A
breadcrumb names the section as its last step that is no title.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpusapp.extraction.forest import forest
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import BREADCRUMB, LINKS_HEADING, MENU_WORD, OPENING, Mark
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import fold, lowered

FEATURES: tuple[str, ...] = (
    "from title",
    "candidates between",
    "claimed between",
    "between title and text",
    "width",
    "words",
    "bullet",
    "indent",
    "gap above",
    "gap below",
    "known",
    "menu word",
    "all capitals",
    "capitalised words",
    "ends with a sign",
    "row above",
    "row below",
    "bullets above",
    "wide above",
    "wide below",
    "claimed above",
    "date beside",
    "repeated",
    "earlier twins",
    "twin near",
    "in a row of links",
    "opens a longer line near",
    "in other lines",
    "in the foot",
    "opens the page",
    "from the top",
    "lines of page",
    "title in small print above",
    "in the text",
)
_KNOWN = folded("sections", "subjects")
_KINDS = frozenset(
    (
        "news",
        "blog",
        "articles",
        "press",
        "audio",
        "video",
        "podcasts",
        "events",
        "resources",
        "company",
        "newsletter",
    )
)
_HOME = folded("home")
_ABOVE, _BELOW = 12, 5  # lines about the title
_LONELY = 0.5  # confidence: as sure as the sites that file so are many
_TOP = 4  # lines
_WIDEST = 40
_MOST_WORDS = 5
_FAR = 12
_ROW = 8  # lines looked at on each side
_FOOT = ("©", "copyright", "(c)", "版权", "版權", "rights reserved")
_FOOT_LINES = 40
_AFTER_SIGNS = " |/›»>:：·-–—"
_SIGNS = re.compile(r"[@#+=?？!！…]|https?:|www\.|\d")
_MENU = frozenset((MENU_WORD, LINKS_HEADING))
_STEPS = "›»>＞→"
_STEP = re.compile(rf"\s?[{_STEPS}]\s?")
_HOME_STEP = re.compile(r"\s/\s")  # parts menus, too: a breadcrumb only behind the way home
_CRUMBS = frozenset((BREADCRUMB, OPENING))
_STEP_READ = 400  # characters of a row of links
_LONGEST_OPENING = 160


@dataclass(frozen=True, slots=True)
class SectionFound:
    index: int
    value: str
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the section is looked for: indexes are of lines that are not blank."""

    page: Page
    title: int
    start: int  # of the text
    marks: Sequence[Mark | None]
    near: Mapping[int, str]  # lines that a "date" fills


def find_section(place: Place, *, lonely: bool = True) -> SectionFound | None:
    """The likeliest short line about the title, or what a breadcrumb says; None where neither stands there.

    A `lonely` line over the title of a text capture counts, too, though its words are unknown.
    """
    indexes = candidates(place)
    step = _last_step(place)
    best = None
    if indexes:
        chances = forest("section", FEATURES).scores(features(place, indexes))
        chance, index = max(zip(chances, indexes, strict=True), key=lambda pair: (pair[0], pair[1]))
        line = place.page.lines[index]
        best = SectionFound(
            index, line.text.rstrip(_AFTER_SIGNS), round(chance, 2), "short line about the title"
        )
    if lonely and best is not None and best.confidence < _LONELY and _is_lonely(place, best.index):
        best = replace(best, confidence=_LONELY, rule="lonely short line above the title")
    if step is not None and (best is None or best.confidence < step.confidence):
        return step
    return best


def _is_lonely(place: Place, index: int) -> bool:
    """Nothing but this line, and what is claimed as something else, stands above the title.

    A capture of the main text begins so, where a site files the piece under words of its own.
    """
    lines = place.page.lines
    alone = all(
        other == index or place.marks[other] is not None or other in place.near
        for other in range(place.title)
    )
    return alone and index < place.title <= _TOP and lines[place.title].gap


def candidates(place: Place) -> list[int]:
    """The short lines about the title that could file a piece."""
    lines = place.page.lines
    first = max(0, place.title - _ABOVE)
    after = min(len(lines), place.title + _BELOW, max(place.start, place.title))
    return [
        index
        for index in range(first, after)
        if index != place.title and _could_be(lines[index], place.marks[index], place)
    ]


def _could_be(line: Line, mark: Mark | None, place: Place) -> bool:
    if mark is not None and not (mark in _MENU and (line.key in _KNOWN or line.key in _KINDS)):
        return False
    return (
        1 < line.width <= _WIDEST
        and not line.prose
        and bool(line.key)
        and line.key.count(" ") < _MOST_WORDS
        and not (line.ends and line.text[-1] not in _AFTER_SIGNS)
        and line.index not in place.near
        and line.key not in _HOME
        and line.key != place.page.lines[place.title].key
        and not line.numbered
        and _SIGNS.search(line.text) is None
    )


def features(place: Place, indexes: Sequence[int]) -> list[list[float]]:
    """One row of `FEATURES` for each candidate."""
    lines = place.page.lines
    words = "\n".join([line.key for line in lines if line.key])
    foot = _feet(lines)
    text = lowered("\n".join([line.text[:1000] for line in lines[place.start : place.start + 8]]))
    title = lines[place.title].key
    seen = set(indexes)
    around = _around(lines[max(0, place.title - _ABOVE) : place.title + _BELOW], title)
    return [
        [
            *_place(place, index, seen),
            *_shape(lines, index, place.marks[index]),
            *_company(place, index),
            *_echoes(place.page, index, around),
            *_said(lines[index], words, foot),
            lines[0].key == lines[index].key,
            min(index, 100),
            min(len(lines), 500),
            bool(title) and len([one for one in lines[: place.title] if one.key == title]) > 0,
            lines[index].text.lower() in text,
        ]
        for index in indexes
    ]


def _feet(lines: Sequence[Line]) -> str:
    """The folded words of the last lines that tell who owns the page."""
    last = lines[-_FOOT_LINES:]
    words = lowered("\n".join([line.text[:200] for line in last]))
    signs = [sign for sign in _FOOT if sign in words]
    if not signs:
        return ""
    texts = zip(last, words.split("\n"), strict=True)
    return "\n".join([line.key for line, text in texts if any(sign in text for sign in signs)])


def _place(place: Place, index: int, seen: set[int]) -> list[float]:
    low, high = sorted((index, place.title))
    between = range(low + 1, high)
    return [
        place.title - index,
        len([one for one in between if one in seen]),
        len([one for one in between if place.marks[one] is not None]),
        index > place.title,
    ]


def _shape(lines: Sequence[Line], index: int, mark: Mark | None) -> list[float]:
    line = lines[index]
    words = line.text.split()
    return [
        line.width,
        len(words),
        line.bullet,
        min(line.indent, _FAR),
        line.gap,
        index + 1 >= len(lines) or lines[index + 1].gap,
        line.key in _KNOWN,
        mark is not None,
        line.text.isupper(),
        sum([word[0].isupper() for word in words]) / len(words),
        line.text[-1] in _AFTER_SIGNS,
    ]


def _company(place: Place, index: int) -> list[float]:
    """How long the row of short lines is that it stands in, and what is beside it."""
    lines, marks = place.page.lines, place.marks
    above = lines[max(0, index - _ROW) : index]
    below = lines[index + 1 : index + 1 + _ROW]
    own = lines[index]
    beside = [one for one in (index - 1, index + 1) if 0 <= one < len(lines)]
    return [
        _row(own, above[::-1]),
        _row(own, below),
        len([line for line in above if line.bullet]),
        len([line for line in above if line.width > _WIDEST]),
        len([line for line in below if line.width > _WIDEST]),
        len([line for line in above if marks[line.index] is not None]),
        any(one in place.near for one in beside),
    ]


def _row(own: Line, others: Sequence[Line]) -> int:
    """How many lines go on like it: short, and bulleted or indented as it is."""
    length = 0
    for line in others:
        if line.width > _WIDEST or line.bullet is not own.bullet or line.indent != own.indent:
            break
        length += 1
    return length


class _Around(NamedTuple):
    """What a candidate may echo in the lines about the title."""

    steps: Sequence[
        tuple[Line, frozenset[str]]
    ]  # of rows of links: the folded steps behind the first
    openings: Sequence[Line]  # short lines that hold the beginning of the title


def _around(lines: Sequence[Line], title: str) -> _Around:
    words = "\n".join([line.text[:_STEP_READ] for line in lines])
    stepped = lines if any(sign in words for sign in _STEPS) else ()
    parted = [(line, _STEP.split(line.text[:_STEP_READ])[1:]) for line in stepped]
    return _Around(
        [(line, frozenset(map(fold, steps))) for line, steps in parted if steps],
        [line for line in lines if line.width <= _LONGEST_OPENING and title[:20] in line.key],
    )


def _echoes(page: Page, index: int, around: _Around) -> list[float]:
    key = page.lines[index].key
    places = page.places.get(key, ())
    opening = f"{key} "
    return [
        min(len(places), 6),
        min(len([one for one in places if one < index]), 4),
        any(one != index and abs(one - index) <= _FAR for one in places),
        any(
            key in steps and line.index != index and line.width > len(key)
            for line, steps in around.steps
        ),
        any(
            line.key != key and (line.key.startswith(opening) or f" {opening}" in line.key)
            for line in around.openings
        ),
    ]


def _said(line: Line, words: str, foot: str) -> list[float]:
    """How often other lines hold its words (a site's name is everywhere), and whether the foot does."""
    return [min(words.count(line.key), 12), bool(foot) and line.key in foot]


def _last_step(place: Place) -> SectionFound | None:
    """The last step of the breadcrumb nearest above the title that is neither title nor home."""
    lines = place.page.lines
    title = lines[place.title].key
    for index in range(place.title - 1, max(-1, place.title - 1 - _ABOVE), -1):
        if place.marks[index] not in _CRUMBS or index in place.near:
            continue
        for step in reversed(_steps(lines[index].text[:_STEP_READ])):
            key = fold(step)
            if not key or key in _HOME or _is_title(key, title):
                continue
            if len(step) > _WIDEST or _SIGNS.search(step):
                return None
            return SectionFound(index, step, 0.8, "last step of a breadcrumb")
    return None


def _steps(text: str) -> list[str]:
    """The steps of a breadcrumb, none where the line is no such thing."""
    steps = [step.strip() for step in _STEP.split(text)]
    if len(steps) == 1:
        steps = [step.strip() for step in _HOME_STEP.split(text)]
        if fold(steps[0]) not in _HOME:
            return []
    steps[0] = steps[0].rpartition("：")[2].rpartition(":")[2].strip()
    return steps if len(steps) > 1 else []


def _is_title(step: str, title: str) -> bool:
    """Breadcrumbs shorten long titles."""
    return step == title or (len(step) >= _FAR and title.startswith(step))
