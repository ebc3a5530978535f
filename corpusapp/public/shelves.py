"""The three languages readers browse in, and which of them a request asks for."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_path, get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from corpusapp.text.languages import canonical, detect


@dataclass(frozen=True, slots=True)
class Shelf:
    key: str  # as in addresses and in `Article.shelf`
    code: str  # BCP 47, for `lang` and `hreflang`
    name: str  # what its readers call their language


SHELVES = {
    "en": Shelf("en", "en", "English"),
    "zh-hans": Shelf("zh-hans", "zh-Hans", "简体中文"),
    "zh-hant": Shelf("zh-hant", "zh-Hant", "繁體中文"),
}


def preferred(accept_language: str) -> Shelf:
    """The shelf that suits an Accept-Language header best, else the default one."""
    for tag, _quality in parse_accept_lang_header(accept_language):
        shelf = SHELVES.get(canonical(tag).lower())
        if shelf:
            return shelf
    return SHELVES[settings.DEFAULT_LANGUAGE]


def shelf_of(request: HttpRequest) -> Shelf:
    """The shelf of the address; without one, of the browser. Never of a cookie."""
    key = get_language_from_path(request.path_info)
    if key in SHELVES:
        return SHELVES[key]
    return preferred(request.headers.get("Accept-Language", ""))


def foreign(language: str, shelf: Shelf) -> str:
    """What `lang` to put on a run in `language` within a page of `shelf`; "" for none."""
    return "" if language == shelf.code else language


def language_name(language: str) -> str:
    """What the active language calls `language`; the code itself where Django knows no name."""
    try:
        return str(get_language_info(language.lower())["name_translated"])
    except KeyError:
        return language


def language_of_name(name: str, language: str) -> str:
    """The language a printed name is written in, within a text in `language`.

    Bylines do not say; the script does: Han characters in an English byline are Chinese, Latin
    letters in a Chinese one are read as English.
    """
    if name.isascii():
        return "en" if language.startswith(("zh", "ja", "ko")) else language
    if language.startswith(("zh", "ja")):
        return language
    found = detect(name, language)
    return found or language


@lru_cache(maxsize=4000)
def language_of_label(text: str, shelf: Shelf) -> str:
    """The language of a name that does not tell it, as far as its letters do, for a page of `shelf`."""
    if text.isascii():
        return "en" if any(map(str.isalpha, text)) else shelf.code
    if detect(text, "en") == "en":  # Latin, whatever it has besides
        return "en"
    return detect(text, shelf.code) or shelf.code
