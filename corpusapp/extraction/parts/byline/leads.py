"""Words that open a byline ("By", "Text:", "文/", "Written by") or tell another part in a piece."""

import re
from functools import lru_cache

from corpusapp.extraction.article import Role
from corpusapp.extraction.parts.byline.parsing import names_in
from corpusapp.extraction.vocabulary import folded, phrases, roles
from corpusapp.text.folding import fold

ROLES = roles()
LEAD_ALONE = folded("by", "by_colon")
ROLE_ALONE = frozenset(ROLES)
_DESK = tuple(folded("desk"))


def _alternatives(words: list[str], space: str) -> str:
    escaped = (re.escape(word).replace(r"\ ", space) for word in words)
    return "|".join(sorted(escaped, key=len, reverse=True))


_LATIN_BY = _alternatives([p for p in phrases("by") if p[0] < "\u2e80"], r"\s")
_HAN_BY = _alternatives([p for p in phrases("by") if p[0] >= "\u2e80"], r"\s?")
_COLON_BY = _alternatives(list(phrases("by_colon")), r"\s")
_LED_BY = re.compile(
    rf"[-–—|•·(\[（【]?\s?(?:(?P<lead>{_LATIN_BY})(?:\s{{0,2}}[:：|/]\s{{0,3}}|\s{{1,4}})"
    rf"|(?P<colon>{_COLON_BY})\s?[:：]\s{{0,3}}"
    rf"|(?P<han>{_HAN_BY})(?:\s{{0,2}}[:：/／|｜丨]\s{{0,3}}|\s{{1,4}}))(?=\S)",
    re.IGNORECASE,
)
_OTHER_ROLE = re.compile(
    rf"[(\[（【]?\s?(?P<lead>{_alternatives(list(ROLES), r'[ -]')})\s{{0,2}}"
    r"(?P<colon>[:：/|｜丨]|(?<=by)\s|(?<=von)\s|(?<=por)\s|(?<=par)\s)\s{0,3}(?=\S)",
    re.IGNORECASE,
)
# The capture sets lead and name without a space between: "ByAnn Lee", "Geschrieben vonAnn Lee".
_GLUED_BY = re.compile(
    r"(?:(?:Written|Posted|Geschrieben|Text|Escrito|Écrit)\s)?(?:By|Von|by|von|Por|Par|por|par|Door|Di)(?=[A-ZÄÖÜÉ][a-zß-ÿ])"
)
_GLUED_STARTS = ("by", "von", "geschrieben", "posted")
_GLUED_LETTERS = frozenset(start[0] for start in _GLUED_STARTS)
FIRST_WORDS = frozenset(
    fold(word).split(" ", maxsplit=1)[0] for word in [*phrases("by"), *phrases("by_colon"), *ROLES]
)
_HAN_FIRST = frozenset(word[0] for word in FIRST_WORDS if word and word[0] > "\u2e80")
GLUING_LETTERS = (
    _GLUED_LETTERS | _HAN_FIRST
)  # with which a word may begin that is none of `FIRST_WORDS`, and leads

_SHORT = 200  # characters; longer lines are not kept

Led = tuple[tuple[tuple[str, str], ...], Role | None]


def may_lead(key: str) -> bool:
    """Whether the folded line `key` can begin with a lead at all: a quick look before the patterns."""
    return bool(key) and first_may_lead(key.partition(" ")[0])


def first_may_lead(word: str) -> bool:
    """The same of the first word of a folded line."""
    if word in FIRST_WORDS:
        return True
    first = word[:1]
    return (first in _GLUED_LETTERS and word.startswith(_GLUED_STARTS)) or first in _HAN_FIRST


def names_desk(key: str) -> bool:
    """Whether the folded line `key` tells who put the page up: "责任编辑：李明"."""
    return key.startswith(_DESK)


def led_names(text: str) -> Led | None:
    """((name, post), …) and role of a line that a lead word opens; None where none does.

    The role is None for people who are neither author nor of a kept role (photographers).
    """
    return _remembered(text) if len(text) <= _SHORT else _led_names(text)


def _led_names(text: str) -> Led | None:
    match = _LED_BY.match(text)
    lead = (match["lead"] or match["colon"] or match["han"]) if match else ""
    if (other := _OTHER_ROLE.match(text)) and len(other["lead"]) >= len(lead):
        role = ROLES.get(fold(other["lead"]), "")
        return names_in(text[other.end() :], led=True), Role(role) if role else None
    if match is None and (glued := _GLUED_BY.match(text)):
        names = names_in(text[glued.end() :])
        return (names, Role.AUTHOR) if names else None
    if match is None:
        return None
    rest = text[match.end() :]
    small = (match["lead"] or "X")[0].islower()
    if small and rest[0].islower() and " " in rest.strip():
        return None
    names = names_in(rest, led=True)
    return (names, Role.AUTHOR) if names else None


_remembered = lru_cache(maxsize=1024)(_led_names)  # several judges ask about a line
