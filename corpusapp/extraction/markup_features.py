"""What the lines of a saved page show, each and together: the numbers its judge of text sees.

The tags and names around a line, how much of it is links, how much text stands in the same box and
in the one around that, what stands beside it, and where it stands between title and end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from corpusapp.extraction.article import Part
from corpusapp.extraction.forest import Table
from corpusapp.extraction.formats.html.hints import BITS, NAMES
from corpusapp.extraction.letters import openings
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
(
    _WIDTH, _LINKED, _LINKS, _PROSE, _HEADING, _CLAIMED, _REPEATS, _DESCRIBED, _COPIED, _TITLES, _DATED, _ITEM,
    _WORDS, _SMALL,
) = map(
    _OWN.index,
    (
        "width", "linked", "links", "prose", "heading", "claimed", "repeats", "as described",
        "in the article's own copy", "is title", "dated", "item", "words", "small first",
    ),
)  # fmt: skip
# All lines of a page are measured: those who read several fields at once do it in C.
_line_figures = attrgetter("width", "ends", "prose", "bullet", "numbered")
_markup_figures = attrgetter("heading", "linked", "links", "gap", "goes_on", "first", "cells")
_place_figures = attrgetter("lists", "quotes", "ordinal")
_OF_LINE, _OF_MARKUP, _OF_PLACE, _OF_OPENINGS = (
    [_OWN.index(name) for name in names]
    for names in (
        ("width", "ends", "prose", "bullet", "numbered"),
        ("heading", "linked", "links", "gap", "goes on", "first", "cells"),
        ("lists", "quotes", "item"),
        ("pauses", "digits", "capitals"),
    )
)
_BESIDE_OWN = [place for place, name in enumerate(_BESIDE) if name in _OWN]
_BESIDE_COLUMNS = [_OWN.index(_BESIDE[place]) for place in _BESIDE_OWN]
_BESIDE_TAGS = [_BESIDE.index(f"tag {tag}") for tag in _TAGS[:2]]
_MOST_PARAGRAPHS = 20


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
    own = _own(page)
    count = len(own)
    places = np.array(
        [
            (place.areas, place.own, place.above, place.around, _TAG_PLACE.get(place.tag, -1))
            for markup in page.markups
            for place in (markup.place,)
        ],
        dtype=np.int64,
    )
    tags = (places[:, 4:] == np.arange(len(_TAGS))).astype(np.float64)
    areas = _bits(places[:, 0], _AREA_BITS)
    hints = [_bits(places[:, column], _BITS) for column in (1, 2, 3)]
    beside = np.empty((count, len(_BESIDE)))
    beside[:, _BESIDE_OWN] = own[:, _BESIDE_COLUMNS]
    beside[:, _BESIDE_TAGS] = tags[:, :2]
    boxes = Boxes(page, own)
    first, last = boxes.best_lines()
    table = np.hstack(
        [
            own, tags, areas, *hints, _shifted(beside), _windows(own), boxes.table(),
            _places(page, own, boxes, first, last),
        ]
    )  # fmt: skip
    return Measured(table, first, last)


def _own(page: Lookout) -> Table:
    """From "width" to "item" of FEATURES, one row for each line."""
    own = np.zeros((len(page.lines), len(_OWN)))
    own[:, _OF_LINE] = list(map(_line_figures, page.lines))
    own[:, _OF_MARKUP] = list(map(_markup_figures, page.markups))
    own[:, _OF_PLACE] = [_place_figures(markup.place) for markup in page.markups]
    texts = [line.text[:_READ] for line in page.lines]
    own[:, _OF_OPENINGS] = openings(texts)
    own[:, _WORDS] = [line.key.count(" ") for line in page.lines]
    own[:, _SMALL] = [text[:1].islower() for text in texts]
    own[:, _LINKS] = np.minimum(own[:, _LINKS], 20)
    own[:, _ITEM] = np.minimum(own[:, _ITEM], 30)
    own[:, _WIDTH] = np.minimum(own[:, _WIDTH], _WIDEST)
    own[:, _REPEATS] = np.minimum(page.repeats, 5)
    own[:, _COPIED] = page.copied
    for column, lines in (
        (_DESCRIBED, page.described),
        (_TITLES, page.titles),
        (_DATED, page.dates),
    ):
        own[list(lines), column] = 1
    for place, mark in enumerate(page.marks):
        if mark is not None:
            own[place, _CLAIMED : _CLAIMED + 4] = (
                1,
                mark.part is Part.CAPTION,
                mark is LINKS_HEADING,
                mark is TEXT_END or mark is COMMENTS,
            )
    return own


def _bits(numbers: np.typing.NDArray[np.int64], bits: np.typing.NDArray[np.int64]) -> Table:
    held: Table = ((numbers[:, None] & bits) != 0).astype(np.float64)
    return held


def _shifted(chosen: Table) -> Table:
    count, wide = chosen.shape
    beside = np.full((count, wide * len(_STEPS)), -1.0)
    for place, step in enumerate(_STEPS):
        if abs(step) < count:
            columns = slice(place * wide, (place + 1) * wide)
            if step < 0:
                beside[-step:, columns] = chosen[:step]
            else:
                beside[:-step, columns] = chosen[step:]
    return beside


def window_means(chosen: Table, reach: int) -> Table:
    """For each row the mean of the rows within `reach` of it, itself among them."""
    count = len(chosen)
    sums = np.vstack([np.zeros((1, chosen.shape[1])), np.cumsum(chosen, axis=0)])
    here = np.arange(count)
    first, after = np.maximum(here - reach, 0), np.minimum(here + reach + 1, count)
    means: Table = (sums[after] - sums[first]) / (after - first)[:, None]
    return means


def _windows(own: Table) -> Table:
    chosen = own[:, [_WIDTH, _PROSE, _WIDTH, _CLAIMED]]
    chosen[:, 2] *= own[:, _LINKED]
    return np.hstack([window_means(chosen, reach) for reach in _WINDOWS])


class Boxes:
    """What stands in each container, and in those around it.

    Containers are numbered as they open, so those inside one follow it, up to its `ends`.
    """

    def __init__(self, page: Lookout, own: Table) -> None:
        parents = page.parents
        count = len(parents)
        self.at = np.array([markup.place.container for markup in page.markups], dtype=np.intp)
        width, linked = own[:, _WIDTH], own[:, _LINKED]
        prose = own[:, _PROSE] * (linked < 0.5)  # noqa: PLR2004
        sums = np.zeros((count + 1, 6))
        for column, values in enumerate(
            (width, width * linked, None, prose, prose * width, own[:, _CLAIMED])
        ):
            sums[1:, column] = np.bincount(self.at, weights=values, minlength=count)
        ends = list(range(1, count + 1))
        for box in range(count - 1, 0, -1):
            parent = parents[box]
            ends[parent] = max(ends[parent], ends[box])
        self.ends = ends
        sums = np.cumsum(sums, axis=0)
        self.totals = sums[ends] - sums[:-1]
        lines = self.totals[:, 2].tolist()
        self.up = [0] * count  # the nearest box around with more lines
        home = [0] * count
        self.depths = [0] * count
        for box in range(1, count):
            parent = parents[box]
            self.up[box] = parent if lines[parent] > lines[box] else self.up[parent]
            home[box] = home[parent] if lines[box] <= 1 else box
            self.depths[box] = self.depths[parent] + 1
        self.home = np.array(home, dtype=np.intp)[self.at]
        self.ups = np.array(self.up, dtype=np.intp)
        self.best = self._best(prose * width)

    def _best(self, weights: Table) -> int:
        """The box whose own paragraphs weigh most, those of the boxes in it counting half."""
        count = len(self.ups)
        direct = np.bincount(self.home, weights=weights, minlength=count)
        scores = direct + np.bincount(self.ups, weights=direct / 2, minlength=count)
        shares = 1 - self.totals[:, 1] / np.maximum(self.totals[:, 0], 1)
        return int(np.argmax(scores * shares))

    def inside(self, box: int) -> Table:
        """For each line 1 if it stands in `box`, 0 if not."""
        return ((self.at >= box) & (self.at < self.ends[box])).astype(np.float64)

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
    text = np.cumsum(own[:, _WIDTH] * own[:, _PROSE])
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
            *_since(page, own),
            np.minimum(count - here, 2 * _FAR),
            np.concatenate([[0.0], same]),
            np.concatenate([same, [0.0]]),
            np.concatenate([[0.0], np.clip(np.diff(boxes.at), -9, 9)]),
            *_about_title(page, own, boxes),
        ],
        axis=1,
    )


def _about_title(page: Lookout, own: Table, boxes: Boxes) -> tuple[Table, ...]:
    """How far up the box stands that holds line and title, how large it is, and other titles between."""
    count = len(page.lines)
    if page.title is None:
        return tuple(np.full(count, -1.0) for _ in range(4))
    total = max(float(boxes.totals[0, 0]), 1.0)
    holding = [page.markups[page.title].place.container]
    while holding[-1]:
        holding.append(page.parents[holding[-1]])
    at = boxes.at
    held = np.zeros(count, dtype=np.intp)
    for box in reversed(holding):
        held[(at >= box) & (at < boxes.ends[box])] = box
    depths = np.array(boxes.depths, dtype=np.float64)
    level = page.markups[page.title].heading or 1
    headings = np.cumsum((own[:, _HEADING] > 0) & (own[:, _HEADING] <= level))
    return (
        np.minimum(depths[at] - depths[held], 12),
        boxes.totals[held, 2],
        boxes.totals[held, 0] / total,
        np.clip(headings - headings[page.title], -5, 12).astype(np.float64),
    )


def _since(page: Lookout, own: Table) -> tuple[Table, ...]:
    """How far above the last heading and the last end mark stand, and what lies between."""
    here = np.arange(len(own))
    levels = own[:, _HEADING]
    heading = np.maximum.accumulate(np.where(levels > 0, here, -1))
    ended = [mark is LINKS_HEADING or mark is TEXT_END or mark is COMMENTS for mark in page.marks]
    mark = np.maximum.accumulate(np.where(ended, here, -1))
    prose = np.concatenate([[0.0], np.cumsum(own[:, _PROSE])])
    return (
        np.where(heading < 0, _FAR, np.minimum(here - heading, _FAR)).astype(np.float64),
        np.where(heading < 0, 0.0, levels[heading]),
        np.minimum(prose[1:] - prose[np.maximum(heading, 0)], _MOST_PARAGRAPHS),
        np.where(mark < 0, _FAR, np.minimum(here - mark, _FAR)).astype(np.float64),
    )
