"""Addresses without a language: the way in, and what robots and supervisors ask."""

from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from corpusapp.public import addresses
from corpusapp.public.shelves import SHELVES, preferred

_TEXT = "text/plain; charset=utf-8"


def way_in(request: HttpRequest) -> HttpResponse:
    """`/` leads to the language the browser prefers; never by a cookie."""
    shelf = preferred(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(addresses.fixed(shelf.key, "home"))
    response.headers["Vary"] = "Accept-Language"
    return response


def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*/search/?",  # as many answers as there are questions
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=_TEXT)


def for_models(_request: HttpRequest) -> HttpResponse:
    """`llms.txt`: what there is to read for programs that read for people, and in which forms."""
    home = {key: addresses.absolute(addresses.fixed(key, "home")) for key in SHELVES}
    lines = [
        f"# {settings.SITE_NAME}",
        "",
        "> A publication of captured articles in English, Simplified and Traditional Chinese. Each article says",
        "> where and when it was captured, is dated only as precisely as its page was, and has a permanent address.",
        "",
        "Every article `/<language>/articles/<id>/<title>/` has plain twins at `/<language>/articles/<id>` with the",
        "endings `.md` (Markdown with front matter), `.txt`, `.json`, `.bib`, `.ris` and `.csl.json`. Cite the address",
        "that they name as theirs.",
        "",
        "## Everything, newest first",
        "",
        *(
            f"- [{shelf.name}]({addresses.absolute(addresses.fixed(key, 'articles'))})"
            for key, shelf in SHELVES.items()
        ),
        "",
        "## Full text of the newest",
        "",
        *(
            f"- [{shelf.name}: Atom]({home[key]}feed.atom), [JSON Feed]({home[key]}feed.json)"
            for key, shelf in SHELVES.items()
        ),
        "",
        "## What had to be corrected",
        "",
        *(
            f"- [{shelf.name}: Atom]({home[key]}corrections/feed.atom), "
            f"[JSON Feed]({home[key]}corrections/feed.json)"
            for key, shelf in SHELVES.items()
        ),
        "",
        "## More",
        "",
        f"- [Every address]({settings.SITE_URL}/sitemap.xml)",
        f"- [About]({addresses.absolute(addresses.fixed('en', 'about'))})",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=_TEXT)


def health(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _status("ok", HTTPStatus.OK)


def readiness(_request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; otherwise 503 and which of the two it is."""
    try:
        state = MigrationLoader(connection)
    except DatabaseError:
        return _status("database unreachable", HTTPStatus.SERVICE_UNAVAILABLE)
    if state.disk_migrations and set(state.disk_migrations) - set(state.applied_migrations):
        return _status("migrations pending", HTTPStatus.SERVICE_UNAVAILABLE)
    return _status("ready", HTTPStatus.OK)


def _status(word: str, status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(f"{word}\n", status=status, content_type=_TEXT)
    response.headers["Cache-Control"] = "no-store"
    return response
