"""A form that nobody was signed in for is carried over signing in, and sent again by who sent it.

It is stored nowhere meanwhile: the pages between hold it. Only a form that a page of this site has
sent is carried, or a foreign page could put one before an editor and ask for a click.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

CARRIED = "carried"  # the input that holds it while somebody signs in
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of an input
_SECRET = "password"  # noqa: S105 - part of the names of inputs that no page holds
_NO_FORM_OF_WORK = ("admin:login", "admin:logout", "admin:language")
_LEGIBLE = 40  # characters from which a value is shown, for who would rather copy it


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that was sent, with the button that sent it."""

    address: str  # path and query, of the desk
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False  # which no page can hold

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        return cls(
            request.get_full_path(),
            tuple(
                (name, value)
                for name in request.POST
                if name != _TOKEN and _SECRET not in name
                for value in request.POST.getlist(name)
            ),
            bool(request.FILES),
        )

    @classmethod
    def out_of(cls, request: HttpRequest) -> Self | None:
        """What the page of signing in has held, if it is whole; for whatever else, None."""
        try:
            address, fields, had_files = json.loads(request.POST.get(CARRIED, ""))
            pairs = tuple((str(name), str(value)) for name, value in fields)
            json.dumps([address, pairs], ensure_ascii=False).encode()  # no half of a character
        except (ValueError, TypeError, RecursionError):  # ten thousand brackets
            return None
        if not is_of_the_desk(address):
            return None
        return cls(address, pairs, bool(had_files))

    @property
    def held(self) -> str:
        """For the input that holds it."""
        return json.dumps([self.address, self.fields, self.had_files], ensure_ascii=False)

    @property
    def texts(self) -> Iterator[str]:
        """What somebody may have written."""
        for _name, value in self.fields:
            if len(value.strip()) >= _LEGIBLE:
                yield value


def is_of_the_desk(address: object) -> bool:
    return (
        isinstance(address, str)
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
        and address.startswith(reverse("admin:index"))
        and not address.startswith(tuple(map(reverse, _NO_FORM_OF_WORK)))
    )


def may_be_carried(request: HttpRequest) -> bool:
    """A page of the desk has sent a form; what scripts send beside it is no form to go on with."""
    return (
        request.method == "POST"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
        and is_of_the_desk(request.path)
        and _is_from_here(request)
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Browsers tell with each form where it comes from; a page cannot make them say otherwise."""
    origin = request.headers.get("Origin")
    here = f"{request.scheme}://{request.get_host()}"
    return origin is not None and origin in {here, *settings.CSRF_TRUSTED_ORIGINS}


def sent_on(request: HttpRequest, carried: Carried, *, signed_in_now: bool) -> HttpResponse:
    """A page that holds the form with a fresh token: one button sends it where it was to go."""
    return TemplateResponse(
        request,
        "admin/carried.html",
        {
            **admin.site.each_context(request),
            "carried": carried,
            "texts": list(carried.texts),
            "signed_in_now": signed_in_now,
        },
        status=HTTPStatus.OK if signed_in_now else HTTPStatus.FORBIDDEN,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form without its token: of a page that was open while somebody signed in anew."""
    del reason
    carried = None
    if may_be_carried(request):
        carried = Carried.of(request)
    elif request.path == reverse("admin:login") and _is_from_here(request):
        # held by a page of signing in that was open while one signed in beside it
        carried = Carried.out_of(request)
    if carried is None:
        raise PermissionDenied
    if admin.site.has_permission(request):
        return sent_on(request, carried, signed_in_now=False)
    return admin.site.sign_in_first(request, carried)  # type: ignore[attr-defined,no-any-return]
