"""The words of the title's line that are the title: what is glued to it is cut where the page proves it.

Seen on captures of many sites: "Title | The Observer", "Observer - Title". A bar or dash stands in many
titles, too; so what follows goes only if it is a line of its own elsewhere, or the name in the copyright line; what
comes before it, which is more often a title's own, only if it is that name.

Also seen: the kicker above run into the title ("MigrationChiesa calls", "“It begins”Harbour board says"), and
the last step of a trail, with its number ("2. News", "3. The last ferry").
"""

import re

from corpusapp.extraction.lines import Line, Page
from corpusapp.text.folding import fold

_SEPARATOR = re.compile(r"\s[|–—·»-]\s|\s?[｜]\s?|\s\|\s?|_(?=[\u3400-\u9fff])")
_FOOT = re.compile(r"©|copyright|\(c\)|版权|版權", re.IGNORECASE)
_FOOT_LINES = 60
_WIDEST = 40  # characters of a part that may be cut
_SHORTEST_ALONE = 20  # characters of a beginning that is the title where it is a line of its own
_STEP = re.compile(r"(\d{1,2})\.\s+(?=\S)")
_SAID = re.compile(r"[\"„“«»][^\"„“”«»]+[\"“”»«](?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")
_MEETING = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]")  # a quick look before the next one
_RUN_TOGETHER = re.compile(r"\b[^\W\d_]*[a-zß-öø-ÿ]{3}(?=([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2,}))")


def title_words(page: Page, index: int) -> str:
    """The title in the line `index`, without a name that the page glues to its end or beginning."""
    line = page.lines[index]
    if not _SEPARATOR.search(line.text):
        return _without_kicker(page, _without_step(page, line))
    matches = list(_SEPARATOR.finditer(line.text))
    last, first = matches[-1], matches[0]
    end, start = line.text[last.end() :], line.text[: first.start()]
    before, after = line.text[: last.start()].rstrip(), line.text[first.end() :].lstrip()
    if _fits(end, before) and (_stands_alone(page, line, end) or _in_foot(page, end)):
        return before
    if _fits(start, after) and _in_foot(page, start):
        return after
    if len(start) >= _SHORTEST_ALONE and _stands_alone(page, line, start):
        return start
    return _without_kicker(page, _without_step(page, line))


def _without_step(page: Page, line: Line) -> str:
    """The words of a trail's last step: the step before it stands right above."""
    step = _STEP.match(line.text)
    above = page.lines[line.index - 1].text if step and line.index else ""
    if step and above.startswith(f"{int(step[1]) - 1}. "):
        return line.text[step.end() :]
    return line.text


def _without_kicker(page: Page, text: str) -> str:
    """What follows where two words meet without a space, if the page has the second by itself and never both as one."""
    if (said := _SAID.match(text)) and said.end() < len(text):
        return text[said.end() :]
    if not _MEETING.search(text):
        return text
    for met in _RUN_TOGETHER.finditer(text):
        rest = text[met.end() :]
        if len(rest) <= met.end():
            return text
        alone = re.compile(rf"\b{met[1]}\b")
        both = met[0] + met[1]
        if not any(both in one.text for one in page.lines if one.text != text) and any(
            alone.search(one.text) for one in page.lines
        ):
            return rest
    return text


def _fits(part: str, rest: str) -> bool:
    return bool(fold(part)) and len(part) <= _WIDEST and len(part) < len(rest)


def _stands_alone(page: Page, line: Line, part: str) -> bool:
    return any(place != line.index for place in page.places.get(fold(part), ()))


def _in_foot(page: Page, part: str) -> bool:
    key = fold(part)
    return any(
        key in one.key for one in page.lines[-_FOOT_LINES:] if one.key and _FOOT.search(one.text)
    )
