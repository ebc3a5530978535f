"""Where whole public pages lie for the next reader: in a file that the workers share, or in Redis.

A stamp stands beside them; whatever changes something public draws a new one, and pages that bear
another are out of date. Nothing here touches the database.
"""

import contextlib
import json
import os
import secrets
import struct
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, cast
from zlib import crc32

from django.conf import settings
from django.core.cache import cache

_SUM, _SIZES = struct.Struct(">I"), struct.Struct(">II")
_STAMP = 16  # bytes
_PLACES, _ROOM = 4096, 24 * 1024  # bytes for each: nearly every page, and 96 MiB at most
_LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it went out: packed if the first who asked took it so, as browsers do."""

    stamp: str
    made_at: float  # seconds since the epoch
    headers: Mapping[str, str]
    body: bytes
    is_packed: bool = True  # by gzip

    HEAD: ClassVar[int] = _SUM.size + _SIZES.size  # bytes that tell how long a packed page is

    def packed(self, key: str) -> bytes:
        """For the place of `key`, and no other."""
        facts = [key, self.stamp, self.made_at, dict(self.headers), self.is_packed]
        head = json.dumps(facts).encode()
        sizes = _SIZES.pack(len(head), len(self.body))
        return b"".join((_SUM.pack(_sum(sizes, head, self.body)), sizes, head, self.body))

    @classmethod
    def unpacked(cls, raw: bytes, key: str) -> "Page":
        """Of what `packed` gave for this key; ValueError or struct.error for anything else."""
        of_head, _of_body = _SIZES.unpack_from(raw, _SUM.size)
        if _sum(memoryview(raw)[_SUM.size :]) != _SUM.unpack_from(raw)[0]:
            msg = "its checksum is another"
            raise ValueError(msg)
        start = cls.HEAD + of_head
        whose, stamp, made_at, headers, is_packed = json.loads(raw[cls.HEAD : start])
        if whose != key:  # two pages share the place
            msg = "it is another page"
            raise ValueError(msg)
        return cls(stamp, made_at, headers, raw[start:], is_packed)

    @classmethod
    def rest_of(cls, head: bytes) -> int:
        """How many bytes follow these, the first `HEAD` of a packed page; struct.error if they are fewer."""
        return sum(_SIZES.unpack_from(head, _SUM.size))


def _sum(*parts: bytes | memoryview) -> int:
    found = 0
    for part in parts:
        found = crc32(part, found)
    return found


class Store(Protocol):
    """Where pages lie; `read` and `write` never raise, a cache that fails is an empty one."""

    def stamp(self) -> str: ...
    def renew_stamp(self) -> None: ...
    def read(self, key: str) -> bytes | None: ...
    def write(self, key: str, page: bytes) -> None: ...


class Places:
    """One file of places, one for each page by its key; what comes later takes the place of what lay there.

    A file for each page would have to be made while its reader waits, and be swept away later. A long page
    runs on into the places behind its own; whoever reads there finds a checksum that is another's,
    as does a reader that comes while a page is written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: _Open | None = None

    def stamp(self) -> str:
        try:
            file = self._opened()
            if not os.fstat(file.number).st_nlink:  # somebody has emptied the folder
                self._file = None
                file = self._opened()
            return os.pread(file.number, _STAMP, 0).decode("ascii").strip("\0")
        except (OSError, UnicodeDecodeError):
            return ""

    def renew_stamp(self) -> None:
        fresh = secrets.token_hex(_STAMP // 2).encode("ascii")
        self._file = None  # the one that others will look into, whatever became of that
        with contextlib.suppress(OSError):
            os.pwrite(self._made().number, fresh, 0)

    def read(self, key: str) -> bytes | None:
        place = _place(key)
        try:
            file = self._opened()
            head = os.pread(file.number, Page.HEAD, place)
            rest = Page.rest_of(head)
            if rest > _LARGEST:
                return None
            return head + os.pread(file.number, rest, place + Page.HEAD)
        except (OSError, struct.error):
            return None

    def write(self, key: str, page: bytes) -> None:
        if len(page) <= _LARGEST:
            with contextlib.suppress(OSError):  # a full disk must not cost a reader the page
                os.pwrite(self._made().number, page, _place(key))

    def _opened(self) -> "_Open":
        file = self._file
        if file is None:
            file = self._file = _Open(os.open(self.path, os.O_RDWR | os.O_CLOEXEC))
        return file

    def _made(self) -> "_Open":
        try:
            return self._opened()
        except FileNotFoundError:
            self.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640))
            return self._opened()


class _Open:
    """A file's number, which nobody else gets as long as some thread still reads or writes by it."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __del__(self) -> None:
        os.close(self.number)


def _place(key: str) -> int:
    """Where the page of this key begins, behind the stamp."""
    return (1 + crc32(key.encode()) % _PLACES) * _ROOM


class Shared:
    """Django's cache, for several machines (`CACHE_URL`)."""

    def stamp(self) -> str:
        try:
            return str(cache.get("public-stamp") or "")
        except Exception:  # noqa: BLE001 - each backend has errors of its own, and all mean: no cache
            return ""

    def renew_stamp(self) -> None:
        with contextlib.suppress(Exception):
            cache.set("public-stamp", secrets.token_hex(8), None)

    def read(self, key: str) -> bytes | None:
        with contextlib.suppress(Exception):
            found = cache.get(f"page:{key}")
            return found if isinstance(found, bytes) else None
        return None

    def write(self, key: str, page: bytes) -> None:
        with contextlib.suppress(Exception):
            cache.set(f"page:{key}", page, settings.PAGE_CACHE_SECONDS)


def store() -> Store:
    """The place that the settings name."""
    shared = settings.CACHES["default"]["BACKEND"].endswith("RedisCache")
    return Shared() if shared else Places(settings.DATA_DIR / "cache" / "kept-pages")


def forget_pages() -> None:
    """Make every kept page out of date."""
    store().renew_stamp()


# The stamp that the page under way was begun with: what goes into the page may not be older, and is
# tagged with nothing newer
begun_with: ContextVar[str | None] = ContextVar("begun_with", default=None)

_Value = TypeVar("_Value")
_remembered: dict[str, tuple[str, float, Any]] = {}


def remembered(name: str, make: Callable[[], _Value]) -> _Value:
    """What `make` gives, kept in this process as long as a page would be.

    For the few facts that stand on every page: the sections of the menu, what has just gone live.
    The names must be few, because nothing is ever dropped.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return make()
    stamp, now = begun_with.get(), time.time()
    if stamp is None:
        stamp = store().stamp()
    found = _remembered.get(name)
    if found and found[0] == stamp and 0 <= now - found[1] < settings.PAGE_CACHE_SECONDS:
        return cast("_Value", found[2])
    value = make()
    _remembered[name] = (stamp, now, value)
    return value
