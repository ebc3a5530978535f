"""A piece of HTML that is all text: what feeds, exports and word processors hold.

It is read as a saved page is, by the same parser and into the same lines, and becomes Markdown by
the same code: no element, attribute or address of it reaches a reader in any other way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpusapp.extraction.formats.html.prose import markdown
from corpusapp.extraction.formats.html.reading import rendered
from corpusapp.extraction.markup import Area, Markup


@dataclass(frozen=True, slots=True)
class Fragment:
    lines: tuple[Markup, ...]

    def markdown(self, *, below: int = 0) -> str:
        """The text from line `below` (index) on; links stay, for the author set them."""
        return markdown(self.lines[below:], links=True)

    @property
    def words(self) -> str:
        """All of it on one line, as for a title or a standfirst."""
        return " ".join(line.text for line in self.lines)


def read_fragment(source: str) -> Fragment:
    """The lines of `source`, without what a browser hides and without the words of pictures.

    Raises an ExtractionError for what nests too deeply or has too many lines.
    """
    lines = rendered(source, hides_menus=False).lines  # all of it is the article
    return Fragment(text_lines(lines))


def text_lines(lines: Iterable[Markup]) -> tuple[Markup, ...]:
    """Those of the lines that a reader would see as words."""
    return tuple(line for line in lines if _is_text(line))


def _is_text(line: Markup) -> bool:
    return line.place.tag != "img" and not line.place.areas & Area.HIDDEN
