"""New documents beside all that is there: which of them share much of their text with an article."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from corpusapp.editing.twins import Pair, body_shingles, closest, likeness
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.drawer import Drawer
from corpusapp.importing.known import Seen
from corpusapp.importing.reading import Parsed
from corpusapp.models import Article, TextMark

TextOf = Callable[[Seen], ExtractedArticle | None]
_FIRST = -(1 << 40)
# Words of a text that is fetched before it is known to be needed
_ORDINARY = 20_000


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
    """The articles that a batch could resemble."""

    holders: dict[int, list[int]] = field(default_factory=dict)  # by mark, as stored
    # of articles, {id: (title, body)}: what this batch will be compared with, if it is to be compared
    _stored: dict[int, tuple[str, str]] = field(default_factory=dict)
    # of a dry run, what it would have made in earlier batches
    drawer: Drawer | None = None
    _new: list[Seen] = field(default_factory=list)  # of this batch
    # by mark: _FIRST is the first new one, and above that, below zero, numbers of the drawer
    _of_run: dict[int, list[int]] = field(default_factory=dict)

    def look_up(self, batch: Sequence[Parsed]) -> None:
        """Ask the database, in 2 queries at most, who shares a mark with these new documents."""
        self._new = []
        marks = {mark for one in batch for mark in one.marks}
        self._of_run = self.drawer.holders(marks) if self.drawer else {}
        self.holders = TextMark.objects.holders(marks)
        near = {number for one in batch for number in closest(one.marks, self.holders)}
        self._stored = _texts(near, units__lt=_ORDINARY) if near else {}

    def of(self, parsed: Parsed, extracted: ExtractedArticle, text_of: TextOf) -> list[Twin]:
        """Those whose text stands half in this one's, or the other way round; the closest first.

        `text_of` gives again the text of one that is not written. It is not kept, because whoever
        decides keeps this: in a circle, all that a batch has read would stay until somebody looks.

        No query for a text that is like none, or like ordinary ones.
        """
        near = closest(parsed.marks, self._both(parsed.marks))
        if not near:
            return []
        own = body_shingles(extracted.body)
        others = [number for number in near if number > 0 and number not in self._stored]
        stored = self._stored | _texts(others) if others else self._stored
        twins = []
        for number in near:
            seen = self._made(number) if number < 0 else None
            text = text_of(seen) if seen else None
            title, body = (text.title, text.body) if text else stored.get(number, ("", ""))
            if shared := likeness(own, body_shingles(body)):
                twins.append(Twin(title, shared, max(number, 0), seen))
        return sorted(twins, key=lambda twin: -twin.shared)

    def add(self, parsed: Parsed, seen: Seen) -> None:
        """Let the documents after it be compared with this new one."""
        self._new.append(seen)
        for mark in parsed.marks:
            self._of_run.setdefault(mark, []).append(_FIRST + 1 - len(self._new))

    def _made(self, number: int) -> Seen:
        if number <= _FIRST or self.drawer is None:
            return self._new[_FIRST - number]
        return self.drawer.get(number)

    def _both(self, marks: Sequence[int]) -> dict[int, list[int]]:
        return {
            mark: [*self.holders.get(mark, ()), *self._of_run.get(mark, ())]
            for mark in marks
            if mark in self.holders or mark in self._of_run
        }


def _texts(articles: Iterable[int], **conditions: object) -> dict[int, tuple[str, str]]:
    """Titles and bodies of those of these articles that are not in the bin."""
    found = Article.objects.filter(pk__in=articles, binned_at__isnull=True, **conditions)
    return {pk: (title, body) for pk, title, body in found.values_list("pk", "title", "body")}
