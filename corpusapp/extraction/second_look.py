"""What the lines of a page show once each has been judged: the numbers that a second look at an unsure page sees.

The first look judges a line by its markup and its place. Whether the judge itself believes in the lines
around it, in its box and in the lines that are made like it, is known only then: one sure paragraph
speaks for its neighbours, and a teaser by a sentence for forty others of the same make. What the words
of a line tell would take the first look too long. Beside that stands what another reader takes for the text (see witnesses/second_opinion.py).
"""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from corpusapp.extraction import markup_features
from corpusapp.extraction.forest import Table
from corpusapp.extraction.markup import Markup
from corpusapp.extraction.markup_features import Boxes, Lookout, window_means
from corpusapp.extraction.page_words import COPIED, WORDED, copied, worded

_REACHES, _SIDES = (2, 6, 20), (5, 15)  # lines
_ALIKE = ("text of alike", "lines alike", "share in alike")
_STEPS = (-2, -1, 1, 2)
_JUDGED = (
    "odds",
    *(f"text within {reach}" for reach in _REACHES),
    *(f"text {reach} {side}" for reach in _SIDES for side in ("above", "below")),
    "text beside in box", "text of box", "text of box above", "text two boxes above",
    "share in box", "share in box above",
    *(f"{name} {how}" for how in ("in all", "in name") for name in _ALIKE),
    "expected", "whole", "surest", "since sure", "to sure",
)  # fmt: skip
_HEARD = (
    "heard", *(f"heard {step:+d}" for step in _STEPS), "heard around 10", "heard of page", "heard in box",
)  # fmt: skip
FEATURES: tuple[str, ...] = (*markup_features.FEATURES, *COPIED, *WORDED, *_JUDGED, *_HEARD)
WORDS = slice(
    FEATURES.index(WORDED[0]), FEATURES.index(WORDED[-1]) + 1
)  # what weights of words fill
SURE = 0.7  # chance
_FAR, _MOST_ALIKE, _MOST_TEXT, _HEARD_WITHIN = 60, 50, 20_000, 10
_WIDTH = markup_features.FEATURES.index("width")


def look_again(
    page: Lookout, table: Table, chances: Sequence[float], expected: float, heard: Sequence[float]
) -> Table:
    """One row of `FEATURES` for each line of a page whose `table` has given it these chances.

    `heard` tells of each line whether another reader takes it for text (1 or 0).
    """
    chance, width = np.array(chances), table[:, _WIDTH]
    boxes = Boxes(page, table)
    return np.hstack(
        [
            table,
            copied(page.lines),
            worded(page.lines),
            _judged(page, boxes, chance, width, expected),
            _heard(boxes, np.array(heard, dtype=np.float64), width),
        ]
    )


def _judged(page: Lookout, boxes: Boxes, chance: Table, width: Table, expected: float) -> Table:
    likely = chance * width
    whole = max(float(likely.sum()), 1e-9)
    both = np.stack([likely, width], axis=1)
    within = [_share(*window_means(both, reach).T) for reach in _REACHES]
    count = len(chance)
    bounded = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.stack(
        [
            np.log(bounded / (1 - bounded)),
            *within,
            *_sides(both),
            *_boxes(boxes, both, whole),
            *_alike((_make(markup) for markup in page.markups), both, whole),
            *_alike((_name(markup) for markup in page.markups), both, whole),
            np.full(count, expected),
            np.full(count, min(whole, _MOST_TEXT)),
            np.full(count, chance.max()),
            *_from_sure(chance > SURE),
        ],
        axis=1,
    )


def _share(likely: Table, width: Table) -> Table:
    """How much of so wide lines is likely to be text; a line without width is as wide as nothing."""
    shares: Table = likely / np.maximum(width, 1e-9)
    return shares


def _summed(kinds: np.typing.NDArray[np.intp], numbers: Table, count: int = 0) -> Table:
    """The sum of the numbers of each kind, from 0 to the last one or so many."""
    return np.bincount(kinds, weights=numbers, minlength=count).astype(np.float64)


def _sides(both: Table) -> Iterable[Table]:
    """How much of the lines right above each is likely text, then of those right below."""
    count = len(both)
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(both, axis=0)])
    here = np.arange(count)
    for reach in _SIDES:
        yield _share(*(sums[here] - sums[np.maximum(here - reach, 0)]).T)
        yield _share(*(sums[np.minimum(here + 1 + reach, count)] - sums[here + 1]).T)


def _boxes(boxes: Boxes, both: Table, whole: float) -> Iterable[Table]:
    count = len(boxes.ups)
    own = np.stack([_summed(boxes.at, column, count) for column in both.T])
    sums = np.concatenate([np.zeros((2, 1)), np.cumsum(own, axis=1)], axis=1)
    total = sums[:, boxes.ends] - sums[:, :-1]
    shares = _share(*total)
    above = boxes.ups[boxes.home]
    return (
        _share(*own)[boxes.at],
        shares[boxes.home],
        shares[above],
        shares[boxes.ups[above]],
        total[0, boxes.home] / whole,
        total[0, above] / whole,
    )


def _make(markup: Markup) -> Hashable:
    place = markup.place
    return place.tag, place.own, place.above, place.around, place.areas, markup.heading


def _name(markup: Markup) -> Hashable:
    return markup.place.tag, markup.place.own, markup.heading


def _alike(makes: Iterable[Hashable], both: Table, whole: float) -> Iterable[Table]:
    """Of all lines made like each: how much is likely text, how many they are, their share in the text."""
    known: dict[Hashable, int] = {}
    kinds = np.array([known.setdefault(make, len(known)) for make in makes], dtype=np.intp)
    likely, width = (_summed(kinds, column) for column in both.T)
    lines = np.minimum(np.bincount(kinds), _MOST_ALIKE).astype(np.float64)
    return _share(likely, width)[kinds], lines[kinds], (likely / whole)[kinds]


def _from_sure(sure: np.typing.NDArray[np.bool_]) -> tuple[Table, Table]:
    """Lines since the last one that is surely text, and to the next."""
    here = np.arange(len(sure))
    last = np.maximum.accumulate(np.where(sure, here, -_FAR))
    following = np.minimum.accumulate(np.where(sure, here, len(sure) + _FAR)[::-1])[::-1]
    return (
        np.minimum(here - last, _FAR).astype(np.float64),
        np.minimum(following - here, _FAR).astype(np.float64),
    )


def _heard(boxes: Boxes, heard: Table, width: Table) -> Table:
    count, most = len(heard), max(_STEPS)
    padded = np.concatenate([np.zeros(most), heard, np.zeros(most)])
    in_box, wide = _summed(boxes.at, heard * width), _summed(boxes.at, width)
    return np.stack(
        [
            heard,
            *(padded[most + step : most + step + count] for step in _STEPS),
            window_means(heard[:, None], _HEARD_WITHIN)[:, 0],
            np.full(count, float((heard * width).sum()) / max(float(width.sum()), 1.0)),
            _share(in_box, wide)[boxes.at],
        ],
        axis=1,
    )
