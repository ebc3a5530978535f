"""The questions an editor puts to the list of articles. The desk's first page links to the same."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from corpusapp.admin.desk import row_ids
from corpusapp.admin.doubt_words import CODES, Words, rank, words_for
from corpusapp.models import (
    Article,
    Byline,
    Doubt,
    InnerLink,
    ReadCount,
    Role,
    Section,
    Shelf,
    Source,
    State,
    Tagging,
)
from corpusapp.text.languages import canonical

Choices = Iterable[tuple[str, Words]]

_WAITING = Q(state__in=[State.REVIEW, State.DRAFT])


def signed() -> Exists:
    return Exists(Byline.objects.filter(article=OuterRef("pk"), role=Role.AUTHOR))


def doubted(**about: Any) -> Q:
    """Articles with an open doubt of that kind; the index of open doubts answers."""
    return Q(pk__in=Doubt.objects.open().filter(**about).values("article"))


class Question(admin.SimpleListFilter):
    """A filter whose unknown values list nothing, and are told.

    An old bookmark of a choice that is gone must not reach every article there is.
    """

    answers: tuple[tuple[str, Words], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # type: ignore[override]
        return self.answers

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        return queryset.none() if self.unknown else self.narrowed(queryset, value)

    @property
    def unknown(self) -> str:
        """What was asked and is none of the answers; "" where all is well."""
        value = self.value() or ""
        return value if value and not self.is_known(value) else ""

    def is_known(self, value: str) -> bool:
        return any(value == answer for answer, _words in self.lookup_choices)

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        raise NotImplementedError


class ByState(Question):
    title = _("state")
    parameter_name = "state"
    answers = (*State.choices, ("scheduled", _("Scheduled")))

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        # the shelf says nothing new, but it opens the index that the state stands in
        if value == "scheduled":
            return articles.filter(
                state=State.PUBLISHED, live_from__gt=timezone.now(), shelf__in=Shelf.values
            )
        return articles.filter(state=value, shelf__in=Shelf.values) if value in State else articles


class ByDoubt(Question):
    title = _("doubt")
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # type: ignore[override]
        """The kinds that are open somewhere, read off their index."""
        codes = Doubt.objects.open().order_by().values_list("code", flat=True).distinct()
        return [
            ("holds", _("Held back by a doubt")),
            ("any", _("Any open doubt")),
            *((code, capfirst(str(words_for(code).badge))) for code in sorted(codes, key=rank)),
        ]

    def is_known(self, value: str) -> bool:
        """A kind that is open nowhere just now is one all the same."""
        return super().is_known(value) or value in CODES

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        if value == "holds":
            return articles.filter(doubted(holds=True), _WAITING)
        if value == "any":
            return articles.filter(doubted())
        return articles.filter(doubted(code=value[:40]))


class BySection(Question):
    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # type: ignore[override]
        return [("-", _("None")), *Section.objects.values_list("slug", "name")]

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        return (
            articles.filter(section=None) if value == "-" else articles.filter(section__slug=value)
        )


class ByLanguage(Question):
    title = _("language")
    parameter_name = "language"
    answers = (
        ("en", _("English")),
        ("zh-Hans", _("Simplified Chinese")),
        ("zh-Hant", _("Traditional Chinese")),
        ("other", _("Other")),
    )

    def is_known(self, value: str) -> bool:
        """Each of the others is a language, too."""
        return super().is_known(value) or bool(canonical(value))

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        if value == "other":
            return articles.exclude(language__in=["en", "zh-Hans", "zh-Hant"])
        return articles.filter(language=value)


class BySource(Question):
    title = _("source")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:  # type: ignore[override]
        return [
            ("-", _("None")),
            *((str(pk), name) for pk, name in Source.objects.values_list("pk", "name")[:100]),
        ]

    def is_known(self, value: str) -> bool:
        """Those that are too many to be offered are known, too."""
        return value == "-" or Source.objects.filter(pk__in=row_ids([value])).exists()

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        if value == "-":
            return articles.filter(source=None)
        return articles.filter(source__in=row_ids([value]))


class _YesOrNo(Question):
    answers = (("yes", _("Yes")), ("no", _("No")))


class HasAuthor(_YesOrNo):
    title = _("author")
    parameter_name = "author"

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        return articles.filter(signed() if value == "yes" else ~signed())


class HasDate(_YesOrNo):
    title = _("date")
    parameter_name = "date"

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        # 0 or a date, never less: the index of the desk's order answers
        if value == "yes":
            return articles.filter(published_order__gt=0)
        return articles.filter(published_order=0)


class HasTag(_YesOrNo):
    title = _("tag")
    parameter_name = "tag"

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        tagged = Exists(Tagging.objects.filter(content_object=OuterRef("pk")))
        return articles.filter(tagged if value == "yes" else ~tagged)


class ByAge(Question):
    """What has waited in review for long."""

    title = _("waiting")
    parameter_name = "waiting"
    answers = (("week", _("More than a week")), ("month", _("More than a month")))

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        days = {"week": 7, "month": 30}.get(value)
        if days is None:
            return articles
        since = timezone.now() - timedelta(days=days)
        return articles.filter(state=State.REVIEW, shelf__in=Shelf.values, created_at__lt=since)


class IsChoice(_YesOrNo):
    title = _("editors’ choice")
    parameter_name = "choice"

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        return articles.filter(editors_choice=value == "yes")


class ByLinks(Question):
    title = _("links")
    parameter_name = "links"
    answers = (("broken", _("With a broken link")),)

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        if value != "broken":
            return articles
        return articles.filter(pk__in=InnerLink.objects.broken().values("article"))


class ByReads(Question):
    """What was read of late, as far as the background work has added it up."""

    title = _("read")
    parameter_name = "read"
    answers = (("week", _("In the last week")), ("month", _("In the last month")))

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        days = {"week": 7, "month": 30}.get(value)
        if days is None:
            return articles
        since = timezone.localdate() - timedelta(days=days)
        # the index by day answers
        return articles.filter(pk__in=ReadCount.objects.filter(day__gt=since).values("article"))


class ByEdition(Question):
    """Which languages the piece of an article lacks; an edition in the bin is none."""

    title = _("editions")
    parameter_name = "edition"
    answers = (
        ("no-en", _("None in English")),
        ("no-zh", _("None in Chinese")),
        ("no-zh-Hans", _("None of its own in Simplified Chinese")),
        ("no-zh-Hant", _("None of its own in Traditional Chinese")),
        ("several", _("In several languages")),
    )

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        # the constraint of one edition per language answers
        piece = Article.objects.order_by().filter(
            translation_key=OuterRef("translation_key"), binned_at__isnull=True
        )
        if value == "several":
            return articles.filter(Exists(piece.exclude(pk=OuterRef("pk"))))
        languages = _LACKED.get(value)
        if languages is None:
            return articles
        return articles.filter(~Exists(piece.filter(language__in=languages)))


_LACKED = {
    "no-en": ["en"],
    "no-zh": ["zh-Hans", "zh-Hant"],
    "no-zh-Hans": ["zh-Hans"],
    "no-zh-Hant": ["zh-Hant"],
}


class InBin(Question):
    """The bin is a place of its own: its articles stand in no other list."""

    title = _("bin")
    parameter_name = "bin"
    answers = (("yes", _("In the bin")),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.none() if self.unknown else self.narrowed(queryset, self.value() or "no")

    def is_known(self, value: str) -> bool:
        return value in {"yes", "no"}

    @classmethod
    def narrowed(cls, articles: QuerySet[Article], value: str) -> QuerySet[Article]:
        return articles.filter(binned_at__isnull=value != "yes")


FILTERS = (
    ByState,
    ByDoubt,
    BySection,
    ByLanguage,
    BySource,
    HasAuthor,
    HasDate,
    HasTag,
    ByAge,
    IsChoice,
    ByLinks,
    ByEdition,
    ByReads,
    InBin,
)


# Years and months ------------------------------------------------------------------------------

PRINTED = "printed"
"""Parameter of the list: "2015" or "2015-05", the date of publication as printed."""

_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")


def printed_date(value: str) -> tuple[int, int]:
    """Year and month, 0 where there is none; of what is no date, both."""
    match = _DATE.fullmatch(value)
    return (int(match[1]), int(match[2] or 0)) if match else (0, 0)


def on_printed_date(articles: QuerySet[Article], value: str) -> QuerySet[Article]:
    """All where nothing is asked, none where what is asked is no date."""
    year, month = printed_date(value)
    if not year:
        return articles.none() if value else articles
    first = (year * 100 + month) * 10**6
    end = first + 10**6 if month else (year + 1) * 10**8
    return articles.filter(published_order__gte=first, published_order__lt=end)


SINCE, UNTIL = "since", "until"
"""Parameters of the list: the first and the last printed date, "2015", "2015-05" or "2015-05-21"."""

_DAY = re.compile(r"([0-9]{4})(?:[-/.](1[0-2]|0?[1-9])(?:[-/.]([12][0-9]|3[01]|0?[1-9]))?)?")
_CHINESE_DAY = re.compile(r"([0-9]{4})年(?:(1[0-2]|0?[1-9])月(?:([12][0-9]|3[01]|0?[1-9])日)?)?")


def date_in_words(value: str) -> tuple[int, int, int] | None:
    """Year, month and day, 0 where none is named; None for what is no date."""
    words = unicodedata.normalize("NFKC", value).strip()
    match = _DAY.fullmatch(words) or _CHINESE_DAY.fullmatch(words)
    if match is None or not int(match[1]):
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    return (year, month, day) if day <= _days(year, month) else None


def _days(year: int, month: int) -> int:
    return monthrange(year, month)[1] if month else 0


def between_dates(articles: QuerySet[Article], since: str, until: str) -> QuerySet[Article]:
    """Both ends belong to it, and what is undated to neither; what is no date asks for nothing."""
    if first := date_in_words(since):
        articles = articles.filter(published_order__gte=_order(first))
    if last := date_in_words(until):
        step = 10**4 if last[2] else 10**6 if last[1] else 10**8
        articles = articles.filter(published_order__gt=0, published_order__lt=_order(last) + step)
    return articles


def _order(date: tuple[int, int, int]) -> int:
    year, month, day = date
    return (year * 10**4 + month * 100 + day) * 10**4


def dates_there_are(year: int) -> list[int]:
    """The years of the corpus, or the months of `year`; one walk along an index."""
    dated: QuerySet[Article] = Article.objects.order_by().filter(published_order__gt=0)
    part = F("published_order") / 10**8
    if year:
        dated = on_printed_date(dated, f"{year:04}")
        part = F("published_order") / 10**6 % 100
    found = dated.annotate(part=part).values_list("part", flat=True).distinct()
    return sorted(number for number in found if number)


def asked(**answers: str) -> QuerySet[Article]:
    """The articles that the list shows under these parameters."""
    articles: QuerySet[Article] = Article.objects.order_by()
    for question in FILTERS:
        name = question.parameter_name
        if name in answers:
            articles = question.narrowed(articles, answers[name])
    return articles if "bin" in answers else InBin.narrowed(articles, "no")
