"""Numbers of views: "views:1201", "阅读 5万+", "12,044次觀看", "1.2k views", alone or inside a line."""

import re

from corpusapp.extraction.vocabulary import alternatives, phrases

_WORDS = alternatives("views")
_VIEWS = re.compile(
    rf"(?:{_WORDS})\s?(?:数|量|次数|數)?\s?[:：(（]?\s?(?P<after>\d[\d,. ]{{0,40}})\s?(?P<after_unit>[kKmM万萬])?\+?\s?(?:次|人)?[)）]?"
    rf"|(?P<before>\d[\d,.]{{0,40}})\s?(?P<before_unit>[kKmM万萬])?\+?\s?(?:次|人)?\s?(?:{_WORDS})",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"(?:^|[\s|｜　])(?:(?:{_WORDS})\s?[:：(（]\s?\d[\d,.]{{0,14}}[kKmM万萬]?\+?\s?[次人]?[)）]?|\d[\d,.]{{0,14}}[万萬]?\+?\s?[次人](?:{_WORDS}))(?=[\s|｜　]|$)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FIRST_LETTERS = frozenset(
    letter for phrase in phrases("views") for letter in (phrase[0].lower(), phrase[0].upper())
)
_UNITS = {"k": 1_000, "m": 1_000_000, "万": 10_000, "萬": 10_000}
_MOST_VIEWS = 10**12
_LONGEST_SHORT = 10  # characters of a number before a unit


def counts_views(text: str) -> bool:
    """Whether nothing stands there but a counter of views."""
    return (text[0] in _FIRST_LETTERS or text[0].isdigit()) and bool(_VIEWS.fullmatch(text))


def views(text: str) -> int | None:
    """The number of a counter line; None where it is no believable one."""
    match = _VIEWS.fullmatch(text)
    if match is None:
        return None
    digits = (match["after"] or match["before"]).strip(" ,.")
    unit = _UNITS.get((match["after_unit"] or match["before_unit"] or "").lower())
    if unit:
        number = digits.replace(",", ".")
        short = number.count(".") <= 1 and len(number) < _LONGEST_SHORT
        return round(float(number) * unit) if short else None
    count = int("".join(filter(str.isdecimal, digits)))
    return count if count < _MOST_VIEWS else None


def views_inside(text: str) -> int | None:
    """The number of a counter that is a part of a line, as beside a date; None where there is none."""
    match = _INSIDE.search(text) if _DIGIT.search(text) else None  # most lines count nothing
    return views(match[0].strip(" |｜　")) if match else None
