"""How a query is answered, whatever the index: all words first, then nearly all, then any.

Whatever is asked costs a bounded amount of work: of very many articles that match, the latest and
those with the words in their titles are ranked, and counting ends at `COUNTED`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpusapp.models import Article, SearchEntry
from corpusapp.search import corrections, word_counts
from corpusapp.search.contract import (
    COUNTED,
    MOST_HITS,
    MOST_IDS,
    FacetValue,
    Hit,
    Page,
    Query,
    Scope,
    Sort,
)
from corpusapp.search.documents import indexed_text
from corpusapp.search.excerpts import Wanted, snippet_of, title_of
from corpusapp.search.expressions import (
    EVERYTHING,
    Expression,
    InTitle,
    Phrase,
    Term,
    all_of,
    any_of,
)
from corpusapp.search.facets import counted, labelled, marks_of
from corpusapp.search.postings import Postings, Ranked, Tally
from corpusapp.search.query_language import Run, read
from corpusapp.search.reading import Reading, understood
from corpusapp.text.analysis import analyser

RANKED = 600  # articles of a match that are compared with each other
_TITLES = 200  # of many more: articles with the words in their titles
_FEW = 5  # found with all words: nearly all of them, or any, will do, too
_OF_ANY = 3000  # articles that are ranked where any word will do
_HEAD = 200  # the best, of which the later go before the earlier
_COMMON = 0.4  # a word of more articles than this part ranks nothing
_STRANGE = 5000  # articles of which one may have a pair that nobody writes
_READ = 5  # texts that are read for what a run may have meant
_RECENCY, _SINCE, _YEARS = 0.02, 1980, 50  # of a score, at most: it parts equals and little more
_LATER_STAGE = 0.999  # of the lowest score before
_OTHERWISE = ("en",)  # rules of an index that holds nothing
_ONE_OF_EACH = frozenset({"section", "source", "language", "year", "state"})
_TEXT = ("pk", "title", "standfirst", "body", "caption", "author_note", "language")

Facets = Mapping[str, tuple[FacetValue, ...]]


class Finder:
    """Answers one query from one index."""

    def __init__(self, postings: Postings, query: Query) -> None:
        self.postings = postings
        self.query = query
        self.scope = query.scope
        self.chosen = marks_of(query.filters, query.scope)
        self.first = max(0, query.offset)
        is_list = query.scope is Scope.DESK and not query.excerpts
        most = MOST_IDS if is_list else MOST_HITS
        self.limit = max(0, min(query.limit, most, COUNTED - self.first))
        self._counts: dict[str, int] = {}

    def page(self) -> Page:
        """The answer. Raises QuerySyntaxError."""
        asked = read(self.query.text)
        if not asked.clauses:
            return Page() if asked.text.strip() else self._everything()
        self._counts |= word_counts.general(self.scope)
        reading = understood(
            asked,
            word_counts.rules_of(self._counts) or _OTHERWISE,
            self._known,
            lambda one: self._count(one, 1) > 0,
            None if self.query.as_typed else self._likely,
        )
        stages = self._stages(reading)
        if not self.query.as_typed and not stages.exact and (better := self._other_run(reading)):
            stages = self._stages(better)
        match, tally = stages.widest, stages.tally
        tally = tally or self._tally(match)
        ids = self._in_turn(stages) if self._by_date else self._best(stages, tally)
        reading = stages.reading
        wanted = reading.wanted(in_parts=stages.parts is not None)
        page = self._page(ids, tally, self._facets(match, tally), reading.corrected, wanted)
        return replace(page, in_part=stages.in_part and bool(page.total))

    @property
    def _by_date(self) -> bool:
        return self.query.sort != Sort.RELEVANCE

    def _everything(self) -> Page:
        """What the filters let through, by date."""
        match = Term(EVERYTHING)
        tally = self._tally(match)
        if self.chosen or self.query.sort == Sort.OLDEST:
            ids = self._dated(match)
        else:  # along an index of the entries
            entries = SearchEntry.objects.order_by("-order", "-article_id")
            if self.scope == Scope.PUBLIC:
                entries = entries.filter(is_public=True)
            shown = entries.values_list("article_id", flat=True)
            ids = list(shown[self.first : self.first + self.limit])
        return self._page(
            [(pk, 0.0) for pk in ids], tally, self._facets(match, tally), None, Wanted()
        )

    # which articles ---------------------------------------------------------------------------

    def _known(self, stems: Iterable[str]) -> Collection[str]:
        new = [stem for stem in stems if stem not in self._counts]
        self._counts |= word_counts.counts(new, self.scope) if new else {}
        return self._counts

    def _likely(self, word: str) -> Sequence[str]:
        return corrections.likely_words(word, self.scope)

    def _count(self, expression: Expression, limit: int) -> int:
        return self.postings.tally(expression, self.scope, limit, places=False, people=False).count

    def _narrowed(self, expression: Expression, without: str = "") -> Expression:
        """What also has marks that were chosen, of each kind but `without`."""
        marks = [any_of(map(Term, marks)) for name, marks in self.chosen.items() if name != without]
        return all_of([expression, *marks])

    def _stages(self, reading: Reading) -> "_Stages":
        """Ever wider matches, as many as it takes to find some, whatever filters then leave of them.

        So what a filter shows is a part of what is found without it, and as much as its facet says.
        """
        all_words = reading.all_words()
        tally = None if self.chosen else self._tally(all_words)
        found = self._count(all_words, _FEW) if tally is None else tally.count
        if found >= _FEW or reading.asked.is_one_quote:
            return _Stages(reading, (all_words,), found, tally)
        each = [all_words] if found else []
        if reading.asked.last_word and not reading.begun:
            begun = replace(reading, begun=True)
            wider = begun.all_words()
            if (more := self._count(wider, _FEW)) > found:
                found, reading = more, begun
                each.append(wider)
        apart = reading.all_words_apart() if found < _FEW else None
        if apart and (more := self._count(apart, _FEW)) > found:
            found = more
            each.append(apart)
        exact = found
        if found >= _FEW or (found and len(reading.asked.clauses) == 1):
            return _Stages(reading, tuple(each), exact)
        whole = each[-1] if each else None
        nearly = reading.nearly_all_words()
        if nearly and (more := self._count(nearly, _FEW)) > found:
            found = more
            each.append(nearly)
        parts = self._telling(reading.parts()) if found < _FEW else {}
        if len(parts) > 1 or (parts and not each):
            each.append(any_of(parts))
        stages = _Stages(reading, tuple(each) or (all_words,), exact, parts=parts or None)
        return replace(stages, in_part=not (whole and self._count(self._narrowed(whole), 1)))

    def _telling(self, parts: Sequence[Expression]) -> dict[Expression, int]:
        """Those of the parts that not nearly every article holds, with about how many do."""
        numbers = {part: number for part in parts if (number := self._number(part))}
        common = _COMMON * self._documents()
        telling = {part: number for part, number in numbers.items() if number <= common}
        if telling and self.chosen and not self._count(self._narrowed(any_of(telling)), 1):
            return numbers  # what tells nothing among all is what there is among these
        return telling or numbers

    def _other_run(self, reading: Reading) -> Reading | None:
        """The query with a run that no article holds as one of those has it that are most like it."""
        for clause in reading.asked.clauses:
            if not isinstance(clause, Run) or self._count(clause.expression(()), 1):
                continue
            strange = self._strange_pairs(clause)
            if not any(strange):  # whatever it says is said elsewhere
                continue
            likest = self._best_of_any(self._telling(clause.parts(())), [], _READ)
            rows = Article.objects.filter(pk__in=[pk for pk, _score in likest])
            texts = {
                row.pk: f"{row.title}\n{indexed_text(*row[2:6])}"
                for row in rows.values_list(*_TEXT, named=True)
            }
            run = corrections.likely_run(
                clause.text, strange, [texts[pk] for pk, _score in likest if pk in texts]
            )
            if run:
                return reading.corrected_to(clause, run)
        return None

    def _strange_pairs(self, run: Run) -> list[bool]:
        """Of each pair of a run whether hardly any article has it."""
        hardly_any = self._documents() // _STRANGE
        return [self._count(Term(pair), hardly_any + 1) <= hardly_any for pair in run.pairs[:-1]]

    def _best(self, stages: "_Stages", tally: Tally) -> Ranked:
        """The hits of the page, ranked: those of an earlier stage before those of a later one."""
        end = self.first + self.limit
        ranked: dict[int, float] = {}
        for stage in stages.each:
            if len(ranked) >= end:
                break
            if stages.parts and stage == stages.widest:
                found = self._best_of_any(stages.parts, stages.reading.boosts(), max(end, _HEAD))
            else:
                is_vast = stage == stages.widest and tally.count > RANKED
                found = self._best_of_all(stages.reading, stage, max(end, _HEAD), is_vast=is_vast)
            for pk, score in _below(min(ranked.values(), default=None), self._recent(found)):
                ranked.setdefault(pk, score)
        if len(ranked) < min(end, tally.count):
            widest = self._narrowed(stages.widest)
            rest = self.postings.latest(widest, self.scope, end + len(ranked))
            ranked |= {pk: 0.0 for pk in rest if pk not in ranked}
        return list(ranked.items())[self.first : end]

    def _best_of_all(
        self, reading: Reading, stage: Expression, limit: int, *, is_vast: bool
    ) -> Ranked:
        needed, boosts = self._narrowed(stage), reading.boosts()
        if not is_vast:
            return self.postings.ranked(needed, boosts, self.scope, limit)
        best = dict(self.postings.ranked(needed, boosts, self.scope, limit, newest=RANKED))
        titles = [InTitle(part) for part in reading.parts() if isinstance(part, Term | Phrase)]
        if titles:
            needed = all_of([needed, *titles])
            for pk, score in self.postings.ranked(needed, boosts, self.scope, _TITLES):
                best[pk] = max(score, best.get(pk, 0.0))
        return sorted(best.items(), key=lambda one: -one[1])

    def _best_of_any(
        self, numbers: Mapping[Expression, int], boosts: Sequence[Expression], limit: int
    ) -> Ranked:
        """What holds any of these parts: found by the rarest, compared by all."""
        rarest = sorted(numbers, key=lambda part: numbers[part])
        needed: list[Expression] = []
        held = 0
        for part in rarest:
            if needed and held + numbers[part] > _OF_ANY:
                break
            needed.append(part)
            held += numbers[part]
        if not needed:
            return []
        return self.postings.ranked(
            self._narrowed(any_of(needed)),
            [*rarest[len(needed) :], *boosts],
            self.scope,
            limit,
            newest=_OF_ANY if held > _OF_ANY else 0,
        )

    def _number(self, part: Expression) -> int:
        """About how many articles hold it."""
        if isinstance(part, Term) and part.begins and part.text in self._counts:
            return self._counts[part.text]
        return self._count(part, _OF_ANY)

    def _documents(self) -> int:
        return self._counts.get(word_counts.DOCUMENTS, 0)

    def _recent(self, ranked: Ranked) -> Ranked:
        """The same with the later of two that fit about as well before the earlier."""
        head = ranked[:_HEAD]
        orders = self.postings.orders([pk for pk, _score in head])

        def weighed(pk: int, score: float) -> float:
            year = orders.get(pk, 0) // 10**8
            return score * (1 + _RECENCY * min(max(year - _SINCE, 0), _YEARS) / _YEARS)

        again = [(pk, weighed(pk, score)) for pk, score in head]
        return sorted(again, key=lambda one: -one[1]) + ranked[_HEAD:]

    def _in_turn(self, stages: "_Stages") -> Ranked:
        """The hits of the page by date: those of an earlier stage, which are few, before later ones."""
        *earlier, widest = stages.each
        if not earlier:
            return [(pk, 0.0) for pk in self._dated(widest)]
        ids = [pk for stage in earlier for pk in self._dated(stage, 0, _FEW)]
        ids += self._dated(widest, 0, self.first + self.limit)
        once = list(dict.fromkeys(ids))
        return [(pk, 0.0) for pk in once[self.first : self.first + self.limit]]

    def _dated(
        self, match: Expression, first: int | None = None, limit: int | None = None
    ) -> list[int]:
        """What matches by date: the hits of the page, or others."""
        return self.postings.by_date(
            self._narrowed(match),
            self.scope,
            self.first if first is None else first,
            self.limit if limit is None else limit,
            oldest_first=self.query.sort == Sort.OLDEST,
        )

    # what is told of them ---------------------------------------------------------------------

    def _tally(self, match: Expression) -> Tally:
        wanted = self.query.facets
        return self.postings.tally(
            self._narrowed(match), self.scope, COUNTED, places=wanted, people=wanted
        )

    def _facets(self, match: Expression, tally: Tally) -> Facets:
        if not self.query.facets:
            return {}
        counts = counted(tally)
        for name in self.chosen:  # as if nothing of its kind had been chosen
            other = self.postings.tally(
                self._narrowed(match, without=name),
                self.scope,
                COUNTED,
                places=name in _ONE_OF_EACH,
                people=name not in _ONE_OF_EACH,
            )
            counts[name] = counted(other)[name]
        return labelled(counts, self.chosen, self.scope, self.query.labels)

    def _page(
        self,
        ranked: Ranked,
        tally: Tally,
        facets: Facets,
        corrected: str | None,
        wanted: Wanted,
    ) -> Page:
        return Page(
            hits=self._hits(ranked, wanted),
            total=tally.count,
            more=tally.more,
            facets=facets,
            corrected_query=corrected,
        )

    def _hits(self, ranked: Ranked, wanted: Wanted) -> tuple[Hit, ...]:
        """The hits with what is shown of them; asked again whether readers may see them."""
        articles = (
            Article.objects.published()
            if self.scope == Scope.PUBLIC
            else Article.objects.filter(binned_at__isnull=True)
        ).filter(pk__in=[pk for pk, _score in ranked])
        if not self.query.excerpts:
            seen = set(articles.values_list("pk", flat=True))
            return tuple(Hit(pk, score) for pk, score in ranked if pk in seen)
        rows = {row.pk: row for row in articles.values_list(*_TEXT, named=True)}
        return tuple(
            Hit(
                pk,
                score,
                title_of(rows[pk].title, wanted, analyser(rows[pk].language)),
                snippet_of(indexed_text(*rows[pk][2:6]), wanted, analyser(rows[pk].language)),
            )
            for pk, score in ranked
            if pk in rows
        )


def _below(lowest: float | None, ranked: Ranked) -> Ranked:
    """The same with scores below those of an earlier stage, so that one answer has one scale."""
    highest = max((score for _pk, score in ranked), default=0.0)
    if lowest is None or highest < lowest:
        return ranked
    return [(pk, score * lowest / highest * _LATER_STAGE) for pk, score in ranked]


@dataclass(frozen=True, slots=True)
class _Stages:
    """Ever wider matches of a query, as it was understood in the end."""

    reading: Reading
    each: tuple[Expression, ...]  # those that find something
    exact: (
        int  # how many articles hold all words, filters apart; where others are found, too, a few
    )
    tally: Tally | None = None  # of the widest, where it is known
    parts: Mapping[Expression, int] | None = None  # any of which the widest asks for
    in_part: bool = False  # nothing that the filters let through has all words

    @property
    def widest(self) -> Expression:
        return self.each[-1]
