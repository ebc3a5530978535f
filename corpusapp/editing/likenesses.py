"""Who a new name may be: the same name in another order, with initials, or in the other script.

Proposals only. Whether two names are one person, an editor says.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from django.db.models import Q

from corpusapp.models import Author
from corpusapp.text.folding import fold
from corpusapp.text.names import han_surnames_read, split_name
from corpusapp.text.pinyin import readings, spells

_MOST_COMPARED = 300  # of those who share a part of the name
_MOST = 5
_MOST_SPELLINGS = 64
_HAN = re.compile("[\u3400-\u9fff]")
_INITIALS = re.compile(r"[\s.\-]+")


class Likeness(StrEnum):
    ORDER = "order"
    INITIALS = "initials"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Proposal:
    author: Author
    likeness: Likeness


def proposals(author: Author) -> list[Proposal]:
    """Whom `author` may be, the likeliest first; 1 query, and at most `_MOST_COMPARED` names compared."""
    parts = split_name(author.name)
    if not parts.family or not parts.given:
        return []
    found = list(_found(author, parts.family, parts.given))
    order = list(Likeness)
    return sorted(found, key=lambda one: order.index(one.likeness))[:_MOST]


def _found(author: Author, family: str, given: str) -> Iterator[Proposal]:
    first = _INITIALS.split(given)[0]
    alike = (
        Q(family_name__iexact=family)
        | Q(family_name__iexact=first)
        | Q(family_name__iexact=given)
        | Q(given_name__iexact=family)
    )
    if _HAN.search(author.name):
        alike |= Q(sort_name__in=[f"{one} {two}" for one, two in _spellings(family, given)])
    else:
        alike |= Q(family_name__in=han_surnames_read(family) | han_surnames_read(given))
    others = Author.objects.filter(alike, merged_into__isnull=True).exclude(pk=author.pk)
    for other in others.order_by("pk")[:_MOST_COMPARED]:
        if likeness := likeness_of(author.name, other.name):
            yield Proposal(other, likeness)


def likeness_of(one: str, other: str) -> Likeness | None:
    """What two names have in common, if that can make them one person's."""
    if bool(_HAN.search(one)) != bool(_HAN.search(other)):
        han, latin = (one, other) if _HAN.search(one) else (other, one)
        return Likeness.SCRIPT if _reads(latin, han) else None
    mine, theirs = split_name(one), split_name(other)
    if not (mine.family and theirs.family and mine.given and theirs.given):
        return None
    names = {_bare(mine.family), _bare(mine.given)}
    if names == {_bare(theirs.family), _bare(theirs.given)}:
        return Likeness.ORDER
    if _bare(mine.family) == _bare(theirs.family) and _abbreviates(mine.given, theirs.given):
        return Likeness.INITIALS
    return None


def _bare(name: str) -> str:
    """Without case and accents: Núñez is printed Nunez as well."""
    letters = unicodedata.normalize("NFD", fold(name))
    return "".join(one for one in letters if not unicodedata.combining(one))


def _reads(latin: str, han: str) -> bool:
    """In either order: Du Qiwen, Qiwen Du."""
    parts, written = split_name(han), split_name(latin)
    if not (parts.family and parts.given and written.family and written.given):
        return False
    return any(
        spells(family, parts.family) and spells(given, parts.given)
        for family, given in (
            (written.family, written.given),
            (written.given, written.family),
        )
    )


def _abbreviates(one: str, other: str) -> bool:
    """Whether given names fit each other, one of them at least by an initial: "J. R." and "John"."""
    mine = [part for part in _INITIALS.split(one.casefold()) if part]
    theirs = [part for part in _INITIALS.split(other.casefold()) if part]
    pairs = list(zip(mine, theirs, strict=False))
    return (
        bool(pairs)
        and all(a.startswith(b) or b.startswith(a) for a, b in pairs)
        and any(len(a) == 1 or len(b) == 1 or len(mine) != len(theirs) for a, b in pairs)
    )


def _spellings(family: str, given: str) -> Iterator[tuple[str, str]]:
    """How a Chinese name may stand in Latin letters, as sort names have it."""
    read = [sorted(readings(one)) for one in family + given]
    for syllables in islice(product(*read), _MOST_SPELLINGS):
        surname = "".join(syllables[: len(family)])
        rest = syllables[len(family) :]
        for joint in ("", " ", "-"):
            name = joint.join(rest)
            yield surname, name
            yield name, surname
