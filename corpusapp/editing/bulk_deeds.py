"""The deeds over many articles: whether at once or in the background, they are done here, and alike.

A deed is known by its name, and what it is to do by parameters that JSON can hold: so much is kept of
one that is carried out later.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry

from corpusapp.editing.bulk_plans import (
    Plan,
    binning,
    holding,
    publishing,
    restoring,
    setting,
    setting_language,
    withdrawing,
)
from corpusapp.editing.filing import set_date, set_language, set_source
from corpusapp.editing.placing import place_in_section
from corpusapp.editing.publish import (
    HELD_FROM,
    Moved,
    hold,
    publish,
    put_in_bin,
    take_from_bin,
    withdraw,
)
from corpusapp.editing.revisions import revised
from corpusapp.editing.rights import PUBLISH, Rights
from corpusapp.editing.tagging import add_tags, remove_tags
from corpusapp.editing.totals import recounted
from corpusapp.editing.trail import acting
from corpusapp.models import Article, Change, LeftWhy, Section, Source, State, Tag, Tagging

# articles in one transaction: another editor's save waits no longer than that takes
DONE_AT_ONCE = 50

Parameters = Mapping[str, Any]


class NoLongerThereError(Exception):
    """What the articles were to get has been deleted."""


@dataclass(slots=True)
class Done:
    """What was done to some articles, and which were left as they were."""

    moved: int = 0
    left: dict[LeftWhy, list[int]] = field(default_factory=dict)
    import_run: int | None = None  # the line of the ledger that tells of it, where one does

    def add(self, other: "Done") -> None:
        self.moved += other.moved
        for why, ids in other.left.items():
            self.left.setdefault(why, []).extend(ids)
        self.import_run = other.import_run or self.import_run

    @property
    def counts(self) -> Counter[LeftWhy]:
        return Counter({why: len(ids) for why, ids in self.left.items() if ids})


def _nothing(*_told: Any) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of the articles of a deed, each with the version in which somebody has looked at it."""

    pins: Mapping[int, int]
    parameters: Parameters
    rights: Rights  # of whose deed it is
    said: str  # noted of each article in the desk's log
    why: str = ""  # for the trail
    about: Mapping[str, Any] = field(default_factory=dict)  # told of each article there
    import_run: int | None = None  # of the batches before it
    begin: Callable[[], None] = _nothing  # first in the transaction that does it
    told: Callable[[Done], None] = _nothing  # last in it
    alive: Callable[[], None] = _nothing  # now and then before it, where that takes long

    def acting(self) -> AbstractContextManager[None]:
        return acting(self.rights.user, why=lambda: self.why, details=self.about)


@dataclass(frozen=True, slots=True)
class BulkDeed:
    name: str
    rights: tuple[str, ...]
    plan: Callable[[Sequence[int], Parameters], Plan]
    do: Callable[[Sequence[int], Parameters], Moved]
    fields: tuple[str, ...] = ()  # of the articles that it changes
    publishes: bool = False  # it asks for articles that may be published, and not only changed
    may: Callable[[Rights, Parameters], bool] = lambda _rights, _parameters: True

    def is_allowed(self, rights: Rights, parameters: Parameters) -> bool:
        """At all; of which articles, `theirs` says."""
        return rights.user.has_perms(self.rights) and self.may(rights, parameters)

    def theirs(self, rights: Rights, articles: Any) -> Any:
        """Those of `articles` that the person may do it to."""
        allowed = rights.changeable(articles)
        return rights.publishable(allowed) if self.publishes else allowed

    def work(self, batch: Batch) -> Done:
        """Do it to a batch, in one transaction: article, totals, history, log and trail, or nothing.

        Raises NoLongerThereError.
        """
        ids = sorted(batch.pins)
        user = batch.rights.user
        with batch.acting(), recounted(ids), revised(ids, user, Change.TOGETHER, self.fields):
            batch.begin()
            still, left = as_looked_at(self, batch)
            plan = self.plan(still, batch.parameters)
            left |= plan.left
            going = plan.going
            if batch.parameters.get("held_too"):
                going = sorted(plan.pinned)
            elif plan.held:
                left[LeftWhy.HELD] = plan.held
            moved = self.do(going, batch.parameters) if going else Moved(0)
            if moved.moved:
                named = Article.objects.filter(pk__in=going).only("title", "public_id")
                LogEntry.objects.log_actions(user.pk, named, CHANGE, batch.said)
            done = Done(moved.moved, left)
            batch.told(done)
        return done


