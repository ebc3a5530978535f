"""Where words of neighbouring elements meet: a space between "By" and "Ann Lee", a bar between cells."""

from collections.abc import Iterator, Sequence

from corpusapp.extraction.formats.html.elements import RUNNING
from corpusapp.extraction.markup import Piece

PART_PIECE: Piece = ("part",)
CELL_PIECE: Piece = ("cell",)
_SPACED = frozenset(("a", "/a", "part"))
_SHOWN = {"cell": " | "}


def run_together(pieces: Sequence[Piece], last: str, first: str, tag: str) -> bool:
    """Whether the words so far and those that begin with `first` are two elements' and need a space.

    `last` is what stands between them, `tag` the block that holds both.
    """
    before = next((piece[-1] for piece in reversed(pieces) if type(piece) is str), "")
    if not before.isalnum() or (before.isdigit() and first.isdigit()):
        return False
    return (
        (last in _SPACED and tag not in RUNNING)
        or (before.islower() and first.isupper() and last in _SPACED)
        or (before.isdigit() != first.isdigit() and last == "part")
    )


def words_in(pieces: Sequence[Piece], *, in_cells: bool) -> str:
    """The words of a line, parted by single spaces, cells by bars."""
    if len(pieces) == 1:
        words = pieces[0] if type(pieces[0]) is str else ""
    elif in_cells and CELL_PIECE in pieces:
        words = "".join(
            [piece if type(piece) is str else _SHOWN.get(piece[0], "") for piece in pieces]
        )
    else:
        words = "".join([piece for piece in pieces if type(piece) is str])
    return " ".join(words.split())


def code_lines(pieces: Sequence[Piece]) -> Iterator[str]:
    """The lines of preformatted words that are not blank, as they are indented."""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    for line in words.expandtabs(4).splitlines():
        if line.strip():
            yield line.rstrip()
