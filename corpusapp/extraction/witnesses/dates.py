"""The day of publication of a saved page: what its data, its elements and its lines say, weighed.

The printed day is the reader's, the instant in the markup may be a day off in its zone; a date of the
last change is often all that the head gives. The days that several give, near the title, are right.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import Precision, PrintedDate
from corpusapp.extraction.forest import forest
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.markup import Area, Marked, SavedPage
from corpusapp.extraction.parts.date_features import DatedLine
from corpusapp.extraction.parts.dates import find_dates
from corpusapp.extraction.vocabulary import months
from corpusapp.extraction.witnesses.authors import Around
from corpusapp.extraction.witnesses.day_others import BESIDE_OTHERS, OF_OTHERS, with_others
from corpusapp.extraction.witnesses.json_ld import ToldArticle

_WAYS = (
    "ld", "ld page", "ld modified", "meta", "meta modified", "meta other", "machine", "machine modified",
    "time", "time text", "marked", "line", "line alone", "line published", "line updated", "address",
)  # fmt: skip
FEATURES: tuple[str, ...] = (
    *_WAYS, "ways", "told ways", "shown ways", "days", "earliest", "latest", "days from earliest", "days to latest",
    "beside", "modified too", "to title", "after title", "to body", "past body", "in text", "order", "has ld", "has meta", "has machine",
    "has line near", "in article", "in header", "in footer", "in nav", "in aside", "in related", "in comments", "with time", "hinted date",
    "year", "times told", "in prose", "before body",
    *(f"{name} of another" for name in OF_OTHERS), *BESIDE_OTHERS,
)  # fmt: skip
_PUBLISHED = frozenset(
    str.split(
        "article:published_time og:published_time citation_publication_date citation_date citation_online_date dc.date.issued"
        " dcterms.issued dcterms.created dc.date.created pubdate publishdate publish-date publish_date parsely-pub-date sailthru.date"
        " datepublished publication_date article.published article_date_original rnews:datepublished date.issued published_time"
        " published_at pub_date cxenseparse:recs:publishtime datecreated article:published bt:pubdate published-date originalpublicationdate"
        " dcsext.artpub article:publish_date firstpublishdate field-name-post-date weibo:article:create_at _pubtime publishdate"
    )
)
_MODIFIED = frozenset(
    str.split(
        "article:modified_time og:updated_time last-modified lastmod dcterms.modified dc.date.modified modified_time datemodified"
        " weibo:article:update_at revised article:modified updated_time date.modified"
    )
)
_OTHER = frozenset(
    str.split(
        "date dc.date dcterms.date release_date video:release_date og:release_date dc.date.x-metadatalastmodified eprints.date"
    )
)
_ISO = re.compile(
    r"(?P<date>(?:19|20)\d\d-[01]\d-[0-3]\d)(?:[T\s]{1,2}(?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:T?\d{2,6})?Z?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
# "Mon Aug 03 12:45:00 EDT 2015", as programs print an instant
_YEAR_LAST = re.compile(
    r"(?P<day>[A-Z][a-z]{2} {1,2}\d{1,2}) (?P<time>\d\d:\d\d)(?::\d\d)?(?P<zone> [A-Z]{2,5})? (?P<year>(?:19|20)\d\d)"
)
_IN_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?:[/-]?(?P<m>[01]\d)[/-]?(?P<d>[0-3]\d)(?=[/_.-]|$)|/(?P<w>[a-z]{3,9})/(?P<n>[0-3]?\d)/)"
)
_MONTHS = months()
_MOST = 24
_FARTHEST = 9999
_AREAS = (Area.ARTICLE, Area.HEADER, Area.FOOTER, Area.NAV, Area.ASIDE)
_NEAR = 6
THRESHOLD = 0.3


@dataclass(slots=True)
class Candidate:
    """A day, who gives it, and the fullest form in which they do."""

    day: dt.date
    ways: dict[str, int] = field(default_factory=dict)
    printed: PrintedDate | None = None  # by a line of the page
    told: PrintedDate | None = None  # by data or an element
    lines: list[int] = field(default_factory=list)
    areas: int = 0
    hints: int = 0
    prose: bool = False


@dataclass(frozen=True, slots=True)
class DateChoice:
    date: PrintedDate
    confidence: float
    line: int | None
    ways: tuple[str, ...]


def choose_date(
    page: SavedPage,
    told: ToldArticle,
    dated: Sequence[DatedLine],
    around: Around,
    *,
    day_first: bool | None,
) -> DateChoice | None:
    """The likeliest day, None where the page gives none."""
    candidates = gather(page, told, dated, day_first=day_first)
    if not candidates:
        return None
    scores = forest("html_date", FEATURES).scores(rows(candidates, around))
    best = max(range(len(candidates)), key=lambda place: (scores[place], -place))
    chosen = candidates[best]
    date = _fullest(chosen)
    if date is None:
        return None
    line = min(chosen.lines, key=lambda place: abs(place - around.title), default=None)
    return DateChoice(date, scores[best], line, tuple(way for way in _WAYS if way in chosen.ways))


def _fullest(candidate: Candidate) -> PrintedDate | None:
    """As printed where a line prints it with a time; else the markup's, which knows its offset."""
    printed, told = candidate.printed, candidate.told
    if printed is not None and (printed.precision is Precision.MINUTE or told is None):
        return printed
    return told or printed


