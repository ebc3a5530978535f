"""The index in PostgreSQL, read.

Of what matches, the articles that `ts_rank` likes best are ranked once more by BM25, from the counts
that are kept (`word_counts`) and how often each has the words: so that both databases answer alike.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection, transaction

from corpusapp.search import word_counts
from corpusapp.search.answering import IndexedEngine
from corpusapp.search.bm25 import Counted, Leaf, Statistics, leaves_of, scores
from corpusapp.search.contract import Page, Query, Scope
from corpusapp.search.expressions import (
    All,
    AnyOf,
    Expression,
    InTitle,
    Phrase,
    Term,
    any_of,
)
from corpusapp.search.finding import Finder
from corpusapp.search.postgres_index import (
    ENTRY,
    HIDDEN,
    PUBLIC,
    TITLE,
    UNPLACED,
    PostgresIndex,
)
from corpusapp.search.postings import Postings, Ranked, Tally, orders

_RERANKED = 300
_WEIGHTS = (1, 1, 2, 4)  # of a place in the body, the section, the names, the title
_HEAVIEST = max(_WEIGHTS)  # the database takes none above one
_BY_FIELD = f"{{{', '.join(str(weight / _HEAVIEST) for weight in _WEIGHTS)}}}"
_TITLE_ALONE = "{0, 0, 0, 1}"
_VAST = 1000
_LATEST = 1000  # matches that are remembered while a query is answered
_MOST_LACKING = 2  # terms of a phrase, of several
_COUNTED = 3000  # articles that hold a pair or a phrase; more make no difference to a rank


def written(asked: Expression, unplaced: Collection[str] = ()) -> str:
    """The expression in the language of tsquery. Terms hold no quotation mark and no backslash.

    In a phrase any term will do instead of one that is `unplaced`, in an article that says so of it.
    """
    match asked:
        case Term(text, begins):
            return f"'{text}':*" if begins else f"'{text}'"
        case Phrase():
            return _phrase(asked, unplaced)
        case InTitle(Phrase(terms, _)):  # in the title at all: ranking looks at the places
            return written(All(tuple(Term(TITLE + term) for term in terms)))
        case InTitle(Term(text, begins)):
            return written(Term(TITLE + text, begins))
        case All(parts):
            return f"({' & '.join(written(part, unplaced) for part in parts)})"
        case AnyOf(parts):
            return f"({' | '.join(written(part, unplaced) for part in parts)})"
    raise TypeError(asked)


def _phrase(asked: Phrase, unplaced: Collection[str]) -> str:
    may_lack = list(dict.fromkeys(term for term in asked.terms if term in unplaced))
    # of very many ways a few: an article that has lost places of so many terms may have lost all
    numbers = {*range(min(len(may_lack), _MOST_LACKING) + 1), len(may_lack)}
    ways = [
        " & ".join([*(f"'{UNPLACED}{term}'" for term in lacking), *_chain(asked, lacking)])
        for number in sorted(numbers)
        for lacking in combinations(may_lack, number)
    ]
    return f"({ways[0]})" if len(ways) == 1 else f"({' | '.join(f'({way})' for way in ways)})"


def _chain(asked: Phrase, lacking: Collection[str]) -> Iterator[str]:
    """The terms of a phrase but those, at their distances; nothing where none is left."""
    text, before = "", 0
    for at, term in enumerate(asked.terms):
        if term in lacking:
            continue
        begins = asked.begins and at == len(asked.terms) - 1
        text += f" <{at - before}> " if text else ""
        text += f"'{term}':*" if begins else f"'{term}'"
        before = at
    if text:
        yield f"({text})"


def _phrases(asked: Expression) -> Iterator[Phrase]:
    match asked:
        case Phrase():
            yield asked
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _phrases(part)


@dataclass(frozen=True, slots=True)
class _Matches:
    """What matched: how many, and the ids of the latest of them, the last first."""

    count: int
    latest: list[int]

    @property
    def is_all(self) -> bool:
        return len(self.latest) == self.count


class PostgresPostings(Postings):
    """Reads the vectors.

    One that `remembers` serves a single query: what it has counted it need not look for again, and
    looking whether words follow one another means unpacking each vector that has them.
    """

    def __init__(self, *, remembers: bool = False) -> None:
        self._remembers = remembers
        self._found: dict[tuple[Expression, Scope], _Matches] = {}
        self._held: dict[tuple[Leaf, Scope], int] = {}
        self._unplaced: dict[str, bool] = {}  # terms of phrases, as looked up

    def tally(
        self, asked: Expression, scope: Scope, limit: int, *, places: bool, people: bool
    ) -> Tally:
        columns = ", ".join(
            f"string_agg({column}, ' ')" if wanted else "NULL"
            for column, wanted in (("place", places), ("people", people))
        )
        matching, values = self._matching("article_id, place, people", asked, scope)
        in_order = places or people or self._remembers
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), {columns}, "
                f"{'(array_agg(article_id))[:%s]' if self._remembers else 'NULL'} "
                f"FROM (SELECT * FROM ({matching}) m "
                f"{'ORDER BY article_id DESC' if in_order else ''} LIMIT %s) n",
                [*([_LATEST] if self._remembers else []), *values, limit + 1],
            )
            number, joined_places, joined_people, latest = cursor.fetchone()
        if self._remembers and number <= limit:
            self._found[asked, scope] = _Matches(number, latest or [])
        return Tally(
            min(number, limit),
            number > limit,
            Counter((joined_places or "").split()),
            Counter((joined_people or "").split()),
        )

    def numbers(self, asked: Sequence[Expression], scope: Scope, limit: int) -> Sequence[int]:
        each = f"(SELECT count(*) FROM ({_matching('1', scope)} LIMIT {limit:d}) n)"
        values = [value for one in asked for value in self._asked(one, scope)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join([each] * len(asked))}", values)
            return list(cursor.fetchone())

    def ranked(
        self,
        needed: Expression,
        welcome: Sequence[Expression],
        scope: Scope,
        limit: int,
        *,
        newest: int = 0,
    ) -> Ranked:
        leaves = leaves_of([needed, *welcome])
        if not leaves:
            return []
        rank = f"ts_rank('{_BY_FIELD}', vector, %s::tsquery)"
        preferred = written(any_of(leaf.expression for leaf in leaves))
        # of as many as hold all the words, the latest are taken as they come
        number = newest if newest > _VAST else _RERANKED
        matching, values = self._matching(
            "article_id, terms, vector", needed, scope, newest=number if newest else 0
        )
        latest = f"ORDER BY article_id DESC LIMIT {number}" if newest else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({matching} {latest}), "
                # in a query of their own, else each of thousands is counted before they are sorted
                f"best AS MATERIALIZED (SELECT * FROM m ORDER BY CASE WHEN (SELECT count(*) FROM m) > {_RERANKED} "
                f"THEN {rank} END DESC NULLS LAST, article_id DESC LIMIT %s) "
                f"SELECT article_id, terms, {', '.join(map(_how_often, leaves))} FROM best",
                [*values, preferred, _RERANKED, *(written(leaf.what) for leaf in leaves)],
            )
            rows = [Counted(pk, terms, often) for pk, terms, *often in cursor.fetchall()]
        self._hold_phrases(needed, leaves, rows, scope)
        return scores(rows, leaves, self._statistics(leaves, scope))[:limit]

    def _matching(
        self, columns: str, asked: Expression, scope: Scope, *, newest: int = 0
    ) -> tuple[str, list[Any]]:
        """A query of the entries that match, or of the `newest` of them, with its values."""
        found = self._found.get((asked, scope))
        if found and (found.is_all or 0 < newest <= len(found.latest)):
            ids = found.latest[:newest] if newest else found.latest
            return f"SELECT {columns} FROM {ENTRY} WHERE article_id = ANY(%s)", [ids]
        if isinstance(asked, All):
            for part in asked.parts:
                found = self._found.get((part, scope))
                if found and found.is_all:
                    rest = All(tuple(one for one in asked.parts if one != part))
                    among = f"SELECT {columns} FROM {ENTRY} WHERE article_id = ANY(%s)"
                    values = [found.latest, self._written(rest)]
                    return f"{among} AND vector @@ %s::tsquery", values
        return _matching(columns, scope), self._asked(asked, scope)

    def _hold_phrases(
        self, needed: Expression, leaves: Sequence[Leaf], rows: Sequence[Counted], scope: Scope
    ) -> None:
        """How many articles have words that follow one another: as many of all as of those looked at.

        All that have the phrase have its words, and so are among what has all of several words.
        """
        matches = self._found.get((needed, scope))
        if not matches or not rows or not isinstance(needed, All | Phrase):
            return
        for at, leaf in enumerate(leaves):
            if isinstance(leaf.expression, Phrase) and (leaf, scope) not in self._held:
                with_it = sum(1 for row in rows if row.often[at])
                self._held[leaf, scope] = round(matches.count * with_it / len(rows))

    def _statistics(self, leaves: Sequence[Leaf], scope: Scope) -> Statistics:
        stems = [leaf.stem for leaf in leaves if leaf.stem]
        kept = word_counts.counts([*stems, word_counts.DOCUMENTS, word_counts.LENGTH], scope)
        holders = {leaf: kept[leaf.stem] for leaf in leaves if leaf.stem in kept}
        holders |= {leaf: self._held[leaf, scope] for leaf in leaves if (leaf, scope) in self._held}
        others = [leaf for leaf in leaves if leaf not in holders]
        if others:
            numbers = self.numbers([leaf.expression for leaf in others], scope, _COUNTED)
            holders |= dict(zip(others, numbers, strict=True))
            if self._remembers:
                self._held |= {(leaf, scope): holders[leaf] for leaf in others}
        documents = max(1, kept.get(word_counts.DOCUMENTS, 1))
        return Statistics(documents, kept.get(word_counts.LENGTH, 0) / documents, holders)

    def latest(self, asked: Expression, scope: Scope, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({_matching('article_id', scope)}) "
                "SELECT article_id FROM m ORDER BY article_id DESC LIMIT %s",
                [*self._asked(asked, scope), limit],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def by_date(
        self, asked: Expression, scope: Scope, offset: int, limit: int, *, oldest_first: bool
    ) -> list[int]:
        order = (
            '"order" = 0, "order", article_id' if oldest_first else '"order" DESC, article_id DESC'
        )
        columns = 'article_id, "order"'
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH m AS MATERIALIZED ({_matching(columns, scope)}) "
                f"SELECT article_id FROM m ORDER BY {order} LIMIT %s OFFSET %s",
                [*self._asked(asked, scope), limit, offset],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def orders(self, article_ids: Collection[int]) -> dict[int, int]:
        return orders(article_ids)

    def _asked(self, asked: Expression, scope: Scope) -> list[str]:
        query = self._written(asked)
        return [query] if scope == Scope.PUBLIC else [query, query]

    def _written(self, asked: Expression) -> str:
        """The query that finds what matches; what ranks it need not look so closely."""
        return written(asked, self._without_places(asked))

    def _without_places(self, asked: Expression) -> set[str]:
        """Terms of its phrases of which some article has more places than a vector holds."""
        terms = {term for phrase in _phrases(asked) for term in phrase.terms}
        known = self._unplaced if self._remembers else {}
        new = [term for term in terms if term not in known]
        if new:
            marks = [f"'{UNPLACED}{term}'" for term in new]
            each = " OR ".join(
                f"EXISTS (SELECT 1 FROM {ENTRY} WHERE {part} AND vector @@ t.mark::tsquery)"
                for part in (PUBLIC, HIDDEN)
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {each} FROM unnest(%s::text[]) WITH ORDINALITY t(mark, n) ORDER BY n",
                    [marks],
                )
                known |= {
                    term: found for term, (found,) in zip(new, cursor.fetchall(), strict=True)
                }
        return {term for term in terms if known[term]}


def _how_often(leaf: Leaf) -> str:
    """How often a vector has the leaf, each time weighed by the field.

    To `ts_rank_cd` each place of a term is a cover without a gap, and so is each of a phrase: it adds
    their weights. (`ts_rank` counts what comes again for less.)
    """
    weights = _TITLE_ALONE if leaf.in_title else _BY_FIELD
    return f"{_HEAVIEST} * ts_rank_cd('{weights}', vector, %s::tsquery)"


def _matching(columns: str, scope: Scope) -> str:
    """A query of the entries that match a tsquery, along the indexes of the scope."""
    one = f"SELECT {columns} FROM {ENTRY} WHERE {{}} AND vector @@ %s::tsquery"
    if scope == Scope.PUBLIC:
        return one.format(PUBLIC)
    return f"({one.format(PUBLIC)} UNION ALL {one.format(HIDDEN)})"


class PostgresEngine(IndexedEngine):
    """Search in PostgreSQL."""

    def __init__(self) -> None:
        super().__init__(PostgresIndex(), PostgresPostings())

    def find(self, query: Query) -> Page:
        """See the contract.

        The planner does not know what it costs to unpack a vector, and would rather look at
        them one by one than ask the index that is made for it, which is always read as a bitmap.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            page = Finder(PostgresPostings(remembers=True), query).page()
            # the transaction may be somebody's, who asks for other things in it
            cursor.execute(
                "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT"
            )
            return page
