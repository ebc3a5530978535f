"""Which tags an article may be about: those of the nearest tagged articles, and those it names."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from corpusapp.editing.read_next import candidates, profile_of
from corpusapp.models import Article, Tag, Tagging, TagSynonym, TextProfile
from corpusapp.search.contract import Scope
from corpusapp.search.engines import engine
from corpusapp.text.aboutness import closeness, each_to_each
from corpusapp.text.analysis import analyser, stem_of

SUGGESTED = 5
_NEIGHBOURS = 10
_LEARNED_FROM = 150
_RIDGE = 0.3
_ALL = 2000  # tagged articles, whose profiles are a megabyte
_CANDIDATES = 1000  # so that ten of them are tagged, where any are
# What it counts that a text names a tag is how often such texts have it; these many are taken to
# say so much before any is looked at, measured on two sets whose names are told very differently
_BEFORE, _NAMED = 4, 0.25
_NAMED_IN_TITLE = 0.2  # more
_MOST_NAMED = 12  # tags of which that is asked
_NAMING = 300  # articles that are asked of each, the latest
_LEAST = 0.05
LIKELY = 0.3  # so much is worth a tick that somebody only takes away


def suggest_tags(article: Article, most: int = SUGGESTED, least: float = _LEAST) -> list[Tag]:
    """Tags for the text as it stands, likeliest first, without those it has; at most `most`."""
    scores = defaultdict(float, _of_neighbours(article))
    for tag, weight in _named(article).items():
        scores[tag] += weight
    has = set(article.taggings.values_list("tag_id", flat=True))
    order = sorted(scores, key=lambda tag: (-scores[tag], tag))
    wanted = [tag for tag in order if tag not in has and scores[tag] >= least][:most]
    by_pk = Tag.objects.in_bulk(wanted)
    return [by_pk[pk] for pk in wanted if pk in by_pk]


def _of_neighbours(article: Article) -> Mapping[int, float]:
    """What the tagged articles nearest to the text suggest. 3 queries beside the look-ups of words."""
    profile, strongest = profile_of(article)
    ids = _compared(strongest) - {article.pk}
    tags: dict[int, set[int]] = defaultdict(set)
    for pk, tag in Tagging.objects.filter(content_object__in=ids).values_list(
        "content_object_id", "tag_id"
    ):
        tags[pk].add(tag)
    rows = TextProfile.objects.filter(pk__in=tags).order_by("pk").values_list("pk", "words")
    return learned(profile, [(bytes(words), tags[pk]) for pk, words in rows])


def _compared(strongest: Mapping[str, float]) -> set[int]:
    """All articles that have tags while they are few: else the latest, and those that share words.

    By shared words alone, few tagged ones would be lost among the many that have none yet.
    """
    rows = Tagging.objects.order_by("-content_object_id").values_list(
        "content_object_id", flat=True
    )
    latest = set(rows.distinct()[:_ALL])
    return latest if len(latest) < _ALL else latest.union(candidates(strongest, _CANDIDATES))


def learned(profile: bytes, tagged: Sequence[tuple[bytes, Collection[int]]]) -> dict[int, float]:
    """What tagged texts, as profiles, say about the tags of another: about 0 to 1 for each tag.

    The mean of two judgements: how much of the closeness of the ten nearest has the tag, each to the
    power of three; and a linear model (ridge regression) of the 150 nearest, learned on the spot, which
    knows which of their words go with a tag. The first is better with few tagged articles, the
    second with many, and the two together nearly always. A model of all tagged articles knew no more
    than that of the nearest, at 200 and at 1,000 of them.
    """
    import numpy as np  # noqa: PLC0415 - no worker that serves readers needs it

    close = closeness(profile, [words for words, _tags in tagged])
    order = close.argsort()[::-1][:_LEARNED_FROM]
    near = [tagged[at] for at in order if close[at] > 0]
    if not near:
        return {}
    names = sorted({tag for _words, tags in near for tag in tags})
    has = np.array([[tag in tags for tag in names] for _words, tags in near], np.float64)
    mine = close[order[: len(near)]].astype(np.float64)
    votes = mine[:_NEIGHBOURS] ** 3
    of_nearest = votes @ has[:_NEIGHBOURS] / max(votes.sum(), 1e-9)
    square = each_to_each([words for words, _tags in near]).astype(np.float64)
    linear = mine @ np.linalg.solve(square + _RIDGE * np.eye(len(near)), has)
    return dict(zip(names, (of_nearest + linear) / 2, strict=True))


def _named(article: Article) -> dict[int, float]:
    """The tags whose names or synonyms stand in the text, with what that counts."""
    text = _joined(article.language, f"{article.standfirst}\n{article.body}")
    title = _joined(article.language, article.title)
    words = {*text.split(), *title.split()}
    named: dict[int, tuple[bool, tuple[str, ...]]] = {}
    for tag, synonym in TagSynonym.objects.values_list("tag_id", "text"):
        stems = _stems(article.language, synonym)
        if not stems or stems[0] not in words:
            continue
        phrase = f" {' '.join(stems)} "
        if phrase in title or phrase in text:
            named[tag] = max(named.get(tag, (False, ())), (phrase in title, stems))
    # a name of several words says more than one
    likely = sorted(named, key=lambda tag: (not named[tag][0], -len(named[tag][1]), tag))
    asked = likely[:_MOST_NAMED]
    trust = _trust({tag: named[tag][1] for tag in asked}, article.pk)
    return {tag: trust[tag] + _NAMED_IN_TITLE * named[tag][0] for tag in asked}


def _trust(named: Mapping[int, Sequence[str]], but: int | None) -> dict[int, float]:
    """How often tagged articles that hold the words of a tag's name have it, 0 to 1.

    A look-up in the index for each word, and 1 query. Where few hold them, about `_NAMED`.
    """
    index = engine()
    holders: dict[int, set[int]] = {}
    for tag, stems in named.items():
        sets = [set(index.holders([stem], Scope.PUBLIC, _NAMING)) for stem in dict.fromkeys(stems)]
        holders[tag] = set.intersection(*sets) - {but}
    tags: dict[int, set[int]] = defaultdict(set)
    ids = {pk for those in holders.values() for pk in those}
    if ids:
        rows = Tagging.objects.filter(content_object__in=ids)
        for pk, tag in rows.values_list("content_object_id", "tag_id"):
            tags[pk].add(tag)
    trust = {}
    for tag, those in holders.items():
        tagged = [tags[pk] for pk in those if pk in tags]
        right = sum(tag in one for one in tagged)
        trust[tag] = (_BEFORE * _NAMED + right) / (_BEFORE + len(tagged))
    return trust


def _joined(language: str, text: str) -> str:
    return f" {' '.join(map(stem_of, analyser(language).terms(text)))} "


@lru_cache(maxsize=20_000)
def _stems(language: str, word: str) -> tuple[str, ...]:
    """A tag's name as it would stand in the stems of a text; of Han, pairs without the last letter alone."""
    stems = tuple(map(stem_of, analyser(language).terms(word)))
    return stems[:-1] if len(stems) > 1 and len(stems[-1]) == 1 else stems