def read_instant(text: str, *, day_first: bool | None = None) -> PrintedDate | None:
    """A date as data gives it: ISO 8601 or as people write; None where it is none."""
    text = text.strip()[:100]
    if match := _ISO.match(text):
        return _iso(match)
    if (match := _COMPACT.fullmatch(text)) and (day := _day(match["y"], match["m"], match["d"])):
        return PrintedDate(day.isoformat(), Precision.DAY)
    if _EPOCH.fullmatch(text):
        moment = dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
        return PrintedDate(moment.strftime("%Y-%m-%dT%H:%M"), Precision.MINUTE, 0)
    text = _YEAR_LAST.sub(r"\g<day>, \g<year> \g<time>\g<zone>", text)
    for found in find_dates(text, day_first=day_first):
        if found.printed is not None and found.printed.precision in (
            Precision.DAY,
            Precision.MINUTE,
        ):
            return found.printed
    return None


def _iso(match: re.Match[str]) -> PrintedDate | None:
    if _day(*match["date"].split("-")) is None:
        return None
    if not match["time"] or int(match["time"][:2]) > 23:  # noqa: PLR2004
        return PrintedDate(match["date"], Precision.DAY)
    offset = None
    if zone := match["zone"]:
        digits = zone[1:].replace(":", "")
        minutes = 0 if zone == "Z" else int(digits[:2]) * 60 + int(digits[2:])
        offset = (-minutes if zone[0] == "-" else minutes) if minutes <= 14 * 60 else None
        if zone == "Z":
            offset = 0
    if match["time"] == "00:00" and not offset:
        return PrintedDate(match["date"], Precision.DAY)
    return PrintedDate(f"{match['date']}T{match['time']}", Precision.MINUTE, offset)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def gather(
    page: SavedPage, told: ToldArticle, dated: Sequence[DatedLine], *, day_first: bool | None
) -> list[Candidate]:
    """All days that the page gives, in the order in which they are met."""
    found: dict[dt.date, Candidate] = {}
    for way, text in _told(page, told):
        _add(found, way, read_instant(text, day_first=day_first))
    for marked in page.marked:
        if marked.kind == "time":
            _add_marked(found, marked, day_first=day_first)
    for line in dated:
        candidate = _add(found, "line", line.date.printed, printed=True)
        if candidate is not None:
            _note(candidate, line)
    for address in (page.address, page.meta("og:url")):
        if day := day_in_address(address):
            _add(found, "address", PrintedDate(day.isoformat(), Precision.DAY))
    return list(found.values())[:_MOST]


def day_in_address(address: str) -> dt.date | None:
    """The day in an address with "/2015/05/21/" or "/2015/may/21/"; None where there is none."""
    match = _IN_ADDRESS.search(address)
    if match is None:
        return None
    if match["w"]:
        return _day(match["y"], str(_MONTHS.get(match["w"], 0)), match["n"])
    return _day(match["y"], match["m"], match["d"])


def _told(page: SavedPage, told: ToldArticle) -> Iterator[tuple[str, str]]:
    yield "ld", told.published
    yield "ld page", told.page_published
    yield "ld modified", told.modified
    for key, content in page.metas:
        if key in _PUBLISHED:
            yield "meta", content
        elif key in _MODIFIED:
            yield "meta modified", content
        elif key in _OTHER:
            yield "meta other", content


