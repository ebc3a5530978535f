"""The half of an import that writes: one transaction for a short batch, in bulk.

A document is wholly in or not at all. Whoever writes holds the lock for some fifty documents that
are read and parsed already, so an editor's save waits a fraction of a second.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from corpusapp.editing.naming import label_key
from corpusapp.editing.totals import settle
from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.extraction.pipeline import EXTRACTOR_VERSION, extract
from corpusapp.importing.documents import document_key, is_same_page
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.importing.fields import base, current, evidence, given, within_columns
from corpusapp.importing.known import Known, Seen
from corpusapp.importing.ledger import Ledger
from corpusapp.importing.merging import compare, merge_into
from corpusapp.importing.outcome import Result
from corpusapp.importing.reading import Parsed, parse
from corpusapp.importing.registry import Registry
from corpusapp.importing.rows import article_row, belongs, byline_rows, doubt_rows
from corpusapp.models import (
    Article,
    Byline,
    Capture,
    CaptureBytes,
    Doubt,
    Outcome,
    State,
    Tagging,
)

# Any number will do that nothing else on the database uses as an advisory lock
_ONE_WRITER = 0x_C0_4905


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the caller says of all documents of a run."""

    publish: bool = False
    section: str = ""  # for those that print none
    tags: tuple[str, ...] = ()  # for all
    default_language: str = "en"  # for those whose language nobody can tell
    source: str = ""  # for all


@dataclass(slots=True)
class _Pending:
    """An article and its capture, decided and not yet written."""

    parsed: Parsed
    extracted: ExtractedArticle
    seen: Seen
    article: Article | None = None  # None: a duplicate
    original: Seen | None = None  # of a duplicate


