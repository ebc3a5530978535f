"""Read stored captures again with the extraction of today, and let untouched fields follow.

A rehearsal does all that the deed does, in a transaction that is rolled back: what it shows is what
then happens.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from corpusapp.editing.naming import label_key
from corpusapp.editing.totals import hold, recounted, settle_due
from corpusapp.extraction.article import ExtractedArticle
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION
from corpusapp.importing.bases import wholes
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.importing.exact import exact
from corpusapp.importing.fields import FIELDS, base, current, evidence, given
from corpusapp.importing.furniture import all_read
from corpusapp.importing.ledger import Ledger
from corpusapp.importing.merging import (
    DOUBTS,
    Merge,
    Standing,
    carried,
    compare,
    in_order,
    move,
    owned_fields,
)
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.registry import Registry
from corpusapp.importing.rereading import ReadAgain, read_again, with_options
from corpusapp.importing.ruling import rules_in_force
from corpusapp.importing.undoing_lines import EVIDENCE
from corpusapp.models import (
    Article,
    Capture,
    Deed,
    ImportRun,
    LearnedFurniture,
    Outcome,
    update,
)
from corpusapp.text.languages import canonical

logger = logging.getLogger(__name__)

BATCH = 50
_LOOKED_THROUGH = 500  # captures whose evidence is read at a time


@dataclass(frozen=True, slots=True)
class Choice:
    """Which captures are read again, and which of their fields may move; empty asks nothing."""

    rules: tuple[str, ...] = ()  # at least one field was found by one of these
    fields: tuple[
        str, ...
    ] = ()  # only these move, and only these are asked about rule and confidence
    source: str = ""  # a name of it
    below: float | None = None  # at least one field was less sure
    extractor: str = ""  # the version that read them
    articles: tuple[int, ...] = ()  # of these alone

    def told(self) -> dict[str, object]:
        asked = {
            "rule": list(self.rules),
            "field": list(self.fields),
            "source": self.source,
            "below": self.below,
            "extractor": self.extractor,
            "articles": list(self.articles),
        }
        return {name: value for name, value in asked.items() if value not in ("", [], None)}

    @property
    def is_whole(self) -> bool:
        """Whether all captures are chosen, or all of a source, with all their fields."""
        return set(self.told()) <= {"source"}

    def captures(self) -> QuerySet[Capture]:
        """What the database can tell: of each article the capture whose values it has, with bytes."""
        counting = Capture.objects.filter(
            undone_by__isnull=True, duplicate_of__isnull=True, article__isnull=False
        )
        later = counting.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
        chosen = counting.filter(
            ~Exists(later), bytes__data__isnull=False, article__undone_by__isnull=True
        )
        if self.source:
            chosen = chosen.filter(source__key=label_key(self.source))
        if self.articles:
            chosen = chosen.filter(article__in=self.articles)
        if self.extractor:
            chosen = chosen.filter(extractor=self.extractor)
        return chosen

    def meets(self, fields: Mapping[str, Any]) -> bool:
        """Whether the evidence of a capture is what is asked for.

        A field that was left empty has no rule, and no confidence: it is less sure than anything,
        but only where it is asked for by name, or every capture would have such a field.
        """
        found = {name: fields.get(name) or {} for name in self.fields or FIELDS}
        if self.rules and not any(one.get("rule") in self.rules for one in found.values()):
            return False
        if self.below is None:
            return True
        unsure = 0.0 if self.fields else 1.0
        return any(one.get("confidence", unsure) < self.below for one in found.values())


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: Any  # as in `exact`
    after: Any


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one capture; without changes only its evidence is new, if anything."""

    path: str
    public_id: str
    title: str
    article: int
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    kept: tuple[str, ...] = ()  # an editor's, where extraction now says something else than before
    doubts: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # "field: code" that go and come
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class _Renewal:
    """What shall become of one capture."""

    read: ReadAgain
    article: Article  # whole
    extracted: ExtractedArticle = field(default_factory=ExtractedArticle)
    merge: Merge = field(default_factory=lambda: Merge(frozenset(), frozenset()))
    new: Mapping[str, Any] = field(default_factory=dict)  # the values it gives now
    carried: Mapping[str, Any] = field(default_factory=dict)  # the same, as the next base