def _add(
    found: dict[dt.date, Candidate], way: str, date: PrintedDate | None, *, printed: bool = False
) -> Candidate | None:
    if date is None or date.precision not in (Precision.DAY, Precision.MINUTE):
        return None
    day = dt.date.fromisoformat(date.iso[:10])
    if len(found) >= 2 * _MOST and day not in found:
        return None
    candidate = found.setdefault(day, Candidate(day))
    candidate.ways[way] = candidate.ways.get(way, 0) + 1
    held = candidate.printed if printed else candidate.told
    if held is None or (held.precision is Precision.DAY and date.precision is Precision.MINUTE):
        if printed:
            candidate.printed = date
        else:
            candidate.told = date
    return candidate


def _add_marked(found: dict[dt.date, Candidate], marked: Marked, *, day_first: bool | None) -> None:
    modified = bool(marked.hints & BITS["date"]) and "modif" in marked.value.lower()
    way = ("machine modified" if modified else "machine") if marked.machine else "time"
    candidate = (
        _add(found, way, read_instant(marked.value, day_first=day_first)) if marked.value else None
    )
    if candidate is None and marked.text:
        way = "time text" if marked.value else "marked"
        candidate = _add(
            found, way, read_instant(marked.text.replace("\n", " "), day_first=day_first)
        )
    if candidate is not None:
        candidate.lines.append(marked.line)
        candidate.areas |= marked.areas
        candidate.hints |= marked.hints


def _note(candidate: Candidate, line: DatedLine) -> None:
    candidate.lines.append(line.index)
    for way, holds in (
        ("line alone", line.alone), ("line published", line.lead == "published"), ("line updated", line.lead == "updated"),
    ):  # fmt: skip
        if holds:
            candidate.ways[way] = candidate.ways.get(way, 0) + 1


def rows(candidates: Sequence[Candidate], around: Around) -> list[list[float]]:
    """One row of `FEATURES` for each candidate."""
    told = [one for one in candidates if one.told is not None] or list(candidates)
    first, last = min(one.day for one in told), max(one.day for one in told)
    days = {one.day for one in candidates}
    ways = frozenset(way for one in candidates for way in one.ways)
    near = any(
        "line" in one.ways and any(_is_near(place, around) for place in one.lines)
        for one in candidates
    )
    have = [
        float(bool(ways & {"ld", "ld page"})),
        float("meta" in ways),
        float("machine" in ways),
        float(near),
    ]
    table = []
    for order, one in enumerate(candidates):
        nearest = min(one.lines, key=lambda place: abs(place - around.title), default=None)
        table.append(
            [
                *(float(min(one.ways.get(way, 0), 4)) for way in _WAYS),
                float(len(one.ways)),
                float(len({"ld", "ld page", "meta", "machine", "time"} & one.ways.keys())),
                float("line" in one.ways),
                float(len(candidates)),
                float(one.day == first),
                float(one.day == last),
                float(min((one.day - first).days, _FARTHEST)),
                float(min((last - one.day).days, _FARTHEST)),
                float(bool({one.day + dt.timedelta(days=1), one.day - dt.timedelta(days=1)} & days))
                if dt.date.min < one.day < dt.date.max
                else 0.0,
                float(bool({"ld modified", "meta modified"} & one.ways.keys())),
                *_standing(nearest, around),
                float(order),
                *have,
                *(float(bool(one.areas & area)) for area in _AREAS),
                float(bool(one.hints & BITS["related"])),
                float(bool(one.hints & BITS["comments"])),
                float(
                    (one.printed or one.told or PrintedDate("", Precision.DAY)).precision
                    is Precision.MINUTE
                ),
                float(bool(one.hints & BITS["date"])),
                float(one.day.year),
                float(sum(one.ways.values())),
                float(nearest is not None and around.first < nearest < around.last),
                float(nearest is not None and nearest <= around.first),
            ]
        )
    return with_others(table, FEATURES)


def _is_near(place: int, around: Around) -> bool:
    return around.title - _NEAR <= place <= around.first + _NEAR


def _standing(place: int | None, around: Around) -> list[float]:
    """From "to title" to "in text" of FEATURES."""
    if place is None:
        return [99.0, -1.0, -99.0, -99.0, -1.0]
    return [
        float(min(abs(place - around.title), 60)),
        float(place > around.title),
        float(max(-60, min(60, place - around.first))),
        float(max(-60, min(60, place - around.last))),
        float(around.first <= place <= around.last),
    ]
