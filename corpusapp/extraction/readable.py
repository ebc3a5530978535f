"""A capture as the lines that its evidence and its judgements number."""

from corpusapp.extraction.formats.html.reading import read_saved_page
from corpusapp.extraction.formats.plain_text import decode
from corpusapp.extraction.markup import SavedPage
from corpusapp.text.folding import clean

SAVED_PAGE = "text/html"


def readable_text(raw: bytes, media_type: str = "text/plain") -> str:
    """The text of a capture, line for line. Raises an ExtractionError for what has none."""
    if media_type == SAVED_PAGE:
        return rendered_text(read_saved_page(raw).page)
    return clean(decode(raw).text)


def rendered_text(page: SavedPage) -> str:
    """The lines of a saved page, parted by a blank one where the page leaves a margin."""
    return "\n".join(page.shown)


def judged_text(page: SavedPage) -> str:
    """The same without the lines of menus: one line for each of `page.lines`."""
    return "\n".join(f"\n{line.rendered}" if line.gap else line.rendered for line in page.lines)
