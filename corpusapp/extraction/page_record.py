"""What has been found on a saved page so far: a mark for each line, evidence for each field, doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpusapp.extraction.article import Doubt, Evidence, Judgement, Part
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.lines import Line, Page
from corpusapp.extraction.markup import Area, Markup, SavedPage
from corpusapp.extraction.parts.chrome import Mark, judgements
from corpusapp.extraction.witnesses.json_ld import ToldArticle

LONGEST_FIELD = 300
_LEAST_SURE = 0.01  # evidence is never nothing
_MOST_CANDIDATES = 5
_BLANK = Mark(Part.BLANK, "blank")
_MENU = Mark(Part.FURNITURE, "in a menu or the page's foot")
_OUTSIDE = Mark(Part.FURNITURE, "judged no text by its markup")
_RELATED = Mark(Part.CROSS_LINKS, "in a box of links")
_PICTURE = Mark(Part.CAPTION, "words of a picture")
_LINKS = BITS["related"] | BITS["teaser"]


@dataclass(slots=True)
class PageRecord:
    """A page as markup and as lines, which are numbered alike, and the state of reading it."""

    page: SavedPage
    lines: Page
    told: ToldArticle
    marks: list[Mark | None] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def line(self, place: int) -> Line:
        return self.lines.lines[place]

    def markup(self, place: int) -> Markup:
        return self.page.lines[place]

    def number(self, place: int | None) -> int:
        """The number of a line; what no line shows, the head has told: that is the first."""
        return 1 if place is None else self.page.lines[place].number

    def found(
        self, name: str, confidence: float, rule: str, first: int | None, last: int | None = None
    ) -> None:
        """Note the evidence for a field: the lines `first` to `last`, or the head."""
        number = self.number(first)
        until = number if last is None else self.number(last)
        sureness = max(_LEAST_SURE, round(confidence, 2))
        self.evidence[name] = Evidence(sureness, rule, number, until)

    def doubted(self, name: str, code: Code, candidates: Sequence[str] = ()) -> None:
        shown = dict.fromkeys(one[:LONGEST_FIELD] for one in candidates[:_MOST_CANDIDATES])
        self.doubts.append(doubt(name, code, tuple(shown)))

    def judgements(self) -> tuple[Judgement, ...]:
        """One for each line that the page shows, those of menus and blank ones too."""
        found = {
            markup.number: mark or _named_by_place(markup)
            for markup, mark in zip(self.page.lines, self.marks, strict=True)
        }
        return judgements(
            found.get(number, _MENU) if line else _BLANK
            for number, line in enumerate(self.page.shown, 1)
        )

    def mark_pictures(self) -> None:
        """Mark the words of pictures that nothing has claimed."""
        for place, mark in enumerate(self.marks):
            if mark is None and _named_by_place(self.page.lines[place]) is _PICTURE:
                self.marks[place] = _PICTURE


def _named_by_place(markup: Markup) -> Mark:
    """What a line that nothing claims is, by the elements around it."""
    place = markup.place
    if place.tag == "img" or place.areas & Area.CAPTION or place.own & BITS["caption"]:
        return _PICTURE
    if place.areas & (Area.NAV | Area.FOOTER | Area.HEADER) and not place.areas & Area.ARTICLE:
        return _MENU
    return _RELATED if place.around & _LINKS and markup.linked else _OUTSIDE
