"""Break a title into lines that fit, as either writing does: Latin between words, Han between characters."""

import re
from collections.abc import Callable

_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
# a wide character with the marks that may not begin a line after it, or a word with its space
_PIECE = re.compile(rf"[（《〈「『“‘]*[{_WIDE}][，。、；：？！）》〉」』”’…]*|[^\s{_WIDE}]+\s*|\s+")


def broken(text: str, fits: Callable[[str], bool], most: int) -> list[str] | None:
    """Lines of `text` that all fit; None if there would be more than `most`, or a word does not fit."""
    lines = [""]
    for piece in _PIECE.findall(text.strip()):
        if fits((lines[-1] + piece).rstrip()):
            lines[-1] += piece
        elif not fits(piece.rstrip()) or len(lines) == most:
            return None
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines]
