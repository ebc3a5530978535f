"""ZIP and tar archives: their members are read where they lie; nothing is ever unpacked to a disk.

The name of a member is a name to show and to tell documents apart by, never a path. How much an
archive may hold, and how far it may grow, is limited before and while it is read.
"""

import copy
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpusapp.extraction.errors import UnreadableError

MOST_MEMBERS = 200_000
MOST_UNPACKED = 8 * 1024**3  # bytes
MOST_RATIO = 200
_RATIO_FROM = 32 * 1024 * 1024  # small archives of dull text shrink further than that
_LARGEST_DIRECTORY = 64 * 1024 * 1024
_LARGEST_HEADER = 1024 * 1024  # of a member of a tar archive
_XZ_MEMORY = 128 * 1024 * 1024
_PIECE = 1 << 16
BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, lzma.LZMAError, zlib.error),
    *(EOFError, OSError, ValueError, OverflowError, struct.error, NotImplementedError),
    *(RuntimeError, KeyError, IndexError),
)
"""What the standard library raises on broken, encrypted and hostile archives."""
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_NOTES = frozenset(
    (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, b"X")
)
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


class ArchiveError(UnreadableError):
    """Nothing more can be read of an archive."""


class _Entry(tarfile.TarInfo):
    """Names and notes of a member are read whole into memory: they may be long, but not that long."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _NOTES and self.size > _LARGEST_HEADER:
            reason = "The archive is broken: the note on a file is larger than 1 MB."
            raise ArchiveError(reason)
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return made


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `open` may be called once, before the next member is asked for."""

    name: str  # parts joined by "/"
    size: int  # as the archive says
    open: Callable[[], BinaryIO]
    refusal: str = ""


class Budget:
    """How much an archive of `packed` bytes may still grow. Spending more raises ArchiveError."""

    def __init__(self, packed: int) -> None:
        self._left = MOST_UNPACKED
        self._dull = max(_RATIO_FROM, MOST_RATIO * packed)

    def copy(self) -> "Budget":
        """One that may be spent for nothing, to see whether it would do."""
        return copy.copy(self)

    def spend(self, size: int) -> None:
        self._left -= size
        self._dull -= size
        if self._left < 0:
            reason = f"The archive unpacks to more than {MOST_UNPACKED // 1024**3} GB."
            raise ArchiveError(reason)
        if self._dull < 0:
            reason = f"The archive unpacks to more than {MOST_RATIO} times its size."
            raise ArchiveError(reason)


class Counted(io.RawIOBase):
    """A file whose reading a budget pays for, and of which nobody may ask too much at once."""

    def __init__(self, file: BinaryIO, budget: Budget, most_at_once: int) -> None:
        self._file, self._budget, self._most = file, budget, most_at_once

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > self._most:
            size = self._most
        piece = self._file.read(size)
        self._budget.spend(len(piece))
        return piece

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def members(file: BinaryIO, name: str, packed: int) -> Iterator[Member]:
    """The files in an archive of `packed` bytes, in their order.

    Raises ArchiveError where it is none, is broken, or grows too far; what came before is good.
    """
    budget = Budget(packed)
    try:
        found = (
            _in_zip(file, budget) if name.lower().endswith(".zip") else _in_tar(file, name, budget)
        )
        for count, member in enumerate(found, 1):
            if count > MOST_MEMBERS:
                reason = f"The archive holds more than {MOST_MEMBERS:,} files."
                raise ArchiveError(reason)
            yield member
    except BROKEN as error:
        reason = "The archive is broken or of a kind that cannot be read."
        raise ArchiveError(reason) from error


def _in_zip(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    if _directory_size(file) > _LARGEST_DIRECTORY:
        reason = f"The archive holds more than {MOST_MEMBERS:,} files."
        raise ArchiveError(reason)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_MEMBERS:
            reason = f"The archive holds more than {MOST_MEMBERS:,} files."
            raise ArchiveError(reason)
        budget.copy().spend(sum(entry.file_size for entry in entries))  # as they say themselves
        for entry in entries:
            if entry.is_dir():
                continue
            refusal = "It is encrypted." if entry.flag_bits & _ENCRYPTED else ""
            if (entry.external_attr >> 28) not in {0, 8}:  # not a regular file, where that is told
                refusal = "It is a link or a device in the archive, not a file."
            yield Member(
                _zip_name(entry), entry.file_size, _opener(archive, entry, budget), refusal
            )


def _opener(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget
) -> Callable[[], BinaryIO]:
    def open_it() -> BinaryIO:
        return io.BufferedReader(Counted(archive.open(entry), budget, _PIECE), _PIECE)  # type: ignore[arg-type]

    return open_it


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Names of old archives come without their encoding: UTF-8 and GB18030 are likelier than DOS's."""
    name = entry.filename
    if entry.flag_bits & _UTF8_NAME or name.isascii():
        return name
    for codec in ("utf-8", "gb18030"):
        try:
            return name.encode("cp437").decode(codec)
        except UnicodeError:
            continue
    return name


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the list of members, which would be read whole; 0 where there is none."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - 66_000)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return 0
    length: int = struct.unpack_from("<L", tail, at + 12)[0]
    locator = tail.rfind(_LOCATOR_64, 0, at)
    if length == 0xFFFFFFFF and locator >= 0:  # noqa: PLR2004 - "see the larger record"
        where: int = struct.unpack_from("<Q", tail, locator + 8)[0]
        file.seek(min(where, size))
        record = file.read(56)
        file.seek(0)
        length = struct.unpack_from("<Q", record, 40)[0] if record.startswith(_END_64) else size
    return length


def _in_tar(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    plain = _unpacking(file, name.lower())
    stream = Counted(plain, budget, _LARGEST_HEADER)
    with tarfile.open(fileobj=stream, mode="r|", bufsize=_PIECE, tarinfo=_Entry) as archive:
        for entry in archive:
            if entry.isdir():
                continue
            refusal = ""
            if not entry.isreg() or entry.issparse():
                refusal = "It is a link or a device in the archive, not a file."
            yield Member(entry.name, entry.size, _tar_opener(archive, entry), refusal)
            archive.members = []  # type: ignore[attr-defined]  # it would keep them all


def _tar_opener(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Callable[[], BinaryIO]:
    def open_it() -> BinaryIO:
        file = archive.extractfile(entry)
        if file is None:
            reason = "It is no file in the archive."
            raise ArchiveError(reason)
        return file  # type: ignore[return-value]

    return open_it


def _unpacking(file: BinaryIO, name: str) -> BinaryIO:
    if name.endswith((".gz", ".tgz")):
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if name.endswith(".xz"):
        return io.BufferedReader(_Unxz(file), _PIECE)
    return file


class _Unxz(io.RawIOBase):
    """An .xz file, which says itself how much memory it wants: not more than we give."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if self._decoder.eof:
                rest = self._decoder.unused_data or self._file.read(_PIECE)
                if not rest.strip(b"\0"):
                    return 0
                self._decoder = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            else:
                rest = self._file.read(_PIECE) if self._decoder.needs_input else b""
                if not rest and self._decoder.needs_input:
                    msg = "the archive ends too early"
                    raise EOFError(msg)
            piece = self._decoder.decompress(rest, len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
