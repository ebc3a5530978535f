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
from corpusapp.editing.neighbours import leave, place
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
_ASKED = 12  # words of an article by which candidates are found
_HOLDERS = 300  # of each word, the latest
_COMPARED = 200  # candidates whose profiles are looked at
_NEAR = 40  # of those, how many may be chosen from
_LEAST = 0.03  # less than this is chance
_GROWN = 4
_WAIT = timedelta(seconds=5)  # from a change to the work, so that many changes are one piece of it
_QUIET = 4.0  # seconds in which this process need not ask again: less than the wait


def refresh() -> int:
    """Bring all lists up to date; returns for how many articles there was anything to do."""
    stale = _left_behind()
    done, last = 0, 0
    while ids := [*_stale(last)]:
        last = ids[-1]
        _renew(ids)
        stale -= set(ids)
        done += len(ids)
    for start in range(0, len(stale), _AT_ONCE):
        part = sorted(stale)[start : start + _AT_ONCE]
        _renew(part)
        done += len(part)
    if done:
        logger.info("found what to read next for %d articles", done)
    return done


def profile_of(article: Article, tags: Sequence[str] = ()) -> tuple[bytes, dict[str, float]]:
    """The profile of a text as it stands, public or not, and its strongest words. 1 or 2 queries."""
    counted = _counted(article, tags)
    found = weights(counted, _rarity(counted, _public()))
    return packed(found), found


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


def _stale(after: int) -> Sequence[int]:
    """The next public articles whose profile is missing, of another version, or long outgrown."""
    articles = Article.objects.published()
    fresh = Q(
        profile__version=F("version"),
        profile__method=METHOD,
        profile__is_placed=True,
        profile__measured__gte=_public() // _GROWN,
    )
    return list(
        articles.filter(pk__gt=after)
        .filter(Q(profile__isnull=True) | ~fresh)
        .order_by("pk")
        .values_list("pk", flat=True)[:_AT_ONCE]
    )


def _left_behind() -> set[int]:
    """Take what readers no longer see out of the lists; the articles whose lists are shorter by it."""
    placed = TextProfile.objects.filter(is_placed=True)
    hidden = list(
        placed.exclude(article__in=Article.objects.published()).values_list("pk", flat=True)
    )
    if not hidden:
        return set()
    with transaction.atomic():
        shorter = leave(hidden)
        TextProfile.objects.filter(pk__in=hidden).update(is_placed=False)
    return shorter


def _renew(ids: Collection[int]) -> None:
    """Read these articles, keep their profiles, and give them their places."""
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
    texts = {article.pk: _counted(article, tags[article.pk]) for article in articles}
    total = _public()
    rarity = _rarity({word for counted in texts.values() for word in counted}, total)
    strongest = {pk: weights(counted, rarity) for pk, counted in texts.items()}
    profiles = {pk: packed(words) for pk, words in strongest.items()}
    _keep(articles, profiles, total)
    place({pk: _near(pk, profiles[pk], strongest[pk]) for pk in profiles})


def _keep(articles: Sequence[Article], profiles: Mapping[int, bytes], total: int) -> None:
    TextProfile.objects.bulk_create(
        [
            TextProfile(
                article_id=article.pk,
                version=article.version,
                method=METHOD,
                measured=total,
                is_placed=True,
                words=profiles[article.pk],
            )
            for article in articles
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "method", "measured", "is_placed", "words"],
    )


def _near(pk: int, profile: bytes, strongest: Mapping[str, float]) -> dict[int, float]:
    """The nearest of the candidates that have a profile, with their closeness."""
    ids = [other for other in candidates(strongest) if other != pk]
    rows = list(TextProfile.objects.filter(pk__in=ids, is_placed=True).values_list("pk", "words"))
    close = closeness(profile, [bytes(words) for _pk, words in rows])
    order = close.argsort()[::-1][:_NEAR]
    return {rows[at][0]: float(close[at]) for at in order if close[at] >= _LEAST}


def _counted(article: Article, tags: Sequence[str]) -> Counter[str]:
    """How often each word stands in the text, and the title and tags as they weigh."""
    terms = analyser(article.language).terms
    text = Counter(map(stem_of, terms(f"{article.standfirst}\n{plain(article.body)}")))
    # most pairs of Han that come once are the end of one word and the beginning of the next; and
    # how many texts hold a pair, the index has to look up one by one
    counted = Counter({word: n for word, n in text.items() if n > 1 or word.endswith(JOIN)})
    for word in map(stem_of, terms(article.title)):
        counted[word] += _TITLE
    for tag in tags:
        for word in map(stem_of, terms(tag)):
            counted[word] += _TAG
    return counted


def _rarity(words: Collection[str], total: int) -> Rarity:
    """1 query, and one for each pair of Han; a word that no vocabulary holds is as rare as can be."""
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
    """Leave the article with exactly these as its editors' choice of what to read next, in order."""
    wanted = [pk for pk in dict.fromkeys(others) if pk != article_id]
    rows = Related.objects.filter(article=article_id)
    with transaction.atomic():
        rows.filter(Q(other__in=wanted) | Q(is_chosen=True)).delete()
        Related.objects.bulk_create(
            Related(article_id=article_id, other_id=pk, is_chosen=True, position=number)
            for number, pk in enumerate(wanted, 1)
        )


def chosen(article_id: int) -> list[int]:
    """Ids of what editors have chosen to be read after this article, in their order."""
    rows = Related.objects.filter(article=article_id, is_chosen=True).order_by("position", "pk")
    return list(rows.values_list("other_id", flat=True))
