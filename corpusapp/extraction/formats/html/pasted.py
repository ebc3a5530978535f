"""What somebody pastes into a text: HTML of a clipboard as Markdown, its notes as footnotes."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpusapp.extraction.formats.html.clipboard import Block, Clipboard
from corpusapp.extraction.formats.html.fragment import text_lines
from corpusapp.extraction.formats.html.prose import markdown, words
from corpusapp.extraction.formats.html.reading import rendered
from corpusapp.extraction.formats.html.rendering import Renderer
from corpusapp.extraction.formats.html.spacing import words_in
from corpusapp.extraction.markup import Area, Markup, Piece

_SAFE = ("https://", "http://")  # addresses that Markdown keeps


@dataclass(frozen=True, slots=True)
class Pasted:
    text: str
    notes: str  # its footnotes, each a paragraph; "" without any


def read_pasted(source: str, notes_before: int = 0) -> Pasted:
    """What `source` holds; its footnotes are numbered from `notes_before` + 1 on, as its text names them.

    A mark whose note is missing, and a note whose mark is, stay the words and links
    that they were, where they stood. Raises an
    ExtractionError for what nests too deeply or has too many lines.
    """
    told: list[Clipboard] = []

    def target(renderer: Renderer) -> Clipboard:
        told.append(Clipboard(renderer))
        return told[-1]

    lines = text_lines(rendered(source, hides_menus=False, target=target).lines)
    notes = _notes(lines, told[0].blocks)
    theirs = {line.number for its in notes.values() for line in its}
    named = [
        key
        for line in lines
        if line.number not in theirs
        for key in _keys(line, "note")
        if key in notes
    ]
    labels = {
        key: f"[^{number}]" for number, key in enumerate(dict.fromkeys(named), notes_before + 1)
    }
    taken = {line.number for key in labels for line in notes[key]}
    shown = [_with(line, labels) for line in _left(lines, taken)]
    return Pasted(
        markdown(shown, links=True, numbers=True),
        "\n\n".join(f"{label}: {_words_of(notes[key])}" for key, label in labels.items()),
    )


def _notes(lines: Sequence[Markup], blocks: Iterable[Block]) -> dict[str, Sequence[Markup]]:
    """Which lines each note has, by its key: those of its own block, else the one that leads back.

    What is uncertain is no note: of two with one key, or of what would lose its form on one line.
    """
    numbers = [line.number for line in lines]
    leading = [at for at, line in enumerate(lines) if _key(line, "noted")]
    around: dict[int, list[range]] = {at: [] for at in leading}
    for block in blocks:  # the inner before the outer
        its = range(bisect_right(numbers, block.above), bisect_right(numbers, block.last))
        for at in leading[bisect_left(leading, its.start) : bisect_left(leading, its.stop)]:
            if block.name == _key(lines[at], "noted").partition(" ")[0]:
                around[at].insert(0, its)
            elif not block.name and not any(len(other) for other in around[at]):
                around[at].append(its)
    kept: dict[range, tuple[set[str], set[str]]] = {}  # each is asked for all notes in it
    found: dict[str, set[range]] = {}
    for at in leading:
        key = _key(lines[at], "noted")
        for its in (*around[at], range(at, at + 1)):
            if its not in kept:
                kept[its] = _named_in(lines[its.start : its.stop])
            noted, marks = kept[its]
            if noted == {key} and key not in marks:
                break
        found.setdefault(key, set()).add(its)
    whole = {key: next(iter(ranges)) for key, ranges in found.items() if len(ranges) == 1}
    notes = {
        key: lines[its.start : its.stop]
        for key, its in whole.items()
        if kept[its][0] == {key} and key not in kept[its][1]
    }
    return {key: its for key, its in notes.items() if _is_note(its)}


def _named_in(lines: Iterable[Markup]) -> tuple[set[str], set[str]]:
    """The notes that lead back from these lines, and those that are named there."""
    noted: set[str] = set()
    marks: set[str] = set()
    for line in lines:
        noted.update(_keys(line, "noted"))
        marks.update(_keys(line, "note"))
    return noted, marks


def _is_note(lines: Sequence[Markup]) -> bool:
    """Whether they are words that lose nothing on one line."""
    place = lines[0].place
    return bool(_words_of(lines)) and not any(
        line.heading
        or line.cells > 1
        or line.place.areas & (Area.CODE | Area.TABLE)
        or (line.place.lists, line.place.quotes) != (place.lists, place.quotes)
        for line in lines
    )


def _left(lines: Iterable[Markup], taken: Collection[int]) -> Iterator[Markup]:
    """The lines that are not taken; none goes on a line that is gone."""
    above: Markup | None = None  # which is gone
    for line in lines:
        if line.number in taken:
            above = line
            continue
        if above is not None:
            begins = above.first and above.place.item == line.place.item
            yield line._replace(goes_on=False, gap=True, first=line.first or begins)
        else:
            yield line
        above = None


def _words_of(lines: Sequence[Markup]) -> str:
    shown = (_without(line, "noted") for line in lines)
    return " ".join(words(line, links=True).replace("\n", " ") for line in shown).strip()


def _keys(line: Markup, kind: str) -> list[str]:
    return [piece[1] for piece in line.pieces if type(piece) is tuple and piece[0] == kind]


def _key(line: Markup, kind: str) -> str:
    return next(iter(_keys(line, kind)), "")


def _without(line: Markup, kind: str) -> Markup:
    pieces = tuple(piece for piece in line.pieces if type(piece) is str or piece[0] != kind)
    return _with(line._replace(pieces=pieces), {})


def _with(line: Markup, labels: dict[str, str]) -> Markup:
    """The line with the labels of its notes, and the words of those that have none."""
    if not (_keys(line, "note") or _keys(line, "noted")):
        return line
    pieces: list[Piece] = []
    for piece in line.pieces:
        if type(piece) is str or piece[0] not in {"note", "noted"}:
            pieces.append(piece)
        elif piece[0] == "note" and piece[1] in labels:
            pieces.append(("note", labels[piece[1]]))
        elif piece[3].startswith(_SAFE):
            pieces += [("a", piece[3]), piece[2], ("/a",)]
            if piece[0] == "noted":
                pieces.append(" ")
        else:
            shown = piece[2].strip("[]")
            pieces.append(f"[{shown}] " if piece[0] == "noted" else f"[{shown}]")
    return line._replace(text=words_in(pieces, in_cells=line.cells > 0), pieces=tuple(pieces))
