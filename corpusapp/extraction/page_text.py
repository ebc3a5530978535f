"""A saved page as text: the lines that its evidence and its judgements number."""

from corpusapp.extraction.markup import SavedPage


def rendered_text(page: SavedPage) -> str:
    """The lines of a saved page, parted by a blank one where the page leaves a margin."""
    return "\n".join(page.shown)


def judged_text(page: SavedPage) -> str:
    """The same without the lines of menus: one line for each of `page.lines`."""
    return "\n".join(f"\n{line.rendered}" if line.gap else line.rendered for line in page.lines)
