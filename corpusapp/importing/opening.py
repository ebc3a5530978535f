"""From files to documents: those that hold many hand them out one by one."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from corpusapp.extraction.errors import ExtractionError, UnreadableError
from corpusapp.extraction.formats.contract import Container
from corpusapp.extraction.formats.known import by_name
from corpusapp.importing.archives import BROKEN, ArchiveError, Member, members
from corpusapp.importing.beside import (
    DEFAULTS_FILE,
    LARGEST_BYTES,
    SIDECAR_ENDINGS,
    inherited,
    read_defaults,
    read_sidecar,
    sidecar_of,
)
from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import (
    ARCHIVES,
    IN_MANY,
    Found,
    Passed,
    beside,
    ending_shown,
    media_type_of,
    no_document,
    opened,
    printable,
)

_NO_DOCUMENTS = "__MACOSX"  # what macOS adds to its archives
_MOST_BESIDE = 64 * 1024 * 1024  # bytes of sidecars that are held for one archive


@dataclass(slots=True)
class Opening:
    """Opens what is found. `count` is told of each document beyond the one a file was counted as."""

    max_bytes: int
    passed: Passed
    count: Callable[[int], None]

    def documents(self, found: Iterable[Found]) -> Iterator[Found]:
        """The documents in `found`, in their order; never raises: what fails comes as a refusal."""
        for one in found:
            if one.media_type != IN_MANY or one.refusal:
                yield one
                continue
            for number, document in enumerate(self._in(one)):
                if number:
                    self.count(1)
                yield document

    def _in(self, one: Found) -> Iterator[Found]:
        try:
            with opened(one.path) as file:
                if one.path.lower().endswith(ARCHIVES):
                    documents = self._archive(one, file)
                else:
                    around = beside(one)
                    stated = around.sidecar if around else {}
                    documents = self._records(one, file, stated, self._container(one.name))
                yield from _or_none(one, documents)
        except (NotADocumentError, ExtractionError) as error:
            yield Found(one.path, one.name, str(error))
        except OSError as error:
            yield Found(one.path, one.name, f"It cannot be read: {error.strerror}.")

    @staticmethod
    def _container(name: str) -> Container:
        container = by_name(name)
        assert isinstance(container, Container), "its ending said so"  # noqa: S101
        return container

    def _records(
        self, one: Found, file: BinaryIO, stated: Mapping[str, Any], container: Container
    ) -> Iterator[Found]:
        for record in container.records(file, self.max_bytes):
            if record.passed:
                self.passed.endings[record.passed] += 1
                continue
            yield Found(
                one.path + record.suffix,
                one.name + record.suffix,
                record.refusal,
                record.media_type,
                defaults=one.defaults,
                raw=record.raw,
                stated=stated,
                place=record.place,
                repeats_id=record.repeats_id,
            )

    # archives

    def _archive(self, one: Found, file: BinaryIO) -> Iterator[Found]:
        size = os.fstat(file.fileno()).st_size
        held = _Beside(one.defaults)
        held.read(members(file, one.path, size))
        yield from (
            Found(f"{one.path}/{name}", f"{one.name}/{name}", reason)
            for name, reason in held.refusals.items()
        )
        file.seek(0)
        for member in members(file, one.path, size):
            yield from self._member(one, member, held)

    def _member(self, one: Found, member: Member, held: "_Beside") -> Iterator[Found]:
        name = tidy(member.name)
        base = name.rpartition("/")[2]
        media_type = media_type_of(base)
        path, key = f"{one.path}/{name}", f"{one.name}/{name}"
        if kind := _is_none(name, held.stems):
            self.passed.endings[kind] += 1
        elif media_type is None:
            self.passed.endings[ending_shown(base)] += 1
        elif member.refusal:
            yield Found(path, key, member.refusal)
        elif base.lower().endswith(ARCHIVES):
            yield Found(
                path, key, "It is an archive within an archive: unpack the outer one first."
            )
        else:
            found = Found(path, key, "", media_type, defaults=held.defaults_of(name))
            try:
                yield from self._opened(found, member, held.stated_by(name))
            except ArchiveError:
                raise
            except ExtractionError as error:
                yield Found(path, key, str(error))
            except BROKEN as error:
                yield Found(path, key, printable(f"It is broken in the archive: {error}."))

    def _opened(self, found: Found, member: Member, stated: Mapping[str, Any]) -> Iterator[Found]:
        if found.media_type == IN_MANY:
            with member.open() as inner:
                documents = self._records(found, inner, stated, self._container(found.name))
                yield from _or_none(found, documents)
            return
        if member.size > self.max_bytes:
            megabytes = self.max_bytes // (1024 * 1024)
            reason = f"It is larger than the limit of {megabytes} MB (setting MAX_CAPTURE_MB)."
            yield Found(found.path, found.name, reason)
            return
        with member.open() as inner:
            raw = inner.read(self.max_bytes + 1)
        yield Found(
            found.path,
            found.name,
            media_type=found.media_type,
            defaults=found.defaults,
            raw=raw,
            stated=stated,
        )


def _or_none(one: Found, documents: Iterator[Found]) -> Iterator[Found]:
    """The documents of a file that may hold many, or a refusal that says it holds none."""
    is_empty = True
    for document in documents:
        is_empty = False
        yield document
    if is_empty:
        yield Found(one.path, one.name, "It holds no document.")


def tidy(name: str) -> str:
    """The name of a member, its parts joined by "/"; it is shown and compared, and never opened."""
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", "."}) or "unnamed"


class _Beside:
    """What an archive holds beside its documents: sidecars, and defaults of its folders.

    They may stand behind what they are about, so the archive is read for them first.
    """

    def __init__(self, above: Mapping[str, Any]) -> None:
        self.stems: set[str] = set()
        self.refusals: dict[str, str] = {}
        self._above = above
        self._sidecars: dict[str, bytes] = {}
        self._defaults: dict[str, dict[str, Any]] = {}  # by folder
        self._room = _MOST_BESIDE

    def read(self, found: Iterable[Member]) -> None:
        for member in found:
            name = tidy(member.name)
            base = name.rpartition("/")[2]
            if media_type_of(base):
                self.stems.add(name.rpartition(".")[0])
            elif base == DEFAULTS_FILE:
                self._read_defaults(name, member)
            elif base.lower().endswith(SIDECAR_ENDINGS) and not member.refusal:
                raw = self._bytes(member)
                self._room -= len(raw)
                if self._room < 0:
                    reason = "The archive holds too much beside its documents (.json and .yml)."
                    raise ArchiveError(reason)
                self._sidecars[name] = raw

    @staticmethod
    def _bytes(member: Member) -> bytes:
        with member.open() as inner:
            return inner.read(LARGEST_BYTES + 1)

    def _read_defaults(self, name: str, member: Member) -> None:
        try:
            self._defaults[name.rpartition("/")[0]] = read_defaults(self._bytes(member))
        except UnreadableError as error:
            self.refusals[name] = str(error)

    def defaults_of(self, name: str) -> Mapping[str, Any]:
        """The defaults of the folder of a member, and of those around it."""
        defaults = self._above
        folder = name.rpartition("/")[0]
        for above in reversed((*PurePosixPath(folder).parents, PurePosixPath(folder))):
            own = self._defaults.get("" if str(above) == "." else str(above))
            defaults = inherited(defaults, own) if own else defaults
        return defaults

    def stated_by(self, name: str) -> Mapping[str, Any]:
        """What the sidecar of a member states. Raises UnreadableError for one that is none."""
        sidecar = sidecar_of(name, self._sidecars)
        return read_sidecar(self._sidecars[sidecar], sidecar) if sidecar else {}


def _is_none(name: str, stems: set[str]) -> str:
    """What a member is, if it is beside the documents."""
    *folders, base = name.split("/")
    hidden = (folder for folder in folders if folder.startswith(".") and folder != "..")
    if any(hidden) or _NO_DOCUMENTS in folders:
        return "dotfile"
    stem = name.rpartition(".")[0]
    return no_document(base, (stem.rpartition("/")[2],) if stem in stems else ())
