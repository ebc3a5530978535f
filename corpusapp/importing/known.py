"""What is there already: captures by file, bytes, text and document, this run's own included."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from corpusapp.extraction.article import ExtractedArticle
from corpusapp.importing.files import Found
from corpusapp.models import Article, Capture


@dataclass(slots=True)
class Seen:
    """A capture that is in the database or about to be; in a dry run, one that would be.

    `extracted` is there for a document of the batch under way. `capture` and `article` are None in
    a dry run for what it would have made; then `values` and `origin` stand in: nothing has touched
    such an article, and its text can be read again.
    """

    document: str
    sha256: str
    text_hash: str
    path: str
    capture: Capture | None = None
    article: Article | None = None
    extracted: ExtractedArticle | None = None
    values: dict[str, Any] | None = None
    origin: Found | None = None
    stated_hash: str = ""  # of what stands beside the file
    root: "Seen | None" = None  # what a duplicate of this run is a duplicate of
    undone: int = 0  # the run that took its article away, when that undid an import

    @property
    def state(self) -> tuple[str, str, str]:
        """What tells this state of this document from all others."""
        return self.document, self.sha256, self.stated_hash

    @property
    def public_id(self) -> str:
        return self.article.public_id if self.article else ""


@dataclass(slots=True)
class Known:
    """The captures that one batch could meet; filled by `look_up`, added to by `add`."""

    by_file: dict[tuple[str, str, str], Seen] = field(default_factory=dict)
    by_bytes: dict[str, Seen] = field(default_factory=dict)
    by_text: dict[str, Seen] = field(default_factory=dict)
    by_document: dict[str, list[Seen]] = field(default_factory=dict)
    gone: list[Seen] = field(default_factory=list)  # of articles that an undoing took away
    _back: set[int] = field(default_factory=set)  # articles that this run brought back

    def look_up(
        self, documents: Collection[str], hashes: Collection[str], texts: Collection[str]
    ) -> None:
        """Ask the database for all captures a batch could meet: 3 queries.

        One whose import was undone is as if it had never come.
        """
        captures = (
            Capture.objects.filter(undone_by__isnull=True)
            .select_related("article", "bytes")
            .defer(
                *("fields", "bytes__data", "article__body", "article__rendered"),
                *("article__author_note", "article__caption"),
            )
            .order_by("pk")
        )
        stored = [
            *captures.filter(document__in=documents),
            *captures.filter(bytes__sha256__in=hashes),
            *captures.filter(text_hash__in=texts),
        ]
        for capture in stored:
            seen = Seen(
                capture.document,
                capture.bytes.sha256,
                capture.text_hash,
                capture.path,
                capture,
                capture.article,
                stated_hash=capture.stated_hash,
            )
            if capture.article is None or capture.article.undone_by_id is None:
                self.add(seen)
            elif capture.article.pk not in self._back:
                seen.undone = capture.article.undone_by_id
                self.gone.append(seen)

    def forget(self) -> None:
        """Everything can be asked for again, but that articles were brought back."""
        for held in (self.by_file, self.by_bytes, self.by_text, self.by_document, self.gone):
            held.clear()

    def brought_back(self, article: Article) -> None:
        """Its captures from before it was taken away are as if they had never come."""
        self._back.add(article.pk)
        self.gone = [seen for seen in self.gone if seen.article != article]

    def add(self, seen: Seen) -> None:
        """Remember; of several with the same bytes or text the oldest is the original."""
        if seen.state in self.by_file:
            return
        self.by_file[seen.state] = seen
        self.by_bytes.setdefault(seen.sha256, seen)
        self.by_text.setdefault(seen.text_hash, seen)
        self.by_document.setdefault(seen.document, []).append(seen)
