"""The fields that stand around title and text: section, views, tags, source, standfirst, caption.

Each is looked for by its part (`parts/`); here what was found is written down, with its evidence, and
the lines get their marks.
"""

from collections.abc import Container
from dataclasses import dataclass, field

from corpusapp.extraction.article import Doubt, Evidence, Part
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.lines import Page
from corpusapp.extraction.parts import caption as captions
from corpusapp.extraction.parts import teaser
from corpusapp.extraction.parts.chrome import COUNTER, SOURCE, Mark
from corpusapp.extraction.parts.counter import find_counter
from corpusapp.extraction.parts.keywords import find_keywords
from corpusapp.extraction.parts.provenance import find_source
from corpusapp.extraction.parts.scene import Scene
from corpusapp.extraction.parts.section import Place, find_section
from corpusapp.extraction.parts.standfirst import find_standfirst

SECTION_THRESHOLD = 0.4
LONGEST_FIELD = 300
_STANDFIRST = Mark(Part.STANDFIRST, "summary under the title")
_TEASER = Mark(Part.CROSS_LINKS, "the page's own teaser")
_SOURCE_SURE, _TOLD_SURE = 0.8, 0.6


@dataclass(slots=True)
class Findings:
    """What is found on a page as it is read: marks of its lines, evidence of fields, doubts."""

    page: Page
    marks: list[Mark | None]
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def give(
        self, name: str, confidence: float, rule: str, first: int, last: int | None = None
    ) -> None:
        """Write down why a field has its value; `first` and `last` are indexes of lines."""
        lines = self.page.lines
        end = lines[first if last is None else last].last
        self.evidence[name] = Evidence(confidence, rule, lines[first].number, end)

    def doubt(self, name: str, code: Code, *candidates: str) -> None:
        shortened = tuple(dict.fromkeys(one[:LONGEST_FIELD] for one in candidates[:5]))
        self.doubts.append(doubt(name, code, shortened))


def section(findings: Findings, place: Place | None) -> str:
    found = None if place is None else find_section(place)
    if found is None:
        findings.doubt("section", Code.NO_SECTION)
        return ""
    if found.confidence < SECTION_THRESHOLD:
        findings.doubt("section", Code.SECTION_UNCERTAIN, found.value)
        return ""
    findings.marks[found.index] = Mark(Part.SECTION, found.rule)
    findings.give("section", found.confidence, found.rule, found.index)
    return found.value


def views(findings: Findings, scene: Scene) -> int | None:
    found = find_counter(scene)
    if found is None:
        return None
    line = scene.page.lines[found.index]
    if found.count is None:
        findings.doubt("views", Code.VIEWS_IMPOSSIBLE, line.text)
        return None
    findings.give("views", 0.95, COUNTER.rule, found.index)
    return found.count


def tags(findings: Findings, scene: Scene) -> tuple[str, ...]:
    found = find_keywords(scene)
    if found is None:
        return ()
    for index in range(found.first, found.last + 1):
        findings.marks[index] = found.mark
    findings.give("tags", 0.8, found.mark.rule, found.first, found.last)
    return found.tags


def source(findings: Findings, scene: Scene) -> tuple[str, str]:
    """(name, address) of the publication that the text was taken from."""
    found = find_source(scene)
    if found is None:
        return "", ""
    if found.whole and findings.marks[found.index] is None:
        findings.marks[found.index] = SOURCE
    sure = _SOURCE_SURE if found.led else _TOLD_SURE
    findings.give("source", sure, SOURCE.rule, found.index)
    return found.name, found.address


def standfirst(
    findings: Findings, title: int | None, start: int, end: int, text: Container[int]
) -> tuple[str, str]:
    """(standfirst, what of it is glued to the first paragraph); `text` has the lines judged text."""
    if title is None or start > end:
        return "", ""
    lines = findings.page.lines
    found = teaser.find_teaser(findings.page, title, start, end)
    if found is not None:
        findings.marks[found.index] = findings.marks[found.title_index] = _TEASER
        if found.unsure:
            findings.doubt("standfirst", Code.STANDFIRST_UNCERTAIN, lines[found.index].text)
        elif found.standfirst:
            glued = ", glued to the text" if found.glued else ""
            first = start if found.glued else found.index
            findings.give(
                "standfirst", 0.9, f"repeated by the page's teaser{glued}", first, found.index
            )
            return found.standfirst, found.standfirst if found.glued else ""
    index = find_standfirst(findings.page, title, start, findings.marks, text)
    if index is None:
        return "", ""
    findings.marks[index] = _STANDFIRST
    findings.give("standfirst", 0.8, _STANDFIRST.rule, index)
    return lines[index].text, ""


def caption(findings: Findings, title: int | None, start: int, text: Container[int]) -> str:
    """The words of the first picture's caption, between title and text."""
    if title is None:
        return ""
    found = captions.mark_pictures(findings.page, title + 1, start, findings.marks, text)
    if found is None:
        return ""
    mark = findings.marks[found]
    findings.give("caption", 0.6, mark.rule if mark else "", found)
    return findings.page.lines[found].text[:LONGEST_FIELD]
