"""The title: the line above the text that its length, shape, place, company and echoes speak for.

Seen in both seeds: a line of its own between blank lines, above the text, with date or byline
close by; repeated under "Recommend" in the first. No single trait decides (menus are short, too,
and captions are repeated), so a forest weighs them all; it was learned from public pages whose
title is known (`tests/extraction/training/text.py`). A capture may hold no title: then no line
is worth much in itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpusapp.extraction.forest import Rows, forest
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.line_words import signs
from corpusapp.extraction.parts.title_candidates import (
    ASKS,
    NEAR,
    NO_STOPS,
    SEEN,
    SHORTEST_OPENING,
    Candidates,
    company,
    seen,
    shortlist,
)
from corpusapp.extraction.parts.title_neighbours import beside, beside_names
from corpusapp.extraction.parts.title_text import (
    ECHO,
    FOLLOWED,
    SIGNS,
    Echo,
    echo,
    followed,
    signs_of,
)
from corpusapp.text.folding import fold_words

OWN: tuple[str, ...] = (
    "width",
    "words",
    "prose",
    "stops like a sentence",
    "asks",
    "colon or bar",
    "bullet",
    "numbered",
    "indent",
    "small letter first",
    "capitalised words",
    "all capitals",
    "address",
    "digits",
    "signs",
    "holds a date",
    *SIGNS,
    "date above",
    "date below",
    "date two below",
    "claimed above",
    "claimed below",
    "claimed two below",
    "claimed two above",
    *SEEN,
    "candidates above it",
    "candidates below it",
    "claimed above it",
    "claimed below it",
    "wider candidates below",
    "wider candidates above",
    "repeated",
    "earlier twins",
    "teased under the text",
    "twin beside it",
    "next line begins so",
    "begins a longer line",
    *ECHO,
    "best echo",
    "echo above",
    "echo below",
    "width above",
    "width below",
    "whole in the page",
    "beginning in the page",
    "word weight",
    "worst word",
    "best word",
    "weight of words",
    "lines of page",
)
FEATURES: tuple[str, ...] = (*OWN, *beside_names(OWN), *FOLLOWED)

_CLOSE = 3  # lines
_ENDS = ".,:;。，：；、"
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|@\w|\.com\b")
_PARTED = re.compile(r"[:：|｜]|\s[-–—]\s")
_MOST_CANDIDATES = 3
_SHORTEST_WHOLE, _SHORTEST_BEGINNING = 8, 15  # characters
_MOST_TIMES, _MOST_WORDS, _FEW_WORDS = 6, 20, 4
_NO_WORDS = (-2.0, -2.0, -2.0, 0.0)  # nothing known of any of them


@dataclass(frozen=True, slots=True)
class TitleFound:
    index: int
    confidence: float
    others: tuple[str, ...]  # the next best lines, when this one is not sure


def find_title(among: Candidates) -> TitleFound | None:
    """The likeliest of them, None if there is none."""
    among = shortlist(among)
    if not among.indexes:
        return None
    rows = features(among)
    order = _ranked(rows)
    chance = forest("title", FEATURES).scores(rows[order[:1]])[0]
    lines = among.page.lines
    indexes = [among.indexes[place] for place in order]
    key = lines[indexes[0]].key
    rivals = [index for index in indexes[1:] if lines[index].key != key]
    others = tuple(lines[index].text for index in rivals[:_MOST_CANDIDATES])
    return TitleFound(indexes[0], round(chance, 2), others)


def _ranked(rows: Rows) -> list[int]:
    """The places of the rows, the best first."""
    if len(rows) == 1:
        return [0]
    order: list[int] = np.argsort(
        -forest("title_rank", FEATURES).odds(rows), kind="stable"
    ).tolist()
    return order


def features(among: Candidates) -> Rows:
    """One row of `FEATURES` for each candidate."""
    own = np.array(_own(among), dtype=np.float32).reshape(-1, len(OWN))
    lines = [among.page.lines[index] for index in among.indexes]
    return np.hstack([own, beside(own, OWN, lines), followed(among, lines)])


def _own(among: Candidates) -> list[list[float]]:
    echoes = [echo(among.page.lines[index], among.text) for index in among.indexes]
    best = max((share for share, *_ in echoes), default=0.0)
    widths = [among.page.lines[index].width for index in among.indexes]
    return [
        [
            *_shape(among.page.lines[index]),
            *_kind(among, index),
            *seen(among, index),
            *_rivals(among, widths, place),
            *_repetition(among, index),
            *echoes[place],
            best - echoes[place][0],
            *_near(among, place, echoes),
            *_found_in_page(among, among.page.lines[index]),
            *_word_weights(among, index),
            min(len(among.page.lines), 500),
        ]
        for place, index in enumerate(among.indexes)
    ]


def _shape(line: Line) -> list[float]:
    text = line.text
    words = text.split()
    capitals = sum([word[0].isupper() for word in words]) / len(words) if words else 0.0
    return [
        line.width,
        len(words),
        line.prose,
        text[-1:] in _ENDS and not text.endswith(NO_STOPS),
        text[-1:] in ASKS,
        _is_parted(text),
        line.bullet,
        line.numbered,
        min(line.indent, NEAR),
        text[:1].islower(),
        capitals if text.isascii() else 0.5,
        text.isupper(),
        ("@" in text or "." in text or ":" in text) and _ADDRESS.search(text) is not None,
        _digits(text) / (len(text) or 1),
    ]


def _is_parted(text: str) -> bool:
    """Whether a colon, a bar or a dash between words parts it; most lines have neither."""
    if text.isascii() and ":" not in text and "|" not in text and "-" not in text:
        return False
    return _PARTED.search(text) is not None


def _digits(text: str) -> int:
    if not text.isascii():
        return sum(map(str.isdigit, text))
    raw = text.encode()
    return len(raw) - len(raw.translate(None, b"0123456789"))


def _kind(among: Candidates, index: int) -> list[float]:
    near = among.near
    return [
        near.get(index) == "byline",
        index in among.dated,
        *signs_of(among.page.lines[index].text),
        near.get(index - 1) == "date",
        near.get(index + 1) == "date",
        near.get(index + 2) == "date",
        *[_claimed(among, index + step) for step in (-1, 1, 2, -2)],
    ]


def _claimed(among: Candidates, index: int) -> float:
    """Whether the line is claimed for something else; -1 beyond the page."""
    if not 0 <= index < len(among.marks):
        return -1.0
    return among.marks[index] is not None


def _rivals(among: Candidates, widths: Sequence[int], place: int) -> list[float]:
    """Unclaimed short lines around it (a menu has many), and whether wider candidates are near."""
    width = widths[place]
    reach = 2 * NEAR
    return [
        *company(among, among.indexes[place]),
        len([wide for wide in widths[place + 1 : place + 1 + reach] if wide > width]),
        len([wide for wide in widths[max(0, place - reach) : place] if wide > width]),
    ]


def _near(
    among: Candidates, place: int, echoes: Sequence[Echo]
) -> tuple[float, float, float, float]:
    """Echo and width of the candidates next to it, where they are near: a kicker, a standfirst."""
    indexes, lines = among.indexes, among.page.lines
    index = indexes[place]
    above = place - 1 if place and index - indexes[place - 1] <= _CLOSE else None
    below = place + 1 if place + 1 < len(indexes) and indexes[place + 1] - index <= _CLOSE else None
    return (
        -1.0 if above is None else echoes[above][0],
        -1.0 if below is None else echoes[below][0],
        -1.0 if above is None else lines[indexes[above]].width,
        -1.0 if below is None else lines[indexes[below]].width,
    )


def _repetition(among: Candidates, index: int) -> list[float]:
    lines = among.page.lines
    line = lines[index]
    times = among.page.repeats(line)
    below = lines[index + 1] if index + 1 < len(lines) else None
    earlier = 0
    if times > 1:
        earlier = sum([place < index for place in among.page.places[line.key]])
    twin = (index > 0 and lines[index - 1].key == line.key) or (
        below is not None and below.key == line.key
    )
    return [
        min(times, 6),
        min(earlier, 3),
        times > 1 and line.key in among.teased,
        bool(line.key) and twin,
        below is not None and below.width > line.width and below.text.startswith(line.text),
        _longer(among, lines[index].text),
    ]


def _longer(among: Candidates, text: str) -> int:
    """How many lines of the page begin with `text` and go on."""
    if len(text) < SHORTEST_OPENING:
        return 0
    opening = f"\n{text.lower()}"
    longer = place = 0
    while (place := among.whole.find(opening, place)) >= 0:
        place += len(opening)
        longer += among.whole[place] != "\n"
    return longer


def _found_in_page(among: Candidates, line: Line) -> tuple[int, int]:
    """How often the page has the words of a line, whole and their first two thirds."""
    lowered = line.text.lower()
    whole = among.whole.count(lowered) if len(lowered) >= _SHORTEST_WHOLE else 0
    if len(lowered) < _SHORTEST_BEGINNING:
        return min(whole, _MOST_TIMES), 0
    beginning = among.whole.count(lowered[: max(SHORTEST_OPENING, len(lowered) * 2 // 3)])
    return min(whole, _MOST_TIMES), min(beginning, _MOST_TIMES)


def words_of_title(line: Line) -> list[str]:
    """What a line is looked up by: its words, how it opens and ends, a short line whole."""
    words = (line.key.split() if line.key else fold_words(line.text))[:_MOST_WORDS]
    if not words:
        return []
    found = words if line.key.isascii() else [sign for word in words for sign in signs(word)]
    found = [*dict.fromkeys(found), "^" + " ".join(words[:2]), "$" + words[-1]]
    if len(words) <= _FEW_WORDS:
        found.append("=" + " ".join(words))
    return found


def _word_weights(among: Candidates, index: int) -> tuple[float, float, float, float]:
    looked_up = map(among.weights.get, words_of_title(among.page.lines[index]))
    found = [weight for weight in looked_up if weight is not None]
    if not found:
        return _NO_WORDS
    whole = sum(found)
    return whole / len(found), min(found), max(found), whole