@dataclass(slots=True)
class Reextraction:
    """One new extraction under way: iterate over it for a Reread per capture."""

    choice: Choice
    user: User | None = None
    account: str = ""
    dry_run: bool = False
    after: int = 0  # captures up to this one are passed over
    most: int | None = None  # captures
    options: Mapping[str, Any] | None = None  # told by the ledger in place of the choice
    going_on: int | None = None  # the run of the ledger that this one belongs to
    # asked in the transaction that writes, of articles that are held by then: which are changed
    theirs: Callable[[Collection[int]], Collection[int]] | None = None
    # told in the same transaction, last, with the run of the ledger
    told: Callable[[Sequence["Reread"], int | None], None] | None = None
    # called before each capture that is read: that of fifty may take minutes
    alive: Callable[[], None] = lambda: None
    looked_at: int = 0  # the last capture read, or passed over
    is_over: bool = False  # whether there is no capture after that
    outcomes: Counter[str] = field(default_factory=Counter)
    _began: datetime = field(default_factory=timezone.now)
    _ledger: Ledger = field(init=False)
    _swapped: list[Capture] = field(default_factory=list)  # whose evidence is another now

    def __post_init__(self) -> None:
        self.looked_at = self.after
        self._ledger = self._new_ledger()

    @property
    def run(self) -> int | None:
        return self._ledger.run.pk if self._ledger.run else None

    def __iter__(self) -> Iterator[Reread]:
        """Raises CannotGoOnError; what was yielded before is in."""
        try:
            for batch in self._batches():
                for result in self._batch(batch):
                    self.outcomes[str(result.outcome)] += 1
                    yield result
            if not self.dry_run:
                self._ledger.close(self.outcomes[Outcome.UNCHANGED.value])
                settle_due()
                if self.is_over and self.choice.is_whole:
                    all_read(self._began, label_key(self.choice.source))
        except DatabaseError as error:
            raise CannotGoOnError(error) from error

    def _new_ledger(self) -> Ledger:
        options = self.choice.told() if self.options is None else self.options
        kept = Ledger(options, self.user, self.account, Deed.REEXTRACTION)
        if self.going_on is not None:
            kept.go_on_with(ImportRun.objects.get(pk=self.going_on))
        return kept

    def _batches(self) -> Iterator[list[int]]:
        """Ids of chosen captures, a batch at a time; memory stays the same however many."""
        chosen: list[int] = []
        taken = 0
        while not self.is_over and (self.most is None or taken < self.most):
            rows = list(
                self.choice.captures()
                .filter(pk__gt=self.looked_at)
                .order_by("pk")
                .values_list("pk", "fields")[:_LOOKED_THROUGH]
            )
            self.is_over = len(rows) < _LOOKED_THROUGH
            for pk, fields in rows:
                if self.most is not None and taken == self.most:
                    self.is_over = False
                    break
                self.looked_at = pk
                if not self.choice.meets(fields):
                    continue
                chosen.append(pk)
                taken += 1
                if len(chosen) == BATCH:
                    yield chosen
                    chosen = []
        if chosen:
            yield chosen

    def _batch(self, ids: Sequence[int]) -> list[Reread]:
        """Read outside the transaction, write within it."""
        rules, learned = rules_in_force(), LearnedFurniture.objects.by_source()
        read = []
        for capture, options in with_options(ids):
            self.alive()
            read.append(read_again(capture, options, rules, learned))
        self.alive()
        with self._ledger.batch(), transaction.atomic():
            one_writer()
            still = set(self.choice.captures().filter(pk__in=ids).values_list("pk", flat=True))
            results = self._renewed([one for one in read if one.capture.pk in still])
            self._ledger.write()
            if self.told:
                self.told(results, self.run)
            if self.dry_run:
                transaction.set_rollback(True)
        if self.dry_run:
            self._ledger = self._new_ledger()
        return results

    def _renewed(self, read: Sequence[ReadAgain]) -> list[Reread]:
        """In bulk, but for those in which something moves."""
        ids = [one.capture.article_id for one in read if one.capture.article_id]
        hold(ids)
        if self.theirs:
            theirs = self.theirs(ids)
            read = [one for one in read if one.capture.article_id in theirs]
            ids = [one.capture.article_id for one in read if one.capture.article_id]
        articles = wholes(ids)
        renewals = [
            self._renewal(one, articles[one.capture.article_id])
            for one in read
            if one.capture.article_id
        ]
        moving = [one for one in renewals if one.merge.moved]
        registry = Registry()
        registry.look_up(one.extracted for one in moving)
        with recounted([one.article.pk for one in moving]):
            results = [self._one_renewed(one, registry) for one in renewals]
        update(self._swapped, ("fields", "extractor", "reading"))
        self._swapped = []
        return results

    def _renewal(self, read: ReadAgain, article: Article) -> _Renewal:
        if read.extracted is None:
            return _Renewal(read, article)
        new = given(read.extracted, canonical(settings.DEFAULT_LANGUAGE))
        stored = base(read.capture.fields)
        standing = Standing(current(article), stored, owned_fields(article))
        merge = self._of_chosen(compare(stored, new, standing))
        return _Renewal(read, article, read.extracted, merge, new, carried(new, stored))

    def _one_renewed(self, one: _Renewal, registry: Registry) -> Reread:
        if one.read.extracted is None:
            return self._refused(one.read, one.read.refusal)
        if not one.merge.moved:
            return self._renew(one, registry)
        try:
            with transaction.atomic():
                return self._renew(one, registry)
        except IntegrityError as error:  # an edition in that language may exist already
            return self._refused(one.read, f"The database refuses it: {error}")

    def _refused(self, read: ReadAgain, refusal: str) -> Reread:
        article = read.capture.article
        assert article, "only captures with an article are chosen"  # noqa: S101
        logger.warning("capture %d is not read again: %s", read.capture.pk, refusal)
        return Reread(
            read.capture.path,
            article.public_id,
            article.title,
            article.pk,
            Outcome.REFUSED,
            refusal=refusal,
        )

    def _renew(self, one: _Renewal, registry: Registry) -> Reread:
        capture, article, merge = one.read.capture, one.article, one.merge
        names = in_order(merge.moved)
        before = exact(article, names)
        spoken = replace(one.extracted, language=str(one.new["language"]))
        changes = move(article, capture, spoken, replace(merge, kept=frozenset()), registry)
        after = exact(article, names)
        swapped = self._store(one.read, evidence(one.extracted, one.carried))
        if changes:
            self._ledger.add(
                Outcome.UPDATED,
                capture.path,
                replace(merge, kept=frozenset()).reason or "doubts only",
                article=article,
                capture=capture,
                changes=changes | {EVIDENCE: swapped},
            )
        gone, come = changes.get(DOUBTS, ((), ()))
        return Reread(
            capture.path,
            article.public_id,
            article.title,
            article.pk,
            Outcome.UPDATED if changes else Outcome.UNCHANGED,
            tuple(Change(name, before[name], after[name]) for name in names),
            tuple(in_order(merge.kept)),
            (_told_doubts(gone), _told_doubts(come)),
        )

    def _of_chosen(self, merge: Merge) -> Merge:
        if not self.choice.fields:
            return merge
        chosen = frozenset(self.choice.fields)
        return Merge(
            merge.moved & chosen, merge.kept & chosen, merge.agreed & chosen, merge.free & chosen
        )

    def _store(self, read: ReadAgain, new: dict[str, Any]) -> list[dict[str, Any]]:
        """Keep what was found now; [before, after] of the fields whose value is another."""
        capture = read.capture
        names = self.choice.fields or FIELDS
        old = capture.fields
        fields = {**old, **{name: new[name] for name in names}}
        # a capture of which one field was read again still is one of the older version
        version = capture.extractor if self.choice.fields else EXTRACTOR_VERSION
        reading = capture.reading if self.choice.fields else read.reading
        differ = [name for name in names if base(old).get(name) != base(fields).get(name)]
        swapped = [
            {
                "extractor": extractor,
                "reading": key,
                "fields": {name: side[name] for name in differ if name in side},
            }
            for extractor, key, side in (
                (capture.extractor, capture.reading, old),
                (version, reading, fields),
            )
        ]
        if (fields, version, reading) != (old, capture.extractor, capture.reading):
            capture.fields, capture.extractor, capture.reading = fields, version, reading
            self._swapped.append(capture)
        return swapped


def _told_doubts(doubts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(f"{doubt['field']}: {doubt['code']}" for doubt in doubts)


def known_rules(asked: Collection[str]) -> set[str]:
    """The rules that found a field of any stored capture; no more are looked for once all of `asked` are there."""
    missing, known = set(asked), set[str]()
    for fields in Capture.objects.values_list("fields", flat=True).iterator(_LOOKED_THROUGH):
        rules = {str(one.get("rule") or "") for one in fields.values() if one} - {""}
        known |= rules
        missing -= rules
        if not missing:
            break
    return known


def known_extractors() -> list[str]:
    """The versions of the extraction that have read stored captures."""
    versions = Capture.objects.order_by("extractor").values_list("extractor", flat=True)
    return list(versions.distinct())


def is_source(name: str) -> bool:
    """Whether any capture comes from a source of this name."""
    return Capture.objects.filter(source__key=label_key(name)).exists()