def as_looked_at(deed: Any, batch: Batch) -> tuple[list[int], dict[LeftWhy, list[int]]]:
    """Those of a batch that are as they were and still the person's; the others, by reason; 2 queries."""
    articles = Article.objects.order_by("pk").filter(pk__in=batch.pins)
    versions = dict(articles.values_list("pk", "version"))
    theirs = set(deed.theirs(batch.rights, articles).values_list("pk", flat=True))
    left: dict[LeftWhy, list[int]] = {}
    still: list[int] = []
    for pk in sorted(batch.pins):
        if versions.get(pk) != batch.pins[pk]:
            left.setdefault(LeftWhy.STRAYED, []).append(pk)
        elif pk not in theirs:
            left.setdefault(LeftWhy.NOT_YOURS, []).append(pk)
        else:
            still.append(pk)
    return still, left


# What each looks up of its parameters, and does ---------------------------------------------------


def _named(row: Any) -> dict[str, Any] | None:
    """As `revisions.values_of` has a section or a source."""
    return {"id": row.pk, "name": row.name} if row else None


def section_of(parameters: Parameters) -> Section | None:
    found: Section | None = _row(Section, parameters["section"])
    return found


def source_of(parameters: Parameters) -> Source | None:
    found: Source | None = _row(Source, parameters["source"])
    return found


def _row(model: Any, pk: int | None) -> Any:
    if pk is None:
        return None
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise NoLongerThereError
    return found


def tags_of(parameters: Parameters) -> list[Tag]:
    found = Tag.objects.in_bulk(parameters["tags"])
    if len(found) < len(parameters["tags"]):
        raise NoLongerThereError
    return [found[pk] for pk in parameters["tags"]]


def date_of(parameters: Parameters) -> tuple[date | None, str, str]:
    """The day, its precision, and both as `Article.published_at` says them."""
    day = date.fromisoformat(parameters["day"]) if parameters["day"] else None
    precision: str = parameters["precision"] if day else ""
    article = Article(published_on=day, published_precision=precision)
    article.clean()
    return article.published_on, precision, article.published_at


def _tagged(ids: Sequence[int], parameters: Parameters) -> Plan:
    """Words that are no tags yet, which `new` names, become tags when it is begun."""
    new = [{"id": tag.pk, "name": tag.name} for tag in tags_of(parameters)]
    new += [{"id": 0, "name": word} for word in parameters.get("new", ())]
    return setting(ids, "tags", lambda had: [*had, *(one for one in new if one not in had)])


def _untagged(ids: Sequence[int], parameters: Parameters) -> Plan:
    gone = set(parameters["tags"])
    return setting(ids, "tags", lambda had: [one for one in had if one["id"] not in gone])


def _gaining(ids: Sequence[int], parameters: Parameters) -> Plan:
    """Those for which a tag is ticked that there still is, and that they have not; 2 queries."""
    give: Mapping[str, list[int]] = parameters["give"]
    ticked = {(pk, tag) for pk in ids for tag in give.get(str(pk), ())}
    known = set(Tag.objects.in_bulk({tag for _pk, tag in ticked}))
    had = set(Tagging.objects.filter(content_object__in=ids).values_list("content_object", "tag"))
    gaining = {pk for pk, tag in ticked - had if tag in known}
    same = [pk for pk in ids if pk not in gaining]
    return Plan(sorted(gaining), {LeftWhy.SAME: same} if same else {}, sets="tags")


