"""What can be said of each name that a page gives, as numbers for the forest that judges it.

A name is judged once for all its places: a byline, a portrait, a note after the text and "More from Ann Lee"
are four signs of one author, while a name that the text itself tells about is rather its subject.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import Part
from corpusapp.extraction.parts.byline.leads import LEAD_ALONE
from corpusapp.extraction.parts.byline.names import (
    HAN,
    has_given_name,
    is_name,
    is_organisation,
    is_post,
)
from corpusapp.extraction.parts.byline.parsing import strange_to_text
from corpusapp.extraction.parts.byline.ways import Mention, Way
from corpusapp.extraction.parts.chrome import LINKS_HEADING, READING_TIME
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import folded
from corpusapp.text.folding import fold

FEATURES = (
    "best way",
    "led near title",
    "led",
    "led inside a line",
    "alone under title",
    "alone",
    "portraits",
    "biographies",
    "about",
    "weak only",
    "credited otherwise",
    "lines under title",
    "lines above title",
    "lines from date",
    "lines from end",
    "lines from body",
    "title known",
    "between title and date",
    "line printed",
    "named in text",
    "family named in text",
    "in last third",
    "given name known",
    "in Han letters",
    "words",
    "letters",
    "organisation",
    "capitals",
    "small letters",
    "like a person",
    "post on the line",
    "post below",
    "bullet",
    "short lines around",
    "text below",
    "text above",
    "names around",
    "names in line",
    "place in line",
    "furniture",
    "words of the text",
    "gap above",
    "rest of line",
    "in date line",
    "beside reading time",
    "in title",
    "under links",
    "lines of page",
    "ways",
    "names in page",
    "rivals led",
    "rivals under title",
    "rank",
)
MOST_CANDIDATES = 14
_FAR, _FARTHEST = 30, 40
_HEADER_ABOVE, _HEADER_BELOW = 8, 6
_AROUND = 4  # lines
_SHORT = 60
_LINKS_REACH = 15
_WORTH = {
    Way.LED: 6.0,
    Way.LED_DATE: 6.0,
    Way.LED_ABOVE: 5.5,
    Way.INSIDE: 5.5,
    Way.DATE_LINE: 4.5,
    Way.ALONE: 4.0,
    Way.PORTRAIT: 3.0,
    Way.CLOSING: 3.2,
    Way.BIOGRAPHY: 2.6,
    Way.ABOUT: 2.5,
    Way.WEAK: 1.5,
    Way.OTHER: 0.0,
}
_UNTOLD = frozenset((Way.ALONE, Way.WEAK, Way.DATE_LINE))
_NOBODY = LEAD_ALONE | folded("name_tails")
_LEDS = frozenset((Way.LED, Way.LED_ABOVE, Way.LED_DATE, Way.INSIDE))


@dataclass(slots=True)
class Candidate:
    """A name and all its places."""

    key: str
    best: Mention
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """What is asked of the page for every candidate, found once."""

    scene: Scene
    title: int
    prose: str
    title_text: str
    links: list[int]


def candidates(scene: Scene, found: Sequence[Mention]) -> list[Candidate]:
    """The names of the page, those with a sign of authorship, in the order of their best places."""
    places: dict[str, list[Mention]] = {}
    for mention in found:
        if (key := fold(mention.name)) and key not in _NOBODY:
            places.setdefault(key, []).append(mention)
    kept = []
    opening = scene.opening
    for key, named in places.items():
        best = max(named, key=lambda mention: _worth(scene, mention))
        told = best.way in _UNTOLD and not strange_to_text(best.name, opening)
        if best.way is not Way.OTHER and not told:
            kept.append(Candidate(key, best, named))
    if len(kept) > MOST_CANDIDATES:
        kept = sorted(kept, key=lambda candidate: -_worth(scene, candidate.best))[:MOST_CANDIDATES]
    return kept


def place_order(scene: Scene, candidate: Candidate) -> list[Mention]:
    """The places of a name, that which tells most first."""
    return sorted(candidate.mentions, key=lambda mention: -_worth(scene, mention))


def _worth(scene: Scene, mention: Mention) -> float:
    """How much a place tells of authorship: by its way first, then by how near the title it is."""
    title = scene.body if scene.title is None else scene.title
    worth = _WORTH[mention.way]
    if title - 1 <= mention.index <= max(title, scene.body) + _HEADER_BELOW:
        worth += 3.0 - 0.1 * min(abs(mention.index - title), 20)
    elif mention.index < title:
        worth += max(0.0, 1.5 - 0.1 * (title - mention.index))
    return worth - 0.001 * mention.index


def rows(scene: Scene, names: Sequence[Candidate]) -> list[list[float]]:
    """A row of `FEATURES` for each candidate."""
    lines = scene.page.lines
    place = _Place(
        scene=scene,
        title=scene.body if scene.title is None else scene.title,
        prose="\n".join(line.text for line in lines[scene.body : scene.end + 1] if line.prose),
        title_text="" if scene.title is None else lines[scene.title].text,
        links=[index for index, mark in enumerate(scene.marks) if mark is LINKS_HEADING],
    )
    order = sorted(range(len(names)), key=lambda number: -_worth(scene, names[number].best))
    rank = {number: position for position, number in enumerate(order)}
    led = [any(mention.way in _LEDS for mention in name.mentions) for name in names]
    under = [_near_title(place, name.best.index) for name in names]
    where = [name.best.index for name in names]
    return [
        [
            *_row(place, candidate, where),
            float(len(names)),
            float(sum(led) - led[number]),
            float(sum(under) - under[number]),
            float(rank[number]),
        ]
        for number, candidate in enumerate(names)
    ]


def _near_title(place: _Place, index: int) -> bool:
    return place.title <= index <= max(place.title, place.scene.body) + _HEADER_BELOW


def _row(place: _Place, candidate: Candidate, where: list[int]) -> list[float]:
    """All but what a candidate is among the others."""
    best = candidate.best
    return [
        *_ways(place, candidate, best),
        *_distances(place, candidate, best),
        *_counts(place, candidate, best),
        *_looks(best),
        *_surroundings(place, best, where),
        float(best.listed),
        float(best.place),
        *_line_looks(place, best),
        math.log1p(len(place.scene.page.lines)),
        float(len({mention.way for mention in candidate.mentions})),
    ]


def _ways(place: _Place, candidate: Candidate, best: Mention) -> list[float]:
    ways = [mention.way for mention in candidate.mentions]
    near = [mention.way for mention in candidate.mentions if _near_title(place, mention.index)]
    return [
        _WORTH[best.way],
        float(sum(way in _LEDS for way in near)),
        float(min(3, sum(way in _LEDS for way in ways))),
        float(sum(way in (Way.INSIDE, Way.DATE_LINE, Way.CLOSING) for way in ways)),
        float(sum(way is Way.ALONE for way in near)),
        float(min(4, ways.count(Way.ALONE))),
        float(min(3, ways.count(Way.PORTRAIT))),
        float(min(3, ways.count(Way.BIOGRAPHY))),
        float(min(3, ways.count(Way.ABOUT))),
        float(all(way is Way.WEAK for way in ways)),
        float(sum(way is Way.OTHER for way in ways)),
    ]


def _distances(place: _Place, candidate: Candidate, best: Mention) -> list[float]:
    scene = place.scene
    indexes = [mention.index for mention in candidate.mentions if mention.way is not Way.OTHER]
    below = [index - place.title for index in indexes if index >= place.title]
    above = [place.title - index for index in indexes if index < place.title]
    after = [index - scene.end for index in indexes if index >= scene.end - 3]
    dated = min((abs(index - date) for date in scene.dated for index in indexes), default=_FAR)
    return [
        float(min([*below, _FARTHEST])),
        float(min([*above, _FAR])),
        float(min(dated, 10)),
        float(min([*after, _FARTHEST])),
        float(max(-20, min(best.index - scene.body, _FARTHEST))),
        float(scene.title is not None),
        float(best.index - 1 == scene.title and best.index + 1 in scene.dated),
    ]


def _counts(place: _Place, candidate: Candidate, best: Mention) -> list[float]:
    page = place.scene.page
    name = best.name
    family = name.split(" ")[-1]
    told = place.prose.count(family) if len(family) > 1 else 0
    return [
        float(min(6, len(page.places.get(candidate.key, ())))),
        float(min(6, place.prose.count(name) if told else 0)),
        float(min(10, told)),
        float(any(3 * m.index > 2 * len(page.lines) for m in candidate.mentions)),
    ]


def _looks(best: Mention) -> list[float]:
    name = best.name
    words = name.split()
    return [
        float(has_given_name(name)),
        float(bool(HAN.search(name))),
        float(len(words)),
        float(len(name)),
        float(is_organisation(name)),
        float(name.isupper()),
        float(words[0][0].islower()),
        float(is_name(name)),
    ]


def _surroundings(place: _Place, best: Mention, where: list[int]) -> list[float]:
    lines = place.scene.page.lines
    index = best.index
    around = lines[max(0, index - _AROUND) : index + _AROUND + 1]
    below = lines[index + 1] if index + 1 < len(lines) else None
    above = lines[index - 1] if index else None
    post_below = (
        below is not None and not below.prose and below.width <= _SHORT and is_post(below.text)
    )
    return [
        float(bool(best.post)),
        float(post_below),
        float(lines[index].bullet),
        sum(not line.prose and line.width < _SHORT for line in around) / len(around),
        float(below is not None and below.prose),
        float(above is not None and above.prose),
        float(sum(0 < abs(other - index) <= 3 for other in where)),  # noqa: PLR2004
    ]


def _line_looks(place: _Place, best: Mention) -> list[float]:
    scene = place.scene
    index = best.index
    line = scene.page.lines[index]
    mark = scene.marks[index]
    links = [heading for heading in place.links if 0 < index - heading <= _LINKS_REACH]
    near_time = any(
        scene.marks[other] is READING_TIME
        for other in range(max(0, index - 2), min(len(scene.marks), index + 3))
    )
    return [
        float(mark is not None and mark.part in (Part.FURNITURE, Part.CROSS_LINKS)),
        float(not strange_to_text(best.name, place.prose)),
        float(line.gap),
        float(min(200, len(line.text) - len(best.name))),
        float(index in scene.dated),
        float(near_time),
        float(best.name in place.title_text),
        float(bool(links)),
    ]
