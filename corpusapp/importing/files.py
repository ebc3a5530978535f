"""Find the documents that paths mean, and open them without being led astray.

Nothing here follows a link, waits for a pipe or reads more than the limit: a path is opened
first, and what was opened is looked at (a look before opening could be outdated).
"""

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, BinaryIO

from corpusapp.extraction.article import Beside
from corpusapp.extraction.errors import UnreadableError
from corpusapp.extraction.formats.captures import TEXT
from corpusapp.extraction.formats.contract import Container, Format
from corpusapp.extraction.formats.known import by_name, formats
from corpusapp.importing.beside import (
    DEFAULTS_FILE,
    LARGEST_BYTES,
    SIDECAR_ENDINGS,
    inherited,
    read_defaults,
    read_sidecar,
    sidecar_names,
    sidecar_of,
)
from corpusapp.importing.errors import NotADocumentError

STANDARD_INPUT = "-"
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz")
IN_MANY = "many"  # instead of a media type: a file that holds many documents

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
    media_type: str = TEXT  # by its ending, or IN_MANY
    sidecar: str = ""  # path of the file that says more about it
    defaults: Mapping[str, Any] = field(default_factory=dict)  # of its folder
    raw: bytes | None = None  # its bytes, where a container has handed them out
    place: str = ""  # in its container, for a refusal
    stated: Mapping[str, Any] | None = None  # by its sidecar, where an archive has handed that out
    repeats_id: bool = False  # see Record
    label: str = ""  # what is shown and stored instead of its path

    @property
    def shown(self) -> str:
        """The path as it may be printed and stored: undecodable bytes and controls escaped."""
        return printable(self.label or self.path)

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
            yield from _in_folder(path, "", {}, recursive=recursive, passed=passed)
        else:
            yield _named_outright(path)


def _named_outright(path: str) -> Found:
    name = PurePath(path).name or path
    refusal = ""
    media_type = media_type_of(name)
    if "\x00" in path:
        return Found(path, name, "There is no such file.")
    if os.path.exists(path) and not os.path.islink(path) and media_type is None:  # noqa: PTH110, PTH114 - Path rejects odd bytes
        ending = PurePath(name).suffix
        which = f"Files ending in {printable(ending)}" if ending else "A file without an ending"
        refusal = f"{which} cannot be imported; these can: {' '.join(sorted(endings()))}."
    if refusal or media_type is None:
        return Found(path, name, refusal)
    folder = path[: len(path) - len(name)]
    sidecar = next(
        (
            one
            for one in sidecar_names(name)
            if os.path.lexists(folder + one) and one != DEFAULTS_FILE
        ),
        "",
    )
    try:
        defaults = _defaults_in(folder) if os.path.lexists(folder + DEFAULTS_FILE) else {}
    except (NotADocumentError, UnreadableError) as error:
        refusal = f"The defaults of its folder ({DEFAULTS_FILE}) cannot be read: {error}"
        defaults = {}
    return Found(path, name, refusal, media_type, folder + sidecar if sidecar else "", defaults)


def _defaults_in(folder: str) -> dict[str, Any]:
    """Raises NotADocumentError or UnreadableError for what are none."""
    return read_defaults(read_path(os.path.join(folder, DEFAULTS_FILE), LARGEST_BYTES))  # noqa: PTH118 - Path rejects odd bytes


def _in_folder(
    folder: str, below: str, above: Mapping[str, Any], *, recursive: bool, passed: Passed
) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(
            folder, below or PurePath(folder).name, f"The folder cannot be read: {error.strerror}."
        )
        return
    names = {entry.name for entry in entries}
    defaults = above
    if DEFAULTS_FILE in names:
        try:
            defaults = inherited(above, _defaults_in(folder))
        except (NotADocumentError, UnreadableError) as error:  # the documents go in without it
            path = os.path.join(folder, DEFAULTS_FILE)  # noqa: PTH118 - Path rejects odd bytes
            yield Found(path, f"{below}/{DEFAULTS_FILE}" if below else DEFAULTS_FILE, str(error))
    stems = {name.rpartition(".")[0] for name in names if media_type_of(name)}
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if kind := no_document(entry.name, stems):
            passed.endings[kind] += 1
        elif _is_folder(entry):
            if recursive:
                yield from _folder_within(entry, name, defaults, passed)
            else:
                passed.folders += 1
        elif media_type := media_type_of(entry.name):
            beside = sidecar_of(entry.name, names)
            path = entry.path[: len(entry.path) - len(entry.name)] + beside if beside else ""
            yield Found(entry.path, name, "", media_type, path, defaults)
        else:
            passed.endings[ending_shown(entry.name)] += 1