def _given_tags(ids: Sequence[int], parameters: Parameters) -> Moved:
    """To each article its own, of those there still are; articles that get the same ones together."""
    give: Mapping[str, list[int]] = parameters["give"]
    known = Tag.objects.in_bulk({tag for tags in give.values() for tag in tags})
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for pk in ids:
        if tags := tuple(tag for tag in give.get(str(pk), ()) if tag in known):
            together[tags].append(pk)
    gained = [add_tags(those, [known[tag] for tag in tags]) for tags, those in together.items()]
    return Moved(sum(moved.moved for moved in gained))


def _setting(name: str, value_of: Callable[[Parameters], Any]) -> Callable[..., Plan]:
    def plan(ids: Sequence[int], parameters: Parameters) -> Plan:
        value = value_of(parameters)
        return setting(ids, name, lambda _before: value)

    return plan


def _set_date(ids: Sequence[int], parameters: Parameters) -> Moved:
    day, precision, _printed = date_of(parameters)
    return set_date(ids, day, precision)


def _right(name: str) -> str:
    return f"corpusapp.bulk_{name}_article"


DEEDS: dict[str, BulkDeed] = {
    deed.name: deed
    for deed in (
        BulkDeed(
            "publish",
            (PUBLISH, _right("publish")),
            lambda ids, _asked: publishing(ids),
            lambda ids, _asked: publish(ids),
            publishes=True,
        ),
        BulkDeed(
            "withdraw",
            (PUBLISH, _right("withdraw")),
            lambda ids, _asked: withdrawing(ids),
            lambda ids, asked: withdraw(ids, asked["note"], asked["why"]),
            publishes=True,
        ),
        BulkDeed(
            "review",
            (_right("review"),),
            lambda ids, _asked: holding(ids, HELD_FROM[State.REVIEW]),
            lambda ids, _asked: hold(ids, State.REVIEW),
        ),
        BulkDeed(
            "draft",
            (_right("draft"),),
            lambda ids, _asked: holding(ids, HELD_FROM[State.DRAFT]),
            lambda ids, _asked: hold(ids, State.DRAFT),
        ),
        BulkDeed(
            "tag",
            (_right("tag"),),
            _tagged,
            lambda ids, asked: add_tags(ids, tags_of(asked)),
            ("tags",),
        ),
        BulkDeed(
            "untag",
            (_right("tag"),),
            _untagged,
            lambda ids, asked: remove_tags(ids, tags_of(asked)),
            ("tags",),
        ),
        BulkDeed(
            "suggest",
            (_right("suggest"),),
            _gaining,
            _given_tags,
            ("tags",),
        ),
        BulkDeed(
            "section",
            (_right("section"),),
            _setting("section", lambda asked: _named(section_of(asked))),
            lambda ids, asked: place_in_section(ids, section_of(asked)),
            ("section",),
            may=lambda rights, asked: rights.may_file(asked.get("section")),
        ),
        BulkDeed(
            "source",
            (_right("source"),),
            _setting("source", lambda asked: _named(source_of(asked))),
            lambda ids, asked: set_source(ids, source_of(asked)),
            ("source",),
        ),
        BulkDeed(
            "language",
            (_right("language"),),
            lambda ids, asked: setting_language(ids, asked["language"]),
            lambda ids, asked: set_language(ids, asked["language"]),
            ("language",),
        ),
        BulkDeed(
            "date",
            (_right("date"),),
            _setting("published_at", lambda asked: date_of(asked)[2]),
            _set_date,
            ("published_at",),
        ),
        BulkDeed(
            "bin",
            (_right("bin"),),
            lambda ids, _asked: binning(ids),
            lambda ids, _asked: put_in_bin(ids),
        ),
        BulkDeed(
            "restore",
            (_right("restore"),),
            lambda ids, _asked: restoring(ids),
            lambda ids, _asked: take_from_bin(ids),
        ),
    )
}
