"""The body as Markdown: paragraphs, subheadings and lists, with the capture's words escaped.

Each line of a capture is a paragraph of its page; only text wrapped by hand at one width is joined
again. Subheadings are short lines without the mark of a sentence over a paragraph.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpusapp.extraction.lines import Line
from corpusapp.text.markdown import escape

_WIDEST_HEADING = 100
_WRAP_NARROW, _WRAP_WIDE = 50, 90
_FEWEST_WRAPPED = 4


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


def unwrapped(body: Sequence[BodyLine]) -> Sequence[BodyLine]:
    """Lines that were wrapped at one width, joined to paragraphs; other lines as they are."""
    if not _is_wrapped(body):
        return body
    return list(_joined(body))


def _is_wrapped(body: Sequence[BodyLine]) -> bool:
    inner = [item for item in body if not item.line.gap]
    if len(inner) < _FEWEST_WRAPPED or 2 * len(inner) < len(body):
        return False
    fitting = sum(_WRAP_NARROW <= item.line.width <= _WRAP_WIDE for item in body)
    ended = sum(item.line.ends for item in body)
    return 3 * fitting >= 2 * len(body) and 2 * ended <= len(body)


def _joined(body: Sequence[BodyLine]) -> Iterator[BodyLine]:
    held: BodyLine | None = None
    parts: list[str] = []
    for item in body:
        if held is not None and not item.line.gap and not item.line.bullet:
            parts.append(item.text)
            continue
        if held is not None:
            yield BodyLine(held.line, " ".join(parts))
        held, parts = item, [item.text]
    if held is not None:
        yield BodyLine(held.line, " ".join(parts))
