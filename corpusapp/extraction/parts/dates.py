"""Dates as pages print them, with the precision they print; none is ever made up.

Seen in the seeds: "Sept. 28, 2025, 4:08 p.m." and "May 21 , 2015". General date parsers fill what
is missing with today and read 05/06/2015 as American: here it stays open unless a day above
twelve, a dot, or the reader of the page's language decides.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Precision, PrintedDate
from corpusapp.extraction.lines import places_of
from corpusapp.extraction.vocabulary import months
from corpusapp.text.folding import fold

_MONTHS = months()
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_NOON = 12
_FARTHEST_ZONE = 14  # hours
_LOOKED_AT = 300  # characters of a line
_TIME_READ = 40  # characters before a date

# Zones whose short name means one offset the world over, in minutes.
_ZONES = {
    "gmt": 0, "utc": 0, "z": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
    "msk": 180, "мск": 180, "est": -300, "edt": -240, "cdt": -300, "mdt": -360, "pdt": -420, "akst": -540, "akdt": -480,
    "hst": -600, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "pht": 480, "wib": 420, "wita": 480, "sast": 120, "eat": 180,
    "wat": 60, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780, "北京时间": 480, "北京時間": 480,
}  # fmt: skip

# A year stands in every date we read; the rest is only looked at where one does. One class of characters
# comes first in these patterns, with which a search passes over all others at once.
_HAS_NUMBER = re.compile(r"\d")
_HAS_YEAR = re.compile(
    # These digits and no others: a class of any digit is asked character by character
    r"[0-9٠-٩۰-۹०-९০-৯๐-๙０-９令平昭](?:(?<!\d.)(?<=\d)\d{3}(?!\d)|(?<!\d.)(?:(?<=[0-3])\d|(?<=\d))\s?[./]\s?[0-3]?\d\s?[./]\s?\d\d(?!\d)"
    r"|(?<=令)和|(?<=平)成|(?<=昭)和|(?<=[٠-٩۰-۹])[٠-٩۰-۹]{3}|(?:(?<=[0-3])\d|(?<=\d))[-/][0-3]?\d[-/]\d{4}|(?<=\d)\d{3}[-/年])"
)
_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９：／．", "012345678901234567890123456789:/."
)
_WORD = r"[^\W\d_]"
# Pages glue what stands in boxes of its own: "PublishedMay 11, 2024", "2. Februar 20203. März 2020".
_WORD_START = r"[^\W\d_](?:(?<![^\W\d_].)|(?<=[a-z][A-Z]))"
_MONTH_WORD = rf"(?P<w>{_WORD_START}(?:[^\W\d_A-Z]{{2,13}}|[^\W\d_a-z]{{2,13}}))"
_YEAR_END = r"(?!\d(?!\d?\.\s[^\W\d_]))"
_WORDS = re.compile(_MONTH_WORD)
_PARTED = re.compile(r"\d\s?[-/.]\s?\d")
_ISO = re.compile(
    r"(?<![\d.])(?P<y>\d{4})\s?(?P<s>[-/.])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?![\d])"
)
_HAN = re.compile(
    r"(?:(?P<y>\d{4,6})|(?P<era>令和|平成|昭和)\s?(?P<ey>\d{1,2}|元))\s?[年년]\s?(?:(?P<m>\d{1,2})\s?[月월]\s?(?:(?P<d>\d{1,2})\s?[日号號일]?)?)?"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|ª|º|°|\.|日)?,?(?:\s{{0,3}}(?:de|of|d['’])\s|\s{{0,3}}[-/]?\s{{0,3}})(?P<w>{_WORD}{{3,14}})"
    r"[.,]{0,2}(?:\s{0,3}(?:de|del|of)\s|\s{0,3}[-/,]?\s{0,3})(?P<y>\d{4})" + _YEAR_END
)
_MONTH_FIRST = re.compile(
    _MONTH_WORD
    + r"\.?\s{0,3}[-/]?(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s{0,3},\s{0,3}|\s{1,3}|-|/|\s{0,3}\.\s{0,3})(?P<y>\d{4})(?!\d)"
)
_YEAR_MONTH_WORD = re.compile(
    rf"(?<!\d)(?P<y>\d{{4}})(?:\s?m\.)?[\s,-]{{1,3}}(?P<w>{_WORD}{{3,14}})\.?[\s-]{{1,3}}(?P<d>\d{{1,2}})(?!\d)"
)
_MONTH_YEAR = re.compile(
    rf"(?<![^\W\d_])(?P<w>{_WORD}{{3,14}})\.?,?\s{{1,3}}(?:de\s|del\s)?(?P<y>(?:1[5-9]|20|21)\d\d)(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})\s?(?P<s>[-/.])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4}(?!\d|:[0-5]\d)|\d{2}(?=[0-2]\d:[0-5]\d)|\d{2}(?!\d))(?!\.\d)"
)
_YEAR_ONLY = re.compile(r"\s*(?:©\s*)?(?P<y>(?:1[5-9]|20|21)\d\d)\s*")

_ZONE = r"(?:Uhr\s)?(?P<zone>GMT|UTC|[A-Z]{2,5}(?![A-Za-z])|Z(?![A-Za-z])|мск|МСК|北京时间|北京時間)?\s?(?P<offset>[+-]\d{1,2}(?::?[0-5]\d)?)?"
_CLOCK = (
    r"(?P<half>上午|下午|晚上|凌晨|早上|中午|午前|午後|오전|오후)?\s?(?:(?P<h>\d{1,2})\s?(?:[:.h時时點点시]|Uhr(?=\s\d))\s?(?P<min>[0-5]\d)[分분]?(?:[:.](?P<sec>[0-5]\d)(?:\.\d{1,6})?秒?)?"
    r"|(?P<h2>\d{1,2})(?=\s?(?:[ap]\.?m\b|Uhr)))\s?(?P<ampm>[aApP]\.?\s?[mM]\b\.?)?(?!\d)"
)
_TIME_AFTER = re.compile(
    r"(?:T|[\s,|·•@(/–—-]{0,4}(?:at|um|à|às|as|a las|kl\.?|klo|kl|ore|alle|alle ore|om|в|о|Stand|pukul|godz\.?|星期.|周.|週.|[(（].[)）]|\(.{2,3}\)|,)?[\s,|·•@(/–—-]{0,4})?"
    + _CLOCK
    + r"[\s(（]{0,2}"
    + _ZONE
)
_NAMED_TIME = re.compile(r"[\s,]{1,3}(?:at\s)?(?P<word>noon|midnight)\b")
_TIME_BEFORE = re.compile(
    _CLOCK
    + r"[\s(（]{0,2}"
    + _ZONE
    + r"[\s,)|·•–—-]{0,4}(?:on\s|den\s|,)?\s?(?:[^\W\d_]{2,12}[.,]{0,2}\s)?(?:on\s)?$"
)
_LATE = {"下午", "晚上", "午後", "오후"}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line: what it says, or why it says nothing, and where it stands there."""

    printed: PrintedDate | None
    start: int
    end: int
    impossible: bool = False
    candidates: tuple[str, ...] = ()  # two readings, or the printed words of an impossible one
    year_only: bool = False


