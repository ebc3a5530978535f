"""The body as Markdown: paragraphs, subheadings and lists, with the capture's words escaped.

Each line of a capture is a paragraph of its page. Subheadings are short lines without the mark of a sentence over a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpusapp.extraction.lines import Line
from corpusapp.text.markdown import escape

_WIDEST_HEADING = 100


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the body, and its words (which may be less than the line)."""

    line: Line
    text: str


def markdown(body: Sequence[BodyLine]) -> str:
    """Blocks parted by blank lines; bullets that follow each other make one list."""
    blocks: list[str] = []
    listed = False
    for place, item in enumerate(body):
        block, is_item = _block(body, place, item)
        if not block:
            continue
        if is_item and listed:
            blocks[-1] += f"\n{block}"
        else:
            blocks.append(block)
        listed = is_item
    return "\n\n".join(blocks)


def _block(body: Sequence[BodyLine], place: int, item: BodyLine) -> tuple[str, bool]:
    text = escape(item.text)
    if item.line.bullet and text:
        return f"- {text}", True
    return (f"## {text}" if _is_heading(body, place) else text), False


def _is_heading(body: Sequence[BodyLine], place: int) -> bool:
    line = body[place].line
    if line.prose or line.ends or line.numbered or line.width > _WIDEST_HEADING or not line.gap:
        return False
    if place + 1 >= len(body):
        return False
    below = body[place + 1].line
    upright = line.text[0].isalnum() and line.indent <= 1
    return upright and below.gap and (below.prose or below.bullet)
