"""What a document is to what is there already: new, the same, a copy, or a later state of a page."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpusapp.editing.naming import label_key
from corpusapp.editing.twins import POSSIBLE_DUPLICATE
from corpusapp.extraction.article import Doubt, ExtractedArticle, Options
from corpusapp.extraction.doubts import Code, doubt
from corpusapp.extraction.errors import ExtractionError
from corpusapp.extraction.pipeline import extract
from corpusapp.importing.beside import beside_from, source_in
from corpusapp.importing.documents import document_key, is_same_page, names_its_page
from corpusapp.importing.fields import within_columns
from corpusapp.importing.known import Known, Seen
from corpusapp.importing.merging import STATE_FIELD, Merge
from corpusapp.importing.outcome import Result
from corpusapp.importing.reading import Parsed, parse
from corpusapp.importing.ruling import Rule, Ruled, ruled
from corpusapp.importing.twins import Twin, Twins
from corpusapp.models import Outcome, State
from corpusapp.text.han import OTHER
from corpusapp.text.languages import detect


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the caller says of all documents of a run."""

    publish: bool = False
    section: str = ""  # for those that print none
    tags: tuple[str, ...] = ()  # for all
    source: str = ""  # for all
    default_language: str = "en"  # for those whose language nobody can tell
    rules: tuple[Rule, ...] = ()  # the editors'
    only_sections: frozenset[int] | None = None  # ids of those whose articles may change; None: all

    def languages_said(self, stated: str) -> dict[str, str]:
        """The language of each word said of all, by its key: its own, not that of what it is said of.

        `stated` is what the caller calls the language of the documents, or "".
        """
        likely = stated or self.default_language
        words = {label_key(tag, 100): tag for tag in self.tags}
        if self.section:
            words[label_key(self.section)] = self.section
        return {key: _language_of(word, likely) for key, word in words.items()}


def _language_of(word: str, likely: str) -> str:
    found = detect(word, likely) or likely
    return "en" if word.isascii() and found in OTHER else found


def as_imported(article: ExtractedArticle, path: str, defaults: Defaults) -> Ruled:
    """What a document gives with the caller's defaults, and what the editors' rules make of that.

    `path` is its name below the folder that was imported.
    """
    standing_in = within_columns(
        replace(
            article,
            section=article.section or defaults.section,
            source=defaults.source or article.source,
            tags=tuple(dict.fromkeys((*article.tags, *defaults.tags))),
        )
    )
    return ruled(standing_in, path, defaults.rules, defaults.default_language)


@dataclass(frozen=True, slots=True)
class Decision:
    """What shall become of one document; UPDATED stands for all that a merge may yield."""

    parsed: Parsed
    outcome: Outcome
    reason: str = ""
    extracted: ExtractedArticle = field(default_factory=ExtractedArticle)
    seen: Seen | None = None  # the document itself; None for a refused one
    # the state it follows, what it is a duplicate of, or the capture whose article it brings back
    earlier: Seen | None = None
    twins: Sequence[Twin] = ()  # what a new one shares much of its text with
    publishes: bool = False  # a rule wants it published

    @property
    def brings_back(self) -> bool:
        """Whether it is to have the article of an import that was undone."""
        return self.outcome == Outcome.CREATED and self.earlier is not None

    @property
    def makes_article(self) -> bool:
        """Whether it makes one, which a later document may resemble."""
        return self.outcome == Outcome.CREATED and not self.brings_back

    def result(self, merge: Merge | None = None) -> Result:
        """What is told of it; of one that updates, `merge` is what came of that."""
        merged = merge if self.outcome == Outcome.UPDATED else None
        return Result(
            self.parsed.found.shown,
            merged.outcome if merged else self.outcome,
            merged.reason if merged else self.reason,
            self.seen.public_id if self.seen else "",
            self.extracted if self.seen else None,
            self.extracted.doubts,
            self.parsed.found.media_type,
            self.parsed.packed,
        )


