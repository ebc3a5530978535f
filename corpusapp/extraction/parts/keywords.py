"""The tags of a piece: behind a lead in one line, in a row of hashtags, or listed under a heading."""

from typing import NamedTuple

from corpusapp.extraction.article import Part
from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.chrome import KEYWORDS, Mark, keywords
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.vocabulary import folded

LISTED = Mark(Part.TAGS, "listed under a heading over keywords")
_HEADINGS = folded("tags") - folded("cross_links")
_WIDEST, _MOST_WORDS, _MOST = 40, 5, 25
_ABOVE, _AFTER = 8, 40  # lines before the title and after the text


class TagsFound(NamedTuple):
    tags: tuple[str, ...]
    first: int
    last: int
    mark: Mark


def find_keywords(scene: Scene) -> TagsFound | None:
    """The first tags about the text; None where the page prints none."""
    lines = scene.page.lines
    top = scene.body if scene.title is None else scene.title
    for line in lines[max(0, top - _ABOVE) : scene.end + 1 + _AFTER]:
        if scene.marks[line.index] is KEYWORDS:
            if tags := keywords(line.text):
                return TagsFound(tags, line.index, line.index, KEYWORDS)
        elif line.key in _HEADINGS and line.index > scene.end:
            listed = _listed(scene, line)
            if listed:
                tags = tuple(dict.fromkeys(one.text.strip(" #,，") for one in listed))
                return TagsFound(tags, line.index, listed[-1].index, LISTED)
    return None


def _listed(scene: Scene, heading: Line) -> list[Line]:
    """The bullets or hashtags right under a heading, all as short as a tag is."""
    found: list[Line] = []
    for line in scene.page.lines[heading.index + 1 : heading.index + 1 + _MOST]:
        if not (line.bullet or line.text.startswith("#")) or line.text == "":
            break
        if line.width > _WIDEST or line.key.count(" ") >= _MOST_WORDS or not line.key:
            return []
        found.append(line)
    return found
