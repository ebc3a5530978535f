"""Which tags an article may be about: those of the nearest tagged articles, and those it names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from corpusapp.editing.read_next import candidates, profiles_of
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
_AT_ONCE = 20  # texts whose words are counted together
_KEPT = 10_000  # profiles, some megabytes
_NAMING = 300  # articles that are asked of each, the latest
_LEAST = 0.05
# Pairs of texts that have nothing to do with each other, of 5 to 1,000 drawn from mixed sets in English
# and Chinese: 95 of 100 are less close than 0.06, 99 than 0.13, however many texts there are. The nearest
# that share a question, of one narrow field: half are closer than 0.13 among 15, than 0.3 among 1,000.
_NEAR = 0.1
_NOBODYS = 0.15  # as close as this is a neighbour without any tag, who always votes
LIKELY = 0.3  # so much is worth a tick that somebody only takes away


def suggest_tags(article: Article, most: int = SUGGESTED, least: float = _LEAST) -> list[Tag]:
    """Tags for the text as it stands, likeliest first, without those it has; at most `most`."""
    return next(tags for _article, tags in suggest_each([article], most, least))


def suggest_each(
    articles: Iterable[Article], most: int, least: float
) -> Iterator[tuple[Article, list[Tag]]]:
    """The same for many, one after the other; what they are compared with is read once."""
    known, rest = _Known(), iter(articles)
    while some := list(islice(rest, _AT_ONCE)):
        known.read_tags(article.pk for article in some)
        for article, profile in zip(some, profiles_of(some), strict=True):
            scores = defaultdict(float, _of_neighbours(article, *profile, known))
            for tag, weight in _named(article, known).items():
                scores[tag] += weight
            has = known.tags.get(article.pk, set())
            order = sorted(scores, key=lambda tag: (-scores[tag], tag))
            wanted = [tag for tag in order if tag not in has and scores[tag] >= least][:most]
            yield article, known.rows(wanted)


class _Known:
    """What a text is compared with: read when it is first asked for, and kept for the next text."""

    def __init__(self) -> None:
        self.tags: dict[int, set[int]] = {}  # of each article that was read
        self._words: dict[int, bytes] = {}  # the profiles of those
        self._holders: dict[str, set[int]] = {}
        self._rows: dict[int, Tag] = {}

    @cached_property
    def synonyms(self) -> list[tuple[int, str]]:
        return list(TagSynonym.objects.values_list("tag_id", "text"))

    @cached_property
    def latest(self) -> set[int]:
        """The articles that were tagged last; all that have tags, while they are few."""
        rows = Tagging.objects.order_by("-content_object_id")
        return set(rows.values_list("content_object_id", flat=True).distinct()[:_ALL])

    def read_tags(self, ids: Iterable[int]) -> None:
        if missing := set(ids) - self.tags.keys():
            self.tags.update({pk: set() for pk in missing})
            rows = Tagging.objects.filter(content_object__in=missing)
            for pk, tag in rows.values_list("content_object_id", "tag_id"):
                self.tags[pk].add(tag)

    def tagged(self, ids: Collection[int]) -> list[tuple[bytes, Collection[int]]]:
        """The profiles of those that have tags, and these."""
        self.read_tags(ids)
        asked = sorted(pk for pk in ids if self.tags[pk])
        if len(self._words) > _KEPT:
            self._words.clear()
        if missing := [pk for pk in asked if pk not in self._words]:
            rows = TextProfile.objects.filter(pk__in=missing).values_list("pk", "words")
            self._words.update(dict.fromkeys(missing, b""))
            self._words.update({pk: bytes(words) for pk, words in rows})
        return [(words, self.tags[pk]) for pk in asked if (words := self._words[pk])]

    def holders(self, stem: str) -> set[int]:
        if stem not in self._holders:
            self._holders[stem] = set(engine().holders([stem], Scope.PUBLIC, _NAMING))
        return self._holders[stem]

    def rows(self, ids: Sequence[int]) -> list[Tag]:
        if missing := [pk for pk in ids if pk not in self._rows]:
            self._rows |= Tag.objects.in_bulk(missing)
        return [self._rows[pk] for pk in ids if pk in self._rows]


def _of_neighbours(
    article: Article, profile: bytes, strongest: Mapping[str, float], known: _Known
) -> Mapping[int, float]:
    """What the tagged articles nearest to the text suggest: of all that have tags while they are few.

    Else of the latest, and of those that share words: by shared words alone, few tagged ones would
    be lost among the many that have none yet.
    """
    ids = known.latest
    if len(ids) >= _ALL:
        ids = ids.union(candidates(strongest, _CANDIDATES))
    return learned(profile, known.tagged(ids - {article.pk}))


def learned(profile: bytes, tagged: Sequence[tuple[bytes, Collection[int]]]) -> dict[int, float]:
    """What tagged texts, as profiles, say about the tags of another: about 0 to 1 for each tag.

    The mean of two judgements: how much of the closeness of the ten nearest has the tag, each to the
    power of three, against that of a neighbour without tags; and a linear model (ridge regression) of the 150 nearest, learned on the spot, which
    knows which of their words go with a tag. The first is better with few tagged articles, the
    second with many, and the two together nearly always. A model of all tagged articles knew no more
    than that of the nearest, at 200 and at 1,000 of them.

    Texts less close than `_NEAR` are not asked: the nearest of a few that are tagged can be about something
    else altogether, and as shares of their own sum even the faintest votes are whole ones. The floor is a
    fixed closeness, and not one among those that are met, because what chance makes close does not
    grow with the corpus, and a corpus of ten has no others to compare with. On abstracts of one narrow
    field the first three suggestions are right as often as without it.
    """
    import numpy as np  # noqa: PLC0415 - no worker that serves readers needs it

    close = closeness(profile, [words for words, _tags in tagged])
    order = close.argsort()[::-1][:_LEARNED_FROM]
    near = [tagged[at] for at in order if close[at] >= _NEAR]
    if not near:
        return {}
    names = sorted({tag for _words, tags in near for tag in tags})
    has = np.array([[tag in tags for tag in names] for _words, tags in near], np.float64)
    mine = close[order[: len(near)]].astype(np.float64)
    votes = mine[:_NEIGHBOURS] ** 3
    of_nearest = votes @ has[:_NEIGHBOURS] / (votes.sum() + _NOBODYS**3)
    square = each_to_each([words for words, _tags in near]).astype(np.float64)
    linear = mine @ np.linalg.solve(square + _RIDGE * np.eye(len(near)), has)
    return dict(zip(names, (of_nearest + linear) / 2, strict=True))


def _named(article: Article, known: _Known) -> dict[int, float]:
    """The tags whose names or synonyms stand in the text, with what that counts."""
    text = _joined(article.language, f"{article.standfirst}\n{article.body}")
    title = _joined(article.language, article.title)
    words = {*text.split(), *title.split()}
    named: dict[int, tuple[bool, tuple[str, ...]]] = {}
    for tag, synonym in known.synonyms:
        stems = _stems(article.language, synonym)
        if not stems or stems[0] not in words:
            continue
        phrase = f" {' '.join(stems)} "
        if phrase in title or phrase in text:
            named[tag] = max(named.get(tag, (False, ())), (phrase in title, stems))
    # a name of several words says more than one
    likely = sorted(named, key=lambda tag: (not named[tag][0], -len(named[tag][1]), tag))
    asked = likely[:_MOST_NAMED]
    trust = _trust({tag: named[tag][1] for tag in asked}, article.pk, known)
    return {tag: trust[tag] + _NAMED_IN_TITLE * named[tag][0] for tag in asked}


def _trust(named: Mapping[int, Sequence[str]], but: int | None, known: _Known) -> dict[int, float]:
    """How often tagged articles that hold the words of a tag's name have it, 0 to 1.

    A look-up in the index for each word, and 1 query. Where few hold them, about `_NAMED`.
    """
    holders = {
        tag: set.intersection(*map(known.holders, stems)) - {but} for tag, stems in named.items()
    }
    known.read_tags({pk for those in holders.values() for pk in those})
    trust = {}
    for tag, those in holders.items():
        tagged = [tags for pk in those if (tags := known.tags[pk])]
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
