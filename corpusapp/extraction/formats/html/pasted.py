"""What somebody pastes into a text: HTML of a clipboard as Markdown, its notes as footnotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpusapp.extraction.formats.html.clipboard import Clipboard
from corpusapp.extraction.formats.html.fragment import text_lines
from corpusapp.extraction.formats.html.prose import markdown, words
from corpusapp.extraction.formats.html.reading import rendered
from corpusapp.extraction.formats.html.spacing import words_in
from corpusapp.extraction.markup import Markup, Piece


@dataclass(frozen=True, slots=True)
class Pasted:
    text: str
    notes: str  # its footnotes, each a paragraph; "" without any


def read_pasted(source: str, notes_before: int = 0) -> Pasted:
    """What `source` holds; its footnotes are numbered from `notes_before` + 1 on, as its text names them.

    A mark whose note is missing, and a note whose mark is, stay the words that they were. Raises an
    ExtractionError for what nests too deeply or has too many lines.
    """
    lines = text_lines(rendered(source, hides_menus=False, target=Clipboard).lines)
    first = next((at for at, line in enumerate(lines) if _key(line, "noted")), len(lines))
    above, notes = lines[:first], _notes(lines[first:])
    named = [key for line in above for key in _keys(line, "note") if key in notes]
    labels = {
        key: f"[^{number}]" for number, key in enumerate(dict.fromkeys(named), notes_before + 1)
    }
    unnamed = [line for key, its in notes.items() if key not in labels for line in its]
    shown = [_with(line, labels) for line in (*above, *unnamed)]
    return Pasted(
        markdown(shown, links=True, numbers=True),
        "\n\n".join(f"{label}: {_words_of(notes[key])}" for key, label in labels.items()),
    )


def _notes(lines: Iterable[Markup]) -> dict[str, list[Markup]]:
    """Which lines each note has, by its key; one without words is none."""
    notes: dict[str, list[Markup]] = {}
    key = ""
    for line in lines:
        key = _key(line, "noted") or key
        notes.setdefault(key, []).append(line)
    return {key: its for key, its in notes.items() if _words_of(its)}


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
        else:
            shown = piece[2].strip("[]")
            pieces.append(f"[{shown}] " if piece[0] == "noted" else f"[{shown}]")
    return line._replace(text=words_in(pieces, in_cells=line.cells > 0), pieces=tuple(pieces))
