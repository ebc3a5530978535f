"""One form for addresses that lead to the same page."""

import re
from urllib.parse import unquote_to_bytes, urlsplit

_DEFAULT_PORTS = {80, 443}
# What sites and shares add to an address to see who came from where; never what is shown
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|dcl|gcl|yc|msc|ttc|tw)clid|[gw]braid|gclsrc|dclid|mc_[ce]id|igshid|igsh|"
    r"_ga|_gl|_hsenc|_hsmi|mkt_tok|oly_(?:anon|enc)_id|vero_\w+|wickedid|cmpid|ncid|spm|scm|"
    r"isappinstalled|nsukey|share_token|share_source|xsec_\w+",
    re.IGNORECASE,
)
# Where a site begins, in one language or another; many name it on each of their pages by mistake
_FRONT = re.compile(
    r"(?:/[a-z]{2}(?:-[a-z]{2,4})?)?(?:/(?:index|home|default|main)(?:\.\w{1,5})?)?", re.IGNORECASE
)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]")


def page_key(address: str) -> str:
    """What all spellings of an address have in common; "" for one that names no single page.

    The scheme, the case of the host, default ports, fragments, tracking parameters, a slash at the
    end and needless escapes make no difference. A site's front page is no address of a document.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    host = _host(parts.hostname)
    if port and port not in _DEFAULT_PORTS:
        host = f"{host}:{port}"
    path = _unescaped(parts.path).rstrip("/")
    query = "&".join(
        _unescaped(pair)
        for pair in parts.query.split("&")
        if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    )
    if not query and _FRONT.fullmatch(path):
        return ""
    return f"https://{host}{path or '/'}{'?' if query else ''}{query}"


def _host(name: str) -> str:
    name = name.rstrip(".").lower()
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name


def _unescaped(part: str) -> str:
    """Letters and digits as themselves, everything else escaped, in capitals."""
    return _ESCAPED.sub(lambda match: _plainly(match[0]), _escaped_beyond_ascii(part))


def _escaped_beyond_ascii(part: str) -> str:
    if part.isascii():
        return part
    return "".join(
        character
        if character.isascii()
        else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
        for character in part
    )


def _plainly(escapes: str) -> str:
    return "".join(
        chr(byte) if _PLAIN.match(chr(byte)) else f"%{byte:02X}"
        for byte in unquote_to_bytes(escapes)
    )
