"""Text that documents hold, brought to the Markdown that bodies are kept in.

Markdown of others may use what ours leaves out because captured words would be mistaken for it:
headings underlined with ===, links defined elsewhere, code by indentation, raw HTML. Text with any
of these goes through HTML and comes back in our form; all other stays letter for letter.
"""

import re
from functools import cache

from markdown_it import MarkdownIt

from corpusapp.extraction.errors import TooManyLinesError, UnreadableError
from corpusapp.extraction.formats.html.fragment import read_fragment
from corpusapp.extraction.lines import MOST_LINES, split_lines
from corpusapp.text.folding import clean
from corpusapp.text.markdown import escape, guarded

_MOST_MARKS = 200_000  # in a whole text
_WITHOUT_MARKS = str.maketrans("", "", "[]*_`<>&!|\\")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_FOREIGN_BLOCKS = frozenset(("html_block", "code_block"))
_MAY_BE_FOREIGN = re.compile(
    r"<[A-Za-z/!]|^ {0,3}(?:=+|-+)[ \t]*$|^(?: {4}|\t)|^ {0,3}\[", re.MULTILINE
)
_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|blockquote|table|figure)\b[^<>]{0,300}>", re.IGNORECASE
)


def check_size(text: str) -> None:
    """Raises TooManyLinesError, TooManyBreaksError or UnreadableError for a text that would take a minute to show."""
    if sum(1 for line in split_lines(text) if line) > MOST_LINES:
        raise TooManyLinesError(MOST_LINES)
    if len(text) - len(text.translate(_WITHOUT_MARKS)) > _MOST_MARKS:
        reason = f"The text holds more than {_MOST_MARKS:,} marks like * and [: it is no article."
        raise UnreadableError(reason)


def body_of(kind: str, text: str) -> str:
    """Our Markdown of a text that is called `kind`: "markdown", "html", "text" or "content"."""
    if kind == "content":
        kind = "html" if _TAG.search(text) else "markdown"
    if kind == "html":
        return read_fragment(text).markdown()
    if kind == "text":
        return from_plain(text)
    return from_markdown(text)


def from_plain(text: str) -> str:
    """Paragraphs are parted by blank lines; where there is none, each line is one."""
    cleaned = clean(text).strip("\n")
    check_size(cleaned)
    parts = _BLANK_LINES.split(cleaned)
    if len(parts) == 1:
        parts = cleaned.split("\n")
    return "\n\n".join(block for part in parts if (block := escape(part)))


def from_markdown(text: str) -> str:
    """The same text, or what it says in our form."""
    cleaned = clean(text).strip("\n").rstrip()
    check_size(cleaned)
    if not _MAY_BE_FOREIGN.search(cleaned):
        return cleaned
    parser = _any_markdown()
    environment: dict[str, object] = {}
    tokens = parser.parse(cleaned, environment)
    foreign = environment.get("references") or any(
        token.type in _FOREIGN_BLOCKS
        or (token.type == "heading_open" and token.markup in {"=", "-"})
        or any(child.type == "html_inline" for child in token.children or ())
        for token in tokens
    )
    if not foreign:
        return cleaned
    return read_fragment(parser.renderer.render(tokens, parser.options, environment)).markdown()


@cache
def _any_markdown() -> MarkdownIt:
    return guarded(MarkdownIt("commonmark", {"html": True}).enable("table"))
