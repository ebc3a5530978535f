"""Lines and rows of files too large to hold: read one by one, each with its own bytes."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO

from corpusapp.extraction.errors import EmptyError, NotTextError, UnreadableError
from corpusapp.extraction.formats.plain_text import decode

_PIECE = 1 << 16
_DELIMITERS = (",", ";", "\t")
_LONGEST_NAMES = 64 * 1024
# After an opening quotation mark that nothing closes, rows are read again from the next line on. Of
# one file not more than this is read twice, in limits of a document
_MOST_READ_TWICE = 10
_ROW_LINES = 20_000  # of one row: longer is a quotation mark that was never closed


class TooWideError(UnreadableError):
    def __init__(self, found: int, named: int) -> None:
        fields = "1 field" if found == 1 else f"{found} fields"
        columns = "1 column" if named == 1 else f"{named} columns"
        super().__init__(f"The row has {fields}, where the first line names {columns}.")


def as_utf8(file: BinaryIO) -> "BufferedReader[Any]":
    """The file as it is; recoded where a mark says UTF-16, in which a line break is not one byte."""
    first = file.read(_PIECE)
    rest: BufferedReader[Any] = BufferedReader(_Rejoined(first, file), _PIECE)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return BufferedReader(_Recoded(rest), _PIECE)
    return rest


class _Rejoined(RawIOBase):
    """What was read of a file already, then the rest of it."""

    def __init__(self, first: bytes, file: BinaryIO) -> None:
        self._first, self._file = first, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._first or self._file.read(len(buffer))
        size = min(len(piece), len(buffer))
        buffer[:size] = piece[:size]
        self._first = piece[size:]
        return size


class _Recoded(RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            piece = self._file.read(_PIECE)
            self._ready = self._decoder.decode(piece, final=not piece).encode("utf-8", "replace")
            if not piece:
                break
        size = min(len(self._ready), len(buffer))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def lines_of(file: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of `file` with their ends; None for one that is too large, whose rest is skipped."""
    while line := file.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        yield None
        while (more := file.readline(_PIECE)) and not more.endswith(b"\n"):
            pass


def _codec(sample: bytes) -> str:
    """The encoding that the beginning of the file shows."""
    try:
        return decode(sample[: sample.rfind(b"\n") + 1] or sample).encoding
    except NotTextError:
        return "utf-8"


def text_lines(text: str) -> list[str]:
    """The lines of a text with their ends, for a reader of rows."""
    return [f"{line}\n" for line in text.split("\n")]


@dataclass(frozen=True, slots=True)
class Row:
    line: int  # in which it begins, from 1
    raw: bytes = b""  # the line of names, and the row
    refusal: str = ""
    values: tuple[str, ...] = ()  # of one that is not refused


class Table:
    """A table whose first line names its columns; UnreadableError where it names none."""

    def __init__(self, file: "BufferedReader[Any]", max_bytes: int) -> None:
        sample = file.peek(_PIECE)[:_PIECE]
        self._lines = lines_of(file, max_bytes)
        self._max_bytes = max_bytes
        self._again: deque[bytes | None] = deque()  # lines to be read a second time
        self._number = 0  # of the line read last
        self._read_twice = 0
        self._head = self._first()
        self._codec = _codec(sample)
        text = self._head.decode(self._codec, "replace").removeprefix("\ufeff")
        self._delimiter = self.delimiter_of(text)
        self.names: list[str] = next(csv.reader([text], delimiter=self._delimiter), [])

    @staticmethod
    def delimiter_of(text: str) -> str:
        """What parts the columns: of comma, semicolon and tab the one most frequent in the first line."""
        first = text.split("\n", 1)[0]
        return max(_DELIMITERS, key=first.count)

    def _first(self) -> bytes:
        line = self._next()
        while line is not None and line != b"" and not line.strip(b"\xef\xbb\xbf\r\n\t "):
            line = self._next()
        if line == b"":
            raise EmptyError
        if line is None or len(line) > _LONGEST_NAMES:
            reason = "The first line is too long to be the names of columns."
            raise UnreadableError(reason)
        return line if line.endswith(b"\n") else line + b"\n"

    def _next(self) -> bytes | None:
        """The next line, b"" at the end, None for one that is too large."""
        self._number += 1
        return self._again.popleft() if self._again else next(self._lines, b"")

    def rows(self) -> Iterator[Row]:
        """The rows below the names; blank lines are none."""
        while (line := self._next()) != b"":
            if line is None:
                yield Row(self._number, refusal=f"Line {self._number} is too large for a document.")
            elif line.strip():
                yield self._row(line)

    def _row(self, line: bytes) -> Row:
        start = self._number
        held: list[bytes] = [line]
        size = len(line)
        quotes = self._quotes(line, is_open=False)
        while quotes is _Quotes.OPEN:
            more = self._next()
            if not more or size > self._max_bytes or len(held) > _ROW_LINES:
                return self._never_closed(start, held, [] if more == b"" else [more])
            held.append(more)
            size += len(more)
            quotes = self._quotes(more, is_open=True)
        if quotes is _Quotes.WRONG:
            return self._never_closed(start, held, [])
        return self._checked(b"".join(held), start)

    def _never_closed(self, start: int, held: list[bytes], after: list[bytes | None]) -> Row:
        """Refuse the line that opens a quotation mark, and read on with the line below it."""
        self._read_twice += sum(map(len, held))
        if self._read_twice > _MOST_READ_TWICE * self._max_bytes:
            reason = f"From line {start} on, quotation marks do not close: nothing below was read."
            self._again.clear()
            self._lines = iter(())
            return Row(start, refusal=reason)
        self._again.extendleft(reversed([*held[1:], *after]))
        self._number = start
        return Row(
            start, self._head + held[0], f"Line {start} opens a quotation mark that nothing closes."
        )

    def _checked(self, raw: bytes, start: int) -> Row:
        whole = self._head + raw
        text = raw.decode(self._codec, "replace").removesuffix("\n").removesuffix("\r")
        try:
            values = next(csv.reader(text_lines(text), delimiter=self._delimiter), [])
        except csv.Error as error:
            return Row(start, whole, f"Line {start} is no row: {error}.")
        if any(map(str.strip, values)) and len(values) != len(self.names):
            return Row(start, whole, f"Line {start}: {TooWideError(len(values), len(self.names))}")
        return Row(start, whole, values=tuple(values))

    def _quotes(self, line: bytes, *, is_open: bool) -> "_Quotes":
        """Whether a quoted value goes on in the next line. A mark within an unquoted value is a letter.

        What was opened in a line above ends where a column does; else the mark that seems to close
        it opens a value of its own.
        """
        if b'"' not in line:
            return _Quotes.OPEN if is_open else _Quotes.CLOSED
        delimiter = self._delimiter.encode()
        from_above = is_open
        place = 0
        while True:
            if is_open:
                place = line.find(b'"', place)
                if place < 0:
                    return _Quotes.OPEN
                if line[place + 1 : place + 2] == b'"':
                    place += 2
                    continue
                place += 1
                if from_above and line[place : place + 1] not in {delimiter, b"\r", b"\n", b""}:
                    return _Quotes.WRONG
                is_open = from_above = False
            if line[place : place + 1] == b'"':
                is_open = True
                place += 1
                continue
            place = line.find(delimiter, place)
            if place < 0:
                return _Quotes.CLOSED
            place += 1


class _Quotes(Enum):
    CLOSED = auto()
    OPEN = auto()
    WRONG = auto()
