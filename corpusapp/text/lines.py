"""Break a title into lines that fit, as either writing does: Latin between words, Han between characters."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_MARKS = "，。、；：？！）》〉」』”’…—"
# a wide character with the marks that may not begin a line after it, or a word with its space
_PIECE = re.compile(rf"[（《〈「『“‘]*[{_WIDE}][{_MARKS}]*|[^\s{_WIDE}]+\s*|\s+")
_SOONER = re.compile(rf"[\s{_MARKS}]$")  # where a line rather ends than within a run of Han
_WITHIN_A_RUN = 0.12  # as bad as a line that leaves a third of the room empty


def broken(
    text: str,
    width: Callable[[str], float],
    room: float,
    most: int,
    *,
    within_words: bool = False,
) -> list[str] | None:
    """As few lines of `text` as may be, none wider than `room`, and these about as long as each other.

    None if there would be more than `most`, or a word does not fit; `within_words` such a word is
    broken where the room ends.
    """
    pieces = _PIECE.findall(text.strip())
    if not pieces:
        return []
    if within_words:
        pieces = [part for piece in pieces for part in _parted(piece, width, room)]
    with_space = [0.0, *accumulate(width(piece) for piece in pieces)]
    bare = [width(piece.rstrip()) for piece in pieces]

    def length(first: int, last: int) -> float:
        return with_space[last] - with_space[first] + bare[last]

    fewest = _fewest(len(pieces), length, room)
    if fewest is None or fewest > most:
        return None
    ends = _best_ends(pieces, length, room, fewest)
    starts = [0, *(end + 1 for end in ends[:-1])]
    lines = zip(starts, ends, strict=True)
    return ["".join(pieces[first : last + 1]).strip() for first, last in lines]


def _parted(piece: str, width: Callable[[str], float], room: float) -> list[str]:
    return [piece] if width(piece.rstrip()) <= room else list(piece)


def _fewest(pieces: int, length: Callable[[int, int], float], room: float) -> int | None:
    """The number of lines when each takes what it can; None if a piece is wider than the room."""
    lines, first = 0, 0
    while first < pieces:
        if length(first, first) > room:
            return None
        last = first
        while last + 1 < pieces and length(first, last + 1) <= room:
            last += 1
        lines, first = lines + 1, last + 1
    return lines


def _best_ends(
    pieces: Sequence[str], length: Callable[[int, int], float], room: float, lines: int
) -> list[int]:
    """The last piece of each line, so that the room left empty is shared out."""
    # by the number of pieces that stand on the lines so far: how bad, and where these lines end
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _line in range(lines):
        longer: dict[int, tuple[float, list[int]]] = {}
        for first, (bad, ends) in best.items():
            for last in range(first, len(pieces)):
                empty = 1 - length(first, last) / room
                if empty < 0:
                    break
                is_end = last == len(pieces) - 1
                worse = 0.0 if is_end or _SOONER.search(pieces[last]) else _WITHIN_A_RUN
                total = bad + empty * empty + worse
                if last + 1 not in longer or total < longer[last + 1][0]:
                    longer[last + 1] = (total, [*ends, last])
        best = longer
    return best[len(pieces)][1]
