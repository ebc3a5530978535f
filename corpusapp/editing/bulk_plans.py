"""What a deed over many articles will do to each: those it moves, and those it leaves, with the reason."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from corpusapp.editing.telling import readable
from corpusapp.models import Article, Doubt, LeftWhy, State, Tagging

NAMED = 20  # titles named in a message or on a page
_BATCH = 5000  # articles asked about at once
_IS_WHOLE = ExpressionWrapper(~Q(title="") & ~Q(body=""), BooleanField())
_PRINTED = ("published_on", "published_precision", "published_time", "published_offset")


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one article."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    going: list[int]
    left: dict[LeftWhy, list[int]] = field(default_factory=dict)
    held: list[int] = field(default_factory=list)  # by a doubt: they go if somebody says so
    sets: str = ""  # the field that is set; "" where articles move from state to state
    shown: list[Effect] = field(default_factory=list)
    looked_at: int = 0  # of what is `shown`, where not all were looked at; 0: all were

    @property
    def pinned(self) -> list[int]:
        return [*self.going, *self.held]

    @property
    def more(self) -> int:
        return max(0, len(self.going) - len(self.shown))

    @property
    def more_titles(self) -> int:
        return max(0, len(self.going) - NAMED)


def in_batches(ids: Sequence[int], size: int = _BATCH) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def titles_of(ids: Sequence[int]) -> list[str]:
    named = Article.objects.filter(pk__in=ids[:NAMED]).only("title", "public_id")
    return [str(article) for article in named.order_by("pk")]


class Standing(NamedTuple):
    """What decides whether an article moves."""

    state: str
    is_binned: bool
    is_whole: bool  # it has a title and a text


def _sorted(ids: Sequence[int], judge: Callable[[Standing], LeftWhy | None]) -> Plan:
    """Each article judged by its columns; None: it goes."""
    going: list[int] = []
    left: dict[LeftWhy, list[int]] = defaultdict(list)
    for batch in in_batches(ids):
        rows = Article.objects.filter(pk__in=batch).annotate(is_whole=_IS_WHOLE).order_by("pk")
        for pk, state, binned_at, is_whole in rows.values_list(
            "pk", "state", "binned_at", "is_whole"
        ):
            why = judge(Standing(state, binned_at is not None, is_whole))
            (left[why] if why else going).append(pk)
    return Plan(going, dict(left))


def publishing(ids: Sequence[int]) -> Plan:
    """Those with a title and a text that readers do not see, nor will see at a planned moment."""

    def judge(article: Standing) -> LeftWhy | None:
        if article.is_binned:
            return LeftWhy.IN_BIN
        if article.state == State.PUBLISHED:
            return LeftWhy.PUBLIC
        return None if article.is_whole else LeftWhy.INCOMPLETE

    plan = _sorted(ids, judge)
    held = _held_by_doubt(plan.going)
    going = [pk for pk in plan.going if pk not in held]
    return Plan(going, plan.left, sorted(held))


def withdrawing(ids: Sequence[int]) -> Plan:
    def judge(article: Standing) -> LeftWhy | None:
        if article.is_binned:
            return LeftWhy.IN_BIN
        return None if article.state == State.PUBLISHED else LeftWhy.NOT_PUBLISHED

    return _sorted(ids, judge)


def holding(ids: Sequence[int], states: Collection[str]) -> Plan:
    """Those in one of these states, back to review or into the drafts."""

    def judge(article: Standing) -> LeftWhy | None:
        if article.is_binned:
            return LeftWhy.IN_BIN
        return None if article.state in states else LeftWhy.WRONG_STATE

    return _sorted(ids, judge)


def binning(ids: Sequence[int]) -> Plan:
    return _sorted(ids, lambda article: LeftWhy.IN_BIN if article.is_binned else None)


def restoring(ids: Sequence[int]) -> Plan:
    return _sorted(ids, lambda article: None if article.is_binned else LeftWhy.NOT_IN_BIN)


def setting(ids: Sequence[int], name: str, after: Callable[[Any], Any]) -> Plan:
    """Those of which `after` makes something else of this field; 2 queries for each batch at most."""
    going: list[int] = []
    same: list[int] = []
    shown: list[tuple[int, str, str]] = []
    for batch in in_batches(ids):
        for pk, value in sorted(value_of_each(batch, name).items()):
            new = after(value)
            if new == value:
                same.append(pk)
                continue
            going.append(pk)
            if len(shown) < NAMED:
                shown.append((pk, readable(name, value), readable(name, new)))
    titles = Article.objects.only("title", "public_id").in_bulk([pk for pk, *_texts in shown])
    named = [Effect(str(titles[pk]), before, then) for pk, before, then in shown if pk in titles]
    return Plan(going, {LeftWhy.SAME: same} if same else {}, sets=name, shown=named)


def value_of_each(ids: Sequence[int], name: str) -> dict[int, Any]:
    """As `revisions.values_of` has one of the fields that deeds over many set, read by columns."""
    rows = Article.objects.filter(pk__in=ids).order_by()
    match name:
        case "section" | "source":
            found = rows.values_list("pk", f"{name}_id", f"{name}__name")
            return {pk: {"id": key, "name": said} if key else None for pk, key, said in found}
        case "published_at":
            printed: dict[tuple[Any, ...], str] = {}
            dates: dict[int, str] = {}
            for pk, *date in rows.values_list("pk", *_PRINTED):
                key = tuple(date)
                if key not in printed:
                    printed[key] = Article(**dict(zip(_PRINTED, date, strict=True))).published_at
                dates[pk] = printed[key]
            return dates
        case "tags":
            tags: dict[int, list[Any]] = {pk: [] for pk in rows.values_list("pk", flat=True)}
            taggings = Tagging.objects.filter(content_object__in=ids).order_by("pk")
            for pk, tag, said in taggings.values_list("content_object_id", "tag_id", "tag__name"):
                tags[pk].append({"id": tag, "name": said})
            return tags
        case _:
            return dict(rows.values_list("pk", name))


def setting_language(ids: Sequence[int], language: str) -> Plan:
    """The same, but a piece has one edition in a language: the first of two that would have it."""
    plan = setting(ids, "language", lambda _before: language)
    taken: set[Any] = set()
    going: list[int] = []
    twice: list[int] = []
    for batch in in_batches(plan.going):
        rows = Article.objects.filter(pk__in=batch).order_by("pk")
        pieces = list(rows.values_list("pk", "translation_key"))
        keys = {key for _pk, key in pieces}
        there = Article.objects.filter(translation_key__in=keys, language=language)
        taken |= set(there.values_list("translation_key", flat=True))
        for pk, key in pieces:
            (twice if key in taken else going).append(pk)
            taken.add(key)
    effects = setting(going[:NAMED], "language", lambda _before: language).shown
    left = {**plan.left, LeftWhy.HAS_EDITION: twice} if twice else plan.left
    return Plan(going, left, sets="language", shown=effects)


def _held_by_doubt(ids: Sequence[int]) -> set[int]:
    held: set[int] = set()
    for batch in in_batches(ids):
        doubts = Doubt.objects.open().filter(holds=True, article__in=batch)
        held.update(doubts.values_list("article", flat=True))
    return held
