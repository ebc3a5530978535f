"""Elements whose names claim a meaning for their words: an author, a time, a headline."""

from collections.abc import Mapping

from corpusapp.extraction.formats.html.head import LONGEST_ADDRESS
from corpusapp.extraction.formats.html.hints import BITS
from corpusapp.extraction.markup import Marked

_MOST_MARKED, _WIDEST_MARKED, _MOST_OPEN = 400, 240, 8
_MACHINE = frozenset(("author", "headline", "datepublished", "datecreated", "name", "datemodified"))
_BYLINE, _DATE, _HEADLINE = BITS["byline"], BITS["date"], BITS["headline"]
CLAIMING = _BYLINE | _DATE | _HEADLINE


class Claim:
    """Words being collected for a `Marked`."""

    __slots__ = ("hints", "kind", "line", "machine", "parts", "room", "value")

    def __init__(self, kind: str, value: str, line: int, hints: int, *, machine: bool) -> None:
        self.kind = kind
        self.value = value
        self.line = line
        self.hints = hints
        self.machine = machine
        self.parts: list[str] = []
        self.room = _WIDEST_MARKED


class Marking:
    """The claims that are open while a page is read, and those that were made good."""

    def __init__(self) -> None:
        self.marked: list[Marked] = []
        self.open: list[Claim] = []

    def start(self, tag: str, attributes: Mapping[str, str], hints: int, line: int) -> Claim | None:
        """The claim that an element makes, None where there are too many."""
        open_ = len(self.open)
        if open_ >= _MOST_OPEN or len(self.marked) + open_ >= _MOST_MARKED:
            return None
        property_ = attributes.get("itemprop", "").lower()
        machine = property_ in _MACHINE or "author" in attributes.get("rel", "").lower().split()
        value = (
            attributes.get("datetime") or attributes.get("content") or attributes.get("href") or ""
        )
        if tag == "time" or "datetime" in attributes or property_.startswith("date"):
            kind = "time"
        elif hints & _BYLINE or tag == "a" or machine:
            kind = "author" if property_ != "headline" else "headline"
        else:
            kind = "headline" if hints & _HEADLINE else "time"
        claim = Claim(kind, value[:LONGEST_ADDRESS], line, hints, machine=machine)
        self.open.append(claim)
        return claim

    def data(self, words: str) -> None:
        """Words inside all open claims."""
        for claim in self.open:
            if claim.room > 0:
                claim.parts.append(words[: claim.room])
                claim.room -= len(words)

    def end_line(self) -> None:
        """A line ends inside all open claims."""
        for claim in self.open:
            claim.parts.append("\n")

    def end(self, claim: Claim, areas: int) -> None:
        """Close a claim whose element stands in `areas`."""
        self.open.remove(claim)
        text = "\n".join(
            line for piece in "".join(claim.parts).split("\n") if (line := " ".join(piece.split()))
        )
        if (text and claim.room > 0) or claim.kind == "time":
            self.marked.append(
                Marked(claim.kind, text, claim.value, claim.line, claim.hints, areas, claim.machine)
            )
