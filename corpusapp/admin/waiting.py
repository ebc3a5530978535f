"""What needs an editor now: each line counts what its list shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.article_filters import asked
from corpusapp.admin.conflicts import conflicts_address, my_conflicts
from corpusapp.admin.doubt_words import Words, rank, words_for
from corpusapp.admin.own_part import DECIDE, my_pairs, part_of
from corpusapp.admin.recent_reads import reads_address, recent_reads
from corpusapp.admin.rights import concerning, is_limited, may_publish, own
from corpusapp.admin.run_words import files_address, has_files
from corpusapp.editing.rights import CHANGE
from corpusapp.editing.undescribed import UNDESCRIBED
from corpusapp.models import (
    Article,
    Author,
    Doubt,
    ImportRun,
    MostRead,
    Outcome,
    Picture,
    PossibleDuplicate,
    Section,
)

_MOST_READ = 5

# for who reads and changes nothing
_TO_READ = frozenset({"review", "draft", "scheduled", "published", "withdrawn"})
_KINDS: tuple[tuple[Words, dict[str, str]], ...] = (
    (_("in review"), {"state": "review"}),
    (_("held back by a doubt"), {"doubt": "holds"}),
    (_("drafts"), {"state": "draft"}),
    (_("scheduled"), {"state": "scheduled"}),
    (_("without an author"), {"author": "no"}),
    (_("without a date"), {"date": "no"}),
    (_("without a section"), {"section": "-"}),
    (_("without a tag"), {"tag": "no"}),
    (_("in review for more than a week"), {"waiting": "week"}),
    (_("in review for more than a month"), {"waiting": "month"}),
    (_("with a broken link"), {"links": "broken"}),
    (_("with a picture nobody described"), {"doubt": UNDESCRIBED}),
    (_("read in the last week"), {"read": "week"}),
    (_("published"), {"state": "published"}),
    (_("withdrawn articles"), {"state": "withdrawn"}),
    (_("in the bin"), {"bin": "yes"}),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    words: Words
    count: int
    address: str

    @property
    def shown(self) -> str:
        return number_format(self.count, force_grouping=True)


def what_waits(request: HttpRequest) -> list[Waiting]:
    """What is theirs who ask; what they can do nothing about is left out.

    One query each, along an index: three to five milliseconds for the dearest, of 10,000 articles.
    """
    user, part = request.user, part_of(request)
    if not user.has_perm(CHANGE):
        return _articles(
            request, [kind for kind in _KINDS if _TO_READ.intersection(kind[1].values())]
        )
    waiting = _articles(request, _KINDS)
    others = [
        Waiting(
            _("conflicts"),
            my_conflicts(request).count(),
            conflicts_address(request),
        )
    ]
    if user.has_perm(DECIDE):
        pairs = my_pairs(request, PossibleDuplicate.objects.open())
        there = _list("possibleduplicate", part)
        others.append(Waiting(_("possible duplicates"), pairs.count(), there))
    if is_limited(request):
        return [*waiting[:2], *others, *waiting[2:]]
    if user.has_perm("corpusapp.change_author"):
        names = Author.objects.new_names().count()
        others.append(Waiting(_("new names"), names, reverse("admin:corpusapp_author_new")))
    if user.has_perm("corpusapp.change_section"):
        sections = Section.objects.new_sections().count()
        others.append(Waiting(_("new sections"), sections, _list("section", {"new": "yes"})))
    if not user.has_perm("corpusapp.change_picture"):
        return [*waiting[:2], *others, *waiting[2:]]
    pictures = Waiting(
        _("pictures without a description"),
        Picture.objects.undescribed().count(),
        _list("picture", {"alt": "missing"}),
    )
    return [*waiting[:2], *others, *waiting[2:], pictures]


def _articles(
    request: HttpRequest, kinds: Iterable[tuple[Words, Mapping[str, str]]]
) -> list[Waiting]:
    """How many of each kind there are, of theirs who ask if these are not all."""
    part = part_of(request)
    found = []
    for words, answers in kinds:
        articles = asked(**answers)
        if part:
            articles = concerning(request, articles)
        there = _list("article", {**answers, **part})
        found.append(Waiting(words, articles.count(), there))
    return found


def _list(model: str, answers: Mapping[str, str]) -> str:
    address = reverse(f"admin:corpusapp_{model}_changelist")
    return f"{address}?{urlencode(answers)}" if answers else address


def what_is_doubted(request: HttpRequest) -> list[Waiting]:
    """The open doubts by kind, the worst first: how many articles have each; a query each."""
    if not request.user.has_perm(CHANGE):
        return []
    open_ones = Doubt.objects.open().filter(article__binned_at__isnull=True)
    open_ones = open_ones.exclude(code=UNDESCRIBED)  # that is no doubt of an extraction
    codes = sorted(open_ones.order_by().values_list("code", flat=True).distinct(), key=rank)
    doubted = _articles(request, [(words_for(code).sentence, {"doubt": code}) for code in codes])
    return [line for line in doubted if line.count]


def review_address(request: HttpRequest) -> str:
    """Where reviewing begins, for who may; "" for others."""
    may = request.user.has_perm("corpusapp.change_article")
    return reverse("admin:corpusapp_article_review_queue") if may else ""


def own_drafts(request: HttpRequest) -> list[Article]:
    """What somebody who may not publish has begun and may still change; newest first."""
    if may_publish(request) or not request.user.has_perm("corpusapp.add_article"):
        return []
    mine = asked().filter(pk__in=own(request), state__in=["review", "draft"])
    return list(mine.order_by("-pk").only("title", "public_id", "state")[:20])


@dataclass(frozen=True, slots=True)
class Read:
    """An article, how often it was read of late, and the list of those days."""

    article: Article
    reads: int
    address: str


def most_read() -> list[Read]:
    """What readers of all languages read most in the last days, the most read first; 2 queries."""
    ranked = MostRead.objects.filter(section=None).order_by("rank", "shelf")
    rows = ranked.select_related("article").only(
        *("article__title", "article__public_id", "article__language", "article__binned_at")
    )
    found = {row.article.pk: row.article for row in rows if row.article.binned_at is None}
    reads = recent_reads(found)
    latest = sorted(found.values(), key=lambda article: (-reads.get(article.pk, 0), -article.pk))
    return [
        Read(article, reads[article.pk], reads_address(article.pk))
        for article in latest[:_MOST_READ]
        if article.pk in reads
    ]


@dataclass(frozen=True, slots=True)
class Run:
    run: ImportRun
    outcomes: list[Waiting]  # what came of its files, where anything did


def latest_runs() -> list[Run]:
    """1 query."""
    return [Run(run, _outcomes(run)) for run in ImportRun.objects.select_related("user")[:5]]


def _outcomes(run: ImportRun) -> list[Waiting]:
    """Without those files that the ledger counts and does not name: they are as they were."""
    return [
        Waiting(outcome.label, getattr(run, outcome), files_address(run, outcome))
        for outcome in Outcome
        if getattr(run, outcome) and has_files(run, outcome)
    ]
