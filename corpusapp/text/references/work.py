"""What a reference says of a work."""

import datetime as dt
import re
from dataclasses import dataclass

from corpusapp.text.names import is_organisation, split_name

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a work: a person in two parts, or (`family` empty) a whole name."""

    name: str  # as printed
    family: str = ""
    given: str = ""
    family_first: bool = False
    is_organisation: bool = False

    @property
    def is_east_asian(self) -> bool:
        """Written in Han characters or Hangul: never inverted, never abbreviated, no comma."""
        return bool(_HAN.search(self.name))

    @property
    def inverted(self) -> str:
        """As in "Quill, Ada", which exchange formats and indexes want; a whole name stays whole."""
        return f"{self.family}, {self.given}" if self.family and self.given else self.name

    @property
    def in_a_tag(self) -> str:
        """For `citation_author`: between two words and two words Zotero takes the comma for one between people."""
        return self.name if " " in self.family and " " in self.given else self.inverted


def person(name: str, family: str = "", given: str = "", *, family_first: bool = False) -> Person:
    """One who signed as `name`; the parts are those an editor knows, else what the name tells."""
    if family:
        return Person(name, family, given, family_first)
    parts = split_name(name)
    if parts.family:
        return Person(name, parts.family, parts.given, parts.family_first)
    return Person(name, is_organisation=is_organisation(name))


@dataclass(frozen=True, slots=True)
class Work:
    key: str  # letters and digits that no other work has
    title: str
    language: str  # BCP 47
    site: str  # where it stands
    address: str
    authors: tuple[Person, ...] = ()
    translators: tuple[Person, ...] = ()
    year: int = 0  # 0 where unknown, like month and day
    month: int = 0
    day: int = 0
    publication: str = ""  # where it first appeared, if that is another place
    accessed: dt.date | None = None
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    retracted: dt.date | None = None  # since when it stands no longer
    notices: tuple[str, ...] = ()  # what readers are told of it, retraction first, as sentences

    @property
    def container(self) -> str:
        return self.publication or self.site

    def date(self, divider: str) -> str:
        """The known parts of the date: "2025/09/28", "2025/09", "2025" or ""."""
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        known = bool(self.year) + bool(self.month) + bool(self.day)
        return divider.join(parts[:known])
