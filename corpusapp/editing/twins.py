"""Find articles that share much of their text; what they are to each other, editors decide.

Marks find whom to compare, at a cost that does not grow with the number of articles; the comparison
itself is of whole bodies, so that what a site prints around its texts makes no pairs.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from corpusapp.models import Article, Doubt, PossibleDuplicate, State, TextMark
from corpusapp.models.text_mark import COMMON
from corpusapp.text.likeness import shared_part, shingle_set, text_marks
from corpusapp.text.markdown import plain

logger = logging.getLogger(__name__)

POSSIBLE_DUPLICATE = "possible_duplicate"
# An edited or shortened text shares far more than this with what it was, another one far less
SHARED_AT_LEAST = 0.5
# A notice or a motto is no text: with fewer runs of five words in common there is no pair
_COMMON_AT_LEAST = 12
# Compared in full; an article that was captured ten times is linked through the others
_CLOSEST = 5
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles by their ids, and the part of the smaller text that stands in the other."""

    earlier: int
    later: int
    shared: float


def body_shingles(body: str) -> frozenset[int]:
    """The shingles of a body in Markdown."""
    return shingle_set(plain(body))


def body_marks(body: str) -> tuple[int, ...]:
    """The marks of a body in Markdown."""
    return text_marks(plain(body))


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The part of the smaller text that stands in the other, if that makes a pair; else 0."""
    if len(one & other) < _COMMON_AT_LEAST:
        return 0.0
    shared = shared_part(one, other)
    return round(shared, 4) if shared >= SHARED_AT_LEAST else 0.0


def closest(
    marks: Iterable[int], holders: Mapping[int, Sequence[int]], *, itself: int = 0
) -> list[int]:
    """Whom to compare a text of these marks with, most marks in common first."""
    shared: Counter[int] = Counter()
    for mark in marks:
        holding = holders.get(mark, ())
        if len(holding) < COMMON:
            shared.update(holding)
    del shared[itself]
    return [number for number, _marks in shared.most_common(_CLOSEST)]


def remember(
    marks: Mapping[int, Iterable[int]], holders: Mapping[int, Sequence[int]] | None = None
) -> None:
    """Let articles be found by their marks, {article id: marks}; `holders` are what was looked up.

    Inside the transaction that writes the articles: a kill must not part the two.
    """
    held = holders or {}
    TextMark.objects.put(
        (mark, article)
        for article, those in marks.items()
        for mark in those
        if len(held.get(mark, ())) < COMMON
    )


def body_changed(article: int, before: str, after: str) -> None:
    """Let an article be found by the text it has now, and no more by the one it had.

    Inside the transaction that writes the text.
    """
    old, new = set(body_marks(before)), set(body_marks(after))
    TextMark.objects.drop((mark, article) for mark in old - new)
    remember({article: new - old})


def ask_about(pairs: Iterable[Pair]) -> list[PossibleDuplicate]:
    """Put pairs before the editors; returns those nobody had asked about before."""
    wanted = {(pair.earlier, pair.later): pair for pair in pairs}
    if not wanted:
        return []
    known = PossibleDuplicate.objects.filter(later__in={later for _earlier, later in wanted})
    for pair in known.values_list("earlier_id", "later_id"):
        wanted.pop(pair, None)
    return PossibleDuplicate.objects.bulk_create(
        PossibleDuplicate(earlier_id=pair.earlier, later_id=pair.later, shared=pair.shared)
        for pair in wanted.values()
    )


@dataclass(slots=True)
class Search:
    """The whole corpus searched again; iterate over it for the number of articles after each batch."""

    articles: int = 0  # looked at
    pairs: int = 0  # nobody had asked about

    def __iter__(self) -> Iterator[int]:
        """Look at every article outside the bin, in the order in which they came.

        Each batch is a transaction; a search that was cut off has lost nothing, and a second one
        asks about nothing twice.
        """
        last = 0
        while batch := list(
            Article.objects.filter(pk__gt=last, binned_at__isnull=True)
            .order_by("pk")
            .values_list("pk", "title", "body", "translation_key")[:_BATCH]
        ):
            last = batch[-1][0]
            # what takes its time is done before the lock is held
            marks = {pk: body_marks(body) for pk, _title, body, _key in batch}
            with transaction.atomic():
                self._batch(batch, marks)
            self.articles += len(batch)
            yield self.articles
        logger.info("compared %d articles, found %d new pairs", self.articles, self.pairs)

    def _batch(
        self, batch: Sequence[tuple[int, str, str, object]], marks: Mapping[int, Sequence[int]]
    ) -> None:
        remember(marks)
        holders = TextMark.objects.holders({mark for those in marks.values() for mark in those})
        near = {pk: closest(marks[pk], holders, itself=pk) for pk in marks}
        others = {one for those in near.values() for one in those}
        rows = {
            pk: (title, body, key)
            for pk, title, body, key in (
                *batch,
                *Article.objects.filter(
                    pk__in=others - marks.keys(), binned_at__isnull=True
                ).values_list("pk", "title", "body", "translation_key"),
            )
        }
        shingles = {
            pk: body_shingles(rows[pk][1])
            for pk in others | {pk for pk, those in near.items() if those}
            if pk in rows
        }
        found = [
            Pair(min(pk, other), max(pk, other), shared)
            for pk, those in near.items()
            for other in those
            if other in rows and rows[other][2] != rows[pk][2]
            if (shared := likeness(shingles[pk], shingles[other]))
        ]
        asked = ask_about(found)
        Doubt.objects.bulk_create(
            Doubt(
                article_id=pair.later_id,
                field="body",
                code=POSSIBLE_DUPLICATE,
                holds=True,
                candidates=[rows[pair.earlier_id][0]],
            )
            for pair in asked
        )
        self.pairs += len(asked)


def takes_over(stays: Article, goes: Article) -> bool:
    """Whether merging publishes `stays`: readers have it under the other's address, and keep it."""
    waits = stays.state in (State.REVIEW, State.DRAFT)
    return bool(goes.is_public() and waits and stays.title and stays.body)


def vanishes(stays: Article, goes: Article) -> bool:
    """Whether readers have `goes` and would find neither of the two."""
    return goes.is_public() and not stays.is_public() and not takes_over(stays, goes)
