"""A dry run: decides what a run would decide, and remembers instead of writing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpusapp.importing.bases import latest_values, values_before, whole
from corpusapp.importing.deciding import Decider, Decision, Defaults
from corpusapp.importing.drawer import Drawer
from corpusapp.importing.fields import as_current, current, given
from corpusapp.importing.known import Seen
from corpusapp.importing.merging import Merge, Standing, carried, compare, owned_fields
from corpusapp.importing.outcome import Result
from corpusapp.importing.reading import Parsed
from corpusapp.models import Outcome


@dataclass(slots=True)
class Rehearsal:
    """Stands in for a Writer."""

    defaults: Defaults
    decider: Decider
    _drawer: Drawer = field(default_factory=Drawer)

    def __post_init__(self) -> None:
        self.decider.twins.drawer = self._drawer

    def write(self, batch: Sequence[Parsed]) -> list[Result]:
        self.decider.look_up(batch)
        decisions, results = [], []
        for parsed in batch:
            decisions.append(self.decider.decide(parsed))
            results.append(self._rehearsed(decisions[-1]))
        self._drawer.put(
            (decision.seen, decision.parsed.marks if decision.makes_article else ())
            for decision in decisions
            if decision.seen and decision.outcome != Outcome.UNCHANGED
        )
        self.decider.known.forget()
        return results

    def close(self) -> None:
        self._drawer.close()

    def _rehearsed(self, decision: Decision) -> Result:
        seen = decision.seen
        if seen is None or decision.outcome == Outcome.UNCHANGED:
            return decision.result()
        # what stands in for the row that is not written; the text itself can be read again
        seen.values = given(decision.extracted, self.defaults.default_language)
        seen.origin, seen.extracted = decision.parsed.found, None
        if decision.earlier is None or decision.outcome == Outcome.DUPLICATE:
            return decision.result()
        seen.article = decision.earlier.article
        return decision.result(self._merge(decision.earlier, seen))

    def _merge(self, earlier: Seen, seen: Seen) -> Merge:
        new = seen.values or {}
        if earlier.article is None:  # made by this run: nobody can have touched it yet
            return compare(earlier.values or {}, new, Standing(None))
        article = whole(earlier.article)
        moved, base = self._drawer.standing(article.pk) or ({}, latest_values(article))
        standing = Standing(current(article) | moved, base, owned_fields(article))
        merge = compare(earlier.values or values_before(earlier, base), new, standing)
        moved.update({name: as_current(name, new[name]) for name in merge.moved})
        seen.values = carried(new, base)
        self._drawer.keep_standing(article.pk, moved, seen.values)
        return merge
