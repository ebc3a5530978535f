"""One text in the other Chinese script: characters change, words and protected spans do not.

OpenCC's plain configurations are used (`s2tw`, `tw2s`, `s2hk`, `hk2s`) and never those that put other
words into an author's mouth. Quotation marks follow the script: “ ” in Simplified, 「 」 in Traditional.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

VERSION = "1"
"""Raise it when the same text would be converted otherwise."""

_CONFIGURATIONS = {
    ("Hant", "tw"): "s2tw",
    ("Hans", "tw"): "tw2s",
    ("Hant", "hk"): "s2hk",
    ("Hans", "hk"): "hk2s",
}
OTHER = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ADDRESS = r"(?:https?://|www\.)[^\s<>“”「」，。）)]+|[\w.+-]+@[\w-]+\.[\w.-]+"
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>""")
_UNTOUCHED = frozenset({"code", "pre"})
_VOID = frozenset({"br", "hr", "img"})
_KEPT = 'translate="no"'
# of Markdown, what is no prose: code, marked spans, and where links and pictures lead
_NOT_PROSE = r"```[\s\S]*?(?:```|\Z)|`[^`\n]*`|-\{[^{}\n]*\}-|(?<=\])\([^()\n]*\)"
_TO_CORNERS = str.maketrans("“”", "「」")
_TO_CURLY = str.maketrans("「」『』", "“”‘’")
# a single quote, unless it is the apostrophe of a word in Latin letters
_SINGLE = re.compile(r"(?<![A-Za-z0-9])‘|(?<![A-Za-z])’|’(?![A-Za-z])(?<![A-Za-z]’)")


@dataclass(frozen=True)
class Converter:
    """Into `script` ("Hans" or "Hant"); `words` are spans with what stands for them there."""

    script: str
    variant: str = "tw"
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def maker(self) -> str:
        """What a result was made with; another one means that it should be made anew."""
        return f"{VERSION} {_CONFIGURATIONS[self.script, self.variant]}"

    def text(self, text: str) -> str:
        """A line or a paragraph of plain words."""
        if not _HAN.search(text):
            return text
        return self._between(self._protected, text)

    def html(self, html: str) -> str:
        """The text nodes of sanitised HTML; code and what is marked `translate="no"` stay."""
        parts, end, untouched = [], 0, ""
        depth = 0
        for tag in _TAG.finditer(html):
            between = html[end : tag.start()]
            parts += [between if untouched else self.text(between), tag[0]]
            end = tag.end()
            closes, name, attributes = tag.groups()
            if name in _VOID:
                continue
            if untouched:
                if name == untouched:
                    depth += -1 if closes else 1
                    untouched = untouched if depth else ""
            elif not closes and (name in _UNTOUCHED or _KEPT in attributes):
                untouched, depth = name, 1
        return "".join([*parts, html[end:] if untouched else self.text(html[end:])])

    def markdown(self, source: str) -> str:
        """A body in Markdown, for an editor to go on with."""
        return self._between(self._not_prose, source)

    def _between(self, kept: re.Pattern[str], text: str) -> str:
        parts, end = [], 0
        for match in kept.finditer(text):
            word = match[0]
            parts += [self._converted(text[end : match.start()]), self.words.get(word, word)]
            end = match.end()
        return "".join([*parts, self._converted(text[end:])])

    def _converted(self, text: str) -> str:
        if not text:
            return text
        converted = _opencc(_CONFIGURATIONS[self.script, self.variant])(text)
        if self.script == "Hans":
            return converted.translate(_TO_CURLY)
        return _SINGLE.sub(_corner, converted.translate(_TO_CORNERS))

    @property
    def _protected(self) -> re.Pattern[str]:
        return _pattern(tuple(self.words), _ADDRESS)

    @property
    def _not_prose(self) -> re.Pattern[str]:
        return _pattern(tuple(self.words), f"{_NOT_PROSE}|{_ADDRESS}")


def _corner(match: re.Match[str]) -> str:
    return "『" if match[0] == "‘" else "』"


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...], others: str) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, longest_first), others]))


@lru_cache(maxsize=4)
def _opencc(configuration: str) -> Callable[[str], str]:
    # its dictionaries take some 40 MB, which a process that only reads renditions never needs
    from opencc import OpenCC  # noqa: PLC0415

    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert
