"""What an index is asked, as a tree that each engine writes in the language of its database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Union

EVERYTHING = "=all"  # a mark that every article has
Mark = str  # "=s3" section, "=o2" source, "=lzh.hans" language, "=y2015", "=a15" author, "=t4" tag, "=pdraft"


@dataclass(frozen=True, slots=True)
class Term:
    """A whole term of the analyser, or (`begins`) any that begins so; or a mark."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that follow one another."""

    terms: tuple[str, ...]
    begins: bool = False  # the last one may be the beginning of a term


@dataclass(frozen=True, slots=True)
class InTitle:
    what: Union["Term", "Phrase"]


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Expression", ...]


Expression = Term | Phrase | InTitle | All | AnyOf


def all_of(parts: Iterable[Expression]) -> Expression:
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else All(found)


def any_of(parts: Iterable[Expression]) -> Expression:
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else AnyOf(found)
