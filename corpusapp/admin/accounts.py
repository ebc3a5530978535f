"""Who is asking: the one client address that throttling believes."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind `PROXY_COUNT` proxies, the one the outermost of ours saw.

    Each trusted proxy appends the address it saw to X-Forwarded-For, so the address counted from
    the right by their number is the last one a client could not write itself.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return peer
    seen = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    chain = [part for part in seen if part]
    return chain[-settings.PROXY_COUNT] if len(chain) >= settings.PROXY_COUNT else peer
