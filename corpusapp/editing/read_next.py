"""Keep the ten articles to read next, in the background and without beginning anew.

A text is read once for each of its versions: its strongest words become its profile, by them its
candidates are looked up in the search index (whose lists of the holders of a word are there
anyway), and their profiles are compared with its own. It then takes its place in their lists, so
that what was published earlier leads to what came later. The cost of one article is bounded, however
many there are: a dozen words, some hundred holders of each, two hundred profiles.

The weights of words follow the corpus slowly: profiles are made anew once it has grown fourfold.
"""

import logging
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone

from corpusapp.editing.changes import changed
from corpusapp.editing.neighbours import leave, listed_by, place
from corpusapp.models import Article, Listing, PublicTotal, Related, Tagging, TextProfile
from corpusapp.search.contract import Scope
from corpusapp.search.engines import engine
from corpusapp.search.word_counts import counts
from corpusapp.text.aboutness import METHOD, Rarity, closeness, packed, weights
from corpusapp.text.analysis import JOIN, analyser, stem_of
from corpusapp.text.markdown import plain

if sys.version_info >= (3, 12):
    from django.tasks import task
else:
    from django_tasks import task

logger = logging.getLogger(__name__)

_AT_ONCE = 100  # articles brought up to date in one go
_TITLE = 3  # times as much as in the text, measured like the powers in `text.aboutness`
_TAG = 2
_PAIRS = (
    200  # of Han that a text has most often, from which those are chosen that tell it from others
)
_ASKED = 12  # words of an article by which candidates are found
_HOLDERS = 300  # of each word, the latest
_COMPARED = 200  # candidates whose profiles are looked at
_NEAR = 40  # of those, how many may be chosen from
_LEAST = 0.03  # less than this is chance
_GROWN = 4
_SPELLED = range(4, 31)  # lengths of the stems that the vocabulary counts, safely
_WAIT = timedelta(seconds=5)  # from a change to the work, so that many changes are one piece of it
_QUIET = 4.0  # seconds in which this process need not ask again: less than the wait


def refresh() -> int:
    """Bring all lists up to date; returns for how many articles there was anything to do.

    All profiles come first: an article can only be near those that have one. What is killed
    between goes on where it was.
    """
    _leave_hidden()
    last = 0
    while ids := _unread(last):
        last = ids[-1]
        _read(ids)
    done, last = 0, 0
    while ids := _unplaced(last):
        last = ids[-1]
        _place(ids)
        done += len(ids)
    if done:
        logger.info("found what to read next for %d articles", done)
    return done


def profiles_of(articles: Sequence[Article]) -> list[tuple[bytes, dict[str, float]]]:
    """The profile of each text as it stands, public or not, and its strongest words.

    2 queries however many, and one for each two hundred pairs of Han in all of them.
    """
    texts = [_counted(article, ()) for article in articles]
    rarity = _rarity({word for counted in texts for word in counted}, _public())
    found = [weights(counted, rarity) for counted in texts]
    return [(packed(strongest), strongest) for strongest in found]


def candidates(strongest: Mapping[str, float], most: int = _COMPARED) -> list[int]:
    """Ids of the articles that share most of these words, by weight, best first."""
    shared: dict[int, float] = defaultdict(float)
    index = engine()
    for word in list(strongest)[:_ASKED]:
        for pk in index.holders([word], Scope.PUBLIC, _HOLDERS):
            shared[pk] += strongest[word]
    return sorted(shared, key=lambda pk: -shared[pk])[:most]


def _public() -> int:
    """How many articles readers see: the kept total, give or take one that goes live just now."""
    totals = PublicTotal.objects.filter(listing=Listing.ALL, key=0)
    return sum(totals.values_list("articles", flat=True))


def _leave_hidden() -> None:
    """Take what readers no longer see out of the lists; lists that are shorter by it are made anew."""
    public = Article.objects.published()
    hidden = list(TextProfile.objects.exclude(article__in=public).values_list("pk", flat=True))
    if not hidden:
        return
    with transaction.atomic():
        TextProfile.objects.filter(pk__in=leave(hidden)).update(is_placed=False)
        TextProfile.objects.filter(pk__in=hidden).delete()


