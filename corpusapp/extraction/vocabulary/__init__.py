"""The words of all languages in one place: a page's chrome is often in another language than its text."""

import re
from collections.abc import Iterator

from corpusapp.extraction.vocabulary.de import GERMAN
from corpusapp.extraction.vocabulary.en import ENGLISH
from corpusapp.extraction.vocabulary.es import SPANISH
from corpusapp.extraction.vocabulary.fr import FRENCH
from corpusapp.extraction.vocabulary.ja import JAPANESE
from corpusapp.extraction.vocabulary.others import OTHERS
from corpusapp.extraction.vocabulary.words import Vocabulary
from corpusapp.extraction.vocabulary.zh_hans import CHINESE_SIMPLIFIED
from corpusapp.extraction.vocabulary.zh_hant import CHINESE_TRADITIONAL
from corpusapp.text.folding import fold

VOCABULARIES: tuple[Vocabulary, ...] = (
    ENGLISH,
    CHINESE_SIMPLIFIED,
    CHINESE_TRADITIONAL,
    GERMAN,
    JAPANESE,
    SPANISH,
    FRENCH,
    *OTHERS,
)


def phrases(field: str) -> Iterator[str]:
    """All phrases of one field, in every language, as written."""
    for vocabulary in VOCABULARIES:
        for phrase in getattr(vocabulary, field).split(" | "):
            if phrase := phrase.strip():
                yield phrase


def folded(*fields: str) -> frozenset[str]:
    """The phrases of these fields, folded."""
    return frozenset(key for field in fields for phrase in phrases(field) if (key := fold(phrase)))


def alternatives(field: str) -> str:
    """A pattern of all phrases of one field, the longest first."""
    found = (re.escape(phrase).replace(r"\ ", r"\s") for phrase in phrases(field))
    return "|".join(sorted(found, key=len, reverse=True))


def months() -> dict[str, int]:
    """The folded name or short form of each month, to its number."""
    return {
        key: number
        for vocabulary in VOCABULARIES
        for number, names in enumerate(vocabulary.months.split(" | "), 1)
        for name in names.split("/")
        if (key := fold(name))
    }


def weekdays() -> frozenset[str]:
    """All folded names and short forms of days."""
    return frozenset(fold(name) for names in phrases("weekdays") for name in names.split("/"))


def paired(field: str) -> Iterator[tuple[str, str]]:
    """(phrase, what it stands for) of a field whose phrases are "phrase = meaning"."""
    for phrase in phrases(field):
        said, _, meant = phrase.partition(" = ")
        yield said, meant.strip()


def roles() -> dict[str, str]:
    """The folded lead before a name that is no author's, to the role ("" if it is not kept)."""
    return {fold(lead): role for lead, role in paired("other_roles")}
