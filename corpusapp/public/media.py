"""Middleware that serves the pictures, from a folder or from elsewhere, under this site's own address.

Before anything that would compress what is packed already. Names never change their content.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

# The only names we give; nothing else below the media is anybody's to see
_NAME = re.compile(r"pictures/[0-9a-f]{24}/[0-9]{1,5}x[0-9]{1,5}\.(jpg|webp)")
_TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}
_FOR_EVER = "public, max-age=31536000, immutable"


class Media:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _NAME.fullmatch(request.path_info.removeprefix(settings.MEDIA_URL))
        if match is None or not request.path_info.startswith(settings.MEDIA_URL):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(
                status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"}
            )
        etag = f'"{match[0].partition("/")[2].replace("/", "-")}"'
        headers = {"ETag": etag, "Cache-Control": _FOR_EVER}
        if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return HttpResponseNotModified(headers=headers)
        try:
            with default_storage.open(match[0]) as file:
                content = file.read()
        except OSError:
            return self.get_response(request)  # a page that says there is none
        return HttpResponse(content, content_type=_TYPES[match[1]], headers=headers)