def _unread(after: int) -> list[int]:
    """The next public articles whose profile is missing, of another version, or long outgrown."""
    fresh = Q(
        profile__version=F("version"),
        profile__method=METHOD,
        profile__measured__gte=_public() // _GROWN,
    )
    articles = Article.objects.published().filter(Q(profile__isnull=True) | ~fresh, pk__gt=after)
    return list(articles.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _unplaced(after: int) -> list[int]:
    articles = Article.objects.published().filter(profile__is_placed=False, pk__gt=after)
    return list(articles.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _read(ids: Collection[int]) -> None:
    """Keep the profiles of these articles."""
    total = _public()
    TextProfile.objects.bulk_create(
        [
            TextProfile(
                article=article,
                version=article.version,
                method=METHOD,
                measured=total,
                is_placed=False,
                words=packed(strongest),
            )
            for article, strongest in _weighed(ids, total)
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "method", "measured", "is_placed", "words"],
    )


def _place(ids: Collection[int]) -> None:
    """Give these articles their lists, and places in those of others.

    The texts are read once more: what was kept of them has the weights of words, not the words
    to look up.
    """
    profiles = dict(TextProfile.objects.filter(pk__in=ids).values_list("pk", "words"))
    listing = listed_by(ids)
    place(
        {
            article.pk: _near(
                article.pk, bytes(profiles[article.pk]), strongest, listing.get(article.pk, [])
            )
            for article, strongest in _weighed(ids, _public())
            if article.pk in profiles
        }
    )
    TextProfile.objects.filter(pk__in=ids).update(is_placed=True)


def _weighed(ids: Collection[int], total: int) -> list[tuple[Article, dict[str, float]]]:
    """The public ones of these articles, each with its strongest words. 4 queries, and some for Han."""
    articles = list(
        Article.objects.published()
        .filter(pk__in=ids)
        .only("title", "standfirst", "body", "language", "version")
    )
    tags = defaultdict(list)
    for pk, name in Tagging.objects.filter(content_object__in=ids).values_list(
        "content_object_id", "tag__name"
    ):
        tags[pk].append(name)
    texts = [_counted(article, tags[article.pk]) for article in articles]
    rarity = _rarity({word for counted in texts for word in counted}, total)
    return [
        (article, weights(counted, rarity))
        for article, counted in zip(articles, texts, strict=True)
    ]


def _near(
    pk: int, profile: bytes, strongest: Mapping[str, float], listing: Sequence[int]
) -> dict[int, float]:
    """The nearest of the candidates, and those that list the article, with their closeness."""
    ids = {*candidates(strongest), *listing} - {pk}
    rows = list(TextProfile.objects.filter(pk__in=ids).values_list("pk", "words"))
    close = closeness(profile, [bytes(words) for _pk, words in rows])
    order = close.argsort()[::-1]
    wanted = [*order[:_NEAR], *(at for at in order[_NEAR:] if rows[at][0] in listing)]
    return {rows[at][0]: float(close[at]) for at in wanted if close[at] >= _LEAST}


def _counted(article: Article, tags: Sequence[str]) -> Counter[str]:
    """How often each word stands in the text, and the title and tags as they weigh.

    Words of one or two letters are left out: the vocabulary does not count them, and those that are not
    said everywhere are few.
    """
    terms = analyser(article.language).terms
    text = Counter(map(stem_of, terms(f"{article.standfirst}\n{plain(article.body)}")))
    # most pairs of Han that come once are the end of one word and the beginning of the next; and
    # how many texts hold a pair, the index has to look up for each
    pairs = [(word, n) for word, n in text.items() if n > 1 and not word.endswith(JOIN)]
    counted = Counter({word: n for word, n in text.items() if word.endswith(JOIN)})
    counted.update(dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:_PAIRS]))
    for word in map(stem_of, terms(article.title)):
        counted[word] += _TITLE
    for tag in tags:
        for word in map(stem_of, terms(tag)):
            counted[word] += _TAG
    return Counter({word: n for word, n in counted.items() if _is_counted(word)})


def _is_counted(word: str) -> bool:
    return len(word) in _SPELLED if word.endswith(JOIN) else len(word) > 1


def _rarity(words: Collection[str], total: int) -> Rarity:
    """1 query, and some for pairs of Han; a word that no vocabulary holds is as rare as can be."""
    spelled = [word for word in words if word.endswith(JOIN)]
    pairs = [word for word in words if not word.endswith(JOIN)]
    held = dict(counts(spelled, Scope.PUBLIC))
    return Rarity(total, held | dict(engine().document_counts(pairs, Scope.PUBLIC)))


# In the background --------------------------------------------------------------------------------

_asked_at = 0.0  # when this process last saw to it
# While it tells of its own work, which is not to be done again for that
_TELLING: ContextVar[bool] = ContextVar("telling of new lists", default=False)


def request_refresh() -> None:
    """Have a worker see to it soon; called after whatever may have changed what readers see.

    Where it is asked for already and not begun, nothing more is needed: it will see this, too.
    """
    global _asked_at  # noqa: PLW0603 - one moment for the process
    if _TELLING.get() or time.monotonic() - _asked_at < _QUIET:
        return
    try:
        if not _waiting():
            refresh_read_next.using(run_after=timezone.now() + _WAIT).enqueue()
    except DatabaseError:  # what was changed is stored; the next change asks again
        logger.warning("could not ask for what to read next", exc_info=True)
        return
    _asked_at = time.monotonic()


def _waiting() -> bool:
    ready = _own_tasks().filter(status="READY", run_after__gt=timezone.now())
    return bool(ready.exists())


def _own_tasks() -> Any:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - a model, once the apps are ready

    return DBTaskResult.objects.filter(task_path=refresh_read_next.module_path)


@task()
def refresh_read_next() -> None:
    if refresh():
        token = _TELLING.set(True)
        try:
            changed()  # the pages are to be made anew
        finally:
            _TELLING.reset(token)
    _own_tasks().filter(status="SUCCESSFUL").delete()  # each publication would leave one for ever


def choose(article_id: int, others: Sequence[int]) -> None:
    """Leave the article with exactly these as its editors' choice of what to read next, in order.

    A new choice has the nearest chosen anew, among which its authors count.
    """
    wanted = [pk for pk in dict.fromkeys(others) if pk != article_id]
    is_new = wanted != chosen(article_id)
    rows = Related.objects.filter(article=article_id)
    with transaction.atomic():
        rows.filter(Q(other__in=wanted) | Q(is_chosen=True)).delete()
        Related.objects.bulk_create(
            Related(article_id=article_id, other_id=pk, is_chosen=True, position=number)
            for number, pk in enumerate(wanted, 1)
        )
        if is_new:
            TextProfile.objects.filter(pk=article_id).update(is_placed=False)


def chosen(article_id: int) -> list[int]:
    """Ids of what editors have chosen to be read after this article, in their order."""
    rows = Related.objects.filter(article=article_id, is_chosen=True).order_by("position", "pk")
    return list(rows.values_list("other_id", flat=True))
