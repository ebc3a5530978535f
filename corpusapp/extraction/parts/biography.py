"""The author's note under the text: "Ann Lee is a fellow of …", told apart from the body.

A paragraph among the last ones that begins with the name of someone who signed, and says what they
are. One in the middle of the text is left alone: authors write about themselves.
"""

import re
from collections.abc import Sequence

from corpusapp.extraction.lines import Line

_LAST = 3  # lines of the text
_SAYS = re.compile(
    r"[\s,(（，]{0,3}(?:[^.。]{0,40}?\b(?:is|was|are|writes|has|works|covers|reports|serves|ist|war|schreibt|arbeitet|est|es|è|é)\b|[^。]{0,12}(?:是|现任|現任|系|为|為|任))"
)


def biography_lines(lines: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """Those of the text's last lines that tell who the authors are, in their order."""
    if len(lines) <= _LAST:
        return []
    return [
        line
        for line in lines[-_LAST:]
        if line.prose and any(_tells(line.text, name) for name in names)
    ]


def _tells(text: str, name: str) -> bool:
    return text.startswith(name) and bool(_SAYS.match(text, len(name)))
