"""An engine made of an index that is kept and the same index read."""

from collections.abc import Iterable, Mapping, Sequence

from corpusapp.search import word_counts
from corpusapp.search.contract import Page, Query, Scope, Suggestion
from corpusapp.search.expressions import Term, any_of
from corpusapp.search.finding import Finder
from corpusapp.search.index import Index
from corpusapp.search.postings import Postings
from corpusapp.search.suggesting import suggestions
from corpusapp.text.analysis import JOIN

_TOGETHER = 200  # terms that are counted by one query


class IndexedEngine:
    """Satisfies `contract.Engine`."""

    def __init__(self, index: Index, postings: Postings) -> None:
        self.index = index
        self.postings = postings

    def find(self, query: Query) -> Page:
        return Finder(self.postings, query).page()

    def suggest(
        self, text: str, scope: Scope = Scope.PUBLIC, *, shelf: str = "en", limit: int = 8
    ) -> Sequence[Suggestion]:
        return suggestions(self.postings, text, scope, shelf, limit)

    def put(self, article_ids: Iterable[int]) -> None:
        self.index.put(article_ids)

    def document_counts(self, terms: Iterable[str], scope: Scope) -> Mapping[str, int]:
        """See the contract; pairs are counted in the index, up to 10,000."""
        asked = list(dict.fromkeys(terms))
        found = dict(word_counts.counts([one for one in asked if one.endswith(JOIN)], scope))
        others = [term for term in asked if term not in found]
        for some in (others[at : at + _TOGETHER] for at in range(0, len(others), _TOGETHER)):
            sought = [Term(term, begins=term.endswith(JOIN)) for term in some]
            numbers = self.postings.numbers(sought, scope, 10_000)
            found |= {term: n for term, n in zip(some, numbers, strict=True) if n}
        return found

    def holders(self, terms: Sequence[str], scope: Scope, limit: int) -> Sequence[int]:
        if not terms:
            return []
        asked = any_of(Term(term, begins=term.endswith(JOIN)) for term in terms)
        return self.postings.latest(asked, scope, limit)
