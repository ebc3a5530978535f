"""The one analyser of search: the same for text and query, on every database.

A text becomes *terms*. A run of Han, kana, Hangul, Thai or Khmer letters becomes overlapping pairs and
its last letter alone ("全球治理" -> 全球 球治 治理 理), so that any two of its letters are found as a pair,
any three or more as pairs that follow one another, and one alone as the beginning of a pair. Any
other word becomes its stem, `JOIN`, and what the word has beyond the stem ("running" -> "run_ning"): its
stem is what begins with "run_", its exact form is the whole term, and the index holds each word once.

Before that: NFKC, case, accents, curly marks and possessives are levelled, and Traditional characters
become Simplified ones by a table of single characters (`data/simplified.txt`; its recipe is
`tests/text/make_simplified.py`).
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import zip_longest
from operator import add
from typing import Any, Protocol, cast

import Stemmer

ANALYSER_VERSION = 1  # of what is indexed: raise it when the same text gives other terms

JOIN = "_"  # between a stem and the rest of the word; no word holds one
LONGEST_TERM = 60  # characters of a word; the rest of a longer one is not searched
_REMEMBERED = 20_000  # different words, per language

# Scripts that put no space between words, or (Hangul) hang particles on them
_PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d\u309e"
    "\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs and accents that Python does not count as word characters
_SIGNS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0dff\u0f18-\u0fbc"
_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\uff07\u0060\u00b4"
_WORD = rf"[^\W_{_PAIRED}]+(?:[{_SIGNS}]+[^\W_{_PAIRED}]*)*"
RUN = re.compile(
    rf"[A-Za-z0-9]++(?![^\x00-\x7f]|['`])"  # most words of most texts, the quick way
    rf"|[{_PAIRED}]+|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*"
)
_ASCII_RUN = re.compile(r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")
_ASCII_MARKS = "'`"  # that may stand within a word
# ASCII as the words of a text: in small letters, all else parts them
_SPACED = "".join(
    chr(code).lower() if chr(code).isalnum() or chr(code) in _ASCII_MARKS else " "
    for code in range(128)
)
# What makes English texts other than ASCII
_TYPOGRAPHY = (
    ("\u2019", "'"), ("\u2018", "'"), ("\u201c", " "), ("\u201d", " "), ("\u2013", " "), ("\u2014", " "),
    ("\u2026", " "), ("\u2022", " "), ("\u00a0", " "),
)  # fmt: skip
_LONG = 400  # characters
_MOSTLY = 5  # of nine or more runs
_ELSEWHERE = "\ue000"  # no letter: where terms of another kind stand
_PAIRED_FIRST = re.compile(f"[{_PAIRED}]")
_FIRST_PAIRED = "\u0e00"
_POSSESSIVE = re.compile(f"(?<=.)[{_APOSTROPHES}][sS\uff33\uff53]$")
_ELIDED = re.compile(
    f"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|[dn]ell|all|sull|un|gl)[{_APOSTROPHES}](?=..)",
    re.IGNORECASE,
)
_ELIDING = frozenset({"fr", "it", "ca"})
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670]")
_STROKES = str.maketrans({
    "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t", "ς": "σ", "\u0640": "",
})  # fmt: skip

# The stemmer of a language; what is none of these and not in `_UNSTEMMED` is stemmed as English,
# because that is what Latin words in Chinese or Japanese texts mostly are.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "nn": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LIKE_ENGLISH = frozenset({"zh", "ja", "ko", "th", ""})


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - PyStemmer's name


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the characters of the text that it stands for."""

    term: str
    start: int
    end: int


def is_paired(text: str) -> bool:
    """Whether `text` begins with a letter of a script whose runs become pairs."""
    return text >= _FIRST_PAIRED and _PAIRED_FIRST.match(text) is not None


def stemming(language: str) -> str:
    """Which rules a language (BCP 47) is analysed by: "en" for zh-Hans, "de" for de-AT, "" for none."""
    primary = language.partition("-")[0].lower()
    if primary in _LIKE_ENGLISH:
        return "en"
    return primary if primary in _STEMMERS else ""


def stem_of(term: str) -> str:
    """What a term shares with other forms of its word: "run_" of "run_ning", a pair itself."""
    stem, join, _rest = term.partition(JOIN)
    return stem + join


