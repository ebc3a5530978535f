"""Where things are. Paths under a language, and absolute addresses below `SITE_URL`.

`reverse` is asked once per kind and language; a list of twenty cards needs some sixty addresses.
"""

from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

_SAFE = "!$&'()*+,;=~:@"  # what `reverse` leaves as it is inside one step of a path


class _Placed(Protocol):
    """What an address of an article is made of; also a row of values has it."""

    @property
    def shelf(self) -> str: ...
    @property
    def public_id(self) -> str: ...
    @property
    def slug(self) -> str: ...


@lru_cache(maxsize=128)
def fixed(shelf: str, name: str) -> str:
    """The page that stands once in each language: "home", "articles", "authors", …."""
    with override(shelf):
        return reverse(f"public:{name}")


@lru_cache(maxsize=64)
def _stem(shelf: str, name: str) -> str:
    with override(shelf):
        return reverse(f"public:{name}", args=["~"]).removesuffix("~/")


def article(placed: _Placed) -> str:
    """An article's address, always under its own shelf."""
    return f"{fixed(placed.shelf, 'articles')}{placed.public_id}/{quote(placed.slug, _SAFE)}/"


def rendition(shelf: str, public_id: str, slug: str) -> str:
    """An edition in the other Chinese script, under that and with the edition's id."""
    return f"{fixed(shelf, 'articles')}{public_id}/{quote(slug, _SAFE)}/"


def short(shelf: str, public_id: str) -> str:
    """The address that no new title changes."""
    return f"{fixed(shelf, 'articles')}{public_id}/"


def twin(shelf: str, public_id: str, ending: str) -> str:
    """The same article in a form for programs."""
    return f"{fixed(shelf, 'articles')}{public_id}.{ending}"


def preview(shelf: str, public_id: str, token: str = "") -> str:
    """Where those who may see an article early see it as it will be on this shelf."""
    own = f"{fixed(shelf, 'home')}preview/{public_id}/"
    return f"{own}{quote(token, _SAFE)}/" if token else own


def section(shelf: str, slug: str) -> str:
    return f"{_stem(shelf, 'section')}{quote(slug, _SAFE)}/"


def author(shelf: str, slug: str) -> str:
    return f"{_stem(shelf, 'author')}{quote(slug, _SAFE)}/"


def tag(shelf: str, slug: str) -> str:
    return f"{_stem(shelf, 'tag')}{quote(slug, _SAFE)}/"


def series(shelf: str, slug: str) -> str:
    return f"{_stem(shelf, 'series')}{quote(slug, _SAFE)}/"


def captured(shelf: str, public_id: str) -> str:
    """The page as it was captured."""
    return f"{short(shelf, public_id)}captured/"


def year(shelf: str, number: int) -> str:
    return f"{fixed(shelf, 'archive')}{number:04}/"


def month(shelf: str, number: int, month_number: int) -> str:
    return f"{year(shelf, number)}{month_number:02}/"


def under(shelf: str, path: str) -> str:
    """The same page in another language: `path` with another first step."""
    return f"/{shelf}/{path.lstrip('/').partition('/')[2]}"


def quoted(path: str) -> str:
    """A path as requested (decoded), spelled as the addresses here are."""
    return quote(path, f"/{_SAFE}")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def outside(address: str) -> str:
    """`address` if a page may link to it; captures hold what they like, `javascript:` too."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def host(address: str) -> str:
    """What to call a site without a name."""
    return urlsplit(address).hostname or address
