"""Who signed a saved page: each name that head, data, elements or lines give, judged by all who do.

A name that several give is the author's; one that only the head gives may be the editor who pressed
the button ("admin"), and one that equals the site's own name signs every page of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import Role
from corpusapp.extraction.forest import forest
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.markup import Area, Marked, SavedPage
from corpusapp.extraction.markup_features import Lookout
from corpusapp.extraction.parts.byline import is_name, led_names, names_in
from corpusapp.extraction.parts.byline.names import is_organisation, is_person
from corpusapp.extraction.parts.byline.ways import Mention, Way
from corpusapp.extraction.witnesses.json_ld import ToldArticle
from corpusapp.text.folding import fold

_WAYS = (
    "ld", "ld piece", "ld organisation", "meta author", "meta cited", "meta article", "machine",
    "marked", "marked link", "marked piece", "text",
)  # fmt: skip
_READ_WAYS = (
    Way.LED, Way.LED_ABOVE, Way.INSIDE, Way.DATE_LINE, Way.ALONE, Way.PORTRAIT, Way.BIOGRAPHY, Way.ABOUT,
    Way.WEAK, Way.OTHER, Way.LED_DATE, Way.CLOSING,
)  # fmt: skip
FEATURES: tuple[str, ...] = (
    *_WAYS,
    *(f"read {way.name.lower()}" for way in _READ_WAYS), "read first", "read under title", "read by body",
    "ways", "told authors", "candidates", "has ld", "has meta", "has machine", "has marked", "text names",
    "site", "like site", "person", "name", "organisation", "words", "letters", "digits", "small", "capitals", "plain handle",
    "from title", "from body", "past body", "nearest to title", "led", "alone", "in comments", "in related", "in teaser",
    "in bio", "in nav", "in footer", "in aside", "in article", "in header", "author path", "lines", "mentions", "mentions near",
    "inner of another", "holds another", "order", "hinted byline", "hinted meta", "in text",
)  # fmt: skip
THRESHOLD = 0.4
_LEAST = 0.1
_MOST, _LONGEST = 30, 80
_SITE_PARTS = 4
_HANDLES = frozenset(
    (
        "admin",
        "administrator",
        "editor",
        "staff",
        "redaktion",
        "user",
        "author",
        "webmaster",
        "root",
        "guest",
        "team",
    )
)
_AUTHOR_METAS = ("author", "byl", "byline", "article.author", "creator")
_CITED_METAS = (
    "citation_author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc.contributor",
    "rbauthors", "citation_authors", "lp:author", "shareaholic:article_author_name", "vr:author", "cxenseparse:author",
    "article:author_name", "authors", "dcsext.author", "twitter:data1",
)  # fmt: skip
_AREA_FEATURES = (Area.NAV, Area.FOOTER, Area.ASIDE, Area.ARTICLE, Area.HEADER)
_NEAR = 8  # lines


@dataclass(slots=True)
class Candidate:
    """A name, who gives it, and the marked elements that do."""

    name: str
    key: str
    ways: dict[str, int] = field(default_factory=dict)
    marked: list[Marked] = field(default_factory=list)
    read: list[Mention] = field(default_factory=list)
    post: str = ""
    led: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """One who signs; `line` is None where only the head tells."""

    name: str
    post: str
    line: int | None
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class AuthorChoice:
    authors: tuple[Author, ...]
    confidence: float  # that just these are the authors
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """Where title and text stand; indexes of lines."""

    title: int
    first: int
    last: int


def choose(
    page: SavedPage, told: ToldArticle, seen: Lookout, around: Around, mentioned: Sequence[Mention]
) -> AuthorChoice:
    """Those of all named who sign the page, in the order in which it names them."""
    candidates = gather(page, told, mentioned)
    scores = forest("html_authors", FEATURES).scores(rows(page, told, seen, around, candidates))
    confidence = 1.0
    chosen: list[Author] = []
    for candidate, score in zip(candidates, scores, strict=True):
        confidence *= score if score >= THRESHOLD else 1 - score
        if score >= THRESHOLD:
            chosen.append(
                Author(
                    candidate.name, candidate.post, _line(candidate, around), tuple(candidate.read)
                )
            )
    unsure = tuple(
        candidate.name
        for candidate, score in zip(candidates, scores, strict=True)
        if _LEAST <= score < THRESHOLD
    )
    return AuthorChoice(tuple(chosen), confidence, unsure)


def _line(candidate: Candidate, around: Around) -> int | None:
    """The line that names the candidate, nearest to the title."""
    places = [mention.index for mention in candidate.read] or [
        marked.line for marked in candidate.marked
    ]
    return min(places, key=lambda place: abs(place - around.title), default=None)


def gather(page: SavedPage, told: ToldArticle, mentioned: Sequence[Mention]) -> list[Candidate]:
    """All names that may sign the page, each once, those first that more can be said for."""
    found: dict[str, Candidate] = {}
    _add_told(found, told)
    for way, content in _metas(page):
        pieces = _names(content)
        for name, _post in pieces:
            _add(found, way, name)
        if len(pieces) != 1 or fold(pieces[0][0]) != fold(content):
            _add(found, way, content)
    _add_marked(found, page)
    _add_read(found, mentioned)
    return list(found.values())[:_MOST]


def _add_told(found: dict[str, Candidate], told: ToldArticle) -> None:
    for author in told.authors:
        candidate = _add(found, "ld organisation" if author.organisation else "ld", author.name)
        if candidate is not None:
            candidate.post = candidate.post or author.post
        for name, _post in _names(author.name):
            if fold(name) != fold(author.name):
                _add(found, "ld piece", name)


def _add_read(found: dict[str, Candidate], mentioned: Sequence[Mention]) -> None:
    for mention in mentioned:
        if mention.role not in (None, Role.AUTHOR) or mention.way is Way.OTHER:
            if (other := found.get(fold(mention.name))) is not None:
                other.read.append(mention)
            continue
        candidate = _add(found, "text", mention.name)
        if candidate is not None:
            candidate.read.append(mention)
            candidate.post = candidate.post or mention.post


def _metas(page: SavedPage) -> Iterator[tuple[str, str]]:
    for key, content in page.metas:
        if "://" in content or len(content) > _LONGEST * 3:
            continue
        if key in _AUTHOR_METAS:
            yield "meta author", content
        elif key == "article:author":
            yield "meta article", content
        elif key in _CITED_METAS and (key != "twitter:data1" or is_person(content)):
            yield "meta cited", content


def _add_marked(found: dict[str, Candidate], page: SavedPage) -> None:
    for marked in page.marked:
        if marked.kind != "author" or not marked.text or marked.hints & BITS["comments"]:
            continue
        way = "machine" if marked.machine else ("marked link" if marked.value else "marked")
        for number, line in enumerate(marked.text.split("\n")[:6]):
            led = led_names(line)
            names = led[0] if led else _names(line)
            if led and led[1] is None:
                continue
            for name, post in names:
                candidate = _add(
                    found, way if not number and len(names) == 1 else "marked piece", name
                )
                if candidate is not None:
                    candidate.marked.append(marked)
                    candidate.led = candidate.led or led is not None
                    candidate.alone = candidate.alone or fold(line) == candidate.key
                    candidate.post = candidate.post or post


def _names(text: str) -> tuple[tuple[str, str], ...]:
    text = text.strip()
    led = led_names(text)
    return (led[0] if led else ()) or names_in(text, led=True)


def _add(found: dict[str, Candidate], way: str, name: str) -> Candidate | None:
    name = " ".join(name.split()).strip(" ,;|·•-–—")
    key = fold(name)
    if not key or len(name) > _LONGEST or (len(found) >= 2 * _MOST and key not in found):
        return None
    candidate = found.setdefault(key, Candidate(name, key))
    candidate.ways[way] = candidate.ways.get(way, 0) + 1
    return candidate


def rows(
    page: SavedPage,
    told: ToldArticle,
    seen: Lookout,
    around: Around,
    candidates: Sequence[Candidate],
) -> list[list[float]]:
    """One row of `FEATURES` for each candidate."""
    sites = frozenset(_site_names(page, told))
    short = "\n".join(line.key for line in seen.lines if line.key and line.width <= 160)  # noqa: PLR2004
    near = "\n".join(
        line.key
        for line in seen.lines[max(0, around.title - _NEAR) : around.first + _NEAR]
        if line.key
    )
    text = "\n".join(
        line.text for line in seen.lines[around.first : around.last + 1] if line.prose
    )[:20000]
    have = [
        float(bool(told.authors)),
        float(any(way.startswith("meta") for other in candidates for way in other.ways)),
        float(any("machine" in other.ways for other in candidates)),
        float(sum("marked" in other.ways or "marked link" in other.ways for other in candidates)),
        float(sum("text" in other.ways for other in candidates)),
    ]
    keys = [candidate.key for candidate in candidates]
    table = []
    for order, candidate in enumerate(candidates):
        squeezed = candidate.key.replace(" ", "")
        table.append(
            [
                *(float(min(candidate.ways.get(way, 0), 4)) for way in _WAYS),
                *_reading(candidate, around),
                float(len(candidate.ways)),
                float(len(told.authors)),
                float(len(candidates)),
                *have,
                float(squeezed in sites),
                float(any(squeezed in site or site in squeezed for site in sites if len(site) > 3)),  # noqa: PLR2004
                *_shape(candidate),
                *_standing(candidate, around),
                float(short.count(f"\n{candidate.key}\n")),
                float(min(short.count(candidate.key), 9)),
                float(min(near.count(candidate.key), 9)),
                float(any(candidate.key in key and key != candidate.key for key in keys)),
                float(any(key in candidate.key and key != candidate.key for key in keys)),
                float(order),
                float(any(marked.hints & BITS["byline"] for marked in candidate.marked)),
                float(any(marked.hints & BITS["meta"] for marked in candidate.marked)),
                float(min(text.count(candidate.name), 9)),
            ]
        )
    return table


def _site_names(page: SavedPage, told: ToldArticle) -> Iterator[str]:
    for name in (
        page.meta("og:site_name"),
        page.meta("application-name"),
        told.publisher,
        told.site,
    ):
        if name:
            yield fold(name).replace(" ", "")
    host = (
        (page.address or page.meta("og:url") or told.address).partition("://")[2].partition("/")[0]
    )
    for part in host.split(".")[:_SITE_PARTS]:
        if len(part) > 3:  # noqa: PLR2004
            yield fold(part).replace(" ", "")


def _shape(candidate: Candidate) -> list[float]:
    """From "person" to "plain handle" of FEATURES."""
    name = candidate.name
    return [
        float(is_person(name)),
        float(is_name(name)),
        float(is_organisation(name)),
        float(candidate.key.count(" ") + 1),
        float(len(name)),
        float(sum(map(str.isdigit, name))),
        float(name[0].islower()),
        float(name.isupper()),
        float(candidate.key in _HANDLES),
    ]


def _reading(candidate: Candidate, around: Around) -> list[float]:
    """From "read led" to "read by body" of FEATURES: how the lines name the candidate."""
    ways = [mention.way for mention in candidate.read]
    places = [mention.index for mention in candidate.read]
    return [
        *(float(min(ways.count(way), 3)) for way in _READ_WAYS),
        float(min((mention.place for mention in candidate.read), default=-1)),
        float(any(around.title < place <= around.first + 1 for place in places)),
        float(any(abs(place - around.last) <= _NEAR for place in places)),
    ]


def _standing(candidate: Candidate, around: Around) -> list[float]:
    """From "from title" to "author path" of FEATURES."""
    marked = candidate.marked
    lines = [one.line for one in marked] + [mention.index for mention in candidate.read]
    if not lines:
        return [-99.0, -99.0, -99.0, 99.0] + [0.0] * 12
    nearest = min(lines, key=lambda line: abs(line - around.title))
    hints = [one.hints for one in marked]
    return [
        float(max(-50, min(50, nearest - around.title))),
        float(max(-50, min(50, nearest - around.first))),
        float(max(-50, min(50, nearest - around.last))),
        float(min(abs(nearest - around.title), 60)),
        float(candidate.led),
        float(candidate.alone),
        *(
            float(any(hint & BITS[name] for hint in hints))
            for name in ("comments", "related", "teaser", "bio")
        ),
        *(float(any(one.areas & area for one in marked)) for area in _AREA_FEATURES),
        float(any("/" in one.value for one in marked)),
    ]
