"""What a line, its neighbours and its place tell of whether it is text: the numbers the judge sees.

A line alone says little ("Read more" may be a sentence of the article); so each number is given for
the line itself, for those beside it, and as sums over windows, and how much text lies above and
below counts as much as the words. Seen in the seeds: the bullets under "Latest" look like any list;
that a heading over links stands above and no paragraph follows is what tells.
"""

import itertools
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpusapp.extraction.article import Part
from corpusapp.extraction.forest import Rows, Table
from corpusapp.extraction.lines import Page
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark
from corpusapp.extraction.parts.line_words import MEASURED, LineWords

_WIDEST = 600
_FAR = 60  # lines; farther is all the same
_REACH, _SIGHT = 15, 20  # lines
_OWN = (
    "width",
    "prose",
    "ends",
    "bullet",
    "numbered",
    "gap",
    "indent",
    "claimed",
    "caption",
    "date",
    *MEASURED,
    "repeats",
)
_LOOKS = _OWN[:7]  # what every line tells of itself
_SEEN = attrgetter(*_LOOKS)
_CLAIMED, _CAPTION, _DATE = map(_OWN.index, ("claimed", "caption", "date"))
_REPEATS = _OWN.index("repeats")
_MOST = np.array([_WIDEST, *[1.0] * 5, 12, *[1.0] * 5, 20, *[1.0] * 2, *[20.0] * 3, 5])
_BESIDE = ("width", "prose", "ends", "bullet", "gap", "indent", "claimed", "capitals", "words")
_BESIDE_COLUMNS = [_OWN.index(name) for name in _BESIDE]
_STEPS = (-2, -1, 1, 2)
_STEP = max(_STEPS)
_WINDOWS = (3, 8, 20)
_SUMMED = ("width", "prose", "claimed", "bullet", "ends", "date", "words")
_SUMMED_COLUMNS = [_OWN.index(name) for name in _SUMMED]
_SIDE, _SIDE_COLUMNS = 5, 3  # lines, and columns summed over them
# From which to which line beside one, and of how many columns means are given
_SPANS = (
    *((-reach, reach, len(_SUMMED)) for reach in _WINDOWS),
    (1, _SIDE, _SIDE_COLUMNS),
    (-_SIDE, -1, _SIDE_COLUMNS),
)
_PLACES = (
    "place",
    "lines above",
    "lines below",
    "text above",
    "text below",
    "text above, share",
    "to prose above",
    "to prose below",
    "since heading",
    "heading",
    "prose since heading",
    "since comments",
    "from title",
    "from block",
    "past block",
    "text since title",
    "lines of page",
    "text of page",
)
FEATURES: tuple[str, ...] = (
    *_OWN,
    *(f"{name} {step:+d}" for step in _STEPS for name in _BESIDE),
    *(f"{name} around {reach}" for reach in _WINDOWS for name in _SUMMED),
    *(f"{name} beyond {_SIDE}" for name in _SUMMED[:_SIDE_COLUMNS]),
    *(f"{name} before {_SIDE}" for name in _SUMMED[:_SIDE_COLUMNS]),
    *_PLACES,
)


_HEADINGS: dict[Mark | None, float] = {LINKS_HEADING: 1.0, TEXT_END: 2.0, COMMENTS: 3.0}


class Surroundings(NamedTuple):
    """What is known of the page before its lines are judged; indexes of lines."""

    first: int  # of the heaviest run
    last: int
    title: int | None
    dates: frozenset[int]  # lines that a date fills


def near_text(page: Page, known: Surroundings) -> npt.NDArray[np.bool_]:
    """The lines worth judging: about the heaviest run, or with a paragraph in sight."""
    near = np.zeros(len(page.lines), dtype=np.bool_)
    near[max(0, known.first - _REACH) : known.last + _REACH + 1] = True
    for index in [line.index for line in page.lines if line.prose]:
        near[max(0, index - _SIGHT) : index + _SIGHT + 1] = True
    return near


def features(
    page: Page,
    marks: Sequence[Mark | None],
    known: Surroundings,
    near: npt.NDArray[np.bool_],
    words: LineWords,
) -> Rows:
    """One row of `FEATURES` for each line.

    Of lines that are not `near` the text only what their neighbours need is measured.
    """
    rows = np.empty((len(page.lines), len(FEATURES)), dtype=np.float32)
    own = _own(page, marks, known, near, words)
    rows[:, : len(_OWN)] = own
    _beside(own, rows[:, len(_OWN) :])
    _around(own, rows[:, len(_OWN) + len(_STEPS) * len(_BESIDE) :])
    _places(own, marks, known, rows[:, -len(_PLACES) :])
    return rows


