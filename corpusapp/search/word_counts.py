"""In how many articles a word stands, and how many articles there are: what ranking and corrections ask.

Writers append what changed, and never touch a row that another writer may hold; `fold` adds it up.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from corpusapp.models import SearchCount, SearchWord
from corpusapp.search.contract import Scope
from corpusapp.text.analysis import JOIN, stem_of, stemming, word_of

# Not words: articles, terms of their bodies, articles by the rules they were analysed by, and articles
# whose former words could not be taken out
DOCUMENTS, LENGTH, RULES, LEFT_BEHIND = "#documents", "#length", "#rules ", "#left behind"
_LONGEST, _SHORTEST = 30, 3  # letters of a word that is counted
_PENDING = 12  # writes not added up, before somebody does
_SMALL = 5  # articles: a write of so few is added up at once
# Any number will do that nothing else on the database uses as an advisory lock
_LOCK = 0xC04906
_BATCH = 5000


@dataclass(slots=True)
class Changes:
    """What a write changes, gathered until it is written."""

    public: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    articles: int = 0

    def add(
        self, terms: Iterable[str], length: int, language: str, *, is_public: bool, by: int
    ) -> None:
        """One article more (`by` 1) or less (-1) that holds these terms, each named once or more."""
        counts = self.public if is_public else self.hidden
        known = {term for term in terms if JOIN in term}
        changed = Counter({stem_of(term) for term in known})
        changed.update({word_of(term) for term in known})
        changed[DOCUMENTS] = 1
        changed[LENGTH] = length
        changed[RULES + stemming(language)] = 1
        if by > 0:
            counts.update(changed)
        else:
            counts.subtract(changed)
        self.articles += 1

    def write(self) -> None:
        """Append them, and add up what waits if that is much, or this was little."""
        kept = {
            "public": _kept(self.public),
            "hidden": _kept(self.hidden),
        }
        if not any(kept.values()):
            return
        SearchCount.objects.create(
            articles=self.articles,
            changes=json.dumps(kept, ensure_ascii=False, separators=(",", ":")),
        )
        if self.articles <= _SMALL or SearchCount.objects.count() >= _PENDING:
            fold()


def _kept(counts: Counter[str]) -> dict[str, int]:
    return {term: by for term, by in counts.items() if by and _is_counted(term)}


def _is_counted(term: str) -> bool:
    if term.startswith("#"):
        return True
    bare = term.removesuffix(JOIN)
    return _SHORTEST <= len(bare) <= _LONGEST and bare.isalpha()


def fold() -> bool:
    """Add up what waits, inside the caller's transaction or its own. False if somebody else is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return False
        waiting = dict(SearchCount.objects.values_list("pk", "changes"))
        if not waiting:
            return True
        public, hidden = Counter[str](), Counter[str]()
        for changes in map(json.loads, waiting.values()):
            public.update(changes["public"])
            hidden.update(changes["hidden"])
        _add(public, hidden)
        SearchCount.objects.filter(pk__in=waiting).delete()
    return True


def replace(changes: Changes) -> None:
    """Instead of all that was counted: these. Within the transaction that has seen what was counted."""
    SearchCount.objects.all().delete()
    SearchWord.objects.all().delete()
    _add(Counter(_kept(changes.public)), Counter(_kept(changes.hidden)))


def _add(public: Counter[str], hidden: Counter[str]) -> None:
    terms = sorted(term for term in public.keys() | hidden.keys() if public[term] or hidden[term])
    with connection.cursor() as cursor:
        for start in range(0, len(terms), _BATCH):
            rows = [
                [term, _backwards(term), public[term], hidden[term]]
                for term in terms[start : start + _BATCH]
            ]
            cursor.execute(_upsert(), [json.dumps(rows, ensure_ascii=False)])
    gone = [term for term in terms if public[term] < 0 or hidden[term] < 0]
    for start in range(0, len(gone), 500):
        SearchWord.objects.filter(
            term__in=gone[start : start + 500], public__lte=0, hidden__lte=0
        ).delete()


def _backwards(term: str) -> str | None:
    return None if term.endswith(JOIN) or term.startswith("#") else term[::-1]


def _upsert() -> str:
    table = SearchWord._meta.db_table
    if connection.vendor == "sqlite":
        rows = (
            "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), "
            "json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each(%s) WHERE true"
        )
    else:
        rows = "SELECT value->>0, value->>1, (value->>2)::int, (value->>3)::int FROM jsonb_array_elements(%s::jsonb)"
    return (
        f"INSERT INTO {table} (term, backwards, public, hidden) {rows} ON CONFLICT (term) DO UPDATE "
        f"SET public = {table}.public + excluded.public, hidden = {table}.hidden + excluded.hidden"
    )


def counts(terms: Collection[str], scope: Scope) -> dict[str, int]:
    """In how many articles of `scope` each of these words and stems stands; 0 ones are left out; 1 query."""
    return (
        _numbers(f"term IN ({', '.join(['%s'] * len(terms))})", list(terms), scope) if terms else {}
    )


def general(scope: Scope) -> dict[str, int]:
    """What is counted and is no word: articles, their terms, articles by rules; 1 query."""
    return _numbers("term >= %s AND term < %s", ["#", "$"], scope)


def _numbers(condition: str, values: Sequence[str], scope: Scope) -> dict[str, int]:
    number = "public" if scope == Scope.PUBLIC else "public + hidden"
    with (
        connection.cursor() as cursor
    ):  # asked by every search: the ORM would take longer than the database
        cursor.execute(
            f"SELECT term, {number} FROM {SearchWord._meta.db_table} WHERE {condition} AND {number} > 0",
            values,
        )
        return dict(cursor.fetchall())


def rules_of(found: Mapping[str, int]) -> tuple[str, ...]:
    """The rules that texts were analysed by, those of most articles first, from `general`."""
    names = [name for name in found if name.startswith(RULES)]
    return tuple(name.removeprefix(RULES) for name in sorted(names, key=lambda name: -found[name]))
