"""The title of a saved page: what the head, the structured data and the headings call it, weighed.

Each witness errs in its own way: <title> and og:title add the site's name, a headline for search
engines is not the printed one, the first h1 may be the logo. What several say, and what stands as
a heading over the text, is the title.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpusapp.extraction.forest import forest
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.lines import folded_key, width_of
from corpusapp.extraction.markup import Area, SavedPage
from corpusapp.extraction.markup_features import Lookout
from corpusapp.extraction.witnesses.json_ld import ToldArticle

_WAYS = (
    "og", "twitter", "ld headline", "ld other", "cited", "whole title", "first piece", "last piece",
    "other piece", "all but last", "all but first", "h1", "h2", "h3", "marked", "machine", "line",
)  # fmt: skip
FEATURES: tuple[str, ...] = (
    *_WAYS,
    "ways", "shown", "heading", "firsts", "first h1", "order of h1", "width", "words", "place", "to best", "after best",
    "to first prose", "linked", "in header", "in nav", "in article", "in main", "in aside", "hinted", "hinted above", "site's name",
    "like og", "like title", "like headline", "like h1", "begins og", "ends with dots", "stops", "pieces", "inner of another",
    "holds another", "repeats", "dated", "h1s", "has og", "has headline", "related", "teaser", "box prose", "upper",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s+[|‖·•»«›‹:–—-]{1,2}\s+|\s*[|｜_]\s*|\s::\s|——")
_MOST, _MOST_LINES = 40, 14
_LONGEST = 400
_HEADLINE = BITS["headline"]
_LINK = 0.5  # more of a line is a link
_AROUND, _BELOW = 60, 6  # lines about the beginning of the text


@dataclass(slots=True)
class Candidate:
    """Words that may be the title: how they were first seen, who says them, and where they stand."""

    text: str
    key: str
    ways: dict[str, int] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TitleChoice:
    """The likeliest title; `line` is None where the page shows it nowhere."""

    text: str
    line: int | None
    confidence: float
    ways: tuple[str, ...]
    others: tuple[str, ...]


def choose_title(
    page: SavedPage, told: ToldArticle, seen: Lookout, best: Sequence[int]
) -> TitleChoice | None:
    """The best of all candidates. `best` are the first and the last line of the box with the text."""
    candidates = gather(page, told, seen, best)
    if not candidates:
        return None
    scores = forest("html_title", FEATURES).scores(rows(page, told, seen, best, candidates))
    order = sorted(range(len(candidates)), key=lambda place: (-scores[place], place))
    chosen = candidates[order[0]]
    return TitleChoice(
        chosen.text,
        chosen.line,
        scores[order[0]],
        tuple(way for way in _WAYS if way in chosen.ways),
        tuple(candidates[place].text for place in order[1:4] if scores[place] > 0.05),  # noqa: PLR2004
    )


def gather(
    page: SavedPage, told: ToldArticle, seen: Lookout, best: Sequence[int]
) -> list[Candidate]:
    """All that may be the title, each once."""
    found: dict[str, Candidate] = {}
    for way, text in _told(page, told):
        _add(found, way, text, None)
    for way, text, line in _shown(page, best):
        _add(found, way, text, line)
    for candidate in found.values():
        if candidate.line is None:
            candidate.line = _line_of(page, seen, candidate.key)
            if candidate.line is not None:
                candidate.text = _as_printed(candidate, seen.lines[candidate.line].text)
    return list(found.values())[:_MOST]


def _add(found: dict[str, Candidate], way: str, text: str, line: int | None) -> None:
    text = " ".join(text.split())[:_LONGEST]
    key = folded_key(text)
    if not key:
        return
    candidate = found.setdefault(key, Candidate(text, key))
    candidate.ways[way] = candidate.ways.get(way, 0) + 1
    if line is not None and (candidate.line is None or way == "h1"):
        candidate.line = line
        candidate.text = text


def _as_printed(candidate: Candidate, line: str) -> str:
    return line if folded_key(line) == candidate.key else candidate.text


def _told(page: SavedPage, told: ToldArticle) -> Iterator[tuple[str, str]]:
    yield "og", page.meta("og:title")
    yield "twitter", page.meta("twitter:title")
    for place, headline in enumerate(told.headlines[:4]):
        yield ("ld other" if place else "ld headline"), headline
    for name in (
        "citation_title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "headline",
    ):
        yield "cited", page.meta(name)
    titles = [*page.titles[:1], page.meta("og:title"), *told.headlines[:1]]
    for number, title in enumerate(titles):
        text = " ".join(title.split())[:_LONGEST]
        if not number:
            yield "whole title", text
        yield from _pieces(text)


def _pieces(title: str) -> Iterator[tuple[str, str]]:
    separators = list(_SEPARATOR.finditer(title))
    if not separators or len(separators) > 6:  # noqa: PLR2004
        return
    yield "first piece", title[: separators[0].start()]
    yield "last piece", title[separators[-1].end() :]
    if len(separators) > 1:
        yield "all but last", title[: separators[-1].start()]
        yield "all but first", title[separators[0].end() :]
        for before, after in pairwise(separators):
            yield "other piece", title[before.end() : after.start()]


def _shown(page: SavedPage, best: Sequence[int]) -> Iterator[tuple[str, str, int]]:
    """Headings, and lines that names of elements call a headline, about the beginning of the text."""
    first = best[0]
    taken = 0
    for place, markup in enumerate(page.lines):
        near = first - _AROUND <= place <= first + _BELOW
        if markup.heading == 1:
            yield "h1", markup.text, place
        elif markup.heading and near and markup.heading <= 3:  # noqa: PLR2004
            yield f"h{markup.heading}", markup.text, place
        elif (
            near
            and taken < _MOST_LINES
            and not markup.heading
            and _calls_it_headline(markup.place.own | markup.inner)
        ):
            taken += 1
            yield "line", markup.text, place
    for marked in page.marked:
        if marked.kind == "headline" and marked.text and "\n" not in marked.text:
            place = min(marked.line, len(page.lines) - 1)
            if marked.machine:
                yield "machine", marked.text, place
            elif first - _AROUND <= place <= first + _BELOW:
                yield "marked", marked.text, place


def _calls_it_headline(hints: int) -> bool:
    return bool(hints & _HEADLINE) and not hints & (
        BITS["related"] | BITS["nav"] | BITS["comments"]
    )


def _line_of(page: SavedPage, seen: Lookout, key: str) -> int | None:
    """The line with these words: a heading if there is one, else the first that is no link."""
    places = [line.index for line in seen.lines if line.key == key]
    if not places:
        return None
    lines = page.lines
    return min(
        places, key=lambda place: (not lines[place].heading, lines[place].linked > _LINK, place)
    )


def rows(
    page: SavedPage,
    told: ToldArticle,
    seen: Lookout,
    best: Sequence[int],
    candidates: Sequence[Candidate],
) -> list[list[float]]:
    """One row of `FEATURES` for each candidate."""
    compared = [
        frozenset(folded_key(words).split() or folded_key(words))
        for words in (
            page.meta("og:title", "twitter:title"),
            page.titles[0] if page.titles else "",
            told.headlines[0] if told.headlines else "",
            next((line.text for line in page.lines if line.heading == 1), ""),
        )
    ]
    sites = {
        folded_key(name)
        for name in (page.meta("og:site_name", "application-name"), told.publisher, told.site)
    } - {""}
    firsts = [
        line.key for line, markup in zip(seen.lines, page.lines, strict=True) if markup.heading == 1
    ]
    prose = next((line.index for line in seen.lines[best[0] : best[1] + 1] if line.prose), best[0])
    keys = [candidate.key for candidate in candidates]
    og = folded_key(page.meta("og:title"))
    table = []
    for candidate in candidates:
        said = [float(min(candidate.ways.get(way, 0), 3)) for way in _WAYS]
        words = frozenset(candidate.key.split() if " " in candidate.key else candidate.key)
        likeness = [_likeness(words, other) for other in compared]
        line = candidate.line
        table.append(
            [
                *said,
                float(len(candidate.ways)),
                *_standing(page, best, prose, firsts, candidate),
                float(
                    candidate.key in sites
                    or candidate.key.replace(" ", "") in {s.replace(" ", "") for s in sites}
                ),
                *likeness,
                float(bool(og) and og.startswith(candidate.key)),
                float(candidate.text.endswith(("...", "…"))),
                float(candidate.text[-1] in ".。,:："),
                float(len(_SEPARATOR.findall(candidate.text))),
                float(any(candidate.key in key and key != candidate.key for key in keys)),
                float(any(key in candidate.key and key != candidate.key for key in keys)),
                float(seen.repeats[line]) if line is not None else 0.0,
                float(line in seen.dates) if line is not None else 0.0,
                float(len(firsts)),
                float(bool(og)),
                float(bool(told.headlines)),
                *_surroundings(page, line),
                float(candidate.text.isupper()),
            ]
        )
    return table


def _likeness(words: frozenset[str], other: frozenset[str]) -> float:
    return len(words & other) / len(words | other) if words and other else -1.0


def _standing(
    page: SavedPage, best: Sequence[int], prose: int, firsts: Sequence[str], candidate: Candidate
) -> list[float]:
    """From "shown" to "hinted above" of FEATURES."""
    width, words = float(width_of(candidate.text)), float(candidate.key.count(" ") + 1)
    order = float(firsts.index(candidate.key)) if candidate.key in firsts else -1.0
    if candidate.line is None:
        return [0.0, 0, 0, 0, order, width, words, -1, -99, -99, -99, -1, 0, 0, 0, 0, 0, 0, 0]
    line, markup = candidate.line, page.lines[candidate.line]
    areas = markup.place.areas
    return [
        1.0,
        float(markup.heading),
        float(firsts.count(candidate.key)),
        float(bool(firsts) and firsts[0] == candidate.key),
        order,
        width,
        words,
        line / len(page.lines),
        float(max(-60, min(60, line - best[0]))),
        float(line > best[1]),
        float(max(-60, min(60, line - prose))),
        markup.linked,
        *(
            float(bool(areas & area))
            for area in (Area.HEADER, Area.NAV, Area.ARTICLE, Area.MAIN, Area.ASIDE)
        ),
        float(bool((markup.place.own | markup.inner) & _HEADLINE)),
        float(bool(markup.place.above & _HEADLINE)),
    ]


def _surroundings(page: SavedPage, line: int | None) -> list[float]:
    if line is None:
        return [0.0, 0.0, 0.0]
    place = page.lines[line].place
    around = place.around
    container = sum(
        other.place.container == place.container for other in page.lines[line : line + 12]
    )
    return [
        float(bool(around & BITS["related"])),
        float(bool(around & BITS["teaser"])),
        float(container),
    ]
