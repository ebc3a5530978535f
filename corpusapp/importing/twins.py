"""New documents beside all that is there: which of them share much of their text with an article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpusapp.editing.twins import Pair, body_shingles, closest, likeness
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.known import Seen
from corpusapp.importing.reading import Parsed
from corpusapp.models import Article, TextMark

TextOf = Callable[[Seen], ExtractedArticle | None]


@dataclass(frozen=True, slots=True)
class Twin:
    """What a new document shares with one that is there already, or was decided just before it."""

    title: str
    shared: float
    article: int = 0  # its id; 0 for one that is not written yet
    seen: Seen | None = None  # that one

    def pair_with(self, later: Article) -> Pair:
        """Once both are written."""
        earlier = self.article or (self.seen.article.pk if self.seen and self.seen.article else 0)
        return Pair(earlier, later.pk, self.shared)


@dataclass(slots=True)
class Twins:
    """The articles that a batch could resemble; `text_of` gives again the text of one not written."""

    text_of: TextOf
    holders: dict[int, list[int]] = field(default_factory=dict)  # by mark, as stored
    _new: list[Seen] = field(default_factory=list)
    _of_run: dict[int, list[int]] = field(default_factory=dict)  # by mark: -1 is the first new one

    def look_up(self, batch: Sequence[Parsed]) -> None:
        """Ask the database, in 1 query, who shares a mark with this batch."""
        self.holders = TextMark.objects.holders({mark for one in batch for mark in one.marks})

    def of(self, parsed: Parsed, extracted: ExtractedArticle) -> list[Twin]:
        """Those whose text stands half in this one's, or the other way round; the closest first.

        No query for a text that is like none.
        """
        near = closest(parsed.marks, self._both(parsed.marks))
        if not near:
            return []
        own = body_shingles(extracted.body)
        stored = {
            pk: (title, body)
            for pk, title, body in Article.objects.filter(
                pk__in=[number for number in near if number > 0], binned_at__isnull=True
            ).values_list("pk", "title", "body")
        }
        twins = []
        for number in near:
            seen = self._new[-number - 1] if number < 0 else None
            text = self.text_of(seen) if seen else None
            title, body = (text.title, text.body) if text else stored.get(number, ("", ""))
            if shared := likeness(own, body_shingles(body)):
                twins.append(Twin(title, shared, max(number, 0), seen))
        return sorted(twins, key=lambda twin: -twin.shared)

    def add(self, parsed: Parsed, seen: Seen) -> None:
        """Let the documents after it be compared with this new one."""
        self._new.append(seen)
        for mark in parsed.marks:
            self._of_run.setdefault(mark, []).append(-len(self._new))

    def _both(self, marks: Sequence[int]) -> dict[int, list[int]]:
        return {
            mark: [*self.holders.get(mark, ()), *self._of_run.get(mark, ())]
            for mark in marks
            if mark in self.holders or mark in self._of_run
        }
