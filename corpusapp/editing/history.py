"""All that happened to the fields of one article, told as versions: by people and by runs alike."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corpusapp.editing.revisions import FIELDS, Values, values_of
from corpusapp.models import Article, Change, Deed, ImportItem, Outcome, Revision, VersionName


@dataclass(frozen=True, slots=True)
class Event:
    """A change of some fields, and so a version: the article as it stood after it."""

    at: datetime
    who: str  # a person's name; "" for what nobody in particular did
    kind: str  # of Change, or of Deed
    changes: dict[str, list[Any]] = field(default_factory=dict)  # {field: [before, after]}
    why: str = ""
    revision: int | None = None
    run: int | None = None
    item: int | None = None
    until: datetime | None = None  # when its run had finished: `at` is when that began

    @property
    def key(self) -> str:
        """Names the version for good: its number is another once something is told before it."""
        return f"item-{self.item}" if self.item else f"revision-{self.revision}"

    @property
    def fields(self) -> list[str]:
        return [name for name in FIELDS if name in self.changes]


@dataclass(frozen=True, slots=True)
class History:
    """The events of an article, oldest first. Version 0 is what stood before the first of them."""

    article: Article
    events: Sequence[Event]
    now: Values
    names: dict[int, list[VersionName]]  # of versions, by their number

    @property
    def latest(self) -> int:
        return len(self.events)

    def values_at(self, number: int) -> Values:
        """The fields as version `number` had them (0 … `latest`).

        What a field had is what the next change of it replaced; what nobody replaced stands.
        """
        values = {}
        for name in FIELDS:
            later = (one.changes[name] for one in self.events[number:] if name in one.changes)
            change = next(later, None)
            values[name] = change[0] if change else self.now[name]
        return values

    def key_of(self, number: int) -> str:
        """What `number_called` knows version `number` by, whatever is told before it since."""
        return self.events[number - 1].key if number else "0"

    def number_called(self, key: str) -> int | None:
        """The version with this key."""
        if key == "0":
            return 0
        return next((place for place, one in enumerate(self.events, 1) if one.key == key), None)

    def number_of(self, revision: int) -> int:
        """The version that a revision made; 0 if it is none of this article's."""
        made = (place for place, one in enumerate(self.events, 1) if one.revision == revision)
        return next(made, 0)


def history_of(article: Article) -> History:
    """9 queries, however much happened."""
    revisions = Revision.objects.filter(article=article).select_related("user")
    people = [_of_person(revision) for revision in revisions.order_by("pk")]
    runs = []
    items = ImportItem.objects.filter(article=article).exclude(
        outcome__in=[Outcome.REFUSED, Outcome.DUPLICATE, Outcome.UNCHANGED]
    )
    for item in items.select_related("run__user").order_by("pk"):
        event = _of_run(item)
        # an import that created the article is its version 0
        if event.changes:
            runs.append(event)
    now = values_of([article.pk])[article.pk]
    events = [*_latest_first(people, runs, now)][::-1]
    return History(article, events, now, _names(article, events))


def _latest_first(people: list[Event], runs: list[Event], now: Values) -> Iterator[Event]:
    """Both, each in the order in which it was written, as one.

    A run tells when it began and ended, not when it came to this article. Where somebody wrote in
    between, the values say which was first: what a change has made is what the next one found.
    """
    people, runs, state = people.copy(), runs.copy(), dict(now)
    while people or runs:
        if people and runs:
            later = runs if _run_is_later(people[-1], runs[-1], state) else people
        else:
            later = people or runs
        event = later.pop()
        state |= {name: change[0] for name, change in event.changes.items()}
        yield event


def _run_is_later(person: Event, run: Event, state: Values) -> bool:
    """Which of the two has made `state`."""
    if run.at <= person.at and (run.until is None or person.at <= run.until):
        amiss = _contradicted(run, state) - _contradicted(person, state)
        if amiss:
            return amiss < 0
    return run.at >= person.at


def _contradicted(event: Event, state: Values) -> int:
    """How many fields are not what this event has made them."""
    return sum(
        not _is(change[1], state[name]) for name, change in event.changes.items() if name in state
    )


def _is(told: Any, value: Any) -> bool:
    """Of a text only the hash was kept; and rows can be called otherwise since."""
    if isinstance(told, dict) and "sha256" in told:
        text = value if isinstance(value, str) else ""
        return bool(told["sha256"] == (hashlib.sha256(text.encode()).hexdigest() if text else ""))
    return bool(_unnamed(told) == _unnamed(value))


def _unnamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_unnamed(one) for one in value]
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key != "name"}
    return value


def _names(article: Article, events: Sequence[Event]) -> dict[int, list[VersionName]]:
    """A name whose version is in no history any more stays with the first."""
    places = {("revision", one.revision): place for place, one in enumerate(events, 1)}
    places |= {("item", one.item): place for place, one in enumerate(events, 1) if one.item}
    found: dict[int, list[VersionName]] = {}
    for name in VersionName.objects.filter(article=article).select_related("named_by"):
        key = ("item", name.item_id) if name.item_id else ("revision", name.revision_id)
        number = places.get(key, 0) if key[1] else 0
        found.setdefault(number, []).append(name)
    return found


def _of_person(revision: Revision) -> Event:
    return Event(
        at=revision.at,
        who=revision.user.get_username() if revision.user else "",
        kind=str(Change(revision.kind)),
        changes=revision.changes,
        why=revision.why,
        revision=revision.pk,
    )


def _of_run(item: ImportItem) -> Event:
    run = item.run
    changes = {name: item.changes[name] for name in FIELDS if name in item.changes}
    return Event(
        at=run.started_at,
        who=run.user.get_username() if run.user else run.account,
        kind=str(Deed(run.kind)),
        changes=changes,
        run=run.pk,
        item=item.pk,
        until=run.finished_at,
    )
