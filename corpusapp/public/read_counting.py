"""Middleware that counts the reads of articles, whether from the page cache or not.

No cookie is looked at but the desk's own, nothing about the reader is kept, nothing is written
within the request: a number in this process's memory goes up by one.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from corpusapp.editing.reads import counted

_ARTICLE = re.compile(r"/(?:en|zh-hans|zh-hant)/articles/([0-9a-z]{8})/[^/]+/")
_READ = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})
# Browsers call themselves Mozilla; of what does, these are none, or have nobody before them
_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|search|index|archiv|scrap|fetch|monitor|preview|scan|check|lighthouse"
    r"|headless|phantom|python|curl|wget|java/|libwww|feed|facebookexternal|whatsapp|embed|gpt|claude|perplexity"
    r"|compatible;(?! msie)",
    re.IGNORECASE,
)


class ReadCounting:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        count_read(request.META, response.status_code)
        return response


def count_read(environ: Mapping[str, Any], status: int) -> None:
    """Count this call, as WSGI describes it, if a reader has got an article by it."""
    if environ.get("REQUEST_METHOD") == "GET" and status in _READ:
        match = _ARTICLE.fullmatch(environ.get("PATH_INFO", ""))
        if match and _is_reader(environ):
            counted.add(match[1])


def _is_reader(environ: Mapping[str, Any]) -> bool:
    """A browser with a reader before it, and not somebody at work here."""
    agent = environ.get("HTTP_USER_AGENT", "")
    return (
        agent.startswith("Mozilla/")
        and _ROBOT.search(agent) is None
        and "prefetch" not in environ.get("HTTP_SEC_PURPOSE", "")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
    )