def _own(
    page: Page,
    marks: Sequence[Mark | None],
    known: Surroundings,
    near: npt.NDArray[np.bool_],
    words: LineWords,
) -> Table:
    """What each line shows by itself, in the order of `_OWN`."""
    lines = page.lines
    count = len(lines)
    own = np.zeros((count, len(_OWN)))
    seen = itertools.chain.from_iterable(map(_SEEN, lines))
    own[:, : len(_LOOKS)] = np.fromiter(seen, np.float64, count * len(_LOOKS)).reshape(count, -1)
    claimed = [index for index, mark in enumerate(marks) if mark is not None]
    own[claimed, _CLAIMED] = 1.0
    own[[index for index in claimed if _is_caption(marks[index])], _CAPTION] = 1.0
    own[list(known.dates), _DATE] = 1.0
    measured = list(itertools.compress(lines, near.tolist()))
    if measured:
        own[near, _REPEATS - len(MEASURED) : _REPEATS] = words.measure(measured)
    own[:, _REPEATS] = 1.0
    for places in page.places.values():
        if len(places) > 1:
            own[places, _REPEATS] = len(places)
    np.minimum(own, _MOST, out=own)
    return own


def _is_caption(mark: Mark | None) -> bool:
    return mark is not None and mark.part is Part.CAPTION


def _beside(own: Table, found: Rows) -> None:
    """The two lines above and below each; -1 beyond the ends of the page."""
    count, wide = len(own), len(_BESIDE)
    padded = np.full((count + 2 * _STEP, wide), -1.0, dtype=np.float32)
    padded[_STEP : _STEP + count] = own.take(_BESIDE_COLUMNS, axis=1)
    for place, step in enumerate(_STEPS):
        columns = slice(place * wide, (place + 1) * wide)
        found[:, columns] = padded[_STEP + step : _STEP + step + count]


def _around(own: Table, found: Rows) -> None:
    """Means over windows about, below and above each line, as far as the page goes."""
    count, wide = len(own), len(_SUMMED)
    edge = max(_WINDOWS)
    # Sums up to each line, of the columns and (last) of the lines themselves
    sums = np.zeros((count + 1 + 2 * edge, wide + 1))
    sums[edge + 1 : edge + 1 + count, :wide] = own.take(_SUMMED_COLUMNS, axis=1)
    sums[edge + 1 : edge + 1 + count, wide] = 1.0
    np.cumsum(sums, axis=0, out=sums)
    start = 0
    for low, high, columns in _SPANS:
        after, first = edge + high + 1, edge + low
        window = sums[after : after + count] - sums[first : first + count]
        means = found[:, start : start + columns]
        np.divide(window[:, :columns], np.maximum(window[:, wide:], 1.0), out=means)
        start += columns


def _places(own: Table, marks: Sequence[Mark | None], known: Surroundings, found: Rows) -> None:
    count = len(own)
    here = np.arange(count, dtype=np.float64)
    prose = own[:, _OWN.index("prose")]
    weight = prose * own[:, _OWN.index("width")]
    through = np.cumsum(weight)
    above = through - weight
    total = max(float(through[-1]), 1.0)
    found[:, 0] = here / count
    found[:, 1] = np.minimum(here, _FAR)
    found[:, 2] = np.minimum(here[::-1], _FAR)
    found[:, 3] = above
    found[:, 4] = through[-1] - through
    found[:, 5] = above / total
    paragraphs = prose > 0
    found[:, 6] = _since(paragraphs)
    found[:, 7] = _since(paragraphs[::-1])[::-1]
    found[:, 8:12] = _headings(marks, through)
    title = known.first if known.title is None else known.title
    distances = here[:, None] - np.array((title, known.first, known.last))
    found[:, 12:15] = np.minimum(np.maximum(distances, -_FAR), _FAR)
    found[:, 15] = above
    if known.title is None:
        found[:, 12] = 2.0 * _FAR
    else:
        found[:, 15] = above - above[known.title]
    found[:, 16] = min(count, 500)
    found[:, 17] = total


def _since(found: npt.NDArray[np.bool_]) -> Table:
    """Lines since the last one that was `found`, itself not counted."""
    here = np.arange(len(found))
    last = np.maximum.accumulate(np.where(found, here, -_FAR))
    since = np.full(len(found), float(_FAR))
    since[1:] = np.minimum(here[1:] - last[:-1], _FAR)
    return since


def _headings(marks: Sequence[Mark | None], through: Table) -> Table:
    """Lines since the last heading that ends a text, its kind, text since, lines since comments."""
    count = len(marks)
    found = np.empty((count, 4))
    found[:] = (_FAR, 0.0, -1.0, _FAR)
    places = [index for index, mark in enumerate(marks) if mark in _HEADINGS]
    comment = -_FAR
    for index, end in itertools.pairwise([*places, count]):
        mark = marks[index]
        if mark is COMMENTS:
            comment = index
        under = np.arange(index, end)
        found[index:end, 0] = np.minimum(under - index, _FAR)
        found[index:end, 1] = _HEADINGS[mark]
        found[index:end, 2] = through[index:end] - through[index]
        found[index:end, 3] = np.minimum(under - comment, _FAR)
    return found
