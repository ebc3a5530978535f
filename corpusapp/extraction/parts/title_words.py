"""The words of the title's line that are the title: a site's name glued to it is cut where the page proves it.

Seen on captures of many sites: "Title | The Observer", "Observer - Title". A bar or dash stands in many
titles, too; so what follows goes only if it is a line of its own elsewhere, or the name in the copyright line; what
comes before it, which is more often a title's own, only if it is that name.
"""

import re

from corpusapp.extraction.lines import Line, Page
from corpusapp.text.folding import fold

_SEPARATOR = re.compile(r"\s[|–—·»-]\s|\s?[｜]\s?|\s\|\s?|_(?=[\u3400-\u9fff])")
_FOOT = re.compile(r"©|copyright|\(c\)|版权|版權", re.IGNORECASE)
_FOOT_LINES = 60
_WIDEST = 40  # characters of a part that may be cut


def title_words(page: Page, index: int) -> str:
    """The title in the line `index`, without a name that the page glues to its end or beginning."""
    line = page.lines[index]
    parts = _SEPARATOR.split(line.text)
    if len(parts) == 1:
        return line.text
    matches = list(_SEPARATOR.finditer(line.text))
    last, first = matches[-1], matches[0]
    end, start = line.text[last.end() :], line.text[: first.start()]
    before, after = line.text[: last.start()].rstrip(), line.text[first.end() :].lstrip()
    if _fits(end, before) and (_stands_alone(page, line, end) or _in_foot(page, end)):
        return before
    if _fits(start, after) and _in_foot(page, start):
        return after
    return line.text


def _fits(part: str, rest: str) -> bool:
    return bool(fold(part)) and len(part) <= _WIDEST and len(part) < len(rest)


def _stands_alone(page: Page, line: Line, part: str) -> bool:
    return any(place != line.index for place in page.places.get(fold(part), ()))


def _in_foot(page: Page, part: str) -> bool:
    key = fold(part)
    return any(
        key in one.key for one in page.lines[-_FOOT_LINES:] if one.key and _FOOT.search(one.text)
    )
