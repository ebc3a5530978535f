"""Lines that a source prints around its texts, as its editors have told: they are part of no article.

Told as keys by the caller (`Options.furniture`), because what was learned of one source says nothing of another.
"""

from collections.abc import Collection, Mapping, Sequence

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line, folded_key
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.text.folding import fold

LEARNED = Mark(Part.FURNITURE, "furniture learned from this source")
LONGEST_KEY = 200
_READ = 600  # characters of a line: far more than its key holds


def furniture_key(text: str) -> str:
    """What two lines of furniture share: their words, folded, cut to `LONGEST_KEY`; "" without a word."""
    return folded_key(text[:_READ])[:LONGEST_KEY]


def keys_of(text: str) -> frozenset[str]:
    """Of each line of a text; those without a word have none."""
    return frozenset(map(furniture_key, text.splitlines())) - {""}


def furniture_of(source: str, learned: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What was learned of a source, found by its name as sources are: case and spacing do not matter."""
    return learned.get((fold(source) or source.strip())[:LONGEST_KEY], frozenset())


def mark_learned(
    lines: Sequence[Line], marks: list[Mark | None], furniture: Collection[str]
) -> None:
    """Mark those of the lines whose key is among `furniture`."""
    if not furniture:
        return
    for line in lines:
        if (line.key[:LONGEST_KEY] or furniture_key(line.text)) in furniture:
            marks[line.index] = LEARNED
