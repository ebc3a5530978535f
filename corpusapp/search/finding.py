"""How a query is answered, whatever the index: all words first, then nearly all, then any.

Whatever is asked costs a bounded amount of work: of very many articles that match, the latest and
those with the words in their titles are ranked, and counting ends at `COUNTED`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpusapp.models import Article, SearchEntry
from corpusapp.search import corrections, word_counts
from corpusapp.search.contract import COUNTED, MOST_HITS, FacetValue, Hit, Page, Query, Scope, Sort
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

RANKED = 1500  # articles of a match that are compared with each other
_TITLES = 300  # of many more: articles with the words in their titles
_FEW = 5  # found with all words: nearly all of them, or any, will do, too
_COMMON = 0.4  # a word of more articles than this part ranks nothing
_READ = 5  # texts that are read for what a run may have meant
_RECENCY, _SINCE, _YEARS = 0.02, 1980, 50  # of a score, at most: it parts equals and little more
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
        self.limit = max(0, min(query.limit, MOST_HITS, COUNTED - self.first))
        self._counts: dict[str, int] = {}

    def page(self) -> Page:
        """The answer. Raises QuerySyntaxError."""
        asked = read(self.query.text)
        if not asked.clauses:
            return Page() if asked.text.strip() else self._everything()
        reading = understood(
            asked,
            word_counts.rules(self.scope) or _OTHERWISE,
            self._known,
            lambda one: self._count(one, 1) > 0,
            None if self.query.as_typed else self._likely,
        )
        stages = self._stages(reading)
        if not self.query.as_typed and not stages.exact and (better := self._other_run(reading)):
            stages = self._stages(better)
        match = stages.all_words if self._by_date and stages.exact else stages.widest
        tally = self._tally(match)
        ids = (
            [(pk, 0.0) for pk in self._dated(match)] if self._by_date else self._best(stages, tally)
        )
        reading = stages.reading
        wanted = reading.wanted(in_parts=stages.ends_in_any)
        return self._page(ids, tally, self._facets(match, tally), reading.corrected, wanted)

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
        self._counts |= word_counts.counts(list(stems), self.scope)
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
        """Ever wider matches, as many as it takes to find some."""
        each = [reading.all_words()]
        found = exact = self._count(self._narrowed(each[0]), _FEW)
        if found >= _FEW or reading.asked.is_one_quote:
            return _Stages(reading, tuple(each), exact)
        if reading.asked.last_word and not reading.begun:
            begun = replace(reading, begun=True)
            wider = begun.all_words()
            if (more := self._count(self._narrowed(wider), _FEW)) > found:
                found, reading = more, begun
                each.append(wider)
        if found >= _FEW or (found and len(reading.asked.clauses) == 1):
            return _Stages(reading, tuple(each), exact)
        nearly = reading.nearly_all_words()
        if nearly and (more := self._count(self._narrowed(nearly), _FEW)) > found:
            found = more
            each.append(nearly)
        if found < _FEW and len(reading.parts()) > 1:
            return _Stages(reading, (*each, reading.any_word()), exact, ends_in_any=True)
        return _Stages(reading, tuple(each), exact)

    def _other_run(self, reading: Reading) -> Reading | None:
        """The query with a run that no article holds as one of those has it that are most like it."""
        for clause in reading.asked.clauses:
            if not isinstance(clause, Run) or self._count(clause.expression(()), 1):
                continue
            likest = self._best_of_any(list(clause.parts(())), [], _READ)
            rows = Article.objects.filter(pk__in=[pk for pk, _score in likest])
            texts = {
                row.pk: f"{row.title}\n{indexed_text(*row[2:6])}"
                for row in rows.values_list(*_TEXT, named=True)
            }
            run = corrections.likely_run(
                clause.text, [texts[pk] for pk, _score in likest if pk in texts]
            )
            if run:
                return reading.corrected_to(clause, run)
        return None

    def _best(self, stages: "_Stages", tally: Tally) -> Ranked:
        """The hits of the page, ranked: those of an earlier stage before those of a later one."""
        end = self.first + self.limit
        ranked: dict[int, float] = {}
        for stage in stages.each:
            if len(ranked) < end:
                in_any = stages.ends_in_any and stage == stages.widest
                for pk, score in self._ranked(stages.reading, stage, tally, in_any=in_any):
                    ranked.setdefault(pk, score)
        if len(ranked) < min(end, tally.count):
            widest = self._narrowed(stages.widest)
            rest = self.postings.latest(widest, self.scope, end + len(ranked))
            ranked |= {pk: 0.0 for pk in rest if pk not in ranked}
        return list(ranked.items())[self.first : end]

    def _ranked(self, reading: Reading, stage: Expression, tally: Tally, *, in_any: bool) -> Ranked:
        boosts = reading.boosts()
        if in_any:
            return self._recent(self._best_of_any(reading.parts(), boosts, RANKED))
        needed = self._narrowed(stage)
        if tally.count <= RANKED:
            return self._recent(self.postings.ranked(needed, boosts, self.scope, RANKED))
        best = dict(self.postings.ranked(needed, boosts, self.scope, RANKED, newest=RANKED))
        titles = [InTitle(part) for part in reading.parts() if isinstance(part, Term | Phrase)]
        if titles:
            needed = all_of([needed, *titles])
            for pk, score in self.postings.ranked(needed, boosts, self.scope, _TITLES):
                best[pk] = max(score, best.get(pk, 0.0))
        return self._recent(sorted(best.items(), key=lambda one: -one[1]))

    def _best_of_any(
        self, parts: Sequence[Expression], boosts: Sequence[Expression], limit: int
    ) -> Ranked:
        """What holds any of these parts: found by the rarest, compared by all."""
        numbers = {part: self._number(part) for part in parts}
        rarest = sorted((part for part in parts if numbers[part]), key=lambda part: numbers[part])
        needed: list[Expression] = []
        held = 0
        for part in rarest:
            if needed and held + numbers[part] > 2 * RANKED:
                break
            needed.append(part)
            held += numbers[part]
        if not needed:
            return []
        everything = max(1, self._documents())
        welcome = [part for part in rarest[len(needed) :] if numbers[part] < _COMMON * everything]
        return self.postings.ranked(
            self._narrowed(any_of(needed)),
            [*welcome, *boosts],
            self.scope,
            limit,
            newest=2 * RANKED if held > 2 * RANKED else 0,
        )

    def _number(self, part: Expression) -> int:
        """About how many articles hold it."""
        if isinstance(part, Term) and part.begins and part.text in self._counts:
            return self._counts[part.text]
        return self._count(part, 3 * RANKED)

    def _documents(self) -> int:
        name = word_counts.DOCUMENTS
        return word_counts.counts([name], self.scope).get(name, 0)

    def _recent(self, ranked: Ranked) -> Ranked:
        """The same with the later of two that fit about as well before the earlier."""
        head = ranked[: 10 * MOST_HITS]
        orders = self.postings.orders([pk for pk, _score in head[: 2 * MOST_HITS]])

        def weighed(one: tuple[int, float]) -> float:
            year = orders.get(one[0], 0) // 10**8
            return one[1] * (1 + _RECENCY * min(max(year - _SINCE, 0), _YEARS) / _YEARS)

        return (
            sorted(((pk, weighed((pk, score))) for pk, score in head), key=lambda one: -one[1])
            + ranked[len(head) :]
        )

    def _dated(self, match: Expression) -> list[int]:
        return self.postings.by_date(
            self._narrowed(match),
            self.scope,
            self.first,
            self.limit,
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


@dataclass(frozen=True, slots=True)
class _Stages:
    """Ever wider matches of a query, as it was understood in the end."""

    reading: Reading
    each: tuple[Expression, ...]
    exact: int  # how many articles hold all words, counted to a few
    ends_in_any: bool = False  # the widest asks for any of the words

    @property
    def all_words(self) -> Expression:
        return self.each[0]

    @property
    def widest(self) -> Expression:
        return self.each[-1]
