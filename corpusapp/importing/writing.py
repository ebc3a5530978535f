"""The half of an import that writes: one transaction for a short batch, in bulk.

A document is wholly in or not at all. Whoever writes holds the lock for some fifty documents that
are read and parsed already, so an editor's save waits a fraction of a second.
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from corpusapp.editing.changes import kept
from corpusapp.editing.linking import note_links
from corpusapp.editing.naming import label_key
from corpusapp.editing.totals import add_new, hold, recounted
from corpusapp.editing.twins import ask_about, remember
from corpusapp.extraction.article import Options
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION
from corpusapp.importing.bases import (
    latest_values,
    latest_values_of,
    values_before,
    values_of,
    whole,
    wholes,
)
from corpusapp.importing.deciding import Decider, Decision, Defaults
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.importing.fields import evidence, given
from corpusapp.importing.known import Seen
from corpusapp.importing.ledger import Ledger
from corpusapp.importing.merging import (
    Merge,
    carried,
    merge_into,
)
from corpusapp.importing.one_writer import one_writer
from corpusapp.importing.outcome import Result
from corpusapp.importing.reading import Parsed
from corpusapp.importing.recognising import reading_key
from corpusapp.importing.registry import Registry
from corpusapp.importing.returning import STATE, bring_back
from corpusapp.importing.rows import article_row, belongs, byline_rows, doubt_rows
from corpusapp.models import (
    Article,
    Capture,
    CaptureBytes,
    Outcome,
    State,
    Tagging,
    insert,
)

_NOT_STORED = (UnicodeError, OverflowError)
"""What the way to the database raises of itself: half a character, a number beyond 64 bits."""


@dataclass(slots=True)
class Writer:
    """Writes what is decided, in bulk; what the database refuses goes in one by one."""

    defaults: Defaults
    options: Options
    ledger: Ledger
    _registry: Registry = field(default_factory=Registry)
    _pending: list[tuple[Decision, Seen]] = field(default_factory=list)
    _holders: dict[int, list[int]] = field(default_factory=dict)  # of marks, as stored
    _refused: list[Parsed] = field(default_factory=list)
    _has_merged: bool = False

    def close(self) -> None:
        """Nothing is held from one batch to the next."""

    def write(self, batch: Sequence[Parsed]) -> list[Result]:
        """Import these documents, in their order.

        Raises CannotGoOnError when the database takes nothing any more; then nothing of this
        batch is in.
        """
        try:
            return self._in_one_transaction(batch)
        except OperationalError as error:
            raise CannotGoOnError(error) from error
        except (DatabaseError, *_NOT_STORED):
            return [result for parsed in batch for result in self._alone(parsed)]

    def _alone(self, parsed: Parsed) -> list[Result]:
        try:
            return self._in_one_transaction([parsed])
        except OperationalError as error:
            raise CannotGoOnError(error) from error
        except (DatabaseError, *_NOT_STORED) as error:
            refused = replace(parsed, article=None, refusal=f"The database refuses it: {error}")
            return self._in_one_transaction([refused])

    def _in_one_transaction(self, batch: Sequence[Parsed]) -> list[Result]:
        # fresh for each try: what a failed one believed to know is rolled back
        named = label_key(self.defaults.section)
        said = self.defaults.languages_said(self.options.language)
        self._registry = Registry(named=named, said=said, publishes=self.defaults.publish)
        self._pending, self._refused = [], []
        self._has_merged = False
        decider = Decider(self.defaults, self.options)
        with self.ledger.batch(), transaction.atomic():
            one_writer()
            decider.look_up(batch)
            hold(decider.changeable(batch))  # all at once: in one order, as editors' bulk deeds
            self._holders = decider.twins.holders
            results = [self._done(decider.decide(parsed)) for parsed in batch]
            self._note_refused()
            self._flush()
            self.ledger.write()
        if (
            self._has_merged
        ):  # articles with all their relations are circles, and whole texts hang on them
            gc.collect(1)
        return results

    def _done(self, decision: Decision) -> Result:
        """Do what was decided, or note it for the next flush."""
        seen = decision.seen
        if seen is None:
            self._refused.append(decision.parsed)
        elif decision.earlier and decision.outcome == Outcome.UPDATED:
            return decision.result(self._merged(decision, seen, decision.earlier))
        elif decision.earlier and decision.brings_back:
            seen.article = decision.earlier.article
            self._pending.append((decision, seen))
        elif decision.outcome == Outcome.CREATED:
            publishes = self.defaults.publish or decision.publishes
            moment: datetime | None = timezone.now() if publishes else None
            seen.article = article_row(
                decision.extracted, self.defaults.default_language, publish_at=moment
            )
            self._pending.append((decision, seen))
        elif decision.outcome == Outcome.DUPLICATE:
            self._pending.append((decision, seen))
        return decision.result()

    def _state(self, decision: Decision) -> State:
        """In which a document comes in, if no doubt holds it."""
        if decision.extracted.is_draft:
            return State.DRAFT
        is_public = self.defaults.publish or decision.publishes
        return State.PUBLISHED if is_public else State.REVIEW

    def _note_refused(self) -> None:
        """Refusals go into the ledger with what was refused, for an editor to look at."""
        kept = [parsed for parsed in self._refused if parsed.packed]
        stored = _stored_bytes(kept) if kept else {}
        for parsed in self._refused:
            self.ledger.add(
                Outcome.REFUSED,
                parsed.found.shown,
                parsed.refusal,
                refused_bytes=stored.get(parsed.sha256),
            )

    def _merged(self, decision: Decision, seen: Seen, earlier: Seen) -> Merge:
        self._flush()  # the page itself may have been decided a moment ago
        self._has_merged = True
        assert earlier.article, "a page that can be merged into has an article"  # noqa: S101
        article = whole(earlier.article)
        base = latest_values(article)
        before = values_before(earlier, base)
        self._registry.look_up([decision.extracted])
        seen.article = article
        stored_bytes, _made = CaptureBytes.objects.get_or_create(
            sha256=decision.parsed.sha256,
            defaults={"data": decision.parsed.packed, "size": decision.parsed.size},
        )
        seen.capture = self._capture(decision, seen, stored_bytes, base)
        seen.capture.save()
        merge, changes = merge_into(
            article,
            seen.capture,
            before=before,
            base=base,
            extracted=decision.extracted,
            registry=self._registry,
            default_language=self.defaults.default_language,
            only_sections=self.defaults.only_sections,
        )
        self.ledger.add(
            merge.outcome,
            decision.parsed.found.shown,
            merge.reason,
            article=article,
            capture=seen.capture,
            changes=changes,
        )
        return merge

    def _capture(
        self,
        decision: Decision,
        seen: Seen,
        stored: CaptureBytes,
        base: Mapping[str, Any] | None = None,
    ) -> Capture:
        """The row of a document; `base` are the values of the state it follows."""
        extracted = decision.extracted
        values = given(extracted, self.defaults.default_language)
        original = decision.earlier if decision.outcome == Outcome.DUPLICATE else None
        return Capture(
            bytes=stored,
            document=seen.document,
            path=seen.path,
            source=self._registry.source(extracted),
            media_type=decision.parsed.found.media_type,
            encoding=extracted.encoding[:40],
            text_hash=extracted.text_hash,
            stated=dict(decision.parsed.stated),
            stated_hash=decision.parsed.stated_hash,
            extractor=EXTRACTOR_VERSION,
            reading=reading_key(
                decision.parsed.found.media_type,
                self.options.language,
                self.options.site_language,
                self.defaults.source,
            ),
            fields=evidence(extracted, carried(values, base) if base else values),
            article=seen.article,
            duplicate_of=original.capture if original else None,
        )

    def _flush(self) -> None:
        """Write what is pending: a fixed number of statements, however many documents."""
        if not self._pending:
            return
        pending, self._pending = self._pending, []
        registry = self._registry
        registry.look_up([decision.extracted for decision, _seen in pending])
        made = [
            (seen.article, decision.extracted)
            for decision, seen in pending
            if decision.makes_article and seen.article
        ]
        for article, extracted in made:
            belongs(article, extracted, registry)
            article.counted = article.is_public()
        insert(article for article, _extracted in made)
        bylines = insert(
            row for article, extracted in made for row in byline_rows(article, extracted, registry)
        )
        taggings = insert(
            Tagging(content_object=article, tag=tag)
            for article, extracted in made
            for tag in registry.tags_of(extracted)
        )
        insert(row for article, extracted in made for row in doubt_rows(article, extracted))
        note_links({article.pk: article.body for article, _extracted in made}, are_new=True)
        self._flush_marks(pending)
        self._flush_captures(pending)
        add_new((article for article, _extracted in made), bylines, taggings)
        kept([article.pk for article, _extracted in made])

    def _flush_marks(self, pending: Sequence[tuple[Decision, Seen]]) -> None:
        """Let the new articles be found by their texts, and ask about those that are like another."""
        made = [
            (seen.article, decision)
            for decision, seen in pending
            if decision.makes_article and seen.article
        ]
        remember({article.pk: decision.parsed.marks for article, decision in made}, self._holders)
        ask_about(twin.pair_with(article) for article, decision in made for twin in decision.twins)

    def _flush_captures(self, pending: Sequence[tuple[Decision, Seen]]) -> None:
        stored = _stored_bytes([decision.parsed for decision, _seen in pending])
        back = [
            _Back(decision, seen, decision.earlier)
            for decision, seen in pending
            if decision.earlier and decision.brings_back
        ]
        _make_room_for(back)
        bases = {id(one.seen): one.base for one in back}
        # originals first: a duplicate in the same batch points at one of them
        for outcome in (Outcome.CREATED, Outcome.DUPLICATE):
            captures = []
            for decision, seen in pending:
                if decision.outcome != outcome:
                    continue
                if (
                    decision.earlier and not decision.brings_back
                ):  # what it is a duplicate of has its article by now
                    seen.article = decision.earlier.article
                seen.capture = self._capture(
                    decision, seen, stored[seen.sha256], bases.get(id(seen))
                )
                captures.append(seen.capture)
            insert(captures)
        changes = self._brought_back(back)
        for decision, seen in pending:
            self.ledger.add(
                decision.outcome,
                decision.parsed.found.shown,
                decision.reason,
                article=seen.article,
                capture=seen.capture,
                changes=changes.get(id(seen)),
            )

    def _brought_back(self, back: Sequence["_Back"]) -> dict[int, dict[str, Any]]:
        """Let articles that an undoing had taken away follow their captures; what that changed."""
        if not back:
            return {}
        self._has_merged = True
        changes = {}
        with recounted([one.article.pk for one in back]):
            for one in back:
                assert one.seen.capture, "it was written a moment ago"  # noqa: S101
                _merge, changes[id(one.seen)] = merge_into(
                    one.article,
                    one.seen.capture,
                    before=one.before,
                    base=one.base,
                    extracted=one.decision.extracted,
                    registry=self._registry,
                    default_language=self.defaults.default_language,
                    only_sections=self.defaults.only_sections,
                )
            states = bring_back([(one.article, self._state(one.decision)) for one in back])
        for one in back:
            changes[id(one.seen)][STATE] = states[one.article.pk]
        return changes


@dataclass(slots=True)
class _Back:
    """A document that brings back the article of an import that was undone."""

    decision: Decision
    seen: Seen
    earlier: Seen
    base: dict[str, Any] = field(default_factory=dict)  # see `Standing`
    before: Mapping[str, Any] = field(default_factory=dict)  # what the document gave last time

    @property
    def article(self) -> Article:
        assert self.seen.article, "what is brought back was there"  # noqa: S101
        return self.seen.article


def _make_room_for(back: Sequence[_Back]) -> None:
    """Read what was before they were taken away, whose captures do not count any more from now on."""
    if not back:
        return
    articles = wholes(one.article.pk for one in back)
    bases = latest_values_of(articles)
    before = values_of(one.earlier for one in back)
    for one in back:
        one.base = bases[one.article.pk]
        one.before = before.get(id(one.earlier), one.base)
        one.seen.article = articles[one.article.pk]
    runs = {article.undone_by_id for article in articles.values()}
    for run in runs:
        taken = [pk for pk, article in articles.items() if article.undone_by_id == run]
        Capture.objects.filter(article__in=taken, undone_by__isnull=True).update(undone_by=run)


def _stored_bytes(documents: Sequence[Parsed]) -> dict[str, CaptureBytes]:
    """The bytes of these documents by their hash, each stored once."""
    known = CaptureBytes.objects.defer("data").filter(sha256__in={one.sha256 for one in documents})
    stored = {row.sha256: row for row in known}
    new = {
        one.sha256: CaptureBytes(sha256=one.sha256, data=one.packed, size=one.size)
        for one in documents
        if one.sha256 not in stored
    }
    insert(new.values())
    return stored | new
