"""The lists of what to read next, brought up to date when some articles change.

Only rows that a machine wrote are touched here; what editors have chosen stays, and is not named
a second time.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corpusapp.models import Article, Byline, Related, Role
from corpusapp.models.related import FULL

KEPT = 10
BY_ONE_AUTHOR = 2
_OFFERED = 15  # of its own neighbours, how many an article presents itself to
_AT_ONCE = 5000  # ids in one question

Closeness = Mapping[int, float]
"""By article id, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What decides beside closeness."""

    piece: UUID
    language: str
    authors: frozenset[int]


def place(found: Mapping[int, Closeness]) -> None:
    """Give each article of `found` its nearest, and a place in the lists of those it is near to.

    `found` has every candidate worth a place, and those that list the article now (`listed_by`):
    what is not in it leaves their lists. 7 queries for some thousand lists; one transaction.
    """
    with transaction.atomic():
        kept, chosen = _kept(found)
        wanted: dict[int, dict[int, float]] = {pk: dict(near) for pk, near in found.items()}
        for pk, near in found.items():
            for other in sorted(near, key=lambda one: -near[one])[:_OFFERED]:
                if other not in found:
                    wanted.setdefault(other, {})[pk] = near[other]
        _read_lists(wanted, found, kept, chosen)
        picked = {other for pk in wanted for other in chosen.get(pk, ())}
        facts = _facts({pk for near in wanted.values() for pk in near} | set(wanted) | picked)
        lists = {
            pk: _best(pk, wanted[pk], chosen.get(pk, ()), facts) for pk in wanted if pk in facts
        }
        _write(lists, kept)


def listed_by(ids: Collection[int]) -> dict[int, list[int]]:
    """For each of these articles those in whose lists it stands by its text. 1 query."""
    listing: dict[int, list[int]] = defaultdict(list)
    for part in _parts(ids):
        rows = Related.objects.filter(other__in=part, is_chosen=False).order_by()
        for other, article in rows.values_list("other_id", "article_id"):
            listing[other].append(article)
    return listing


def leave(ids: Collection[int]) -> set[int]:
    """Take articles that readers no longer see out of all lists; whose lists are shorter by that."""
    shorter: set[int] = set()
    for part in _parts(ids):
        rows = Related.objects.filter(is_chosen=False)
        shorter.update(rows.filter(other__in=part).values_list("article_id", flat=True))
        rows.filter(other__in=part).delete()
        rows.filter(article__in=part).delete()
    return shorter - set(ids)


_Rows = dict[int, dict[int, tuple[int, int]]]
"""By article, by the other: id of the row, closeness as stored."""


def _kept(found: Mapping[int, Closeness]) -> tuple[_Rows, dict[int, set[int]]]:
    """The rows of these articles, and those in which they stand with others."""
    kept: _Rows = defaultdict(dict)
    chosen: dict[int, set[int]] = defaultdict(set)
    for part in _parts(found):
        for rows in (
            Related.objects.filter(article__in=part),
            Related.objects.filter(other__in=part),
        ):
            _sort_in(rows.order_by().values_list(*_ROW), kept, chosen)
    return kept, chosen


_ROW = ("pk", "article_id", "other_id", "closeness", "is_chosen")


def _sort_in(
    rows: Iterable[tuple[int, int, int, int, bool]], kept: _Rows, chosen: dict[int, set[int]]
) -> None:
    for pk, article, other, closeness, is_chosen in rows:
        if is_chosen:
            chosen[article].add(other)
        else:
            kept[article][other] = (pk, closeness)


def _read_lists(
    wanted: dict[int, dict[int, float]],
    found: Mapping[int, Closeness],
    kept: _Rows,
    chosen: dict[int, set[int]],
) -> None:
    """Add to what the lists of others are offered all that stands in them already."""
    for pk in kept:
        wanted.setdefault(pk, {})  # an article of `found` stands there: stays only if offered anew
    others = [pk for pk in wanted if pk not in found]
    for part in _parts(others):
        rows = Related.objects.filter(article__in=part).order_by()
        _sort_in(rows.values_list(*_ROW), kept, chosen)
    for pk in others:
        for other, (_row, closeness) in kept.get(pk, {}).items():
            if other not in found:
                wanted[pk][other] = closeness / FULL
            elif pk in found[other]:  # not among those it presents itself to, and near all the same
                wanted[pk][other] = found[other][pk]


def _facts(ids: Collection[int]) -> dict[int, _Facts]:
    authors: dict[int, set[int]] = defaultdict(set)
    pieces: dict[int, tuple[UUID, str]] = {}
    for part in _parts(ids):
        signed = Byline.objects.filter(article__in=part, role=Role.AUTHOR)
        for article, author in signed.order_by().values_list("article_id", "author_id"):
            authors[article].add(author)
        rows = Article.objects.published().filter(pk__in=part)
        for pk, piece, language in rows.values_list("pk", "translation_key", "language"):
            pieces[pk] = piece, language
    return {
        pk: _Facts(piece, language, frozenset(authors.get(pk, ())))
        for pk, (piece, language) in pieces.items()
    }


def _best(
    article: int, near: Closeness, chosen: Collection[int], facts: Mapping[int, _Facts]
) -> dict[int, int]:
    """The nearest that may stand together: each piece once, an author twice; closeness as stored.

    What editors have chosen for the article stands before them, whoever wrote it, and counts.
    """
    own = facts[article]
    order = sorted(
        near, key=lambda pk: (-near[pk], pk not in facts or facts[pk].language != own.language, -pk)
    )
    pieces = {own.piece} | {facts[pk].piece for pk in chosen if pk in facts}
    instead = _own_language(own, order, facts)
    by = Counter(author for pk in chosen if pk in facts for author in facts[pk].authors)
    best: dict[int, int] = {}
    for candidate in order:
        if candidate not in facts or facts[candidate].piece in pieces:
            continue
        pk = instead.get(facts[candidate].piece, candidate)
        if pk == article or any(by[author] >= BY_ONE_AUTHOR for author in facts[pk].authors):
            continue
        best[pk] = min(FULL, round(near[candidate] * FULL))
        pieces.add(facts[pk].piece)
        by.update(facts[pk].authors)
        if len(best) == KEPT:
            break
    return best


def _own_language(
    own: _Facts, order: Sequence[int], facts: Mapping[int, _Facts]
) -> dict[UUID, int]:
    """Of pieces that are near in several editions, the one in the article's language."""
    return {
        facts[pk].piece: pk for pk in order if pk in facts and facts[pk].language == own.language
    }


def _write(lists: Mapping[int, Mapping[int, int]], kept: _Rows) -> None:
    """Bring the rows to `lists`; what stands there already costs nothing."""
    gone: list[int] = []
    new: list[Related] = []
    moved: list[Related] = []
    for article, best in lists.items():
        rows = kept.get(article, {})
        gone += [pk for other, (pk, _closeness) in rows.items() if other not in best]
        for other, closeness in best.items():
            if other not in rows:
                new.append(Related(article_id=article, other_id=other, closeness=closeness))
            elif rows[other][1] != closeness:
                moved.append(Related(pk=rows[other][0], closeness=closeness))
    for part in _parts(gone):
        Related.objects.filter(pk__in=part).delete()
    Related.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
    Related.objects.bulk_update(moved, ["closeness"], batch_size=500)


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(ids)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
