"""In how many articles a word stands, and how many articles there are: what ranking and corrections ask.

Writers append what changed, and never touch a row that another writer may hold; `fold` adds it up.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from corpusapp.models import SearchCount, SearchEntry, SearchWord
from corpusapp.search.contract import Scope
from corpusapp.search.documents import Document
from corpusapp.text.analysis import JOIN, stemming, word_of

# Not words: articles, terms of their bodies, articles by the rules they were analysed by, and articles
# whose former words could not be taken out
DOCUMENTS, LENGTH, RULES, LEFT_BEHIND = "#documents", "#length", "#rules ", "#left behind"
_LONGEST, _SHORTEST = 30, 3  # letters of a word that is counted
_PENDING = 40  # writes not added up, before somebody does
_SMALL = 5  # articles: a write of so few is added up at once
# Any number will do that nothing else on the database uses as an advisory lock
_LOCK = 0xC04906
_BATCH = 5000
_REMEMBERED = 30_000  # terms


class _Stems(dict[str, str]):
    """The stem of each word's term that is counted, "" of others; remembered, for words come again."""

    def __missing__(self, term: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        bare, join, rest = term.partition(JOIN)
        is_counted = (
            bool(join) and _SHORTEST <= len(bare) + len(rest) <= _LONGEST and bare.isalpha()
        )
        self[term] = stem = bare + join if is_counted else ""
        return stem


_stems = _Stems()


@dataclass(slots=True)
class _Side:
    """Articles by term, by stem, and by what is no word."""

    terms: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)
    general: Counter[str] = field(default_factory=Counter)

    def all(self) -> dict[str, int]:
        counted = Counter(
            {word_of(term): number for term, number in self.terms.items() if _stems[term]}
        )
        for more in (self.stems, self.general):
            for term, number in more.items():
                counted[term] += number
        counted.pop("", None)
        return {term: number for term, number in counted.items() if number}


@dataclass(slots=True)
class Changes:
    """What a write changes, gathered until it is written."""

    public: _Side = field(default_factory=_Side)
    hidden: _Side = field(default_factory=_Side)
    articles: int = 0

    def come(self, document: Document, entry: SearchEntry) -> None:
        """One article more, which is indexed so."""
        self.add(document.words, entry.terms, entry.language, is_public=entry.is_public, by=1)

    def go(self, terms: Iterable[str], entry: SearchEntry) -> None:
        """One article less, which was indexed so."""
        self.add(terms, entry.terms, entry.language, is_public=entry.is_public, by=-1)

    def add(
        self, terms: Iterable[str], length: int, language: str, *, is_public: bool, by: int
    ) -> None:
        """One article more (`by` 1) or less (-1) that holds these terms, each named once or more."""
        side = self.public if is_public else self.hidden
        known = {term for term in set(terms) if JOIN in term}  # pairs are not counted
        stems = set(map(_stems.__getitem__, known))
        general = {DOCUMENTS: 1, LENGTH: length, RULES + stemming(language): 1}
        if by > 0:
            side.terms.update(known)  # of a set: counted in C
            side.stems.update(stems)
            side.general.update(general)
        else:
            side.terms.subtract(known)
            side.stems.subtract(stems)
            side.general.subtract(general)
        self.articles += 1

    def leave_behind(self) -> None:
        """The former words of an article could not be taken out."""
        self.public.general[LEFT_BEHIND] += 1

    def write(self, *, at_once: bool = False) -> None:
        """Add them up, if they are few or it has to be `at_once`; else append them for `fold`.

        They are appended, too, where others wait already, or somebody else is adding up.
        """
        public, hidden = self.public.all(), self.hidden.all()
        if not public and not hidden:
            return
        with transaction.atomic():
            is_now = at_once or self.articles <= _SMALL
            waiting = SearchCount.objects.count()
            if is_now and not waiting and _is_ours():
                _add(public, hidden)
                return
            SearchCount.objects.create(
                articles=self.articles,
                changes=json.dumps(
                    {"public": public, "hidden": hidden}, ensure_ascii=False, separators=(",", ":")
                ),
            )
            if is_now or waiting >= _PENDING:
                fold()


def fold(*, waits: bool = False) -> bool:
    """Add up what waits, inside the caller's transaction or its own. False if somebody else is at it.

    One that `waits` for them adds up what they did not see; outside of transactions only.
    """
    if not SearchCount.objects.exists():
        return True  # as nearly always: no lock is asked for
    with transaction.atomic():
        if not _is_ours(waits=waits):
            return False
        waiting = dict(SearchCount.objects.values_list("pk", "changes"))
        if not waiting:
            return True
        public, hidden = Counter[str](), Counter[str]()
        for changes in map(json.loads, waiting.values()):
            _add_up(public, changes["public"])
            _add_up(hidden, changes["hidden"])
        _add(public, hidden)
        SearchCount.objects.filter(pk__in=waiting).delete()
    return True


def _is_ours(*, waits: bool = False) -> bool:
    """Whether nobody else adds up until the end of the transaction; if it `waits`, in the end nobody."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if waits:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _add_up(counts: Counter[str], more: Mapping[str, int]) -> None:
    if counts:
        for term, number in more.items():
            counts[term] += number
    else:
        dict.update(counts, more)  # as they are; Counter's own takes five times as long


def lock() -> None:
    """Until the end of the transaction nobody adds up, or adds, what is counted (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(f"LOCK TABLE {SearchCount._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def replace(changes: Changes) -> None:
    """Instead of all that was counted: these. Within the transaction that has seen what was counted."""
    SearchCount.objects.all().delete()
    SearchWord.objects.all().delete()
    _add(changes.public.all(), changes.hidden.all())


def wrong(changes: Changes) -> int:
    """Of how many words (and what else is counted) there are other numbers than `changes` has."""
    public, hidden = changes.public.all(), changes.hidden.all()
    number = 0
    for term, *counted in SearchWord.objects.values_list("term", "public", "hidden").iterator():
        if term != LEFT_BEHIND:
            number += counted != [public.pop(term, 0), hidden.pop(term, 0)]
    return number + len(public.keys() | hidden.keys())


def _add(public: Mapping[str, int], hidden: Mapping[str, int]) -> None:
    table = SearchWord._meta.db_table
    upsert = (
        f"INSERT INTO {table} (term, backwards, public, hidden) {{}} ON CONFLICT (term) DO UPDATE "
        f"SET public = {table}.public + excluded.public, hidden = {table}.hidden + excluded.hidden"
    )
    rows = _rows(public, hidden)
    with connection.cursor() as cursor:
        while portion := list(islice(rows, _BATCH)):
            if connection.vendor == "sqlite":
                cursor.executemany(upsert.format("VALUES (%s, %s, %s, %s)"), portion)
            else:
                columns = "SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[])"
                cursor.execute(upsert.format(columns), list(map(list, zip(*portion, strict=True))))
    gone = [term for counted in (public, hidden) for term, number in counted.items() if number < 0]
    for start in range(0, len(gone), 500):
        SearchWord.objects.filter(
            term__in=gone[start : start + 500], public__lte=0, hidden__lte=0
        ).delete()


def _rows(
    public: Mapping[str, int], hidden: Mapping[str, int]
) -> Iterator[tuple[str, str | None, int, int]]:
    for term in sorted(public.keys() | hidden.keys()):
        here, there = public.get(term, 0), hidden.get(term, 0)
        if here or there:
            yield term, _backwards(term), here, there


def _backwards(term: str) -> str | None:
    return None if term.endswith(JOIN) or term.startswith("#") else term[::-1]


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
