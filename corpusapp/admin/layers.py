"""Django's middleware for people who sign in, passed by where nobody does.

A reader has no session, so for a public page each of these would look for one in vain.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin


class _ForTheDesk(MiddlewareMixin):
    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._cookie = settings.SESSION_COOKIE_NAME
        self._desk = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> Any:
        """Its work for the desk and for whoever brings a session; else what is within."""
        if request.path_info.startswith(self._desk) or self._cookie in request.COOKIES:
            return super().__call__(request)
        return self.get_response(request)


class Sessions(_ForTheDesk, SessionMiddleware):
    """Who is signed in, from request to request."""


class Accounts(_ForTheDesk, AuthenticationMiddleware):
    """`request.user`; a reader's request has none."""


class Messages(_ForTheDesk, MessageMiddleware):
    """What the desk says after a deed."""


class Languages(LocaleMiddleware):
    """The language of the address, else of the browser; at the desk the one chosen there goes before.

    A public page regards no cookie: kept for the next reader, it would be in a stranger's language.
    """

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._desk = reverse("admin:index")

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(self._desk):
            request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)
