"""What looks like a name, by its letters and a few words alone.

People: "Ann Lee", "Ludwig van Beethoven", "BO KARLSSON", "杜起文", "安格拉·默克尔", "大渡 美咲". After a lead
word organisations, single names and handles sign as well: "By The Harbour Times Staff", "by jancak".
"""

import re
from functools import lru_cache

from corpusapp.extraction.vocabulary import folded, phrases
from corpusapp.text.folding import fold, fold_words
from corpusapp.text.given_names import GIVEN_NAMES
from corpusapp.text.names import reads_family_first, split_name

LONGEST_NAME = 45
_MOST_TOKENS = 5
_LONGEST_SIGNATURE = 60
_LONGEST_HAN_SIGNATURE = 14
NO_NAMES = folded("no_names")
SECTIONS = folded("sections")
POSTS = folded("posts")
# Words of menus that are family names as well, after a given name.
_SURNAMES_TOO = frozenset(
    str.split(
        "west north south east best read may march street page story key full part min street"
    )
)
_HAN_POSTS = tuple(post for post in POSTS if post[0] > "\u2e80")
_ORGANISATIONS = folded("organisations")
_HAN_ORGANISATIONS = tuple(word for word in _ORGANISATIONS if word[0] > "\u2e80")
JOINS = frozenset(phrases("joins"))
TOKEN = re.compile(
    r"(?:[^\W\d_]\.(?:-?[^\W\d_]\.){0,2}|[^\W\d_][\w’'.‘-]{0,24}|[^\W\d_][’'][\w-]{1,20}|St\.)"
)
PARTICLES = frozenset(
    str.split(
        "van von der den de di da del della dos das du la le al el bin ibn ter ten zu af av y e und"
    )
)
HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HAN_NAME = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_DOTTED_NAME = re.compile("[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3}")
_JAPANESE_NAME = re.compile("[\u4e00-\u9fff々ヶ]{1,3}\\s[\u4e00-\u9fff々\u3040-\u30ff]{1,4}")
_HANGUL_NAME = re.compile("[\uac00-\ud7a3]{2,4}")
_HANDLE = re.compile(r"(?:@|u/)?[^\W_][\w.-]{1,24}")
_NO_SIGNATURES = NO_NAMES | folded("by_colon", "name_tails")  # "By Author"
_NO_HAN_NAMES = SECTIONS | NO_NAMES
_SMALL_IN_ORGANISATIONS = frozenset(("&", "of", "the", "for", "and", "in", "-", "–", "für", "und"))


def is_name(text: str) -> bool:
    """Whether `text` looks like the name of one person, by its letters alone."""
    if not 2 <= len(text) <= LONGEST_NAME:  # noqa: PLR2004
        return False
    if HAN.search(text):
        return is_han_name(text)
    tokens = text.split()
    if not 2 <= len(tokens) <= _MOST_TOKENS:  # noqa: PLR2004
        return False
    strong = 0
    for token in tokens:
        bare = token.strip(",.")
        if bare.lower() in PARTICLES:
            continue
        if not TOKEN.fullmatch(token.rstrip(",")) or not token[0].isupper():
            return False
        if len(bare) > 1 and _is_no_name(bare.casefold(), tokens):
            return False
        strong += len(bare) > 1
    return (
        strong >= 1
        and (tokens[0][0].isupper() or tokens[0].lower() in PARTICLES)
        and tokens[-1][0].isupper()
    )


def _is_no_name(word: str, tokens: list[str]) -> bool:
    """Whether a folded word speaks against a name; "West" does not in "Ann West"."""
    if word.endswith(("'s", "’s")):
        return True
    if word not in NO_NAMES:
        return False
    return word not in _SURNAMES_TOO or tokens[0].casefold() not in GIVEN_NAMES


def is_han_name(text: str) -> bool:
    """A name in Chinese, Japanese or Korean letters that begins with a known family name."""
    if _DOTTED_NAME.fullmatch(text):
        return True
    if _JAPANESE_NAME.fullmatch(text):
        return not all(len(part) > 1 and split_name(part).family for part in text.split())
    plain = _HAN_NAME.fullmatch(text) or _HANGUL_NAME.fullmatch(text)
    return bool(plain and split_name(text).family) and text not in _NO_HAN_NAMES


def is_person(text: str) -> bool:
    """A name that begins with a known given name, or a Chinese, Japanese or Korean one."""
    return is_name(text) and (bool(HAN.search(text)) or has_given_name(text))


@lru_cache(maxsize=4096)  # each name of a page is asked about several times
def has_given_name(text: str) -> bool:
    """Whether its first word is a known given name, or the whole a Chinese name in Latin letters."""
    words = fold_words(text)
    if not words or words[0] in GIVEN_NAMES:
        return bool(words)
    return len(words) <= 3 and reads_family_first(text)  # noqa: PLR2004


def is_organisation(text: str) -> bool:
    """Whether a word of it names a paper, an agency, a desk or the like."""
    if HAN.search(text):
        return text.endswith(_HAN_ORGANISATIONS)
    return any(word in _ORGANISATIONS for word in fold_words(text))


def is_signature(text: str) -> bool:
    """A name after a lead word: capitalised, a few words; a person, an organisation, a handle."""
    tokens = text.split()
    if not 1 <= len(tokens) <= 7 or len(text) > _LONGEST_SIGNATURE:  # noqa: PLR2004
        return False
    if HAN.search(text):
        letters = all(letter.isalnum() or letter in "·・_-~ ." for letter in text)
        return letters and len(text) <= _LONGEST_HAN_SIGNATURE and not is_han_post(text)
    if len(tokens) == 1:
        return (
            bool(_HANDLE.fullmatch(text))
            and not text.isdigit()
            and fold(text) not in _NO_SIGNATURES
        )
    capitals = sum(
        token[0].isupper()
        or not (token[0].islower() or token[0].isdigit())
        or token.lower() in PARTICLES
        or token in _SMALL_IN_ORGANISATIONS
        for token in tokens
    )
    unlikely = sum(token.casefold().strip(",.") in NO_NAMES for token in tokens)
    likely = (
        unlikely == 0
        or is_organisation(text)
        or (unlikely == 1 and has_given_name(text) and len(tokens) <= 3)  # noqa: PLR2004
    )
    return (
        capitals == len(tokens) and (tokens[0][0].isupper() or not tokens[0].isascii()) and likely
    )


def is_post(text: str) -> bool:
    """Whether a word of it tells a post or an affiliation."""
    return any(word in POSTS for word in fold_words(text)) or is_han_post(text)


def is_han_post(word: str) -> bool:
    return word.endswith(_HAN_POSTS)


def undoubled(name: str) -> str:
    """A name printed twice, once: "Ann Lee Ann Lee", "Joe S. Joe S."."""
    half = len(name) // 2
    if name[:half] == name[half + 1 :] and " " in name[:half]:
        return name[:half]
    return name
