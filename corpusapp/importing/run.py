"""Import documents: find, parse, write, tell."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, connection

from corpusapp.editing.planning import keep_planner_informed
from corpusapp.editing.totals import settle_due
from corpusapp.extraction.article import ExtractedArticle, Options
from corpusapp.importing.deciding import Decider, Defaults
from corpusapp.importing.errors import CannotGoOnError
from corpusapp.importing.files import IN_MANY, Found, Passed, find
from corpusapp.importing.ledger import Ledger
from corpusapp.importing.opening import Opening
from corpusapp.importing.outcome import Result
from corpusapp.importing.reading import AtHand, Parsed, Recognised, parse_all, seldom_collect
from corpusapp.importing.recognising import Recogniser
from corpusapp.importing.rehearsing import Rehearsal
from corpusapp.importing.ruling import rules_in_force
from corpusapp.importing.writing import Writer
from corpusapp.models import LearnedFurniture, Outcome, Section
from corpusapp.search.gathering import words_gathered
from corpusapp.text.languages import canonical

_CAME_IN = frozenset({Outcome.CREATED, Outcome.UPDATED, Outcome.CONFLICT})
# Documents in one transaction: one fsync serves them all, and an editor who saves waits well under a second
_BATCH = 50
_MOST_TOLD = 500  # results that wait for a batch
# From here on a second process earns the time it takes to start
_WORTH_PROCESSES = 200
# One writes, and writing takes longer than reading: two that read it cannot keep busy
_MOST_PROCESSES = 3
_MOST_NAMES = 100  # of columns that mean nothing
_WORTH_STATISTICS = 100  # new articles
_ORDINARY_SIZE = 5000  # bytes of a document in an archive or among records


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller asks for; see `import_documents --help`."""

    paths: Sequence[str]
    recursive: bool = False
    dry_run: bool = False
    publish: bool = False
    source: str = ""
    section: str = ""
    language: str = ""  # BCP 47, canonical
    tags: tuple[str, ...] = ()
    watch: bool = False  # see importing.arriving
    by_name: bool = False  # documents are shown by their names: their paths mean nothing to anybody
    # whether results hold all fields of documents that are known already: they are read for it
    fields: bool = False
    jobs: int = 0  # processes, the one that writes among them; 0: as machine and work suggest
    user: User | None = None
    account: str = ""  # of the machine, where there is no user

    def told(self) -> dict[str, object]:
        """For the ledger: what was asked, without what was left as it is."""
        asked = {
            "paths": list(self.paths),
            "recursive": self.recursive,
            "watch": self.watch,
            "publish": self.publish,
            "source": self.source,
            "section": self.section,
            "language": self.language,
            "tags": list(self.tags),
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(slots=True)
class Import:
    """One import under way: iterate over it for a Result per document, then read the rest."""

    request: Request
    found: Sequence[Found] | None = None  # instead of what the paths mean ...
    still: Callable[[Found], bool] = bool  # ... those of them that are so still
    documents: int = 0  # found; each that a file hands out is counted when it does
    holds_more: bool = False  # some file holds many documents: nobody knows how many before the end
    passed: Passed = field(default_factory=Passed)
    outcomes: Counter[str] = field(default_factory=Counter)
    held: int = 0  # documents that came in with a doubt that holds
    doubts: Counter[str] = field(default_factory=Counter)  # documents that came in, by doubt
    not_understood: Counter[str] = field(default_factory=Counter)  # documents, by column
    run: int | None = None
    stopped: bool = False
    is_writing: bool = False  # or telling what it wrote: an end now would leave some of it untold

    def stop(self) -> None:
        """End after the batch under way, what is done stays; may be called by a signal."""
        self.stopped = True

    def __iter__(self) -> Iterator[Result]:
        """Import as it is asked. Raises CannotGoOnError; what was yielded before is safely in."""
        request = self.request
        work = self._survey()
        found: Iterable[Found] = self.found or ()
        if self.found is None:
            found = find(request.paths, recursive=request.recursive, passed=self.passed)
        ledger = Ledger(request.told(), request.user, request.account)
        collecting = seldom_collect()
        writer: Writer | Rehearsal | None = None
        try:
            options = self._options()
            _remember_little()
            defaults = self._defaults()
            writer = (
                Rehearsal(defaults, Decider(defaults, options))
                if request.dry_run
                else Writer(defaults, options, ledger)
            )
            opening = Opening(options.max_bytes, self.passed, self._count)
            documents = opening.documents(filter(self.still, found))
            if request.by_name:
                documents = (replace(one, label=one.name) for one in documents)
            at_hand = self._at_hand(documents, options)
            batches = _batches(parse_all(at_hand, options, self._jobs(work) - 1))
            with words_gathered():
                while not self.stopped and (batch := next(batches, None)):
                    self.is_writing = True
                    results = _written(writer, batch)
                    ledger.heard()
                    self.run = ledger.run.pk if ledger.run else None
                    for result in results:
                        self._note(result)
                        yield result
                    self.is_writing = False
            self._close(ledger)
        except KeyboardInterrupt:  # what is written is all of this run
            self._close(ledger)
            raise
        except DatabaseError as error:
            raise CannotGoOnError(error) from error
        finally:
            if writer is not None:
                writer.close()
            collecting()
            self.run = ledger.run.pk if ledger.run else None

    def _close(self, ledger: Ledger) -> None:
        if self.request.dry_run:
            return
        ledger.close(self.outcomes[Outcome.UNCHANGED.value], list(self.not_understood))
        settle_due()
        if self.outcomes[Outcome.CREATED.value] >= _WORTH_STATISTICS:
            keep_planner_informed()  # the worker does it, too, if there is one

    def _note(self, result: Result) -> None:
        self.outcomes[str(result.outcome)] += 1
        if result.outcome in _CAME_IN:
            self.held += any(doubt.holds for doubt in result.doubts)
            self.doubts.update({doubt.code for doubt in result.doubts})
        for name in result.article.not_understood if result.article else ():
            if name in self.not_understood or len(self.not_understood) < _MOST_NAMES:
                self.not_understood[name] += 1

    def _options(self) -> Options:
        return Options(
            language=self.request.language,
            site_language=canonical(settings.DEFAULT_LANGUAGE),
            max_bytes=settings.MAX_CAPTURE_MB * 1024 * 1024,
            learned=LearnedFurniture.objects.by_source(),
            source=self.request.source,
        )

    def _defaults(self) -> Defaults:
        request = self.request
        return Defaults(
            publish=request.publish,
            section=request.section,
            tags=request.tags,
            source=request.source,
            default_language=canonical(settings.DEFAULT_LANGUAGE),
            rules=rules_in_force(),
            only_sections=Section.objects.limiting(request.user) if request.user else None,
        )

    def _at_hand(
        self, documents: Iterable[Found], options: Options
    ) -> Iterator[AtHand | Recognised]:
        if self.request.fields:
            return map(AtHand, documents)
        return Recogniser(options, self.request.source)(documents)

    def _count(self, more: int) -> None:
        self.documents += more

    def _survey(self) -> int:
        """Look at what there is before anything is read, and say about how many documents it holds.

        Folders are looked through twice, so that a hundred thousand files need no memory for their names.
        """
        found: Iterable[Found] | None = self.found
        if found is None:
            request = self.request
            found = find(request.paths, recursive=request.recursive, passed=Passed())
        work = 0
        for one in found:
            self.documents += 1
            self.holds_more |= one.media_type == IN_MANY
            work += _documents_in(one)
        return work

    def _jobs(self, work: int) -> int:
        if self.request.jobs:
            return self.request.jobs
        return min(_MOST_PROCESSES, os.cpu_count() or 1) if work >= _WORTH_PROCESSES else 1


def _remember_little() -> None:
    """Let SQLite hold less in memory than a worker's may: an import hardly comes back to a page.

    Mapped, all that it touches would count as its memory.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-4000")


def _batches(parsed: Iterable[Parsed | Recognised]) -> Iterator[list[Parsed | Recognised]]:
    """What is written together: so many that are new, and what is known among them."""
    batch: list[Parsed | Recognised] = []
    new = 0
    for one in parsed:
        batch.append(one)
        new += isinstance(one, Parsed)
        if new == _BATCH or len(batch) == _MOST_TOLD:
            yield batch
            batch, new = [], 0
    if batch:
        yield batch


def _written(writer: Writer | Rehearsal, batch: Sequence[Parsed | Recognised]) -> Iterator[Result]:
    """A result for each, in their order; what is new is written before the first is given."""
    new = [one for one in batch if isinstance(one, Parsed)]
    written = iter(writer.write(new) if new else ())
    return (_known(one) if isinstance(one, Recognised) else next(written) for one in batch)


def _known(one: Recognised) -> Result:
    """The line of a document that was not read again."""
    return Result(
        one.found.shown,
        Outcome.UNCHANGED,
        public_id=one.public_id,
        article=ExtractedArticle(title=one.title),
        media_type=one.found.media_type,
    )


def _documents_in(found: Found) -> int:
    """About how many documents a file holds, by its size."""
    if found.media_type != IN_MANY:
        return 1
    try:
        return Path(found.path).lstat().st_size // _ORDINARY_SIZE
    except (OSError, ValueError):
        return 1
