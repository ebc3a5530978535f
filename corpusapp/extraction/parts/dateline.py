"""Which of the dates in a capture is that of publication.

Seen in the seeds: alone on the first line above section and title, and alone under the title above
the byline. Near the title and alone on its line is the sign, and a lead word ("Published",
"Updated"); how much each counts beside the page's other dates is learned (date_features.py). Dates
inside paragraphs are events, not datelines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpusapp.extraction.article import Precision, PrintedDate
from corpusapp.extraction.forest import forest
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.date_features import FEATURES, DatedLine, Span, rows
from corpusapp.extraction.parts.dates import FoundDate, find_dates, with_years
from corpusapp.extraction.vocabulary import folded, months, weekdays
from corpusapp.text.folding import fold, fold_words

_GLUE = frozenset(
    token
    for phrase in folded("date_glue", "published", "updated", "reading_time")
    for token in phrase.split()
)
_GLUE_WORDS = _GLUE | weekdays() | frozenset(months())
_UPDATED, _PUBLISHED = folded("updated"), folded("published")
_STRONG_PUBLISHED = _PUBLISHED - folded("date_glue")
_HAN_UPDATED = tuple(phrase for phrase in _UPDATED if phrase[0] > "\u2e80")
_HAN_PUBLISHED = tuple(phrase for phrase in _PUBLISHED if phrase[0] > "\u2e80")
_LEAD_READ = 60  # characters before a date in which its lead stands
_MOST_WIDTH = 200
_COPYRIGHT = re.compile(
    r"©|copyright|\(c\)|版权|版權|all rights|icp备|rights reserved", re.IGNORECASE
)
_DATELINE_READ = 60
_MOST_WORDS_BEFORE, _LONGEST_BEFORE = 4, 40
_MOST_DATES = 200
_BESIDE, _LEAST_CHANCE = 3, 0.3  # lines; of a date beside an update
_LEADING_MARKS = re.compile(r"^\W+")


@dataclass(frozen=True, slots=True)
class DateFound:
    line: DatedLine
    confidence: float
    rule: str


def dated_lines(page: Page, *, day_first: bool | None) -> list[DatedLine]:
    """All short lines with a date, and paragraphs that open with one."""
    found: list[DatedLine] = []
    texts = [
        line.text if not line.prose and line.width <= _MOST_WIDTH else line.text[:_DATELINE_READ]
        for line in page.lines
    ]
    for index in with_years(texts):
        line, text = page.lines[index], texts[index]
        dates = find_dates(text, day_first=day_first)
        if not dates or (line.prose and not _opens(text[: dates[0].start])):
            continue
        found.extend(_dated(line, text, date, dates) for date in dates)
    return [line for line in found if not (line.owned and _is_vague(line.date))]


def _is_vague(date: FoundDate) -> bool:
    """Less than a day: beside a sign of copyright, that is how long it is claimed."""
    return date.printed is not None and date.printed.precision in {Precision.YEAR, Precision.MONTH}


def _opens(before: str) -> bool:
    """Whether a date after these words opens a paragraph: "Geneva, 5 May 2020 –", not "It was on …"."""
    if not before.isascii():
        before = _LEADING_MARKS.sub("", before)
    words = fold_words(before)
    small = [word for word in before.split() if word[0].islower() and fold(word) not in _GLUE_WORDS]
    return not small and len(words) <= _MOST_WORDS_BEFORE and len(before) <= _LONGEST_BEFORE


def choose_date(
    lines: Sequence[DatedLine], page: Page, span: Span, marks: Sequence[Mark | None]
) -> DateFound | None:
    """The likeliest of them, as a forest has learned from annotated pages; the first of equals."""
    looked_at = nearest(lines, span)
    if not looked_at:
        return None
    chances = forest("dates", FEATURES).scores(rows(looked_at, page, span, marks))
    best = max(range(len(chances)), key=chances.__getitem__)
    if looked_at[best].lead == "updated":
        best = _published_beside(looked_at, chances, best)
    line = resolved(looked_at[best], looked_at)
    return DateFound(line, round(chances[best], 2), _rule(line, span))


def _published_beside(lines: Sequence[DatedLine], chances: Sequence[float], updated: int) -> int:
    """An earlier day beside that of the update is the day of publication, if it may be one at all."""
    update = lines[updated]
    earlier = [
        order
        for order, line in enumerate(lines)
        if abs(line.index - update.index) <= _BESIDE
        and line.lead != "updated"
        and chances[order] >= _LEAST_CHANCE
        and line.date.printed
        and update.date.printed
        and line.date.printed.iso < update.date.printed.iso
    ]
    return max(earlier, key=chances.__getitem__, default=updated)


def nearest(lines: Sequence[DatedLine], span: Span) -> Sequence[DatedLine]:
    """Those nearest to the title, in the order of the page: a chronicle has thousands."""
    if len(lines) <= _MOST_DATES:
        return lines
    near = sorted(range(len(lines)), key=lambda order: abs(lines[order].index - span.title))
    return [lines[order] for order in sorted(near[:_MOST_DATES])]


def resolved(line: DatedLine, lines: Sequence[DatedLine]) -> DatedLine:
    """05/06/2015 with the one of its readings that the page also prints in words, if one is."""
    days = {other.date.printed.iso[:10]: other.date for other in lines if other.date.printed}
    told = [days[reading] for reading in line.date.candidates if reading[:10] in days]
    if line.date.printed or line.date.impossible or len(told) != 1 or not told[0].printed:
        return line
    printed = PrintedDate(told[0].printed.iso[:10], Precision.DAY)
    return replace(line, date=replace(line.date, printed=printed, candidates=()))


def _rule(line: DatedLine, span: Span) -> str:
    if line.lead in {"published", "updated"}:
        return f"date led by “{line.lead}”"
    if line.index > span.body:
        return "date after the text began"
    return "date beside the title" if line.alone else "date in a line beside the title"


def _dated(line: Line, text: str, date: FoundDate, dates: Sequence[FoundDate]) -> DatedLine:
    previous = max((other.end for other in dates if other.end <= date.start), default=0)
    before = text[max(previous, date.start - _LEAD_READ) : date.start]
    after = text[date.end : date.end + 8]
    rest = text
    for other in sorted(dates, key=lambda found: -found.start):
        rest = f"{rest[: other.start]} | {rest[other.end :]}"
    words = [word for word in fold_words(rest) if word not in _GLUE_WORDS and not word.isdigit()]
    return DatedLine(
        index=line.index,
        date=date,
        alone=not words and not line.prose,
        lead=_lead(before, after),
        rest=rest if words else "",
        owned=bool(_COPYRIGHT.search(text, 0, date.start)),
    )


def _lead(before: str, after: str) -> str:
    """Tell "published", "updated" or "small" if the words at the end of `before` lead a date so."""
    words = fold_words(before)[-4:]
    if not words:
        return "updated" if fold(after).startswith(_HAN_UPDATED) else ""
    joined = "".join(words)
    tails = {" ".join(words[start:]) for start in range(len(words))}
    if tails & _UPDATED or joined.endswith(_HAN_UPDATED):
        return "updated"
    if tails & _STRONG_PUBLISHED or joined.endswith(_HAN_PUBLISHED):
        return "published"
    return "small" if tails & _PUBLISHED else ""


def day_first_of(language: str, page: Page) -> bool | None:
    """Whether 05/06/2015 has its day first here: by the language, else by another date of the page."""
    primary = language.partition("-")[0]
    if primary in _DAY_FIRST_LANGUAGES:
        return True
    votes = {True: 0, False: 0}
    for line in page.lines:
        if line.width <= _MOST_WIDTH and "/20" in line.text:
            for match in _SLASHED.finditer(line.text):
                if int(match[1]) > 12:  # noqa: PLR2004 - no month
                    votes[True] += 1
                elif int(match[2]) > 12:  # noqa: PLR2004
                    votes[False] += 1
    if votes[True] and not votes[False]:
        return True
    if votes[False] and not votes[True]:
        return False
    return None


_DAY_FIRST_LANGUAGES = frozenset(
    [
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "da",
        "no",
        "sv",
        "fi",
        "cs",
        "sk",
        "ru",
        "uk",
        "bg",
        "ro",
        "el",
        "tr",
        "id",
        "ms",
        "hr",
        "sl",
        "sr",
        "et",
        "lv",
        "is",
        "he",
        "ar",
        "ur",
        "hi",
        "vi",
        "th",
    ]
)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/20\d\d(?!\d)")


def near_lines(lines: Sequence[DatedLine]) -> Mapping[int, str]:
    """The lines that a date fills, for the judges of other parts."""
    return {line.index: "date" for line in lines if line.alone}
