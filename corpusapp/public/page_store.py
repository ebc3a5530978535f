"""Where whole public pages lie for the next reader: in files that the workers share, or in Redis.

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
from random import randrange
from typing import Any, Protocol, TypeVar, cast
from zlib import crc32

from django.conf import settings
from django.core.cache import cache

_SUM, _SIZES = struct.Struct(">I"), struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it went out: packed if the first who asked took it so, as browsers do."""

    stamp: str
    made_at: float  # seconds since the epoch
    headers: Mapping[str, str]
    body: bytes
    is_packed: bool = True  # by gzip

    def packed(self) -> bytes:
        facts = [self.stamp, self.made_at, dict(self.headers), self.is_packed]
        head = json.dumps(facts).encode()
        sizes = _SIZES.pack(len(head), len(self.body))
        return b"".join(
            (_SUM.pack(crc32(self.body, crc32(head, crc32(sizes)))), sizes, head, self.body)
        )

    @classmethod
    def unpacked(cls, raw: bytes) -> "Page":
        """Of what `packed` gave, whatever follows it; ValueError or struct.error for anything else."""
        of_head, of_body = _SIZES.unpack_from(raw, _SUM.size)
        start = _SUM.size + _SIZES.size
        end = start + of_head
        whole = memoryview(raw)[_SUM.size : end + of_body]
        if crc32(whole) != _SUM.unpack_from(raw)[0]:
            msg = "its checksum is another"
            raise ValueError(msg)
        stamp, made_at, headers, is_packed = json.loads(raw[start:end])
        return cls(stamp, made_at, headers, raw[end : end + of_body], is_packed)


class Store(Protocol):
    """Where pages lie; `read` and `write` never raise, a cache that fails is an empty one."""

    def stamp(self) -> str: ...
    def renew_stamp(self) -> None: ...
    def read(self, key: str) -> bytes | None: ...
    def write(self, key: str, page: bytes) -> None: ...


class Files:
    """Files below `folder`; one folder in 256 is swept now and then.

    A page is written over what lies there: its checksum tells a reader that came in between. To
    replace a file would make ext4 send it to the disk at once, for a page that is good for a minute.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stamp(self) -> str:
        try:
            return self._read(f"{self.folder}/stamp").decode("ascii")
        except OSError:
            return ""

    def renew_stamp(self) -> None:
        fresh = self.folder / f".{secrets.token_hex(8)}"
        with contextlib.suppress(OSError):
            self._make(self.folder)
            try:
                fresh.write_text(secrets.token_hex(8), encoding="ascii")
                fresh.replace(self.folder / "stamp")
            except OSError:
                fresh.unlink(missing_ok=True)

    def read(self, key: str) -> bytes | None:
        try:
            return self._read(self._path(key))
        except OSError:
            return None

    def write(self, key: str, page: bytes) -> None:
        path = self._path(key)
        with contextlib.suppress(OSError):  # a full disk must not cost a reader the page
            try:
                self._write(path, page)
            except FileNotFoundError:
                self._make(Path(path).parent)
                self._write(path, page)
        if randrange(200) == 0:  # noqa: S311 - no secret
            self._sweep(Path(path).parent)

    def _path(self, key: str) -> str:
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    @staticmethod
    def _make(folder: Path) -> None:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)

    @staticmethod
    def _read(path: str) -> bytes:
        """All of a file, in four calls of the system; a file object makes nine."""
        file = os.open(path, os.O_RDONLY)
        try:
            return os.read(file, os.fstat(file).st_size)
        finally:
            os.close(file)

    @staticmethod
    def _write(path: str, content: bytes) -> None:
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
        try:
            os.write(file, content)
        finally:
            os.close(file)

    @staticmethod
    def _sweep(folder: Path) -> None:
        oldest = time.time() - settings.PAGE_CACHE_SECONDS
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.stat().st_mtime < oldest:
                        os.unlink(entry.path)  # noqa: PTH108 - half the cost of Path.unlink


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
    return Shared() if shared else Files(settings.DATA_DIR / "cache" / "pages")


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
