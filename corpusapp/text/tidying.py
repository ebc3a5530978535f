"""Slips of typing in a text: found and offered one by one, never mended unasked.

Spaces before commas, on the wrong side of them and doubled ones, quotation marks the wrong way round, and
half-width punctuation beside Chinese characters. Code, addresses and what else is no prose are left
alone; an indented line is prose, for readers see it as such.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = "，。、；：！？）》」』"
_NO_PROSE = re.compile(
    r"^(?P<fence>`{3,20}|~{3,20})[^\n]*\n(?:.*\n)*?(?P=fence)[^\n]*$"  # a block of code
    r"|`[^`\n]{1,1000}`"
    r"|\]\([^()\n]{0,2000}\)"  # where a link leads
    r"|<[^<>\n]{1,2000}>"
    r"|(?:https?://|www\.)[^\s<>()]{1,2000}"
    r"|^[ \t]*\|.*$"  # a row of a table
    r"|&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
    # The number of a heading or an item: "二十一.背景"
    r"|^[ \t>#*+-]{0,16}[〇零一二三四五六七八九十百千]{1,9}\.(?!\.)",
    re.MULTILINE,
)
# A full stop behind one of these ends no sentence; Chinese may stand right before it, so no \b.
_SHORT = "".join(
    rf"(?<!(?<![A-Za-z]){word})"
    for word in (
        *("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "Ph", "Inc", "Ltd", "Co", "Corp"),
        *("No", "no", "Nos", "Fig", "fig", "Figs", "Vol", "vol", "Vols", "vols", "vs", "cf", "Cf"),
        *("al", "etc", "ed", "eds", "pp", "Art", "Sec", "Ch", r"e\.g", r"i\.e"),
    )
)
_DOUBLED = re.compile(r"(?<=\S)(?<!\\) {2,}(?=\S)")
_BEFORE_MARK = re.compile(r"(?<=[^\s\\|>#*_+-]) +(?=[,;:!?.](?:[\s\"'”’)\]]|$))", re.MULTILINE)
_BEFORE_MARK_FRENCH = re.compile(r"(?<=[^\s\\|>#*_+-]) +(?=[,.](?:[\s\"'”’)\]]|$))", re.MULTILINE)
_WRONG_SIDE = re.compile(rf"(?<=[^\s\\|>#*_+-]) +([,;])(?=[^\W\d_])(?![{_HAN}])")
_BEFORE_WIDE = re.compile(rf"(?<=[^\s>#*+-])[ \u3000]+(?=[{_WIDE}])")
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) +(?=[,;:!?.][{_HAN}])")
_HAN_BEFORE = rf"(?:(?<=[{_HAN}”’」』》）])|(?<=[{_HAN}] )|(?<=[{_HAN}]\*)|(?<=[{_HAN}]\*\*))"
# A picture begins with "![", and a full stop is none in "报告.pdf" and "……"
_HALF = re.compile(rf"{_HAN_BEFORE}(?:[,;:?]|!(?!\[)|\.(?![.A-Za-z0-9_])) *")
# Behind a number or a Latin word: where Chinese goes on, or a Chinese line ends; but not in "1.背景",
# "J.K.罗琳", "Mr. 王", "e.g. 王" and "Apple Inc."
_HALF_BETWEEN = re.compile(
    rf"(?<=[0-9A-Za-z%％°])[,;!?] *(?=[{_HAN}“‘「『《（])"
    rf"|(?<=[A-Za-z]):(?=[{_HAN}“‘「『《（])"
    rf"|(?:(?<=[a-z%％°])|(?<=[A-Z]{{2}}))(?<!\b[a-z]){_SHORT}\. *(?=[{_HAN}“‘「『《（])"
)
_HALF_AT_END = re.compile(
    rf"(?<=[0-9A-Za-z%％°])(?<!\b[A-Za-z])(?:[,;:!?]|{_SHORT}\.)(?=[ \t]*$)", re.MULTILINE
)
_A_HAN = re.compile(f"[{_HAN}]")
_HALF_BRACKETS = re.compile(rf"\((?=[^()\n]{{0,80}}[{_HAN}])([^()\n]{{1,80}})\)")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_REVERSED_OPENING = re.compile(r"(?<![^\s(\[“‘—–-])”(?=[^\W_])")
_REVERSED_CLOSING = re.compile(r"(?<=[^\W_]|[.,!?…])“(?=[\s.,;:!?)\]]|$)", re.MULTILINE)
_QUOTE = re.compile("[“”]")
_SIDE = 24  # characters shown beside a slip
MOST = 200


@dataclass(frozen=True, slots=True)
class Slip:
    """Put `after` in the place of text[start:end]."""

    kind: str  # "space", "side", "quote" or "width"
    start: int
    end: int
    after: str

    def shown(self, text: str) -> tuple[str, str, str, str]:
        """What stands before it, what goes, what comes, what stands after it; on one line."""
        before = text[max(0, self.start - _SIDE) : self.start].rpartition("\n")[2]
        behind = text[self.end : self.end + _SIDE].partition("\n")[0]
        return before, text[self.start : self.end], self.after, behind


def slips(text: str, language: str) -> list[Slip]:
    """The slips of a text (Markdown or plain), in its order, none touching another; `MOST` of them.

    `language` (BCP 47) says what is one: French sets a space before a colon, German closes with “.
    """
    prose = _NO_PROSE.sub(lambda match: "\x00" * len(match[0]), text)
    found = sorted(_all(prose, language), key=lambda slip: (slip.start, slip.end))
    apart: list[Slip] = []
    for slip in found:
        if not apart or slip.start >= apart[-1].end:
            apart.append(slip)
    return apart[:MOST]


def tidied(text: str, chosen: Collection[Slip]) -> str:
    """The text with these of its slips mended."""
    parts, end = [], 0
    for slip in sorted(chosen, key=lambda slip: slip.start):
        parts += [text[end : slip.start], slip.after]
        end = slip.end
    return "".join([*parts, text[end:]])


def _all(prose: str, language: str) -> Iterator[Slip]:
    main = language.partition("-")[0].lower()
    before_mark = _BEFORE_MARK_FRENCH if main == "fr" else _BEFORE_MARK
    for pattern in (before_mark, _BEFORE_WIDE):
        yield from (Slip("space", *match.span(), "") for match in pattern.finditer(prose))
    yield from (Slip("space", *match.span(), " ") for match in _DOUBLED.finditer(prose))
    for match in _WRONG_SIDE.finditer(prose):
        yield Slip("side", *match.span(), f"{match[1]} ")
    if main in {"zh", "ja"}:
        yield from (Slip("space", *match.span(), "") for match in _BETWEEN_HAN.finditer(prose))
        for pattern in (_HALF, _HALF_BETWEEN):
            for match in pattern.finditer(prose):
                yield Slip("width", *match.span(), _FULL[match[0][0]])
        for match in _HALF_AT_END.finditer(prose):
            line = prose.rfind("\n", 0, match.start()) + 1
            if _A_HAN.search(prose, line, match.start()):
                yield Slip("width", *match.span(), _FULL[match[0][0]])
        for match in _HALF_BRACKETS.finditer(prose):
            yield Slip("width", match.start(), match.start() + 1, "（")
            yield Slip("width", match.end() - 1, match.end(), "）")
    if main in {"en", "zh", "es", "pt", "ko"}:
        yield from _reversed(prose)


def _reversed(prose: str) -> Iterator[Slip]:
    """Quotation marks the wrong way round: whole pairs of a paragraph, else by what stands beside."""
    start = 0
    for line in prose.split("\n"):
        marks = list(_QUOTE.finditer(line))
        signs = "".join(match[0] for match in marks)
        if signs and signs == "”“" * (len(signs) // 2):
            for match in marks:
                turned = "“" if match[0] == "”" else "”"
                yield Slip("quote", start + match.start(), start + match.end(), turned)
        else:
            for pattern, turned in ((_REVERSED_OPENING, "“"), (_REVERSED_CLOSING, "”")):
                for match in pattern.finditer(line):
                    yield Slip("quote", start + match.start(), start + match.end(), turned)
        start += len(line) + 1
