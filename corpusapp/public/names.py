"""An author's name as readers of each language know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from corpusapp.models import Author, AuthorName, Label
from corpusapp.public.prepared import ask
from corpusapp.public.shelves import Shelf, foreign, language_of_name

# In which order another script stands in for a missing name
_INSTEAD = {
    "en": ("en",),
    "zh-Hans": ("zh-Hans", "zh-Hant"),
    "zh-Hant": ("zh-Hant", "zh-Hans"),
}


@dataclass(frozen=True, slots=True)
class Names:
    main: Label  # for the page's language; `language` is "" where it is the page's own
    others: tuple[Label, ...]  # in other languages and scripts, each once


def names_for(shelf: Shelf, name: str, main_names: Iterable[tuple[str, str]]) -> Names:
    """Of an author called `name`, with main names (language, text), for a page of `shelf`."""
    kept = dict(main_names)
    own = next((code for code in _INSTEAD[shelf.code] if code in kept), "")
    main = _label(kept[own], own, shelf) if own else _label(name, "", shelf)
    others = {main.text: main}
    for code, text in [*kept.items(), ("", name)]:
        others.setdefault(text, _label(text, code, shelf))
    return Names(main, tuple(others.values())[1:])


def main_names(author: Author) -> list[tuple[str, str]]:
    """What `names_for` asks for, of an author whose `names` are fetched."""
    return [(name.language, name.text) for name in author.names.all() if name.is_main]


def main_names_of(author_id: int) -> list[tuple[str, str]]:
    """The same of one whose `names` are not. 1 query."""

    def names(author: int) -> QuerySet[Any, Any]:
        kept = AuthorName.objects.filter(author=author, is_main=True)
        return kept.order_by("pk").values_list("language", "text")

    return [(language, text) for language, text in ask("main names", names, author=author_id)]


def in_other_script(names: Names, printed: str) -> Label | None:
    """The name to put beside the printed one: Chinese beside Latin letters and the other way round."""
    latin = printed.isascii()
    return next(
        (label for label in (names.main, *names.others) if label.text.isascii() != latin), None
    )


def _label(text: str, language: str, shelf: Shelf) -> Label:
    return Label(text, foreign(language or language_of_name(text, shelf.code), shelf))
