"""The standfirst that a block of recommendations repeats under the repeated title.

Seen in seeds/000_886a13f3fb6f00ce.txt: under "Recommend" the page prints its own title and
standfirst again, and the standfirst is glued to the first paragraph, without a space between. The
repetition is the evidence for where it ends.
"""

from dataclasses import dataclass

from corpusapp.extraction.lines import Line, Page

_NARROWEST, _WIDEST = 20, 600
END_MARKS = ".。…!?！？"
_REPEATED_START = 10  # characters by which a Chinese excerpt is told from a standfirst


@dataclass(frozen=True, slots=True)
class Teaser:
    """What stands under the repeated title, and what it means for the first paragraph."""

    index: int  # of the line that repeats the standfirst
    title_index: int  # of the line that repeats the title
    standfirst: str  # "" where the teaser is only an excerpt of the text
    glued: bool  # the first paragraph begins with it
    unsure: bool  # it could be either


def find_teaser(page: Page, title: int, body: int, end: int) -> Teaser | None:
    """The teaser under the title's repetition after the text; None where there is none."""
    first = page.lines[body].text
    for place in page.places.get(page.lines[title].key, ()):
        if place <= max(title, end) or place + 1 >= len(page.lines):
            continue
        line = page.lines[place + 1]
        if not _NARROWEST <= line.width <= _WIDEST or line.bullet:
            continue
        return _judge(line, place, first)
    return None


def _judge(line: Line, title_index: int, first: str) -> Teaser | None:
    teaser = line.text
    if not first.startswith(teaser):
        if first.startswith(teaser.rstrip(END_MARKS)):
            return Teaser(line.index, title_index, "", glued=False, unsure=False)
        return (
            Teaser(line.index, title_index, teaser, glued=False, unsure=False)
            if line.ends
            else None
        )
    rest = first[len(teaser) :]
    if not rest.strip() or rest[0].isspace() or teaser[-1] not in END_MARKS:
        return Teaser(line.index, title_index, "", glued=False, unsure=False)
    if rest.startswith(teaser[:_REPEATED_START]) or teaser[-1] in ".!?":
        return Teaser(line.index, title_index, teaser, glued=True, unsure=False)
    return Teaser(line.index, title_index, "", glued=False, unsure=True)


def without_teaser(paragraph: str, teaser: str) -> str:
    """The first paragraph without the standfirst glued to it."""
    return paragraph[len(teaser) :].lstrip() if paragraph.startswith(teaser) else paragraph
