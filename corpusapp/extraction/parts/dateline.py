"""Which of the dates in a capture is that of publication.

Seen in the seeds: alone on the first line above section and title, and alone under the title above
the byline. Near the title and alone on its line is the sign; a lead word ("Published", "Updated")
decides among several; dates inside paragraphs are events, not datelines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpusapp.extraction.article import Precision
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.parts.dates import FoundDate, find_dates, may_hold_date
from corpusapp.extraction.vocabulary import folded, months, weekdays
from corpusapp.text.folding import fold, fold_words

_GLUE = frozenset(
    token
    for phrase in folded("date_glue", "published", "updated", "reading_time")
    for token in phrase.split()
)
_GLUE_WORDS = _GLUE | weekdays() | frozenset(months())
_UPDATED, _PUBLISHED = folded("updated"), folded("published")
_HAN_UPDATED = tuple(phrase for phrase in _UPDATED if phrase[0] > "\u2e80")
_HAN_PUBLISHED = tuple(phrase for phrase in _PUBLISHED if phrase[0] > "\u2e80")
_LEAD_READ = 60  # characters before a date in which its lead stands
_MOST_WIDTH = 200
_COPYRIGHT = re.compile(
    r"©|copyright|\(c\)|版权|版權|all rights|icp备|rights reserved", re.IGNORECASE
)
_DATELINE_READ = 60
_MOST_WORDS_BEFORE, _LONGEST_BEFORE = 4, 40
_LEADING_MARKS = re.compile(r"^\W+")


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line with a date that could be the article's."""

    index: int
    date: FoundDate
    alone: bool  # nothing but the date, its lead and small words
    lead: str  # "published", "updated" or ""
    rest: str  # what else stands on the line


@dataclass(frozen=True, slots=True)
class Span:
    """Where title and text stand: indexes of lines."""

    title: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class DateFound:
    line: DatedLine
    confidence: float
    rule: str


def dated_lines(page: Page, *, day_first: bool | None) -> list[DatedLine]:
    """All short lines with a date, and paragraphs that open with one."""
    found: list[DatedLine] = []
    for line in page.lines:
        text = (
            line.text
            if not line.prose and line.width <= _MOST_WIDTH
            else line.text[:_DATELINE_READ]
        )
        if not may_hold_date(text) or _COPYRIGHT.search(text):
            continue
        dates = find_dates(text, day_first=day_first)
        if line.prose and dates and not _opens(text[: dates[0].start]):
            continue
        found.extend(_dated(line, text, date, dates) for date in dates)
    return found


def _opens(before: str) -> bool:
    """Whether a date after these words opens a paragraph: "Geneva, 5 May 2020 –", not "It was on …"."""
    if not before.isascii():
        before = _LEADING_MARKS.sub("", before)
    words = fold_words(before)
    small = [word for word in before.split() if word[0].islower() and fold(word) not in _GLUE_WORDS]
    return not small and len(words) <= _MOST_WORDS_BEFORE and len(before) <= _LONGEST_BEFORE


def choose_date(lines: Sequence[DatedLine], page: Page, span: Span) -> DateFound | None:
    """The best of them, by its distance to the title, its lead and how alone it stands."""
    scored = [
        (points, -line.index, -order, line)
        for order, line in enumerate(lines)
        if (points := _points(line, page.lines[line.index], span)) > 0
    ]
    if not scored:
        return None
    points, _, _, line = max(scored, key=lambda entry: entry[:3])
    confidence = min(0.97, 0.3 + 0.12 * points)
    return DateFound(line, round(confidence, 2), _rule(line, span))


def _rule(line: DatedLine, span: Span) -> str:
    if line.lead:
        return f"date led by “{line.lead}”"
    if line.index > span.body:
        return "date after the text began"
    return "date beside the title" if line.alone else "date in a line beside the title"


def _points(dated: DatedLine, line: Line, span: Span) -> float:  # noqa: C901 - one list of reasons
    points = 2.0
    if dated.date.year_only:
        points -= 2.5
    elif dated.date.printed and dated.date.printed.precision is Precision.MONTH:
        points -= 1.2
    elif dated.date.printed and dated.date.printed.precision is Precision.MINUTE:
        points += 0.5
    if dated.alone:
        points += 1.5
    if dated.lead == "published":
        points += 1.5
    elif dated.lead == "updated":
        points -= 0.6
    if line.prose:
        points -= 1.5
    if dated.index < span.title:
        points -= 0.25 * min(span.title - dated.index, 14)
    elif dated.index <= span.body:
        points += 1.2 - 0.03 * min(dated.index - span.title, 20)
    elif dated.index <= span.end:
        points -= 1.2 + 0.1 * min(dated.index - span.body, 20)
    else:
        points -= 1.2 + 0.12 * min(dated.index - span.end, 25)
    return points


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
    )


def _lead(before: str, after: str) -> str:
    """Tell "published" or "updated" if the words at the end of `before` lead a date so."""
    words = fold_words(before)[-4:]
    if not words:
        return "updated" if fold(after).startswith(_HAN_UPDATED) else ""
    joined = "".join(words)
    tails = {" ".join(words[start:]) for start in range(len(words))}
    if tails & _UPDATED or joined.endswith(_HAN_UPDATED):
        return "updated"
    return "published" if tails & _PUBLISHED or joined.endswith(_HAN_PUBLISHED) else ""


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
