"""Find the documents that paths mean, and open them without being led astray.

Nothing here follows a link, waits for a pipe or reads more than the limit: a path is opened
first, and what was opened is looked at (a look before opening could be outdated).
"""

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from corpusapp.importing.errors import NotADocumentError

TEXT = "text/plain"
SAVED_PAGE = "text/html"
# What an ending says of a file; anything else is no document
MEDIA_TYPES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".html": SAVED_PAGE,
    ".htm": SAVED_PAGE,
    ".xhtml": SAVED_PAGE,
}
STANDARD_INPUT = "-"

# Without O_NONBLOCK, opening a pipe would wait for its writer
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_REASONS = {
    errno.ENOENT: "There is no such file.",
    errno.EACCES: "The file cannot be read: permission denied.",
    errno.ELOOP: "It is a link; name what it leads to.",
    errno.ENXIO: "It is a socket, not a file.",
    errno.ENAMETOOLONG: "The name is too long.",
    errno.ENOTDIR: "There is no such file.",
}
_NOT_A_FILE = "It is not an ordinary file."
_A_FOLDER = "It is a folder, not a file."


@dataclass(frozen=True, slots=True)
class Found:
    """One document to import: where it is, and what it is called below the folder given."""

    path: str  # as given or found; may hold undecodable bytes as surrogates
    name: str  # below the folder given; a lone file's own name; "-" for standard input
    refusal: str = ""  # why it cannot even be opened, where that is known already
    media_type: str = TEXT  # by its ending

    @property
    def shown(self) -> str:
        """The path as it may be printed and stored: undecodable bytes and controls escaped."""
        return printable(self.path)

    @property
    def key(self) -> str:
        """The name as stored; always "/" between its parts."""
        return printable(self.name).replace(os.sep, "/")


@dataclass(slots=True)
class Passed:
    """What stood in folders beside the documents, for the closing summary."""

    endings: Counter[str] = field(default_factory=Counter)
    folders: int = 0


def printable(path: str) -> str:
    """`path` as valid text on one line; what cannot be shown is escaped."""
    if path.isprintable():
        return path
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def find(paths: Iterable[str], *, recursive: bool, passed: Passed) -> Iterator[Found]:
    """The documents of `paths`, folders in the order of their names; never raises.

    What cannot be taken comes back with its refusal, so that each gets its line.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield Found(path, path)
        elif os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114 - Path rejects odd bytes
            yield from _in_folder(path, "", recursive=recursive, passed=passed)
        else:
            yield _named_outright(path)


def _named_outright(path: str) -> Found:
    name = PurePath(path).name or path
    refusal = ""
    media_type = media_type_of(name)
    if "\x00" in path:
        refusal = "There is no such file."
    elif os.path.exists(path) and not os.path.islink(path) and media_type is None:  # noqa: PTH110, PTH114 - Path rejects odd bytes
        ending = PurePath(name).suffix
        which = f"Files ending in {printable(ending)}" if ending else "A file without an ending"
        refusal = f"{which} cannot be imported; a text capture ends in .txt, a saved page in .html."
    return Found(path, name, refusal, media_type or TEXT)


def _in_folder(folder: str, below: str, *, recursive: bool, passed: Passed) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(
            folder, below or PurePath(folder).name, f"The folder cannot be read: {error.strerror}."
        )
        return
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            passed.endings["dotfile"] += 1
        elif _is_folder(entry):
            if recursive:
                yield from _in_folder(entry.path, name, recursive=True, passed=passed)
            else:
                passed.folders += 1
        elif media_type := media_type_of(entry.name):
            yield Found(entry.path, name, media_type=media_type)
        else:
            passed.endings[printable(PurePath(entry.name).suffix.lower()) or "no ending"] += 1


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def media_type_of(name: str) -> str | None:
    """What the ending of `name` says it is; None for what is no document."""
    _stem, dot, ending = name.lower().rpartition(".")
    return MEDIA_TYPES.get(dot + ending)


def read(found: Found, max_bytes: int) -> bytes:
    """The bytes of a document; at most one more than `max_bytes`, which tells that it is larger.

    Raises NotADocumentError with a sentence for the one who named the path.
    """
    if found.refusal:
        raise NotADocumentError(found.refusal)
    if found.path == STANDARD_INPUT:
        return sys.stdin.buffer.read(max_bytes + 1)
    try:
        handle = os.open(found.path, _FLAGS)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"It cannot be opened: {error.strerror}.")
        raise NotADocumentError(reason) from error
    except ValueError as error:  # a NUL in the name
        raise NotADocumentError(_REASONS[errno.ENOENT]) from error
    with os.fdopen(handle, "rb") as file:
        return _read_regular(file, max_bytes)


def _read_regular(file: BinaryIO, max_bytes: int) -> bytes:
    facts = os.fstat(file.fileno())
    if stat.S_ISDIR(facts.st_mode):
        raise NotADocumentError(_A_FOLDER)
    if not stat.S_ISREG(facts.st_mode):
        raise NotADocumentError(_NOT_A_FILE)
    if facts.st_size > max_bytes:
        megabytes = max_bytes // (1024 * 1024)
        reason = f"It is larger than the limit of {megabytes} MB (setting MAX_CAPTURE_MB)."
        raise NotADocumentError(reason)
    try:
        return file.read(max_bytes + 1)
    except OSError as error:
        reason = f"It cannot be read: {error.strerror}."
        raise NotADocumentError(reason) from error
