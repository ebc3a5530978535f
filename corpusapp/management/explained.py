"""A document on a terminal: each line of it with its judgement and the reason, its fields, its doubts.

The words of the capture stand last in their row: on a terminal they are cut to its width, into a
pipe they go whole, and the columns before them stay aligned.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpusapp.extraction.article import ExtractedArticle, ExtractedByline, Part, Role
from corpusapp.importing.explaining import JudgedLine, judged_lines
from corpusapp.importing.outcome import Result, doubt_sentence

_BOLD, _DIM = "1", "2"
# Select Graphic Rendition, as terminals know it; what is not named here is no part of the article
_COLOURS = {
    Part.TITLE: "1;34",
    Part.STANDFIRST: "34",
    Part.BYLINE: "32",
    Part.POST: "32",
    Part.DATE: "33",
    Part.SECTION: "35",
    Part.VIEWS: "35",
    Part.TAGS: "35",
    Part.SOURCE: "35",
    Part.CAPTION: "36",
    Part.BODY: "",
    Part.SUBHEADING: _BOLD,
    Part.QUOTATION: "",
    Part.BIOGRAPHY: "36",
}
_GAP = "  "
_LEAST = 8  # places for a reason, and for the words beside it, however narrow the terminal
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells before the last are padded to their column; `colour` is for those not dimmed."""

    cells: tuple[str, ...]
    colour: str = ""
    dim: int | None = None  # the cell that is dimmed


@dataclass(frozen=True, slots=True)
class Screen:
    width: int | None = None  # places in a line; None: as long as it takes
    colour: bool = False

    def painted(self, text: str, colour: str) -> str:
        if not (self.colour and colour and text.strip()):
            return text
        return f"\x1b[{colour}m{text}\x1b[0m"

    def table(self, rows: Sequence[Row], *, right: int, indent: str = "") -> Iterator[str]:
        """The rows as lines; cells of column `right` are set to the right."""
        widths = [max(map(places, column)) for column in zip(*(r.cells[:-1] for r in rows))]  # noqa: B905 - as many each
        room = None
        if self.width is not None:
            taken = len(indent) + sum(width + len(_GAP) for width in widths[:-1]) + len(_GAP)
            widths[-1] = min(widths[-1], max(_LEAST, (self.width - taken) * 2 // 5))
            room = max(_LEAST, self.width - taken - widths[-1])
        for row in rows:
            yield indent + self._line(row, widths, right, room)

    def _line(self, row: Row, widths: Sequence[int], right: int, room: int | None) -> str:
        cells = []
        *columns, last = row.cells
        for index, (cell, width) in enumerate(zip(columns, widths, strict=True)):
            shown = cut(cell, width)
            space = " " * (width - places(shown))
            padded = space + shown if index == right else shown + space
            cells.append((padded, _DIM if index in {0, row.dim} else row.colour))
        cells.append((last if room is None else cut(last, room), row.colour))
        while not cells[-1][0].strip():
            cells.pop()
        cells[-1] = (cells[-1][0].rstrip(), cells[-1][1])
        return _GAP.join(self.painted(*cell) for cell in cells)


def explained(result: Result, screen: Screen) -> Iterator[str]:
    """Lines that tell all that became of one document; none for one that was refused."""
    article = result.article
    if article is None:
        return
    raw = zlib.decompress(result.packed)
    yield ""
    rows = [_judged(line) for line in judged_lines(raw, result.media_type, article)]
    yield from screen.table(rows, right=0)
    yield ""
    yield screen.painted("Fields", _BOLD)
    yield from screen.table(list(_fields(article)), right=1, indent=_GAP)
    if result.doubts:
        yield ""
        yield screen.painted("Doubts", _BOLD)
        yield from screen.table(list(_doubts(result)), right=-1, indent=_GAP)
    yield ""


def _judged(line: JudgedLine) -> Row:
    name = line.part.value.replace("-", " ")
    rule = "" if line.part is Part.BLANK else line.rule
    colour = _COLOURS.get(line.part, _DIM)
    return Row((str(line.number), name, rule, line.text.strip()), colour, dim=2)


def _fields(article: ExtractedArticle) -> Iterator[Row]:
    for name, value in _values(article).items():
        found = article.evidence.get(name)
        sure = lines = rule = ""
        if found:
            sure = f"{found.confidence:.0%}"
            lines = f"line {found.first_line}"
            if found.last_line != found.first_line:
                lines = f"lines {found.first_line}–{found.last_line}"
            rule = found.rule
        yield Row((name, sure, lines, rule, value or "–"), dim=3)


def _values(article: ExtractedArticle) -> dict[str, str]:
    paragraphs = len([part for part in article.body.split("\n\n") if part])
    date = article.published
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": "; ".join(map(_signed, article.bylines)),
        "published_at": f"{date} ({date.precision})" if date else "",
        "section": article.section,
        "language": article.language,
        "source": " ".join(filter(None, (article.source, article.source_url))),
        "views": "" if article.views is None else f"{article.views:,}",
        "tags": ", ".join(article.tags),
        "caption": article.caption,
        "biography": _on_one_line(article.biography),
        "body": f"{_counted(paragraphs, 'paragraph')}, {_counted(len(article.body), 'character')}"
        if paragraphs
        else "",
    }


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _signed(byline: ExtractedByline) -> str:
    role = "" if byline.role is Role.AUTHOR else f", {byline.role}"
    return f"{byline.name}{role}{f' ({byline.post})' if byline.post else ''}"


def _doubts(result: Result) -> Iterator[Row]:
    for doubt in result.doubts:
        holds = "holds" if doubt.holds else ""
        yield Row((doubt.field, holds, doubt_sentence(doubt.code)), "33" if doubt.holds else "")
        for candidate in doubt.candidates:
            yield Row(("", "", f"or: {_on_one_line(candidate)}"), _DIM)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def cut(text: str, width: int) -> str:
    """`text` in at most `width` places of a terminal, its end made a mark if something is left out."""
    if len(text) * 2 <= width or places(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _places(character)
        if taken > width - 1:
            return text[:index] + _ELLIPSIS
    return text


def places(text: str) -> int:
    """How many places of a terminal `text` takes: a wide character two, a combining one none."""
    return len(text) if text.isascii() else sum(map(_places, text))


@lru_cache(maxsize=4096)
def _places(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