def with_years(texts: Sequence[str]) -> list[int]:
    """Places of the texts that may hold a date."""
    return places_of(_HAS_YEAR, texts)


def find_dates(text: str, *, day_first: bool | None = None) -> list[FoundDate]:
    """The dates in the first part of a line, in their order; overlapping ones are read once.

    `day_first` decides 05/06/2015; None leaves it open, as two candidates.
    """
    if not _HAS_YEAR.search(text, 0, _LOOKED_AT):
        return []
    head = text[:_LOOKED_AT]
    if not head.isascii():
        head = head.translate(_DIGITS)
    found: list[FoundDate] = []
    for date in sorted(_all(head, day_first), key=lambda date: (date.start, -date.end)):
        if not found or date.start >= found[-1].end:
            found.append(date)
    return found


def _all(head: str, day_first: bool | None) -> Iterator[FoundDate]:  # noqa: FBT001 - None is a third answer
    full: list[tuple[int, int]] = []
    month_named = any(map(_month, _WORDS.findall(head)))
    parted = bool(_PARTED.search(head))
    # Each pattern with what must be there for it to find anything.
    for pattern, possible in (
        (_ISO, parted),
        (_HAN, "年" in head or "년" in head),
        (_DAY_FIRST, month_named),
        (_MONTH_FIRST, month_named),
        (_YEAR_MONTH_WORD, month_named),
        (_NUMERIC, parted),
    ):
        for match in pattern.finditer(head) if possible else ():
            if any(start < match.end() and match.start() < end for start, end in full):
                continue
            date = _numeric(head, match, day_first) if pattern is _NUMERIC else _read(head, match)
            if date is not None:
                full.append(match.span())
                yield date
    for match in _MONTH_YEAR.finditer(head) if month_named else ():
        if not any(start < match.end() and match.start() < end for start, end in full):
            date = _read(head, match)
            if date is not None:
                yield date
    if not full and (only := _YEAR_ONLY.fullmatch(head)):
        yield FoundDate(PrintedDate(only["y"], Precision.YEAR), *only.span("y"), year_only=True)


