"""A change of a field as people read it: lines that go, lines that come, and a few around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 1  # unchanged lines shown beside changed ones


@dataclass(frozen=True, slots=True)
class DiffLine:
    sign: str  # "-" goes, "+" comes, " " stays, "…" stands for lines that stay and are not shown
    text: str


def diff(before: str, after: str) -> list[DiffLine]:
    """Line by line; a text's paragraphs are its lines."""
    old, new = _lines(before), _lines(after)
    shown: list[DiffLine] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            shown += _stays(
                old[old_from:old_to], is_first=old_from == 0, is_last=old_to == len(old)
            )
            continue
        shown += [DiffLine("-", text) for text in old[old_from:old_to]]
        shown += [DiffLine("+", text) for text in new[new_from:new_to]]
    return shown


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _stays(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[DiffLine]:
    head = 0 if is_first else _AROUND
    tail = 0 if is_last else _AROUND
    if len(lines) <= head + tail + 1:
        yield from (DiffLine(" ", text) for text in lines)
        return
    yield from (DiffLine(" ", text) for text in lines[:head])
    yield DiffLine("…", "")
    yield from (DiffLine(" ", text) for text in lines[len(lines) - tail :])
