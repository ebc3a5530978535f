"""The counter of views: a line of its own, or a part of the line of the date.

Seen in the seeds: "  • views:1201" under the section. Lists of other pieces count views, too: only
lines near title and text are asked.
"""

from dataclasses import dataclass

from corpusapp.extraction.parts.chrome import COUNTER
from corpusapp.extraction.parts.counting import views, views_inside
from corpusapp.extraction.parts.scene import Scene

_WIDEST = 160
_ABOVE, _BELOW, _AFTER = 8, 12, 10  # lines about title and text


@dataclass(frozen=True, slots=True)
class CounterFound:
    index: int
    count: int | None  # None where the number is not believable


def find_counter(scene: Scene) -> CounterFound | None:
    """The first counter about the title or right after the text."""
    lines = scene.page.lines
    top = scene.body if scene.title is None else scene.title
    about = lines[max(0, top - _ABOVE) : min(scene.body, top + _BELOW)]
    for line in (*about, *lines[scene.end + 1 : scene.end + 1 + _AFTER]):
        if scene.marks[line.index] is COUNTER:
            return CounterFound(line.index, views(line.text))
        if line.width <= _WIDEST and not line.prose:
            count = views_inside(line.text)
            if count is not None:
                return CounterFound(line.index, count)
    return None
