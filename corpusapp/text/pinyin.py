"""Whether Latin letters spell a Chinese name: 杜起文 is Du Qiwen, and may be printed Qiwen Du or DU Qi-wen."""

import unicodedata
from functools import lru_cache

_LONGEST = 12  # characters of a name


@lru_cache(maxsize=2048)
def readings(character: str) -> frozenset[str]:
    """How a character is read, without its tones; ü is written u. Empty for what is not Chinese."""
    # large, and needed only where names are compared
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415

    told = pinyin_dict.get(ord(character), "")
    return frozenset(filter(None, map(_plain, told.split(","))))


def spells(latin: str, han: str) -> bool:
    """Whether `latin` (spaces, hyphens and case aside) reads exactly the characters of `han`."""
    letters = _plain(latin)
    if not letters or not han or len(han) > _LONGEST:
        return False
    ends = {0}
    for character in han:
        ends = {
            end + len(reading)
            for end in ends
            for reading in readings(character)
            if letters.startswith(reading, end)
        }
    return len(letters) in ends


def _plain(text: str) -> str:
    """Letters alone; "lv" and "lyu" as "lu", for nobody writes ü into an address."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(one for one in decomposed if "a" <= one <= "z")
    return letters.replace("lyu", "lu").replace("nyu", "nu").replace("v", "u")
