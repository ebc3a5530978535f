"""The author's note: "Ann Lee is a fellow of …", "（作者系某大学教授）", told apart from the body.

Seen as one of the last paragraphs, as a box after the text, and right under the byline. It begins with the name of
someone who signed, or with "the author", and says what they are. A paragraph in the middle of the text is left
alone: authors write about themselves.
"""

import re
from collections.abc import Sequence

from corpusapp.extraction.lines import Line
from corpusapp.extraction.parts.byline.names import is_post

_LAST = 3  # lines of the text
_BELOW = 15  # lines after the text
_NARROWEST = 30  # of a note
_READ = 200  # characters of a paragraph
_LEAD = re.compile(
    r"(?:\W{0,3}(?:About the authors?|Über den Autor|Über die Autorin|Zur Person|作者简介|作者簡介|作者介绍|作者介紹|关于作者|關於作者)"
    r"\s?[:：–-]?\s{0,3})?\W{0,3}(?:(?:Dr|Prof|Professor)\b\.?\s){0,2}",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[\s,(（，:：]{0,3}(?:[^.。]{0,40}?\b(?:is|was|are|writes|has|works|covers|joined|reports|serves|teaches|ist|war|schreibt|arbeitet|est|es|è|é)\b"
    r"|[^。]{0,12}(?:是|现任|現任|系|係|为|為|任|，))"
)
_NAMELESS = re.compile(
    r"\W{0,3}(?:(?:The|This) (?:author|writer|columnist)s? (?:is|are|was|works|teaches)\b|(?:Der Autor|Die Autorin) (?:ist|arbeitet|lehrt)\b"
    r"|(?:本文)?作者(?:系|係|为|為|是|单位))",
)


def biography_lines(
    lines: Sequence[Line], names: Sequence[str], below: Sequence[Line] = ()
) -> list[Line]:
    """Those of the text's `lines`, and of the lines `below` it, that tell who the authors are, in order."""
    found: list[Line] = []
    if len(lines) > _LAST:
        if _tells(lines[0].text, names) and is_post(lines[0].text[:_READ]):
            found.append(lines[0])
        found.extend(line for line in lines[-_LAST:] if line.prose and _tells(line.text, names))
    found.extend(
        line for line in below[:_BELOW] if line.width >= _NARROWEST and _tells(line.text, names)
    )
    return found


def _tells(text: str, names: Sequence[str]) -> bool:
    if names and _NAMELESS.match(text):
        return True
    match = _LEAD.match(text)
    start = match.end() if match else 0
    return any(
        text.startswith(name, start) and _SAYS.match(text, start + len(name)) for name in names
    )