@dataclass(slots=True)
class Decider:
    """Decides documents in their order, each knowing those before it."""

    defaults: Defaults
    options: Options
    known: Known = field(default_factory=Known)
    twins: Twins = field(default_factory=Twins)

    def look_up(self, batch: Sequence[Parsed]) -> None:
        """Ask the database, in 5 queries, for all that this batch could meet."""
        articles = [(parsed, parsed.article) for parsed in batch if parsed.article]
        if articles:
            asked = (
                {self._document(parsed, article) for parsed, article in articles},
                {parsed.sha256 for parsed, _article in articles},
                {article.text_hash for _parsed, article in articles},
            )
            self.known.look_up(*asked)
            if self.twins.drawer:
                for seen in self.twins.drawer.look_up(*asked):
                    self.known.add(seen)
            self.twins.look_up(
                [
                    parsed
                    for parsed, article in articles
                    if parsed.sha256 not in self.known.by_bytes
                    and article.text_hash not in self.known.by_text
                ]
            )

    def changeable(self, batch: Sequence[Parsed]) -> list[int]:
        """The articles that a document of the batch may change.

        Those of pages known in other states, of captures with the same bytes, and of imports that
        were undone, which come back.
        """
        found = {seen.article.pk for seen in self.known.gone if seen.article}
        for parsed in batch:
            if parsed.article is None:
                continue
            document = self._document(parsed, parsed.article)
            if (document, parsed.sha256, parsed.stated_hash) not in self.known.by_file:
                states = [*self.known.by_document.get(document, [])]
                if same := self.known.by_bytes.get(parsed.sha256):
                    states.append(same)
                found |= {seen.article.pk for seen in states if seen.article}
        return [pk for pk in found if pk]

    def decide(self, parsed: Parsed) -> Decision:
        if parsed.article is None:
            return Decision(parsed, Outcome.REFUSED, parsed.refusal)
        ruled = as_imported(parsed.article, parsed.found.key, self.defaults)
        extracted = ruled.article
        document = self._document(parsed, parsed.article)
        fresh = Seen(
            document,
            parsed.sha256,
            extracted.text_hash,
            parsed.found.key,
            extracted=extracted,
            stated_hash=parsed.stated_hash,
        )
        if seen := self.known.by_file.get(fresh.state):
            return Decision(parsed, Outcome.UNCHANGED, "", extracted, seen)
        if ruled.refusal:
            refused = replace(parsed, article=None, refusal=ruled.refusal)
            return Decision(refused, Outcome.REFUSED, ruled.refusal)
        decision = _with_doubt_of_state(self._fresh(parsed, extracted, fresh))
        if refusal := self._not_theirs(decision):
            return Decision(
                replace(parsed, article=None, refusal=refusal), Outcome.REFUSED, refusal, extracted
            )
        if decision.brings_back and decision.earlier and decision.earlier.article:
            self.known.brought_back(decision.earlier.article)
        self.known.add(fresh)
        return _by_rules(decision, ruled)

    def _fresh(self, parsed: Parsed, extracted: ExtractedArticle, fresh: Seen) -> Decision:
        original = self.known.by_bytes.get(parsed.sha256)
        if original and original.document != fresh.document:
            if original.path == fresh.path and original.stated_hash != fresh.stated_hash:
                # what stands beside it has come to name its address: the page is the same
                return Decision(parsed, Outcome.UPDATED, "", extracted, fresh, original)
            return _duplicate(parsed, extracted, fresh, original, how="Same bytes as")
        original = self.known.by_text.get(extracted.text_hash)
        if original and original.document != fresh.document:
            return _duplicate(parsed, extracted, fresh, original, how="Same text as")
        if earlier := self._earlier_state(extracted, fresh):
            return Decision(parsed, Outcome.UPDATED, "", extracted, fresh, earlier)
        if (gone := self._gone(extracted, fresh)) and gone.article:
            reason = f"Back from run {gone.undone}, which had undone its import."
            return Decision(parsed, Outcome.CREATED, reason, extracted, fresh, gone)
        return self._created(parsed, extracted, fresh)

    def _not_theirs(self, decision: Decision) -> str:
        """Why an editor of some sections leaves the article that is there already as it is."""
        only = self.defaults.only_sections
        if only is None or not (decision.outcome == Outcome.UPDATED or decision.brings_back):
            return ""
        article = decision.earlier.article if decision.earlier else None
        # one without an id yet comes with this very batch
        if article is None or not article.pk or article.section_id in only:
            return ""
        if article.section is None:
            return "Its article is in no section: it is not yours to change."
        return f"Its article is in the section “{article.section}”: it is not yours to change."

    def _created(self, parsed: Parsed, extracted: ExtractedArticle, fresh: Seen) -> Decision:
        twins = self.twins.of(parsed, extracted, self._extracted_before)
        self.twins.add(parsed, fresh)
        if twins:
            titles = tuple(twin.title for twin in twins)
            alike = Doubt("body", POSSIBLE_DUPLICATE, holds=True, candidates=titles)
            extracted = replace(extracted, doubts=(*extracted.doubts, alike))
        return Decision(parsed, Outcome.CREATED, "", extracted, fresh, twins=twins)

    def _gone(self, extracted: ExtractedArticle, fresh: Seen) -> Seen | None:
        """A capture of this page or text whose article an undoing took away: it gets it again."""
        for gone in self.known.gone:
            if fresh.sha256 == gone.sha256 or fresh.text_hash == gone.text_hash:
                return gone
        for gone in reversed(self.known.gone):
            if gone.document == fresh.document:
                before = self._extracted_before(gone)
                if before and (names_its_page(extracted) or is_same_page(before, extracted)):
                    return gone
        return None

    def _earlier_state(self, extracted: ExtractedArticle, fresh: Seen) -> Seen | None:
        """The newest state of the same page that is known."""
        for earlier in reversed(self.known.by_document.get(fresh.document, [])):
            if earlier.sha256 == fresh.sha256:  # only what stands beside it is new
                return earlier
            before = self._extracted_before(earlier)
            if before and (names_its_page(extracted) or is_same_page(before, extracted)):
                return earlier
        return None

    def _document(self, parsed: Parsed, article: ExtractedArticle) -> str:
        source = self.defaults.source or source_in(parsed.found.defaults)
        return document_key(parsed.found, article, label_key(source) if source else "")

    def _extracted_before(self, earlier: Seen) -> ExtractedArticle | None:
        """What an earlier capture gave; None where nothing is left that could change."""
        if earlier.extracted:
            return earlier.extracted
        if earlier.origin:
            return parse(earlier.origin, self.options).article
        if earlier.article is None or earlier.capture is None or earlier.capture.bytes.data is None:
            return None
        options = replace(
            self.options,
            media_type=earlier.capture.media_type,
            beside=beside_from(earlier.capture.stated),
        )
        try:
            return extract(zlib.decompress(earlier.capture.bytes.data), options)
        except ExtractionError:  # an older extraction made something of it
            return None


