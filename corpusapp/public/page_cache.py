"""Whole public pages, kept for the next reader: in files that the workers share, or in Redis.

A kept page is good for a minute at most, so that a scheduled article appears within a minute
everywhere, and only while nothing public has changed since its rendering began: whatever changes
draws a new stamp. A page is kept with the stamp read before the database was asked, so one that
was made while something changed is out of date at once, and not a minute later.

Nothing here touches the database: pages are served from it while an import holds the lock.
"""

import contextlib
import gzip
import hashlib
import json
import os
import secrets
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

# Only what a reader's address can ask for; any other parameter changes nothing and shares the page
_PARAMETERS = ("page",)
_NEVER = ("/admin/", "/api/", "/healthz", "/readyz", "/static/", "/media/")
_NEVER_BELOW = "/search/"  # of whatever language: as many answers as there are questions
_KEPT_STATUS = frozenset({200})
_LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it went out, compressed."""

    stamp: str
    made_at: float  # seconds since the epoch
    headers: Mapping[str, str]
    body: bytes  # gzip

    def packed(self) -> bytes:
        head = json.dumps([self.stamp, self.made_at, dict(self.headers)]).encode()
        return struct.pack(">I", len(head)) + head + self.body

    @classmethod
    def unpacked(cls, raw: bytes) -> "Page":
        (length,) = struct.unpack_from(">I", raw)
        stamp, made_at, headers = json.loads(raw[4 : 4 + length])
        return cls(stamp, made_at, headers, raw[4 + length :])


class Store(Protocol):
    """Where pages lie; `read` and `write` never raise, a cache that fails is an empty one."""

    def stamp(self) -> str: ...
    def renew_stamp(self) -> None: ...
    def read(self, key: str) -> bytes | None: ...
    def write(self, key: str, page: bytes) -> None: ...


class Files:
    """Files below `folder`, each replaced whole; one folder in 256 is swept now and then."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def stamp(self) -> str:
        try:
            return (self.folder / "stamp").read_text(encoding="ascii")
        except OSError:
            return ""

    def renew_stamp(self) -> None:
        self._replace(self.folder / "stamp", secrets.token_hex(8).encode())

    def read(self, key: str) -> bytes | None:
        try:
            with open(self._path(key), "rb") as file:  # noqa: PTH123 - half the cost of Path.open
                return file.read()
        except OSError:
            return None

    def write(self, key: str, page: bytes) -> None:
        path = Path(self._path(key))
        self._replace(path, page)
        if secrets.randbelow(200) == 0:
            self._sweep(path.parent)

    def _path(self, key: str) -> str:
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    def _replace(self, path: Path, content: bytes) -> None:
        fresh = path.with_name(f".{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            fresh.write_bytes(content)
            fresh.replace(path)
        except OSError:  # a full disk must not cost a reader the page
            with contextlib.suppress(OSError):
                fresh.unlink()

    @staticmethod
    def _sweep(folder: Path) -> None:
        oldest = time.time() - settings.PAGE_CACHE_SECONDS
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.stat().st_mtime < oldest:
                        os.unlink(entry.path)  # noqa: PTH108 - as above


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


_Value = TypeVar("_Value")
_remembered: dict[str, tuple[str, float, Any]] = {}


def remembered(name: str, make: Callable[[], _Value]) -> _Value:
    """What `make` gives, kept in this process as long as a page would be.

    For the few facts that stand on every page: the sections of the menu, what has just gone live.
    The names must be few, because nothing is ever dropped.
    """
    if not settings.PAGE_CACHE_SECONDS:
        return make()
    stamp, now = store().stamp(), time.time()
    found = _remembered.get(name)
    if found and found[0] == stamp and 0 <= now - found[1] < settings.PAGE_CACHE_SECONDS:
        return cast("_Value", found[2])
    value = make()
    _remembered[name] = (stamp, now, value)
    return value


class PageCache:
    """The first middleware: answers from the cache before anything else runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.store = store()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_SECONDS or not _may_be_kept(request):
            return self.get_response(request)
        request.get_host()  # an unknown Host is refused here as everywhere
        key, stamp = _key(request), self.store.stamp()
        if page := self._kept(key, stamp):
            return _answer(request, page)
        made_at = time.time()
        response = self.get_response(request)
        page = _page(response, stamp, made_at) if request.method == "GET" else None
        if page:
            self.store.write(key, page.packed())
        return response

    def _kept(self, key: str, stamp: str) -> Page | None:
        raw = self.store.read(key)
        if raw is None:
            return None
        try:
            page = Page.unpacked(raw)
        except (ValueError, struct.error):  # damaged, or of another version
            return None
        age = time.time() - page.made_at
        return page if page.stamp == stamp and 0 <= age < settings.PAGE_CACHE_SECONDS else None


def _may_be_kept(request: HttpRequest) -> bool:
    """An anonymous reader asks for a page, or for its headers."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(_NEVER)
        and not request.path_info.endswith(_NEVER_BELOW)
        and request.path_info != "/"  # depends on Accept-Language
        and len(request.META.get("QUERY_STRING", "")) <= _LONGEST_QUERY
    )


def _key(request: HttpRequest) -> str:
    asked = [f"{name}={request.GET.get(name)}" for name in _PARAMETERS if name in request.GET]
    parts = (request.scheme or "", request.get_host(), request.path_info, *asked)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _page(response: HttpResponse, stamp: str, made_at: float) -> Page | None:
    """The answer as a page to keep; None for what is for one reader, or no whole page."""
    control = {part.strip() for part in response.get("Cache-Control", "").lower().split(",")}
    if (
        response.status_code not in _KEPT_STATUS
        or response.streaming
        or response.cookies
        or "Set-Cookie" in response
        or not response.has_header("ETag")
        or control & {"private", "no-store", "no-cache"}
    ):
        return None
    headers = {
        name: value
        for name, value in response.items()
        if name not in {"Content-Length", "Content-Encoding"}
    }
    headers["ETag"] = f"W/{_strong(headers['ETag'])}"  # one for the plain and the packed form
    packed = response.get("Content-Encoding") == "gzip"
    body = response.content if packed else gzip.compress(response.content, 6, mtime=0)
    return Page(stamp, made_at, headers, body)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    etag = page.headers["ETag"]
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and (asked.strip() == "*" or _strong(etag) in map(_strong, parse_etags(asked))):
        unchanged = HttpResponseNotModified()
        for name, value in page.headers.items():
            if name != "Content-Type":
                unchanged.headers[name] = value
        return unchanged
    plain = "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(
        gzip.decompress(page.body) if plain else page.body, headers=page.headers
    )
    if not plain:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _strong(etag: str) -> str:
    return etag.removeprefix("W/")
