"""What the judges of title, byline and date see of a page at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpusapp.extraction.lines import Page
from corpusapp.extraction.parts.chrome import Mark
from corpusapp.extraction.parts.date_features import DatedLine


@dataclass(frozen=True, slots=True)
class Scene:
    """Indexes are of lines that are not blank; the text runs from `body` to `end`, both included."""

    page: Page
    marks: Sequence[Mark | None]
    dated: Mapping[int, DatedLine]
    title: int | None
    body: int
    end: int

    @property
    def top(self) -> int:
        """The line above which nothing belongs to the article."""
        return max(0, (self.body if self.title is None else self.title) - 8)

    @property
    def opening(self) -> str:
        """The beginning of the text, as it is written."""
        lines = self.page.lines[self.body : min(self.end + 1, self.body + 12)]
        return "\n".join(line.text[:2000] for line in lines if line.prose)

    def below_title(self, index: int) -> bool:
        return self.title is not None and index > self.title