def word_of(term: str) -> str:
    """The folded word that a term stands for: "running" of "run_ning", "happy" of "happi_1y"."""
    stem, join, rest = term.partition(JOIN)
    if not join or not rest:
        return stem
    if rest.startswith(_CUT):
        return stem[: len(stem) - int(rest[1])] + rest[2:]
    return stem + rest


_CUT = "."  # and a digit: so many letters of the stem are not the word's


class Analyser(dict[str, str]):
    """Terms of runs, remembered: the words of a text are few and come again.

    As a dictionary it gives the terms of a run of `RUN`, joined by spaces.
    """

    def __init__(self, rules: str) -> None:
        super().__init__()
        self._elides = rules in _ELIDING
        name = _STEMMERS.get(rules)
        self._stemmer = cast("_Stems", Stemmer.Stemmer(name, 0)) if name else None

    def terms(self, text: str) -> list[str]:
        """All terms of `text`, in order; a term stands behind another as in the text."""
        return self.joined(text).split()

    def joined(self, text: str) -> str:
        """The same with a space between them, as an index takes it."""
        return self.analysed(text)[0]

    def analysed(self, text: str) -> tuple[str, set[str]]:
        """`joined`, and the terms of its words: each once or more, in any order, and perhaps pairs."""
        if len(self) > _REMEMBERED:
            self.clear()
        for mark, plain in _TYPOGRAPHY:
            text = text.replace(mark, plain)
        if text.isascii():
            found = self._of_ascii(text)
        elif len(text) < _LONG:
            found = list(map(self.__getitem__, RUN.findall(text)))
        else:
            lines = text.split("\n")
            if 2 * sum(map(str.isascii, lines)) > len(lines):  # some foreign names among English
                found = [terms for line in lines for terms in self._of_line(line)]
            else:
                runs = RUN.findall(text)
                if sum(map(is_paired, runs[:: max(1, len(runs) // 9)])) > _MOSTLY:
                    return self._of_many(runs)
                found = list(map(self.__getitem__, runs))
        return " ".join(found), _parted(found)

    def _of_ascii(self, text: str) -> list[str]:
        """Parted at spaces; what else hangs on a word is seen to once for all places."""
        return list(filter(None, map(self.__getitem__, text.translate(_SPACED).split())))

    def _of_line(self, line: str) -> list[str]:
        if line.isascii():
            return self._of_ascii(line)
        return list(map(self.__getitem__, RUN.findall(line)))

    def _of_many(self, runs: Sequence[str]) -> tuple[str, set[str]]:
        """Of many runs, most of which become pairs: all pairs at once, other terms put between."""
        others: list[str] = []
        parts: list[str] = []
        for run in runs:
            if is_paired(run):
                parts.append(run)
            elif terms := self[run]:
                parts.append(_ELSEWHERE)
                others.append(terms)
        pieces = _many_pairs(parts).split(_ELSEWHERE)
        texts = (piece for two in zip_longest(pieces, others, fillvalue="") for piece in two)
        return "".join(texts), _parted(others)

    def tokens(self, text: str) -> Iterator[Token]:
        """The same terms with their places in `text`."""
        for run in RUN.finditer(text):
            start, end = run.span()
            if _PAIRED_FIRST.match(text, start):
                yield from _pairs_at(self[run[0]].split(), start, end)
                continue
            for term in self[run[0]].split():
                yield Token(term, start, end)

    def __missing__(self, run: str) -> str:
        if is_paired(run):
            return _pairs(run)  # not remembered: hardly any comes again
        # most words are letters of ASCII and nothing to be levelled but their case
        if run.isascii() and run.isalnum():
            found = self._term(run.lower())
        elif run[0] in _ASCII_MARKS or run[-1] in _ASCII_MARKS or "''" in run:
            found = " ".join(map(self.__getitem__, _ASCII_RUN.findall(run)))  # of `_of_ascii`
        else:
            found = " ".join(self._terms_of(run))
        if len(run) <= LONGEST_TERM:
            self[run] = found
        return found

    def _terms_of(self, run: str) -> Iterator[str]:
        run = _POSSESSIVE.sub("", run)
        if self._elides:
            run = _ELIDED.sub("", run)
        for part in RUN.findall(fold_word(run)):
            if _PAIRED_FIRST.match(part):
                yield from _pairs(part).split()
            else:
                yield self._term(part)

    def _term(self, word: str) -> str:
        word = word[:LONGEST_TERM]
        if self._stemmer is None or not word.isalpha():
            return word + JOIN
        stem = self._stemmer.stemWord(word)
        if not stem or stem == word:
            return word + JOIN
        if word.startswith(stem):
            return f"{stem}{JOIN}{word[len(stem) :]}"
        common = next(
            (at for at, (one, other) in enumerate(zip(stem, word, strict=False)) if one != other),
            min(len(stem), len(word)),
        )
        if len(stem) - common > 9:  # noqa: PLR2004 - one digit; no stemmer changes that much
            return word + JOIN
        return f"{stem}{JOIN}{_CUT}{len(stem) - common}{word[common:]}"


@lru_cache(maxsize=64)
def analyser(language: str) -> Analyser:
    """The analyser of a language (BCP 47); those of one set of rules are one."""
    rules = stemming(language)
    return _by_rules(rules)


@lru_cache(maxsize=64)
def _by_rules(rules: str) -> Analyser:
    return Analyser(rules)


def fold_word(run: str) -> str:
    """A word without what readers do not tell apart: width, case, accents, apostrophes."""
    if run.isascii():
        return run.lower().replace("'", "").replace("`", "")
    folded = unicodedata.normalize("NFKC", run).casefold().translate(_STROKES)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    return _LEVELLED.sub("", unicodedata.normalize("NFKC", bare))


_LEVELLED = re.compile(f"[{_APOSTROPHES}\u2044]")


def simplified(text: str) -> str:
    """`text` with Simplified characters in place of Traditional ones, one for one."""
    return text.translate(_table())


@lru_cache(maxsize=1)
def _table() -> dict[int, int | str]:
    data = resources.files("corpusapp.text") / "data" / "simplified.txt"
    traditional, simple = data.read_text("utf-8").split()
    compatible: dict[int, int | str] = {
        code: folded
        for code in range(0xF900, 0xFB00)
        if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1
    }
    return compatible | str.maketrans(traditional, simple)


def traditional(character: str) -> str:
    """All characters that become this one in `simplified`, itself apart; "" if none does."""
    return _kin().get(character, "")


@lru_cache(maxsize=1)
def _kin() -> dict[str, str]:
    kin: dict[str, str] = {}
    for code, simple in _table().items():
        character = simple if isinstance(simple, str) else chr(simple)
        kin[character] = kin.get(character, "") + chr(code)
    return kin


def _pairs(run: str) -> str:
    """The pairs of a run and its last letter, a space between them."""
    run = run.translate(_table())
    return " ".join([*map(add, run, run[1:]), run[-1]])


def _parted(found: Collection[str]) -> set[str]:
    """Each term by itself; nearly all are, and those that come again are the same objects."""
    known = set(found)
    several = [terms for terms in known if " " in terms]
    known.difference_update(several)
    known.update(*map(str.split, several))
    return known


def _many_pairs(runs: Sequence[str]) -> str:
    """What `_pairs` gives for each of these, a space between each two terms."""
    import numpy as np  # noqa: PLC0415 - no worker that serves readers analyses whole texts

    joined = "\n".join([*runs, ""])
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    if codes.max(initial=0) >= _PLANE:
        return " ".join(map(_pairs, runs))
    codes = _levelled()[codes]
    end, space = ord("\n"), ord(" ")
    rows = np.full((len(codes), 3), space, np.uint32)
    rows[:, 0] = codes
    rows[:-1, 1] = codes[1:]
    rows = rows[codes != end]
    rows[rows == end] = space
    text: str = rows.tobytes().decode("utf-32-le")
    return text.replace("  ", " ").strip()


_PLANE = 0x10000


@lru_cache(maxsize=1)
def _levelled() -> Any:
    """Each character of the basic plane as `simplified` has it, by its code."""
    import numpy as np  # noqa: PLC0415 - as above

    table = np.arange(_PLANE, dtype=np.uint32)
    for code, simple in _table().items():
        if code < _PLANE:
            table[code] = simple if isinstance(simple, int) else ord(simple)
    return table


def _pairs_at(terms: list[str], start: int, end: int) -> Iterator[Token]:
    for at, term in enumerate(terms, start):
        yield Token(term, at, min(at + 2, end))