@dataclass(slots=True)
class Writer:
    """Writes batches; in a dry run it decides the same and writes nothing."""

    defaults: Defaults
    options: Options
    ledger: Ledger
    dry_run: bool = False
    _known: Known = field(default_factory=Known)
    _registry: Registry = field(default_factory=Registry)
    _pending: list[_Pending] = field(default_factory=list)

    def write(self, batch: Sequence[Parsed]) -> list[Result]:
        """Import these documents, in their order; what the database refuses goes in one by one.

        Raises CannotGoOnError when the database takes nothing any more; then nothing of this
        batch is in.
        """
        if self.dry_run:
            results = [self._decide(parsed) for parsed in self._looked_up(batch)]
            self._known.forget_stored()
            return results
        try:
            return self._in_one_transaction(batch)
        except OperationalError as error:
            raise CannotGoOnError(error) from error
        except DatabaseError:
            if len(batch) == 1:
                raise
        return [result for parsed in batch for result in self._alone(parsed)]

    def _alone(self, parsed: Parsed) -> list[Result]:
        try:
            return self._in_one_transaction([parsed])
        except OperationalError as error:
            raise CannotGoOnError(error) from error
        except (IntegrityError, DatabaseError) as error:
            refused = replace(parsed, article=None, refusal=f"The database refuses it: {error}")
            return self._in_one_transaction([refused])

    def _in_one_transaction(self, batch: Sequence[Parsed]) -> list[Result]:
        # fresh for each try: what a failed one believed to know is rolled back
        self._known, self._registry, self._pending = Known(), Registry(), []
        with self.ledger.batch(), transaction.atomic():
            if connection.vendor == "postgresql":
                # two importers would each make the author the other is making; SQLite has one writer
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])
            results = [self._decide(parsed) for parsed in self._looked_up(batch)]
            self._flush()
            self.ledger.write()
            return results

    def _looked_up(self, batch: Sequence[Parsed]) -> Sequence[Parsed]:
        articles = [(parsed, parsed.article) for parsed in batch if parsed.article]
        if articles:
            self._known.look_up(
                {self._document(parsed, article) for parsed, article in articles},
                {parsed.sha256 for parsed, _article in articles},
                {article.text_hash for _parsed, article in articles},
            )
        return batch

    def _document(self, parsed: Parsed, article: ExtractedArticle) -> str:
        return document_key(parsed.found, article, self._source_key)

    @property
    def _source_key(self) -> str:
        return label_key(self.defaults.source) if self.defaults.source else ""

    def _decide(self, parsed: Parsed) -> Result:
        if parsed.article is None:
            return self._refused(parsed)
        extracted = self._with_defaults(parsed.article)
        document = self._document(parsed, parsed.article)
        known = self._known
        if seen := known.by_file.get((document, parsed.sha256)):
            return self._result(parsed, extracted, Outcome.UNCHANGED, seen)
        fresh = Seen(document, parsed.sha256, extracted.text_hash, parsed.found.key)
        if original := known.by_bytes.get(parsed.sha256):
            return self._duplicate(parsed, extracted, fresh, original, "Same bytes as")
        original = known.by_text.get(extracted.text_hash)
        if original and original.document != document:
            return self._duplicate(parsed, extracted, fresh, original, "Same text as")
        for earlier in reversed(known.by_document.get(document, [])):
            if self._same_page(earlier, extracted):
                return self._changed(parsed, extracted, fresh, earlier)
        return self._created(parsed, extracted, fresh)

    def _with_defaults(self, article: ExtractedArticle) -> ExtractedArticle:
        defaults = self.defaults
        return within_columns(
            replace(
                article,
                section=article.section or defaults.section,
                source=defaults.source or article.source,
                tags=tuple(dict.fromkeys((*article.tags, *defaults.tags))),
            )
        )

    def _refused(self, parsed: Parsed) -> Result:
        if not self.dry_run:
            self.ledger.add(Outcome.REFUSED, parsed.found.shown, parsed.refusal)
        return Result(parsed.found.shown, Outcome.REFUSED, parsed.refusal)

    def _created(self, parsed: Parsed, extracted: ExtractedArticle, fresh: Seen) -> Result:
        if self.dry_run:
            fresh.values = given(extracted, self.defaults.default_language)
            fresh.origin = parsed.found
        else:
            fresh.article = article_row(
                extracted,
                self.defaults.default_language,
                publish_at=timezone.now() if self.defaults.publish else None,
            )
            self._pending.append(_Pending(parsed, extracted, fresh, fresh.article))
        self._known.add(fresh)
        return self._result(parsed, extracted, Outcome.CREATED, fresh)

    def _duplicate(
        self, parsed: Parsed, extracted: ExtractedArticle, fresh: Seen, original: Seen, how: str
    ) -> Result:
        original = original.root or original  # one of this batch may be a duplicate itself
        fresh.root = original
        fresh.article, fresh.values, fresh.origin = (
            original.article,
            original.values,
            original.origin,
        )
        if not self.dry_run:
            self._pending.append(_Pending(parsed, extracted, fresh, None, original))
        self._known.add(fresh)
        return self._result(parsed, extracted, Outcome.DUPLICATE, fresh, f"{how} {original.path}.")

    def _same_page(self, earlier: Seen, extracted: ExtractedArticle) -> bool:
        before = self._extracted_before(earlier)
        return before is not None and is_same_page(before, extracted)

    def _extracted_before(self, earlier: Seen) -> ExtractedArticle | None:
        """The text of an earlier capture, from its bytes: extraction is a function of them."""
        if earlier.origin:
            return parse(earlier.origin, self.options).article
        if earlier.capture is None:  # made by this very batch
            pending = (one.extracted for one in self._pending if one.seen is earlier)
            return next(pending, None)
        data = earlier.capture.bytes.data
        return None if data is None else extract(zlib.decompress(data), self.options)

    def _changed(
        self, parsed: Parsed, extracted: ExtractedArticle, fresh: Seen, earlier: Seen
    ) -> Result:
        if self.dry_run and earlier.values is not None:
            return self._would_change(
                parsed, extracted, fresh, earlier, before=earlier.values, now=None
            )
        self._flush()  # the article may have been decided a moment ago
        if earlier.article is None or earlier.capture is None:
            return self._created(parsed, extracted, fresh)
        article = Article.objects.select_related("section").get(pk=earlier.article.pk)
        stored = Capture.objects.values_list("fields", flat=True).get(pk=earlier.capture.pk)
        if self.dry_run:
            now = current(article)
            return self._would_change(
                parsed, extracted, fresh, earlier, before=base(stored), now=now
            )
        self._registry.look_up([extracted])
        merge, changes = merge_into(
            article, base(stored), extracted, self._registry, self.defaults.default_language
        )
        fresh.article = article
        fresh.capture = self._capture(_Pending(parsed, extracted, fresh), self._bytes(parsed))
        fresh.capture.save()
        self._known.add(fresh)
        self.ledger.add(
            merge.outcome,
            parsed.found.shown,
            merge.reason,
            article=article,
            capture=fresh.capture,
            changes=changes,
        )
        return self._result(parsed, extracted, merge.outcome, fresh, merge.reason)

    def _would_change(
        self,
        parsed: Parsed,
        extracted: ExtractedArticle,
        fresh: Seen,
        earlier: Seen,
        *,
        before: Mapping[str, Any],
        now: Mapping[str, Any] | None,
    ) -> Result:
        values = given(extracted, self.defaults.default_language)
        merge = compare(before, values, now)
        fresh.article, fresh.values, fresh.origin = earlier.article, values, parsed.found
        self._known.add(fresh)
        return self._result(parsed, extracted, merge.outcome, fresh, merge.reason)

    def _bytes(self, parsed: Parsed) -> CaptureBytes:
        row, _made = CaptureBytes.objects.get_or_create(
            sha256=parsed.sha256, defaults={"data": parsed.packed, "size": parsed.size}
        )
        return row

    def _capture(self, pending: _Pending, stored: CaptureBytes) -> Capture:
        values = given(pending.extracted, self.defaults.default_language)
        return Capture(
            bytes=stored,
            document=pending.seen.document,
            path=pending.seen.path,
            source=self._registry.source(pending.extracted),
            encoding=pending.extracted.encoding[:40],
            text_hash=pending.extracted.text_hash,
            extractor=EXTRACTOR_VERSION,
            fields=evidence(pending.extracted, values),
            article=pending.seen.article,
            duplicate_of=pending.original.capture if pending.original else None,
        )

    def _flush(self) -> None:
        """Write what is pending: a fixed number of statements, however many documents."""
        if not self._pending:
            return
        pending, self._pending = self._pending, []
        made = [(one, one.article) for one in pending if one.article]
        self._registry.look_up([one.extracted for one in pending])
        for one, article in made:
            belongs(article, one.extracted, self._registry)
        Article.objects.bulk_create(article for _one, article in made)
        registry = self._registry
        Byline.objects.bulk_create(
            row for one, article in made for row in byline_rows(article, one.extracted, registry)
        )
        Tagging.objects.bulk_create(
            Tagging(content_object=article, tag=tag)
            for one, article in made
            for tag in registry.tags_of(one.extracted)
        )
        Doubt.objects.bulk_create(
            row for one, article in made for row in doubt_rows(article, one.extracted)
        )
        self._flush_captures(pending)
        public = [article.pk for _one, article in made if article.state == State.PUBLISHED]
        if public:
            settle(public)

    def _flush_captures(self, pending: Sequence[_Pending]) -> None:
        stored = {
            seen.sha256: seen.capture.bytes
            for seen in self._known.by_bytes.values()
            if seen.capture is not None
        }
        new = {
            one.parsed.sha256: CaptureBytes(
                sha256=one.parsed.sha256, data=one.parsed.packed, size=one.parsed.size
            )
            for one in pending
            if one.parsed.sha256 not in stored
        }
        CaptureBytes.objects.bulk_create(new.values())
        stored |= new
        # originals first: a duplicate in the same batch points at one of them
        for some in (
            [one for one in pending if one.original is None],
            [one for one in pending if one.original is not None],
        ):
            for one in some:
                one.seen.article = one.article or (one.original.article if one.original else None)
                one.seen.capture = self._capture(one, stored[one.parsed.sha256])
            Capture.objects.bulk_create(one.seen.capture for one in some if one.seen.capture)
        for one in pending:
            outcome = Outcome.DUPLICATE if one.original else Outcome.CREATED
            reason = f"of {one.original.path}" if one.original else ""
            self.ledger.add(
                outcome,
                one.parsed.found.shown,
                reason,
                article=one.seen.article,
                capture=one.seen.capture,
            )

    def _result(
        self,
        parsed: Parsed,
        extracted: ExtractedArticle,
        outcome: Outcome,
        seen: Seen,
        reason: str = "",
    ) -> Result:
        return Result(
            parsed.found.shown, outcome, reason, seen.public_id, extracted, extracted.doubts
        )
