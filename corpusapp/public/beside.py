"""What stands beside an article on its page: tags, corrections, its series, what editors changed.

All in one query, because a page has six.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from corpusapp.models import (
    Amends,
    Article,
    Correction,
    FieldOwner,
    MostRead,
    Ownership,
    Publication,
    Series,
    Tag,
)
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.dates import long_date
from corpusapp.public.indexes import tag_link
from corpusapp.public.prepared import ask
from corpusapp.public.readings import Reading, on_the_spot
from corpusapp.public.shelves import Shelf, foreign

_TEXTS = 7
_COLUMNS = ("what", "number", "day", *(f"t{n}" for n in range(1, _TEXTS + 1)))
_LAST, _DATES = 32767, 10**12  # the place of a member without one; more than any date as a number


@dataclass(frozen=True, slots=True)
class Corrected:
    text: str
    day: str  # in words
    date: date
    number: int  # from 1, in the order in which they were made
    is_retraction: bool = False

    @property
    def sentence(self) -> str:
        """As plain text tells it."""
        words = _("Retraction, %(day)s:") if self.is_retraction else _("Correction, %(day)s:")
        return f"{words % {'day': self.day}} {self.text}"


@dataclass(frozen=True, slots=True)
class InSeries:
    link: Link
    number: int  # 1 for the first that readers of this shelf have
    of: int
    previous: Link | None
    next: Link | None


@dataclass(slots=True)
class Beside:
    tags: list[Link] = field(default_factory=list)
    tag_ids: set[int] = field(default_factory=set)
    corrections: list[Corrected] = field(default_factory=list)
    series: InSeries | None = None
    edited: list[str] = field(default_factory=list)  # fields in words
    most_read: list[Link] = field(default_factory=list)
    shows_reads: bool = False


def beside(article: Any, text: Reading, shelf: Shelf) -> Beside:
    """1 query. `article` has its series fetched."""
    values: dict[str, Any] = {"article": article.pk}
    if article.section_id:
        values |= {"section": article.section_id, "section_shelf": shelf.key}
    if article.series_id:
        values |= {"series": article.series_id}
    if article.section_id or article.series_id:
        values |= {"at": timezone.now()}
    key = ("beside", shelf.key, bool(article.section_id), bool(article.series_id))
    found: dict[str, list[Any]] = {}
    for row in ask(key, partial(_all_of, shelf.key), **values):
        found.setdefault(row[0], []).append(dict(zip(_COLUMNS, row, strict=True)))
    tags = sorted(found.get("tag", ()), key=lambda row: (row["t1"], row["number"]))
    return Beside(
        tags=[tag_link(_tag(row), shelf) for row in tags],
        tag_ids={row["number"] for row in tags},
        corrections=[
            Corrected(
                on_the_spot(row["t1"], article.language) if text.rendered else row["t1"],
                long_date(row["day"]),
                row["day"],
                number,
                row["t2"] == Amends.RETRACTION,
            )
            for number, row in enumerate(
                sorted(found.get("correction", ()), key=lambda row: (row["day"], row["number"])),
                1,
            )
        ],
        series=_in_series(article, found.get("series", []), shelf),
        edited=_changed_fields({row["t1"] for row in found.get("edited", ())}),
        most_read=[
            _link(row, shelf)
            for row in sorted(found.get("read", ()), key=lambda row: row["number"])
            if row["t1"] != article.public_id
        ],
        shows_reads="publication" in found,
    )


def _all_of(
    shelf: str,
    *,
    article: int,
    at: datetime | None = None,
    section: int = 0,
    section_shelf: str = "",
    series: int = 0,
) -> QuerySet[Any, Any]:
    """The query: with a part for the section and for the series if there is one."""
    parts = [
        _rows(
            Correction.objects.filter(article=article),
            "correction",
            number=F("pk"),
            day=F("made_on"),
            texts=[F("text"), F("kind")],
        ),
        _rows(
            FieldOwner.objects.filter(article=article, kind=Ownership.EDITED),
            "edited",
            texts=[F("field")],
        ),
        _rows(Publication.objects.filter(show_reads=True), "publication"),
    ]
    public = Article.objects.published(at).on_shelf(shelf)
    if section:
        # asked for each of the five: a database may make a list of all that is public, if it can
        seen = Exists(public.filter(pk=OuterRef("article")))
        read = MostRead.objects.filter(seen, shelf=section_shelf, section=section)
        parts.append(_rows(read, "read", number=F("rank"), texts=_texts("article__")))
    if series:
        place = Coalesce(F("series_position"), Value(_LAST)) * Value(_DATES) + F("published_order")
        members = public.filter(series=series)
        parts.append(_rows(members, "series", number=place, texts=_texts()))
    tags = _rows(
        Tag.objects.filter(taggings__content_object=article),
        "tag",
        number=F("pk"),
        texts=[
            F(name)
            for name in (
                *("name", "slug", "name_language"),
                *("label_en", "label_zh_hans", "label_zh_hant"),
            )
        ],
    )
    return tags.union(*parts, all=True).order_by()


def _texts(before: str = "") -> list[Any]:
    """What `_link` makes a link of; of an article, or of one that `before` leads to."""
    return [
        *(F(f"{before}{name}") for name in ("public_id", "slug", "title", "language", "shelf")),
        *(Coalesce(F(f"{before}rendition__{name}"), Value("")) for name in ("slug", "title")),
    ]


def _rows(
    rows: QuerySet[Any],
    what: str,
    *,
    number: Any = None,
    day: Any = None,
    texts: Any = (),
) -> QuerySet[Any, Any]:
    """Rows of one kind in the columns that all kinds share; the first kind names these."""
    columns: dict[str, Any] = {
        "what": Value(what, CharField()),
        "number": Cast(number if number is not None else Value(0), BigIntegerField()),
        "day": Cast(day if day is not None else Value(None), DateField()),
    }
    for place in range(_TEXTS):
        given = texts[place] if place < len(texts) else Value("")
        columns[f"t{place + 1}"] = Cast(given, TextField())
    return rows.order_by().values(**columns)


def _tag(row: Any) -> Tag:
    names = ("name", "slug", "name_language", "label_en", "label_zh_hans", "label_zh_hant")
    return Tag(pk=row["number"], **{name: row[f"t{n}"] for n, name in enumerate(names, 1)})


def _link(row: Any, shelf: Shelf) -> Link:
    """An article of this shelf, as edition or rendition."""
    public_id, slug, title, language = row["t1"], row["t2"], row["t3"], row["t4"]
    if row["t5"] == shelf.key:
        address = addresses.rendition(shelf.key, public_id, slug)
        return Link(title, address, foreign(language, shelf))
    slug = row["t6"] or on_the_spot(slug, language)
    title = row["t7"] or on_the_spot(title, language)
    return Link(title, addresses.rendition(shelf.key, public_id, slug))


def _in_series(article: Any, members: list[Any], shelf: Shelf) -> InSeries | None:
    """Its place among those that readers of this shelf have."""
    series: Series | None = article.series
    if series is None or not members:
        return None
    members.sort(key=lambda row: row["number"])
    here = next((n for n, row in enumerate(members) if row["t1"] == article.public_id), None)
    if here is None:
        return None
    label = series.label(shelf.key)
    return InSeries(
        Link(
            label.text,
            addresses.series(shelf.key, series.slug),
            foreign(label.language, shelf),
        ),
        here + 1,
        len(members),
        _link(members[here - 1], shelf) if here else None,
        _link(members[here + 1], shelf) if here + 1 < len(members) else None,
    )


def _changed_fields(names: set[str]) -> list[str]:
    """Those of these fields that mean something to readers, in the order of a page."""
    if not names:  # as of most articles
        return []
    words = {
        "title": _("the title"),
        "standfirst": _("the standfirst"),
        "body": _("the text"),
        "authors": _("the authors"),
        "published_at": _("the date"),
        "section": _("the section"),
        "language": _("the language"),
        "source": _("the source"),
        "biography": _("the note about the author"),
    }
    return [word for name, word in words.items() if name in names]
