"""What the lines of a saved page show, each and together: the numbers its judge of text sees.

The tags and names around a line, how much of it is links, how much text stands in the same box and
in the one around that, what stands beside it, and where it stands between title and end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from corpusapp.extraction.article import Part
from corpusapp.extraction.forest import Table
from corpusapp.extraction.formats.html.hints import BITS, NAMES
from corpusapp.extraction.lines import Line
from corpusapp.extraction.markup import Area, Markup
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark

_WIDEST = 800
_READ = 90  # characters of a line
_TAGS = ("p", "li", "div", "td", "tr", "img", "pre", "figcaption", "dd", "button", "span")
_AREAS = {
    "nav": Area.NAV, "header": Area.HEADER, "footer": Area.FOOTER, "aside": Area.ASIDE,
    "form": Area.FORM, "in button": Area.BUTTON, "article": Area.ARTICLE, "main": Area.MAIN,
    "figure": Area.FIGURE, "figcaption": Area.CAPTION, "table": Area.TABLE, "quote": Area.QUOTE,
    "hidden": Area.HIDDEN, "dialog": Area.DIALOG, "list": Area.LIST,
}  # fmt: skip
_OWN = (
    "width", "words", "ends", "prose", "bullet", "numbered", "heading", "linked", "links", "lists",
    "quotes", "gap", "goes on", "first", "cells", "claimed", "claimed caption", "claimed links",
    "claimed end", "repeats", "pauses", "digits", "capitals", "small first", "as described",
    "in the article's own copy", "is title", "dated", "item",
)  # fmt: skip
_BESIDE = ("width", "prose", "heading", "linked", "claimed", "tag p", "tag li", "ends")
_STEPS = (-2, -1, 1, 2)
_WINDOWS = (3, 10)
_SUMMED = ("width", "prose", "linked width", "claimed")
_BOX = ("text", "linked", "lines", "prose", "share of prose", "width of lines", "claimed")
_PLACES = (
    "inside best", "inside above best", "inside two above best", "from best", "past best", "place",
    "text above", "text below", "from title", "since heading", "heading above",
    "prose since heading", "since end mark", "lines below", "same box above", "same box below",
    "boxes to line above", "steps to title", "lines about title", "share about title", "titles between",
)  # fmt: skip
_HINTED = ("own", "above", "around")
FEATURES: tuple[str, ...] = (
    *_OWN,
    *(f"tag {tag}" for tag in _TAGS),
    *(f"in {area}" for area in _AREAS),
    *(f"{where} {name}" for where in _HINTED for name in NAMES),
    *(f"{name} {step:+d}" for step in _STEPS for name in _BESIDE),
    *(f"{name} around {reach}" for reach in _WINDOWS for name in _SUMMED),
    *(f"{name} of box" for name in _BOX),
    *(f"{name} of box above" for name in _BOX),
    *(f"{name} two boxes above" for name in _BOX),
    *_PLACES,
)
_BITS = np.array([BITS[name] for name in NAMES], dtype=np.int64)
_AREA_BITS = np.array(list(_AREAS.values()), dtype=np.int64)
_TAG_PLACE = {tag: place for place, tag in enumerate(_TAGS)}
_FAR = 60


@dataclass(frozen=True, slots=True)
class Lookout:
    """All that is known of a page before its lines are judged; sequences are parallel."""

    lines: Sequence[Line]
    markups: Sequence[Markup]
    parents: Sequence[int]
    marks: Sequence[Mark | None]
    repeats: Sequence[int]
    copied: Sequence[int]  # 1: the page's own copy of the text has the line, 0: not, -1: no copy
    described: frozenset[int]  # lines that repeat the page's description
    titles: frozenset[int]  # lines with the words of the title
    title: int | None
    dates: frozenset[int]


class Measured(NamedTuple):
    """One row of `FEATURES` for each line; the first and the last line of the box with the text."""

    table: Table
    first: int
    last: int


def measure(page: Lookout) -> Measured:
    """What the judge of the text sees of each line."""
    own = np.array([_own(page, place) for place in range(len(page.lines))], dtype=np.float64)
    count = len(own)
    tags = np.zeros((count, len(_TAGS)))
    for place, markup in enumerate(page.markups):
        if (column := _TAG_PLACE.get(markup.place.tag)) is not None:
            tags[place, column] = 1
    areas = _bits([markup.place.areas for markup in page.markups], _AREA_BITS)
    hints = [
        _bits([getattr(markup.place, where) for markup in page.markups], _BITS) for where in _HINTED
    ]
    beside = np.hstack([own[:, [_OWN.index(n) for n in _BESIDE if n in _OWN]], tags[:, :2]])
    order = [n for n in _BESIDE if n in _OWN] + ["tag p", "tag li"]
    beside = beside[:, [order.index(name) for name in _BESIDE]]
    boxes = Boxes(page, own)
    first, last = boxes.best_lines()
    places = _places(page, own, boxes, first, last)
    table = np.hstack(
        [own, tags, areas, *hints, _shifted(beside), _windows(own), boxes.table(), places]
    )
    return Measured(table, first, last)


def _own(page: Lookout, place: int) -> tuple[float, ...]:
    line, markup, mark = page.lines[place], page.markups[place], page.marks[place]
    text = line.text if len(line.text) < _READ else line.text[:_READ]
    words = text.split()
    length = len(text) or 1
    return (
        min(line.width, _WIDEST),
        line.key.count(" ") + 1,
        line.ends,
        line.prose,
        line.bullet,
        line.numbered,
        markup.heading,
        markup.linked,
        min(markup.links, 20),
        markup.place.lists,
        markup.place.quotes,
        markup.gap,
        markup.goes_on,
        markup.first,
        markup.cells,
        mark is not None,
        mark is not None and mark.part is Part.CAPTION,
        mark is LINKS_HEADING,
        mark is TEXT_END or mark is COMMENTS,
        min(page.repeats[place], 5),
        text.count(",") + text.count("，") + text.count("、"),
        sum(map(str.isdigit, text)) / length,
        sum([word[0].isupper() for word in words]) / (len(words) or 1),
        text[:1].islower(),
        place in page.described,
        page.copied[place],
        place in page.titles,
        place in page.dates,
        min(markup.place.ordinal, 30),
    )


def _bits(numbers: Sequence[int], bits: np.typing.NDArray[np.int64]) -> Table:
    held: Table = ((np.array(numbers, dtype=np.int64)[:, None] & bits) != 0).astype(np.float64)
    return held


def _shifted(chosen: Table) -> Table:
    count = len(chosen)
    beside = []
    for step in _STEPS:
        moved = np.full_like(chosen, -1.0)
        if abs(step) < count:
            if step < 0:
                moved[-step:] = chosen[:step]
            else:
                moved[:-step] = chosen[step:]
        beside.append(moved)
    return np.hstack(beside)


def window_means(chosen: Table, reach: int) -> Table:
    """For each row the mean of the rows within `reach` of it, itself among them."""
    count = len(chosen)
    sums = np.vstack([np.zeros((1, chosen.shape[1])), np.cumsum(chosen, axis=0)])
    here = np.arange(count)
    first, after = np.maximum(here - reach, 0), np.minimum(here + reach + 1, count)
    means: Table = (sums[after] - sums[first]) / (after - first)[:, None]
    return means


def _windows(own: Table) -> Table:
    width, prose, linked, claimed = (
        own[:, _OWN.index(n)] for n in ("width", "prose", "linked", "claimed")
    )
    chosen = np.stack([width, prose, width * linked, claimed], axis=1)
    return np.hstack([window_means(chosen, reach) for reach in _WINDOWS])


class Boxes:
    """What stands in each container, and in those around it."""

    def __init__(self, page: Lookout, own: Table) -> None:
        parents = page.parents
        count = len(parents)
        self.at = np.array([markup.place.container for markup in page.markups], dtype=np.intp)
        width, linked = own[:, 0], own[:, _OWN.index("linked")]
        prose = own[:, _OWN.index("prose")] * (linked < 0.5)  # noqa: PLR2004
        values = np.stack(
            [
                width,
                width * linked,
                np.ones(len(own)),
                prose,
                prose * width,
                own[:, _OWN.index("claimed")],
            ],
            axis=1,
        )
        direct = np.zeros((count, 6))
        np.add.at(direct, self.at, values)
        totals = direct.tolist()
        for box in range(count - 1, 0, -1):
            above, row = totals[parents[box]], totals[box]
            if row[2]:
                for column in range(6):
                    above[column] += row[column]
        self.totals = np.array(totals)
        lines = [row[2] for row in totals]
        self.up = [0] * count  # the nearest box around with more lines
        home = [0] * count
        for box in range(1, count):
            parent = parents[box]
            self.up[box] = parent if lines[parent] > lines[box] else self.up[parent]
            home[box] = home[parent] if lines[box] <= 1 else box
        self.home = np.array(home, dtype=np.intp)[self.at]
        self.ups = np.array(self.up, dtype=np.intp)
        self.parents = parents
        self.best = self._best(prose * width)

    def _best(self, weights: Table) -> int:
        """The box whose own paragraphs weigh most, those of the boxes in it counting half."""
        count = len(self.parents)
        direct = np.bincount(self.home, weights=weights, minlength=count)
        scores = direct.copy()
        np.add.at(scores, self.ups, direct / 2)
        shares = 1 - self.totals[:, 1] / np.maximum(self.totals[:, 0], 1)
        return int(np.argmax(scores * shares))

    def inside(self, box: int) -> Table:
        """For each line 1 if it stands in `box`, 0 if not."""
        held = [False] * len(self.parents)
        held[box] = True
        for other in range(box + 1, len(held)):
            held[other] = held[self.parents[other]]
        if box == 0:
            held = [True] * len(held)
        return np.array(held, dtype=np.float64)[self.at]

    def best_lines(self) -> tuple[int, int]:
        """The first and the last line of the best box."""
        within = np.nonzero(self.inside(self.best))[0]
        return (int(within[0]), int(within[-1])) if len(within) else (0, len(self.at) - 1)

    def table(self) -> Table:
        """One row of `_BOX` for the box of each line, the one around it, and the one around that."""
        totals = self.totals
        prose = max(float(totals[0, 4]), 1.0)
        lines = np.maximum(totals[:, 2], 1)
        figures = np.stack(
            [
                totals[:, 0],
                totals[:, 1] / np.maximum(totals[:, 0], 1),
                totals[:, 2],
                totals[:, 3],
                totals[:, 4] / prose,
                totals[:, 0] / lines,
                totals[:, 5] / lines,
            ],
            axis=1,
        )
        above = self.ups[self.home]
        return np.hstack([figures[self.home], figures[above], figures[self.ups[above]]])


def _places(page: Lookout, own: Table, boxes: Boxes, first: int, last: int) -> Table:
    count = len(own)
    here = np.arange(count)
    best = boxes.inside(boxes.best)
    up = boxes.up[boxes.best]
    text = np.cumsum(own[:, 0] * own[:, _OWN.index("prose")])
    total = max(float(text[-1]), 1.0)
    title = -1 if page.title is None else page.title
    same = boxes.home[1:] == boxes.home[:-1]
    return np.stack(
        [
            best,
            boxes.inside(up),
            boxes.inside(boxes.up[up]),
            np.clip(here - first, -_FAR, _FAR),
            np.clip(here - last, -_FAR, _FAR),
            here / count,
            text / total,
            1 - text / total,
            np.clip(here - title, -_FAR, 2 * _FAR) if title >= 0 else np.full(count, -2.0 * _FAR),
            *_since(page),
            np.minimum(count - here, 2 * _FAR),
            np.concatenate([[0.0], same]),
            np.concatenate([same, [0.0]]),
            np.concatenate([[0.0], np.clip(np.diff(boxes.at), -9, 9)]),
            *_about_title(page, boxes),
        ],
        axis=1,
    )


def _about_title(page: Lookout, boxes: Boxes) -> tuple[Table, ...]:
    """How far up the box stands that holds line and title, how large it is, and other titles between."""
    count = len(page.lines)
    if page.title is None:
        return tuple(np.full(count, -1.0) for _ in range(4))
    total = max(float(boxes.totals[0, 0]), 1.0)
    holding = set()
    box = page.markups[page.title].place.container
    while box not in holding:
        holding.add(box)
        box = page.parents[box]
    holding.add(0)
    steps, shared = [0] * len(page.parents), list(range(len(page.parents)))
    for box in range(1, len(steps)):
        if box not in holding:
            parent = page.parents[box]
            steps[box], shared[box] = steps[parent] + 1, shared[parent]
    at = boxes.at
    held = np.array(shared, dtype=np.intp)[at]
    level = page.markups[page.title].heading or 1
    headings = np.cumsum([0 < markup.heading <= level for markup in page.markups])
    return (
        np.minimum(np.array(steps, dtype=np.float64)[at], 12),
        boxes.totals[held, 2],
        boxes.totals[held, 0] / total,
        np.clip(headings - headings[page.title], -5, 12).astype(np.float64),
    )


def _since(page: Lookout) -> tuple[Table, ...]:
    """How far above the last heading and the last end mark stand, and what lies between."""
    headings, levels, prose, marks = [], [], [], []
    since = mark_since = _FAR
    level = paragraphs = 0
    for markup, mark, line in zip(page.markups, page.marks, page.lines, strict=True):
        since, mark_since = min(since + 1, _FAR), min(mark_since + 1, _FAR)
        if markup.heading:
            since, level, paragraphs = 0, markup.heading, 0
        if mark in (LINKS_HEADING, TEXT_END, COMMENTS):
            mark_since = 0
        paragraphs += line.prose
        headings.append(since)
        levels.append(level)
        prose.append(min(paragraphs, 20))
        marks.append(mark_since)
    return tuple(np.array(column, dtype=np.float64) for column in (headings, levels, prose, marks))
