"""What a line, its neighbours and its place tell of whether it is text: the numbers the judge sees.

A line alone says little ("Read more" may be a sentence of the article); so each number is given for
the line itself, for those beside it, and as sums over windows, and how much text lies above and
below counts as much as the words. Seen in the seeds: the bullets under "Latest" look like any list;
that a heading over links stands above and no paragraph follows is what tells.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpusapp.extraction.article import Part
from corpusapp.extraction.forest import Table
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import COMMENTS, LINKS_HEADING, TEXT_END, Mark
from corpusapp.text.folding import fold_words

_WIDEST, _READ = 600, 80
_FAR = 60  # lines; farther is all the same
_PAUSE = re.compile("[,，、;；]")
_DIGIT = re.compile(r"\d")
_REACH, _SIGHT = 15, 20  # lines
_EAST = "\u2e80"  # from here on scripts part no words
_READ_WORDS, _MOST_WORDS, _WHOLE = 100, 12, 4
_COLONS = ":："
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
    "small first",
    "colon",
    "pauses",
    "digits",
    "capitals",
    "words",
    "worst word",
    "best word",
    "repeats",
)
_NOTHING = (0.0,) * 8  # from "small first" to "best word"
_MOST = np.array([_WIDEST, *[1.0] * 5, 12, *[1.0] * 5, 20, *[1.0] * 2, *[20.0] * 3, 5])
_BESIDE = ("width", "prose", "ends", "bullet", "gap", "indent", "claimed", "capitals", "words")
_STEPS = (-2, -1, 1, 2)
_WINDOWS = (3, 8, 20)
_SUMMED = ("width", "prose", "claimed", "bullet", "ends", "date", "words")
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
    *(f"{name} beyond {reach}" for reach in (5,) for name in ("width", "prose", "claimed")),
    *(f"{name} before {reach}" for reach in (5,) for name in ("width", "prose", "claimed")),
    *_PLACES,
)


class Surroundings(NamedTuple):
    """What is known of the page before its lines are judged; indexes of lines."""

    first: int  # of the heaviest run
    last: int
    title: int | None
    dates: frozenset[int]  # lines that a date fills


def near_text(page: Page, known: Surroundings) -> npt.NDArray[np.bool_]:
    """The lines worth judging: about the heaviest run, or with a paragraph in sight."""
    count = len(page.lines)
    near = np.zeros(count, dtype=np.bool_)
    near[max(0, known.first - _REACH) : known.last + _REACH + 1] = True
    for line in page.lines:
        if line.prose:
            near[max(0, line.index - _SIGHT) : line.index + _SIGHT + 1] = True
    return near


def features(
    page: Page,
    marks: Sequence[Mark | None],
    known: Surroundings,
    near: npt.NDArray[np.bool_],
    weights: Mapping[str, float],
) -> Table:
    """One row of `FEATURES` for each line; `weights` are those of words (see `words_of`).

    Of lines that are not `near` the text only what their neighbours need is measured.
    """
    rows = []
    for line, is_near in zip(page.lines, near.tolist(), strict=True):
        mark = marks[line.index]
        row = (
            *_look(line, mark, line.index in known.dates),
            *((*_letters(line), *_words(line, weights)) if is_near else _NOTHING),
            page.repeats(line),
        )
        rows.append(row)
    own = np.array(rows, dtype=np.float64)
    np.minimum(own, _MOST, out=own)
    return np.hstack([own, _beside(own), _around(own), _places(own, marks, known)])


def _look(line: Line, mark: Mark | None, dated: bool) -> tuple[float, ...]:  # noqa: FBT001 - a column
    return (
        line.width,
        line.prose,
        line.ends,
        line.bullet,
        line.numbered,
        line.gap,
        line.indent,
        mark is not None,
        mark is not None and mark.part is Part.CAPTION,
        dated,
    )


def _letters(line: Line) -> tuple[float, ...]:
    text = line.text[:_READ]
    words = text.split()
    return (
        text[:1].islower(),
        line.text[-1:] in _COLONS,
        text.count(",") + text.count(";") if text.isascii() else len(_PAUSE.findall(text)),
        len(_DIGIT.findall(text)) / (len(text) or 1),
        sum([word[0].isupper() for word in words]) / len(words) if words else 0.0,
    )


def words_of(line: Line) -> list[str]:
    """What the first words of a line are looked up by: each word, how it opens, a short line whole."""
    key = line.key or " ".join(fold_words(line.text[:_READ_WORDS]))
    words = key.split(None, _MOST_WORDS)[:_MOST_WORDS]
    if not words:
        return words
    found = words.copy() if key.isascii() else [sign for word in words for sign in signs(word)]
    found.append(f"^{words[0]} {words[1]}" if len(words) > 1 else f"^{words[0]}")
    if len(words) <= _WHOLE:
        found.append("=" + " ".join(words))
    return found


def signs(word: str) -> list[str]:
    """A word itself; of a script that parts no words its overlapping pairs."""
    if word[0] < _EAST or word.isascii():
        return [word]
    return [word[place : place + 2] for place in range(max(min(len(word), _MOST_WORDS) - 1, 1))]


def _words(line: Line, weights: Mapping[str, float]) -> tuple[float, float, float]:
    found = [weight for weight in map(weights.get, words_of(line)) if weight is not None]
    if not found:
        return 0.0, 0.0, 0.0
    return sum(found) / len(found), min(found), max(found)


def _column(own: Table, name: str) -> Table:
    return own[:, _OWN.index(name)]


def _beside(own: Table) -> Table:
    chosen = own[:, [_OWN.index(name) for name in _BESIDE]]
    count = len(chosen)
    beside = []
    for step in _STEPS:
        moved = np.full_like(chosen, -1.0)
        if step < 0:
            moved[-step:] = chosen[: count + step] if count > -step else chosen[:0]
        elif count > step:
            moved[: count - step] = chosen[step:]
        beside.append(moved)
    return np.hstack(beside)


def _around(own: Table) -> Table:
    chosen = own[:, [_OWN.index(name) for name in _SUMMED]]
    count = len(chosen)
    sums = np.vstack([np.zeros((1, chosen.shape[1])), np.cumsum(chosen, axis=0)])
    here = np.arange(count)

    def mean(low: int, high: int, columns: int) -> Table:
        first = np.clip(here + low, 0, count)
        after = np.clip(here + high + 1, 0, count)
        length = np.maximum(after - first, 1)[:, None]
        found: Table = (sums[after, :columns] - sums[first, :columns]) / length
        return found

    return np.hstack(
        [
            *(mean(-reach, reach, len(_SUMMED)) for reach in _WINDOWS),
            mean(1, 5, 3),
            mean(-5, -1, 3),
        ]
    )


def _places(own: Table, marks: Sequence[Mark | None], known: Surroundings) -> Table:
    count = len(own)
    here = np.arange(count, dtype=np.float64)
    prose = _column(own, "prose")
    weight = prose * _column(own, "width")
    through = np.cumsum(weight)
    above = through - weight
    total = max(float(through[-1]), 1.0)
    below = through[-1] - through
    title = -1 if known.title is None else known.title
    from_title = np.clip(here - title, -_FAR, _FAR) if title >= 0 else np.full(count, 2.0 * _FAR)
    since_title = above - (above[title] if title >= 0 else 0.0)
    return np.column_stack(
        [
            here / count,
            np.minimum(here, _FAR),
            np.minimum(count - 1 - here, _FAR),
            above,
            below,
            above / total,
            _since(prose > 0),
            _since(prose[::-1] > 0)[::-1],
            *_headings(marks, through),
            from_title,
            np.clip(here - known.first, -_FAR, _FAR),
            np.clip(here - known.last, -_FAR, _FAR),
            since_title,
            np.full(count, min(count, 500)),
            np.full(count, total),
        ]
    )


def _since(found: npt.NDArray[np.bool_]) -> Table:
    """Lines since the last one that was `found`, itself not counted."""
    count = len(found)
    here = np.arange(count)
    last = np.maximum.accumulate(np.where(found, here, -_FAR))
    before = np.concatenate([[-_FAR], last[:-1]]) if count else last
    since: Table = np.minimum(here - before, _FAR).astype(np.float64)
    return since


def _headings(marks: Sequence[Mark | None], through: Table) -> list[Table]:
    count = len(marks)
    since = np.full(count, float(_FAR))
    kind = np.zeros(count)
    prose = np.full(count, -1.0)
    comments = np.full(count, float(_FAR))
    heading = comment = -_FAR
    now, text = 0.0, 0.0
    for index, mark in enumerate(marks):
        if mark is LINKS_HEADING or mark is TEXT_END or mark is COMMENTS:
            heading, now = index, 1.0 if mark is LINKS_HEADING else 2.0 if mark is TEXT_END else 3.0
            text = through[index]
            if mark is COMMENTS:
                comment = index
        if now:
            since[index] = min(index - heading, _FAR)
            kind[index] = now
            prose[index] = through[index] - text
            comments[index] = min(index - comment, _FAR)
    return [since, kind, prose, comments]
