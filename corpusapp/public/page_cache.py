"""Whole public pages, kept for the next reader: in a file that the workers share, or in Redis.

A kept page is good for a minute at most, so that a scheduled article appears within a minute
everywhere, and only while nothing public has changed since its rendering began: whatever changes
draws a new stamp. A page is kept with the stamp read before the database was asked, so one that
was made while something changed is out of date at once, and not a minute later.

Nothing here touches the database: pages are served from it while an import holds the lock.
"""

import gzip
import hashlib
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.http import parse_etags

from corpusapp.public.page_store import Page, Store, begun_with, store
from corpusapp.public.read_counting import count_read

# Only what a reader's address can ask for; any other parameter changes nothing and shares the page
_PARAMETERS = ("page",)
_NEVER = ("/admin/", "/api/", "/healthz", "/readyz", "/static/", "/media/")
_NEVER_BELOW = "/search/"  # of whatever language: as many answers as there are questions
_KEPT_STATUS = frozenset({200})
_STATUS = {200: "200 OK", 304: "304 Not Modified"}
_ASKED = "corpus.page_asked"  # in a call that found no page: its key, and the stamp of that moment
_LONGEST_QUERY = 100
# Half the time of the usual 6, for a fourteenth more to send: a page is made anew every minute, and
# packed either way it fits into what a server sends before it waits for the first answer.
_PACKING = 2


class KeptPages:
    """What the server asks first: a kept page goes out before Django makes a request of the call."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.store = store()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if settings.PAGE_CACHE_SECONDS and _may_be_kept(environ):
            key, stamp = _key(environ, _scheme(environ)), self.store.stamp()
            if page := _kept(self.store, key, stamp, environ):
                answer = _answer(environ, page)
                count_read(environ, answer.status)
                start_response(_STATUS[answer.status], list(answer.headers.items()))
                return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]
            environ[_ASKED] = (key, stamp)
        return self.application(environ, start_response)


class PageCache:
    """The first middleware: keeps what is answered, and answers itself where no `KeptPages` did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.packing = GZipMiddleware(get_response)
        self.store = store()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE_SECONDS or not _may_be_kept(request.META):
            return self.get_response(request)
        request.get_host()  # an unknown Host is refused here as everywhere, so none is ever kept
        if asked := request.META.get(_ASKED):
            key, stamp = asked
        else:
            key, stamp = _key(request.META, request.scheme or ""), self.store.stamp()
            if page := _kept(self.store, key, stamp, request.META):
                answer = _answer(request.META, page)
                return HttpResponse(answer.body, status=answer.status, headers=answer.headers)
        made_at = time.time()
        accepted = request.META.pop(
            "HTTP_ACCEPT_ENCODING", ""
        )  # so that it is packed once, and here
        token = begun_with.set(stamp)
        try:
            response = self.get_response(request)
        finally:
            begun_with.reset(token)
        request.META["HTTP_ACCEPT_ENCODING"] = accepted
        packs = _takes_gzip(request.META)
        page = _page(response, stamp, made_at, packs=packs) if request.method == "GET" else None
        if page is None:
            self.packing.process_response(request, response)  # in its place
            return response
        self.store.write(key, page.packed(key))
        if packs:
            response.content = page.body
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(page.body))
            response.headers["ETag"] = page.headers["ETag"]
        return response


def _kept(pages: Store, key: str, stamp: str, environ: Mapping[str, Any]) -> Page | None:
    raw = pages.read(key)
    if raw is None:
        return None
    try:
        page = Page.unpacked(raw, key)
    except (ValueError, struct.error):  # damaged, or of another version
        return None
    age = time.time() - page.made_at
    if page.stamp != stamp or not 0 <= age < settings.PAGE_CACHE_SECONDS:
        return None
    if not page.is_packed and _takes_gzip(environ):
        page = replace(page, body=_packed(page.body), is_packed=True)
        pages.write(key, page.packed(key))
    return page


def _takes_gzip(environ: Mapping[str, Any]) -> bool:
    return "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _PACKING, mtime=0)


def _may_be_kept(environ: Mapping[str, Any]) -> bool:
    """An anonymous reader asks for a page, or for its headers."""
    path = environ.get("PATH_INFO", "")
    return (
        environ.get("REQUEST_METHOD") in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and not path.startswith(_NEVER)
        and not path.endswith(_NEVER_BELOW)
        and path != "/"  # depends on Accept-Language
        and len(environ.get("QUERY_STRING", "")) <= _LONGEST_QUERY
    )


def _scheme(environ: Mapping[str, Any]) -> str:
    """As `HttpRequest.scheme` has it."""
    if trusted := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = trusted
        if said := environ.get(name):
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ.get("wsgi.url_scheme", ""))


def _key(environ: Mapping[str, Any], scheme: str) -> str:
    query = environ.get("QUERY_STRING", "")
    given = parse_qs(query, keep_blank_values=True) if query else {}
    asked = [f"{name}={given[name][-1]}" for name in _PARAMETERS if name in given]
    host = environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"
    parts = (scheme, host.lower(), environ.get("PATH_INFO", ""), *asked)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _page(response: HttpResponse, stamp: str, made_at: float, *, packs: bool) -> Page | None:
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
    body = _packed(response.content) if packs else response.content
    return Page(stamp, made_at, headers, body, packs)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def _answer(environ: Mapping[str, Any], page: Page) -> _Answer:
    etag = page.headers["ETag"]
    headers = dict(page.headers)
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and (asked.strip() == "*" or _strong(etag) in map(_strong, parse_etags(asked))):
        headers.pop("Content-Type", None)
        return _Answer(304, headers, b"")
    packed = page.is_packed and _takes_gzip(environ)
    body = gzip.decompress(page.body) if page.is_packed and not packed else page.body
    if packed:
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    return _Answer(200, headers, body)


def _strong(etag: str) -> str:
    return etag.removeprefix("W/")
