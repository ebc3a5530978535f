"""Watch folders and import what arrives, one run for all that came together.

Nothing is remembered but while it runs: what is in the database already is unchanged, so a restart
looks at everything once more and writes nothing for it.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from django.db import connection

from corpusapp.importing.beside import DEFAULTS_FILE
from corpusapp.importing.errors import NotADocumentError
from corpusapp.importing.files import Found, Passed, find, opened
from corpusapp.importing.outcome import Result
from corpusapp.importing.run import Import, Request

if sys.platform == "linux":
    from fcntl import F_RDLCK, F_SETLEASE, F_SETSIG, F_UNLCK, fcntl

# Seconds between two looks: what stands as it stood has arrived
_INTERVAL = 2.0
_NAP = 0.2  # a signal is heard within this time


@dataclass(slots=True)
class Arrivals:
    """What has come into folders, or changed in them, since it was last handed out.

    A file has arrived when two looks find it the same and nobody has it open for writing; so have,
    with it, its sidecar and the defaults of its folders.
    """

    folders: Sequence[str]
    recursive: bool = False
    passed: Passed = field(default_factory=Passed)  # of the last look
    # of each path the hash of what it and what stands beside it looked like
    _before: dict[str, int] = field(default_factory=dict)
    _taken: dict[str, int] = field(default_factory=dict)
    _parts: dict[str, list[str]] = field(default_factory=dict)  # of what was handed out last

    def look(self) -> list[Found]:
        """The documents that have arrived; each state of each is handed out once."""
        self.passed, self._parts = Passed(), {}
        now: dict[str, int] = {}
        arrived = []
        for folder in self.folders:
            if not os.path.isdir(folder):  # noqa: PTH112 - Path rejects odd bytes
                continue  # not there at the moment: a disk that is mounted again, perhaps
            for found in find([folder], recursive=self.recursive, passed=self.passed):
                parts = [found.path, found.sidecar, *_defaults_above(found.path, folder)]
                state = _state_of(parts)
                now[found.path] = state
                if self._taken.get(found.path) == state or self._before.get(found.path) != state:
                    continue
                if not _any_written(parts):
                    self._taken[found.path] = state
                    self._parts[found.path] = parts
                    arrived.append(found)
        self._before = now
        self._taken = {path: state for path, state in self._taken.items() if path in now}
        return arrived

    def still(self, found: Found) -> bool:
        """Whether a document of the last look is what it was then; else it comes again, or is gone.

        Before it among the arrivals may stand minutes of work.
        """
        parts = self._parts[found.path]
        if self._taken[found.path] == _state_of(parts) and not _any_written(parts):
            return True
        del self._taken[found.path]
        return False


def _state_of(parts: Sequence[str]) -> int:
    return hash(tuple(_state(path) for path in parts))


def _any_written(parts: Sequence[str]) -> bool:
    return any(path and is_being_written(path) for path in parts)


def _defaults_above(path: str, folder: str) -> Iterator[str]:
    """Where the defaults may stand that count for a file below `folder`."""
    for above in PurePath(path).parents:
        yield os.path.join(above, DEFAULTS_FILE)  # noqa: PTH118 - Path rejects odd bytes
        if above == PurePath(folder):
            return


def _state(path: str) -> tuple[int, int, int]:
    """What a file looks like from outside; another one under its name has another number."""
    try:
        facts = os.lstat(path)
    except (OSError, ValueError):
        return 0, 0, 0
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def is_being_written(path: str) -> bool:
    """Whether some process has the file open for writing; False where the system cannot tell.

    Linux grants a lease for reading on a file that nobody writes. It is given back at once.
    """
    if sys.platform != "linux":
        return False
    try:
        file = opened(path)
    except NotADocumentError:
        return False  # its refusal, if it is to have one, comes from reading it
    with file:
        try:
            # else whoever opens it for writing at this moment would have us killed
            fcntl(file, F_SETSIG, signal.SIGURG)
            fcntl(file, F_SETLEASE, F_RDLCK)
        except BlockingIOError:
            return True
        except OSError:  # a file of another account, or a file system without leases
            return False
        fcntl(file, F_SETLEASE, F_UNLCK)
    return False


@dataclass(slots=True)
class Watch:
    """Imports for as long as it is not stopped; otherwise to be used as an Import is."""

    request: Request
    interval: float = _INTERVAL
    documents: int = 0
    holds_more: bool = True  # nobody knows how much there will be
    outcomes: Counter[str] = field(default_factory=Counter)
    held: int = 0
    doubts: Counter[str] = field(default_factory=Counter)
    not_understood: Counter[str] = field(default_factory=Counter)
    stopped: bool = False
    _arrivals: Arrivals = field(init=False)
    _within: Counter[str] = field(default_factory=Counter)  # endings passed over in archives
    _running: Import | None = None

    def __post_init__(self) -> None:
        self._arrivals = Arrivals(self.request.paths, recursive=self.request.recursive)

    def __iter__(self) -> Iterator[Result]:
        """A Result per document that arrives. Raises CannotGoOnError."""
        while not self.stopped:
            if arrived := self._arrivals.look():
                if not connection.in_atomic_block:  # the database may have been away since
                    connection.close_if_unusable_or_obsolete()
                yield from self._imported(arrived)
            self._pause()

    def stop(self) -> None:
        """End after the batch under way; may be called by a signal."""
        self.stopped = True
        if self._running:
            self._running.stop()

    @property
    def passed(self) -> Passed:
        seen = self._arrivals.passed
        return Passed(seen.endings + self._within, seen.folders)

    def _imported(self, arrived: Sequence[Found]) -> Iterator[Result]:
        self._running = running = Import(
            self.request, found=arrived, still=self._arrivals.still, stopped=self.stopped
        )
        yield from running
        self._running = None
        self.outcomes += running.outcomes
        self.documents = self.outcomes.total()
        self.held += running.held
        self.doubts += running.doubts
        self.not_understood += running.not_understood
        self._within += running.passed.endings

    def _pause(self) -> None:
        until = time.monotonic() + self.interval
        while not self.stopped and (left := until - time.monotonic()) > 0:
            time.sleep(min(_NAP, left))
