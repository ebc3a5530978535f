"""What changed between two texts, word by word: what goes, what comes, and what stays around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# A word, one character of a script without spaces, a run of white space, or any other character
_TOKEN = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    "|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\\s+|."
)
_MOST = 3_000  # tokens of a paragraph that are compared one by one; longer ones go and come whole
_MOST_LINES = 4_000  # paragraphs that are aligned; beyond, each is compared with its counterpart
_ALIKE = 0.3  # below, two paragraphs are two, and no change of one
_AROUND = 1  # unchanged paragraphs shown beside changed ones


@dataclass(frozen=True, slots=True)
class Part:
    """Words that go ("-"), come ("+") or stay (" ")."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the comparison; without parts, it stands for some that are not shown."""

    parts: tuple[Part, ...]

    @property
    def is_gap(self) -> bool:
        return not self.parts

    @property
    def stays(self) -> bool:
        return all(part.sign == " " for part in self.parts)


def compare(before: str, after: str, *, whole: bool = False) -> list[Paragraph]:
    """From `before` to `after`, paragraph by paragraph; `whole` shows those that stay, too."""
    old, new = _paragraphs(before), _paragraphs(after)
    shown: list[Paragraph] = []
    for tag, old_from, old_to, new_from, new_to in _opcodes(old, new):
        if tag == "equal":
            same = [Paragraph((Part(" ", text),)) for text in old[old_from:old_to]]
            is_first, is_last = old_from == 0, old_to == len(old)
            shown += same if whole else _around(same, is_first=is_first, is_last=is_last)
            continue
        for one, other in zip_longest(old[old_from:old_to], new[new_from:new_to]):
            shown += _changed(one, other)
    return shown


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) > _MOST_LINES:
        yield ("replace", 0, len(old), 0, len(new))
        return
    yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _changed(before: str | None, after: str | None) -> Iterator[Paragraph]:
    if before is None or after is None:
        sign, text = ("+", after) if before is None else ("-", before)
        yield Paragraph((Part(sign, text or ""),))
        return
    if before == after:
        yield Paragraph((Part(" ", before),))
        return
    parts = tuple(words(before, after))
    stays = sum(len(part.text) for part in parts if part.sign == " ")
    if stays < _ALIKE * max(len(before), len(after)):
        yield Paragraph((Part("-", before),))
        yield Paragraph((Part("+", after),))
        return
    yield Paragraph(parts)


def words(before: str, after: str) -> Iterator[Part]:
    """The change of one paragraph; neighbouring words of one sign are one part."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield Part(" ", "".join(old[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    if tail:
        yield Part(" ", "".join(old[-tail:]))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    if max(len(old), len(new)) > _MOST:
        codes = [("replace", 0, len(old), 0, len(new))]
    else:
        codes = _without_islands(old, SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    for tag, old_from, old_to, new_from, new_to in codes:
        if tag == "equal":
            yield Part(" ", "".join(old[old_from:old_to]))
            continue
        if old_from < old_to:
            yield Part("-", "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield Part("+", "".join(new[new_from:new_to]))


def _without_islands(
    old: Sequence[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[tuple[str, int, int, int, int]]:
    """Join changes that only white space parts: nobody reads word by word what is one change."""
    joined: list[tuple[str, int, int, int, int]] = []
    for place, code in enumerate(codes):
        tag, old_from, old_to, _new_from, new_to = code
        is_island = (
            tag == "equal"
            and 0 < place < len(codes) - 1
            and not "".join(old[old_from:old_to]).strip()
        )
        if joined and joined[-1][0] != "equal" and (is_island or tag != "equal"):
            _tag, start, _end, new_start, _new_end = joined[-1]
            joined[-1] = ("replace", start, old_to, new_start, new_to)
        else:
            joined.append(code)
    return joined


def _around(same: list[Paragraph], *, is_first: bool, is_last: bool) -> list[Paragraph]:
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if len(same) <= head + tail + 1:
        return same
    return [*same[:head], Paragraph(()), *same[len(same) - tail :]]
