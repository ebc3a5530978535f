"""JSON Lines and CSV: each line, or row, a document of its own, with named fields.

What is kept of a record is the record: the line of a JSON Lines file, the row of a table under the
line that names its columns. A broken one is refused with its line and costs no other.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.errors import ExtractionError, NothingUnderstoodError, UnreadableError
from corpusapp.extraction.field_names import meaning
from corpusapp.extraction.formats.contract import Record
from corpusapp.extraction.formats.own_markdown import body_of
from corpusapp.extraction.formats.plain_text import Decoded, decode
from corpusapp.extraction.formats.rows import Table, TooWideError, as_utf8, lines_of, text_lines
from corpusapp.extraction.lines import split_lines
from corpusapp.extraction.sheet import Sheet
from corpusapp.extraction.stated import BODIES, found_again_by, one_line, read_stated
from corpusapp.text.folding import clean

JSON_RECORD, TABLE_ROW = "application/json", "text/csv"
_LONGEST_NUMBER = 20  # digits
_MOST_UNKNOWN = 100
_USABLE = frozenset(("title", *BODIES))

csv.field_size_limit(2**31 - 1)  # the size of a record is limited elsewhere


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One line of a JSON Lines file."""

    media_type: str = JSON_RECORD
    endings: tuple[str, ...] = ()

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        return article_of(self._sheet(), *_json(raw), options)

    def readable(self, raw: bytes) -> str:
        mapping, _decoded = _json(raw)
        return laid_out(self._sheet(), mapping).text

    @staticmethod
    def _sheet() -> Sheet:
        return Sheet("field of the record")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, under the line that names its columns."""

    media_type: str = TABLE_ROW
    endings: tuple[str, ...] = ()

    def extract(self, raw: bytes, options: Options) -> ExtractedArticle:
        return article_of(self._sheet(), *_row(raw), options)

    def readable(self, raw: bytes) -> str:
        mapping, _decoded = _row(raw)
        return laid_out(self._sheet(), mapping).text

    @staticmethod
    def _sheet() -> Sheet:
        return Sheet("column of the table")


@dataclass(frozen=True, slots=True)
class JsonLines:
    endings: tuple[str, ...] = (".jsonl", ".ndjson")

    def records(self, file: BinaryIO, max_bytes: int) -> Iterator[Record]:
        """A record for each line that is not blank, called by the number of its line."""
        ids = _Ids()
        for number, line in enumerate(lines_of(as_utf8(file), max_bytes), 1):
            if line is None:
                megabytes = max_bytes // (1024 * 1024)
                yield Record(f"#{number}", refusal=f"Line {number} is larger than {megabytes} MB.")
            elif line.strip():
                raw = line.strip(b"\r\n")
                yield Record(
                    f"#{number}",
                    JSON_RECORD,
                    raw,
                    place=f"Line {number}",
                    repeats_id=ids.had(_mapping_or_none(raw)),
                )


@dataclass(frozen=True, slots=True)
class Tables:
    endings: tuple[str, ...] = (".csv",)

    def records(self, file: BinaryIO, max_bytes: int) -> Iterator[Record]:
        """A record for each row below the names, counted from 1; rows without a word are none."""
        table = Table(as_utf8(file), max_bytes)
        names = [one_line(name) for name in table.names]
        if not _USABLE & set(map(meaning, names)):
            shown = ", ".join(names)[:200]
            reason = f"The first line names no column with a title or a text (title, body, …), but: {shown}."
            raise UnreadableError(reason)
        ids = _Ids()
        for number, row in enumerate(table.rows(), 1):
            if not row.refusal and not any(map(str.strip, row.values)):
                continue
            yield Record(
                f"#{number}",
                TABLE_ROW,
                row.raw,
                row.refusal,
                f"Line {row.line}",
                repeats_id=ids.had(dict(zip(names, row.values, strict=False))),
            )


class _Ids:
    """The ids in one file: eight bytes each, for there may be a hundred thousand."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def had(self, mapping: Mapping[str, Any]) -> bool:
        """Whether a record above had the id of this one; it is had from now on."""
        own_id = found_again_by(mapping)
        if "\ufffd" in own_id:  # letters of another encoding: who knows which
            return False
        key = hash(own_id)
        if not own_id or key in self._seen:
            return bool(own_id)
        self._seen.add(key)
        return False


JSON_RECORDS, TABLE_ROWS, JSON_LINES, TABLES = JsonRecord(), TableRow(), JsonLines(), Tables()


def article_of(
    sheet: Sheet, mapping: Mapping[str, Any], decoded: Decoded, options: Options
) -> ExtractedArticle:
    """The article that a mapping of fields states, with the names of columns that mean nothing."""
    stated = read_stated(mapping)
    laid_out(sheet, mapping)
    body = body_of(stated.body_kind, stated.body) if stated.body else ""
    if not stated.title and not body and stated.unknown:
        raise NothingUnderstoodError(stated.unknown)
    article = sheet.article(stated, body, options, decoded)
    return replace(article, not_understood=stated.unknown[:_MOST_UNKNOWN])


def laid_out(sheet: Sheet, mapping: Mapping[str, Any]) -> Sheet:
    """The sheet with a line for each field, and the lines of the text below them."""
    text: list[str] = []
    for key, value in mapping.items():
        name = meaning(str(key))
        if name in BODIES and isinstance(value, str) and not text:
            text = split_lines(clean(value).strip("\n"))
        else:
            sheet.state(name, f"{one_line(key)}: {_shown(value)}")
    if any(map(str.strip, text)):
        sheet.put_text(text)
    return sheet


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return one_line(value)
    return one_line(json.dumps(value, ensure_ascii=False))


def _json(raw: bytes) -> tuple[dict[str, Any], Decoded]:
    decoded = decode(raw)
    try:
        value = json.loads(decoded.text, parse_int=_number)
    except json.JSONDecodeError as error:
        reason = f"The line is no JSON: {error.msg} at character {error.pos + 1}."
        raise UnreadableError(reason) from error
    except (ValueError, RecursionError) as error:
        reason = "The line is no JSON that can be read: it is nested too deeply."
        raise UnreadableError(reason) from error
    if not isinstance(value, dict):
        reason = "The line is no JSON object: a record is {…} with named fields."
        raise UnreadableError(reason)
    return value, decoded


def _mapping_or_none(raw: bytes) -> Mapping[str, Any]:
    """What a line says, for a look at it; what is wrong with it is told when it is read."""
    try:
        value = json.loads(raw, parse_int=_number)
    except UnicodeDecodeError:
        return _other_encoding(raw)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _other_encoding(raw: bytes) -> Mapping[str, Any]:
    try:
        return _json(raw)[0]
    except ExtractionError:
        return {}


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _row(raw: bytes) -> tuple[dict[str, Any], Decoded]:
    decoded = decode(raw)
    delimiter = Table.delimiter_of(decoded.text)
    try:
        names, values = csv.reader(text_lines(decoded.text.removesuffix("\n")), delimiter=delimiter)
    except (ValueError, csv.Error) as error:
        reason = "It is no row under the names of its columns."
        raise UnreadableError(reason) from error
    if len(values) != len(names):
        raise TooWideError(len(values), len(names))
    return dict(zip(map(one_line, names), values, strict=True)), decoded