def _read(head: str, match: re.Match[str]) -> FoundDate | None:
    groups = match.groupdict()
    year = _year(groups)
    month = _month(groups["w"]) if groups.get("w") else _number(groups.get("m"))
    if groups.get("w") and month is None:
        return None
    return _dated(head, match, year, month, _number(groups.get("d")))


def _month(word: str) -> int | None:
    return _MONTHS.get(word.lower() if word.isascii() else fold(word))


def _numeric(head: str, match: re.Match[str], day_first: bool | None) -> FoundDate | None:  # noqa: FBT001
    first, second = int(match["a"]), int(match["b"])
    if len(match["y"]) == 2 and match["s"] == "-":  # noqa: PLR2004 - 10-12-15 says nothing
        return None
    year = int(match["y"]) if len(match["y"]) > 2 else 2000 + int(match["y"])  # noqa: PLR2004
    if first > _NOON or (match["s"] == "." and second <= _NOON):
        return _dated(head, match, year, second, first)
    if second > _NOON:
        return _dated(head, match, year, first, second)
    if first == second or day_first is True:
        return _dated(head, match, year, second, first)
    if day_first is False:
        return _dated(head, match, year, first, second)
    readings = tuple(
        date.printed.iso
        for day, month in ((first, second), (second, first))
        if (date := _dated(head, match, year, month, day)).printed
    )
    return FoundDate(None, match.start(), match.end(), candidates=readings)


def _year(groups: dict[str, str | None]) -> int:
    if groups.get("era"):
        start = {"令和": 2018, "平成": 1988, "昭和": 1925}[str(groups["era"])]
        return start + (1 if groups["ey"] == "元" else int(str(groups["ey"])))
    return int(str(groups["y"]))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _dated(
    head: str, match: re.Match[str], year: int, month: int | None, day: int | None
) -> FoundDate:
    start, end = match.span()
    if not _exists(year, 1 if month is None else month, 1 if day is None else day):
        return FoundDate(None, start, end, impossible=True, candidates=(match[0].strip(),))
    if month is None:
        return FoundDate(PrintedDate(f"{year:04d}", Precision.YEAR), start, end, year_only=True)
    if day is None:
        return FoundDate(PrintedDate(f"{year:04d}-{month:02d}", Precision.MONTH), start, end)
    return _with_time(head, f"{year:04d}-{month:02d}-{day:02d}", start, end)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _with_time(head: str, iso: str, start: int, end: int) -> FoundDate:
    """The day `iso`, with the clock time that stands beside it."""
    if named := _NAMED_TIME.match(head, end):
        hour = 12 if named["word"] == "noon" else 0
        return FoundDate(PrintedDate(f"{iso}T{hour:02d}:00", Precision.MINUTE), start, named.end())
    if (after := _TIME_AFTER.match(head, end)) and (clock := _clock(after)):
        return FoundDate(_timed(iso, clock, after), start, after.end())
    if (
        _HAS_NUMBER.search(head, max(0, start - _TIME_READ), start)
        and (before := _TIME_BEFORE.search(head, max(0, start - _TIME_READ), start))
        and (clock := _clock(before))
    ):
        return FoundDate(_timed(iso, clock, before), before.start(), end)
    return FoundDate(PrintedDate(iso, Precision.DAY), start, end)


def _clock(match: re.Match[str]) -> str:
    """The time as "16:08" of a matched clock time, "" if there is no such time."""
    hour, minute = int(match["h"] or match["h2"]), int(match["min"] or 0)
    if match["ampm"]:
        if not 1 <= hour <= _NOON:
            return ""
        hour = hour % _NOON + (_NOON if match["ampm"][0] in "pP" else 0)
    elif match["half"] in _LATE and hour < _NOON:
        hour += _NOON
    return f"{hour:02d}:{minute:02d}" if hour < 24 else ""  # noqa: PLR2004


def _timed(iso: str, clock: str, match: re.Match[str]) -> PrintedDate:
    zone = _ZONES.get((match["zone"] or "").lower())
    offset = None
    if match["offset"] and (not match["zone"] or zone == 0):
        sign = -1 if match["offset"][0] == "-" else 1
        digits = match["offset"][1:].replace(":", "")
        hours, minutes = int(digits[:-2] or digits), int(digits[-2:]) if digits[:-2] else 0
        offset = sign * (60 * hours + minutes) if hours <= _FARTHEST_ZONE else None
    elif zone is not None:
        offset = zone
    return PrintedDate(f"{iso}T{clock}", Precision.MINUTE, offset)
