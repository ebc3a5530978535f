"""What stands before every view: odd requests, the policy, and the language said in its own case."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.translation import get_language

from corpusapp.text.languages import canonical

API = "/api/"
Answer = Callable[[HttpRequest], HttpResponse]


class HeadersAlone:
    """Answer HEAD with the headers of the page and without its body, which no server may send."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class ConditionalRead(ConditionalGetMiddleware):
    """An ETag on HEAD, too, the same as on GET; Django's own knows GET alone."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = method


class ContentSecurityPolicy:
    """The same strict policy on every answer; the libraries for it write it anew for each."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        directives = settings.CONTENT_SECURITY_POLICY.items()
        self.policy = "; ".join(f"{name} {sources}" for name, sources in directives)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = self.policy
        return response


class RequestGuard:
    """Refuse with 400 what no browser sends: NUL and undecodable bytes, before they reach a database."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_broken(request.path_info) or _is_broken_query(request.META.get("QUERY_STRING", "")):
            if request.path_info.startswith(API):  # a program asked
                return JsonResponse({"detail": "Bad request"}, status=HTTPStatus.BAD_REQUEST)
            return HttpResponseBadRequest("Bad request\n", content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _is_broken(path: str) -> bool:
    return "\x00" in path or "\ufffd" in path


def _is_broken_query(query: str) -> bool:
    return "%00" in query or "\x00" in query


class CanonicalContentLanguage:
    """`Content-Language: zh-Hans`, as the page's own `lang` has it; Django would say `zh-hans`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Content-Language" not in response.headers:
            response.headers["Content-Language"] = canonical(get_language() or "") or "en"
        return response