def _folder_within(
    entry: os.DirEntry[str], name: str, above: Mapping[str, Any], passed: Passed
) -> Iterator[Found]:
    if entry.is_symlink():
        yield Found(entry.path, name, _REASONS[errno.ELOOP])
    else:
        yield from _in_folder(entry.path, name, above, recursive=True, passed=passed)


def no_document(name: str, stems: Iterable[str]) -> str:
    """What a file of this name is, beside documents called `stems`, if it is none of them."""
    if name.startswith("."):
        return "dotfile"
    if name == DEFAULTS_FILE:
        return "folder defaults"
    stem, dot, ending = name.rpartition(".")
    return "sidecar" if dot + ending.lower() in SIDECAR_ENDINGS and stem in stems else ""


def ending_shown(name: str) -> str:
    return printable(PurePath(name).suffix.lower()) or "no ending"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is one, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def media_type_of(name: str) -> str | None:
    """What the ending of `name` says it is; None for what is no document."""
    lower = name.lower()
    if lower.endswith(ARCHIVES) and not lower.startswith("."):
        return IN_MANY
    match by_name(lower):
        case Format() as one:
            return one.media_type
        case Container():
            return IN_MANY
        case _:
            return None


def endings() -> set[str]:
    """All endings of files that can be imported."""
    return {*formats().by_ending, *ARCHIVES}


def read(found: Found, max_bytes: int) -> bytes:
    """The bytes of a document; at most one more than `max_bytes`, which tells that it is larger.

    Raises NotADocumentError with a sentence for the one who named the path.
    """
    if found.refusal:
        raise NotADocumentError(found.refusal)
    if found.raw is not None:
        return found.raw
    if found.path == STANDARD_INPUT:
        return sys.stdin.buffer.read(max_bytes + 1)
    return read_path(found.path, max_bytes)


def read_path(path: str, max_bytes: int) -> bytes:
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > max_bytes:
            megabytes = max_bytes // (1024 * 1024)
            reason = f"It is larger than the limit of {megabytes} MB (setting MAX_CAPTURE_MB)."
            raise NotADocumentError(reason)
        try:
            return file.read(max_bytes + 1)
        except OSError as error:
            reason = f"It cannot be read: {error.strerror}."
            raise NotADocumentError(reason) from error


def opened(path: str) -> BinaryIO:
    """The ordinary file at `path`. Raises NotADocumentError for anything else."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"It cannot be opened: {error.strerror}.")
        raise NotADocumentError(reason) from error
    except ValueError as error:  # a NUL in the name
        raise NotADocumentError(_REASONS[errno.ENOENT]) from error
    file = os.fdopen(handle, "rb") if stat.S_ISREG(os.fstat(handle).st_mode) else None
    if file is None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        os.close(handle)
        raise NotADocumentError(_A_FOLDER if is_folder else _NOT_A_FILE)
    return file


def beside(found: Found) -> Beside | None:
    """What other files say about a document. Raises UnreadableError for a sidecar that is none."""
    stated = found.stated or {}
    if found.sidecar:
        name = PurePath(found.sidecar).name
        try:
            raw = read_path(found.sidecar, LARGEST_BYTES)
        except NotADocumentError as error:
            reason = f"Its sidecar {printable(name)} cannot be read: {error}"
            raise UnreadableError(reason) from error
        stated = read_sidecar(raw, printable(name))
    return Beside(stated, found.defaults) if stated or found.defaults else None
