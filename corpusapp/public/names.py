"""An author's name as readers of each language know it."""

from dataclasses import dataclass

from corpusapp.models import Author, Label
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


def names_of(author: Author, shelf: Shelf) -> Names:
    """The names of `author` (with its `names` prefetched) for a page of `shelf`."""
    kept = {name.language: name.text for name in author.names.all() if name.is_main}
    own = next((code for code in _INSTEAD[shelf.code] if code in kept), "")
    text = kept[own] if own else str(author.name)
    main = Label(text, foreign(own or language_of_name(text, shelf.code), shelf))
    others = {
        other: Label(other, foreign(code or language_of_name(other, shelf.code), shelf))
        for code, other in reversed([*kept.items(), ("", str(author.name))])
        if other != text
    }
    return Names(main, tuple(reversed(others.values())))


def in_other_script(author: Author, printed: str, shelf: Shelf) -> Label | None:
    """The name to put beside the printed one: Chinese beside Latin letters and the other way round."""
    latin = printed.isascii()
    names = names_of(author, shelf)
    return next(
        (
            label
            for label in (names.main, *names.others)
            if label.text.isascii() != latin and label.text != printed
        ),
        None,
    )