def _with_doubt_of_state(decision: Decision) -> Decision:
    """Ask an editor about what readers see here and its source has come to hide."""
    article = decision.earlier.article if decision.earlier else None
    if (
        decision.outcome != Outcome.UPDATED
        or not decision.extracted.is_draft
        or article is None
        or article.state != State.PUBLISHED
    ):
        return decision
    doubts = (*decision.extracted.doubts, doubt(STATE_FIELD, Code.SOURCE_DRAFT))
    return replace(decision, extracted=replace(decision.extracted, doubts=doubts))


def _by_rules(decision: Decision, ruled: Ruled) -> Decision:
    """The decision with what rules want beyond the fields; a new article's line names them."""
    if decision.outcome != Outcome.CREATED or not ruled.names:
        return decision
    names = ", ".join(f"“{name}”" for name in ruled.names)
    reason = (
        f"{decision.reason} By the rule {names}." if decision.reason else f"By the rule {names}."
    )
    return replace(decision, reason=reason, publishes=ruled.publishes)


def _duplicate(
    parsed: Parsed, extracted: ExtractedArticle, fresh: Seen, original: Seen, *, how: str
) -> Decision:
    original = original.root or original  # one of this run may be a duplicate itself
    fresh.root = original
    fresh.article, fresh.values = original.article, original.values
    reason = f"{how} {original.path}."
    return Decision(parsed, Outcome.DUPLICATE, reason, extracted, fresh, original)
