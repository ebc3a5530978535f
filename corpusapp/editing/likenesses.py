"""Who a new name may be: the same name in another order, with initials, or in the other script.

Proposals only. Whether two names are one person, an editor says.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from django.db.models import Q, QuerySet, Value

from corpusapp.models import Author
from corpusapp.text.folding import fold
from corpusapp.text.names import han_surnames_read, person_key, split_name
from corpusapp.text.pinyin import readings, spells

_MOST_COMPARED = 300  # of those who share a part of the name
_MOST = 5
_MOST_NAMES = 6  # of one author, by which others are looked for
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
    known_as: str = ""  # the name of theirs that is alike, where it is another than the first


def proposals(author: Author) -> list[Proposal]:
    """Whom `author` may be, the likeliest first, by any name of the two.

    3 queries, and at most `_MOST_COMPARED` others compared.
    """
    mine = _names_of(author)
    return _likeliest(mine, _compared(author, mine).prefetch_related("names"))


def proposals_each(authors: Sequence[Author]) -> dict[int, list[Proposal]]:
    """The same for each of `authors`, whose names are prefetched. 3 queries, however many."""
    names = {author: _names_of(author) for author in authors}
    pairs = [
        Author.objects.filter(pk__in=_compared(author, mine).values("pk"))
        .order_by()
        .annotate(of=Value(author.pk))
        .values_list("pk", "of")
        for author, mine in names.items()
    ]
    # Django 6.1 would order the union by names that it does not select
    found = sorted(pairs[0].union(*pairs[1:], all=True).order_by()) if pairs else []
    known = Author.objects.prefetch_related("names").in_bulk({pk for pk, _of in found})
    others = defaultdict(list)
    for pk, of in found:
        if pk in known:  # nobody has deleted it just now
            others[of].append(known[pk])
    return {author.pk: _likeliest(mine, others[author.pk]) for author, mine in names.items()}


def _compared(author: Author, mine: list[str]) -> QuerySet[Author]:
    alike = Q()
    for name in mine[:_MOST_NAMES]:
        alike |= _may_be_alike(name)
    if not alike:
        return Author.objects.none()
    others = Author.objects.filter(alike, merged_into__isnull=True).exclude(pk=author.pk)
    return others.distinct().order_by("pk")[:_MOST_COMPARED]


def _likeliest(mine: list[str], others: Iterable[Author]) -> list[Proposal]:
    found = [proposal for other in others if (proposal := _proposal(mine, other))]
    order = list(Likeness)
    return sorted(found, key=lambda one: order.index(one.likeness))[:_MOST]


def _names_of(author: Author) -> list[str]:
    """The one most captures print, then the others."""
    return list(dict.fromkeys([str(author.name), *(str(one.text) for one in author.names.all())]))


def _proposal(mine: list[str], other: Author) -> Proposal | None:
    """The likeliest of what any two of their names have in common."""
    order = list(Likeness)
    found = [
        (order.index(likeness), place, likeness, theirs)
        for place, theirs in enumerate(_names_of(other))
        for name in mine
        if (likeness := likeness_of(name, theirs))
    ]
    if not found:
        return None
    _rank, place, likeness, theirs = min(found)
    return Proposal(other, likeness, theirs if place else "")


def _may_be_alike(name: str) -> Q:
    """Whose names share a part with this one: more than are alike, and few enough to be compared."""
    parts = split_name(name)
    if not (parts.family and parts.given):
        return Q(names__text__iexact=name)
    first = _INITIALS.split(parts.given)[0]
    alike = (
        Q(names__text__iexact=name)
        | Q(family_name__iexact=parts.family)
        | Q(family_name__iexact=first)
        | Q(family_name__iexact=parts.given)
        | Q(given_name__iexact=parts.family)
    )
    if _HAN.search(name):
        spelled = list(_spellings(parts.family, parts.given))
        return (
            alike
            | Q(sort_name__in=[f"{one} {two}" for one, two in spelled])
            | Q(names__key__in={person_key(f"{one} {two}") for one, two in spelled})
        )
    surnames = han_surnames_read(parts.family) | han_surnames_read(parts.given)
    alike |= Q(family_name__in=surnames)
    for surname in surnames:
        alike |= Q(names__text__startswith=surname)
    for part in dict.fromkeys((parts.family, first)):
        if len(part) > 1 and not part.endswith("."):  # an initial begins thousands
            alike |= Q(names__text__istartswith=f"{part} ") | Q(names__text__iendswith=f" {part}")
    return alike


def likeness_of(one: str, other: str) -> Likeness | None:
    """What two names have in common, if that can make them one person's."""
    if bool(_HAN.search(one)) != bool(_HAN.search(other)):
        han, latin = (one, other) if _HAN.search(one) else (other, one)
        return Likeness.SCRIPT if _reads(latin, han) else None
    if _bare(one) == _bare(other):
        return Likeness.ORDER
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
