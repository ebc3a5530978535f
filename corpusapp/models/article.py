"""An article: one row per language edition."""

import secrets
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from corpusapp.models.article_columns import (
    order_of,
    shelf_of,
    shelves_of,
    slug_of,
    stands_on,
)
from corpusapp.models.article_sets import ArticleQuerySet
from corpusapp.models.choices import Precision, Shelf, State
from corpusapp.models.derived import DerivedBytes, DerivedChars, DerivedFlag, DerivedNumber
from corpusapp.models.tag import Tagging
from corpusapp.text import markdown, reading
from corpusapp.text.packing import pack, unpack

# No letter that reads like a digit, and no vowel that could make a word
_ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_public_id() -> str:
    """Eight characters of 27: some 280,000 million; the database refuses a second use."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(8))


class Article(models.Model):
    # identity
    public_id = models.CharField(
        _("public id"), max_length=8, unique=True, default=new_public_id, editable=False
    )
    translation_key = models.UUIDField(_("translation key"), default=uuid.uuid4, editable=False)
    language = models.CharField(
        _("language"),
        max_length=35,
        default="en",
        validators=[
            RegexValidator(
                r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
                _("Write it as en, de, zh-Hans or zh-Hant."),
            )
        ],
        help_text=_("en, zh-Hans, zh-Hant, de, …"),
    )
    shelf = DerivedChars(
        max_length=10, choices=Shelf, derive=shelf_of, sources=("language",), default="en"
    )
    paired = models.BooleanField(
        default=False,
        editable=False,
        help_text="A public edition stands in the other Chinese script.",
    )
    on_hans = DerivedFlag(
        derive=stands_on("zh-hans"), sources=("language", "paired"), default=False
    )
    on_hant = DerivedFlag(
        derive=stands_on("zh-hant"), sources=("language", "paired"), default=False
    )

    # text
    title = models.CharField(_("title"), max_length=500, blank=True)
    standfirst = models.TextField(_("standfirst"), blank=True)
    slug = DerivedChars(max_length=120, derive=slug_of, sources=("title", "slug", "live_from"))
    body = models.TextField(_("body"), blank=True, help_text=_("Markdown."))
    rendered = DerivedBytes(
        derive=lambda article: pack(markdown.render(article.body), article.body),
        sources=("body",),
        default=b"",
    )
    body_renderer = DerivedNumber(
        derive=lambda _article: markdown.RENDERER_VERSION, sources=("body",), default=0
    )
    author_note = models.TextField(
        _("author’s note"),
        blank=True,
        help_text=_("What the page says about its authors, as printed that day. Under the text."),
    )
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("Of the picture at the top of the captured page.")
    )
    picture = models.ForeignKey(
        "corpusapp.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("lead picture"),
        db_index=False,  # an index of the few that have one stands below
    )
    units = DerivedNumber(
        derive=lambda article: reading.words(article.body), sources=("body",), default=0
    )

    # where it belongs
    section = models.ForeignKey(
        "corpusapp.Section",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    series = models.ForeignKey(
        "corpusapp.Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("series"),
        db_index=False,  # an index of the few that are in one stands below
    )
    series_position = models.PositiveSmallIntegerField(
        _("place in the series"), null=True, blank=True, help_text=_("1 for the first.")
    )
    source = models.ForeignKey(
        "corpusapp.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    source_address = models.URLField(_("address at the source"), max_length=2000, blank=True)
    tags = TaggableManager(
        through=Tagging, blank=True, verbose_name=_("tags"), help_text=_("Separated by commas.")
    )

    # the date as printed: local wall time of its place, never moved between zones
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("As printed. For a month or a year: its first day."),
    )
    published_time = models.TimeField(
        _("at"), null=True, blank=True, help_text=_("As printed, local time.")
    )
    published_offset = models.SmallIntegerField(
        _("minutes east of UTC"),
        null=True,
        blank=True,
        help_text=_("Only if the page names its zone."),
    )
    published_precision = models.CharField(
        _("precise to"), max_length=6, choices=Precision, blank=True, default=Precision.UNKNOWN
    )
    published_order = DerivedNumber(
        derive=order_of,
        sources=("published_on", "published_time", "published_precision"),
        default=0,
    )

    # workflow
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REVIEW)
    live_from = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("In the future: scheduled for then.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawal_note = models.TextField(
        _("withdrawal note"), blank=True, help_text=_("What readers of the old address are told.")
    )
    binned_at = models.DateTimeField(_("in the bin since"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        "corpusapp.ImportRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken away by"),
        editable=False,
        db_index=False,  # asked of an article at hand only
    )
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
        db_index=False,  # asked of an article at hand only
    )
    editors_choice = models.BooleanField(_("editors’ choice"), default=False)
    captured_views = models.BigIntegerField(
        _("views when captured"),
        null=True,
        blank=True,
        help_text=_("The counter that the page printed."),
    )
    reads = models.PositiveBigIntegerField(_("reads"), default=0, editable=False)
    counted = models.BooleanField(default=False, editable=False)
    # per cent: the least confidence of its extracted fields where that is low, else 100
    sureness = models.PositiveSmallIntegerField(default=100, editable=False)

    # upkeep
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("imported or begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    # what to name in `update_fields` when a source of derived columns is changed alone
    BODY: ClassVar[tuple[str, ...]] = ("body", "rendered", "body_renderer", "units")
    DATE: ClassVar[tuple[str, ...]] = (
        "published_on",
        "published_time",
        "published_offset",
        "published_precision",
        "published_order",
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        get_latest_by = "created_at"
        permissions = [
            ("publish_article", _("Can publish and withdraw articles")),
            ("bulk_publish_article", _("Can publish many articles at once")),
            ("bulk_withdraw_article", _("Can withdraw many articles at once")),
            ("bulk_review_article", _("Can send many articles back to review at once")),
            ("bulk_draft_article", _("Can make drafts of many articles at once")),
            ("bulk_tag_article", _("Can add tags to many articles, and remove them, at once")),
            ("bulk_suggest_article", _("Can give many articles their suggested tags at once")),
            ("bulk_section_article", _("Can set the section of many articles at once")),
            ("bulk_source_article", _("Can set the source of many articles at once")),
            ("bulk_language_article", _("Can set the language of many articles at once")),
            ("bulk_date_article", _("Can set the date of many articles at once")),
            ("bulk_reread_article", _("Can read many captures again at once")),
            ("bulk_bin_article", _("Can put many articles in the bin at once")),
            ("bulk_restore_article", _("Can restore many articles from the bin at once")),
            ("import_article", _("Can import captures")),
            ("export_article", _("Can export articles")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language"],
                name="article_one_edition_per_language",
                violation_error_message=_("This piece already has an edition in that language."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(live_from__isnull=False),
                name="article_published_has_live_from",
                violation_error_message=_("A published article needs the moment it goes live."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | (~Q(title="") & ~Q(body="")),
                name="article_published_has_title_and_body",
                violation_error_message=_("A published article needs a title and a text."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="article_withdrawn_has_moment",
                violation_error_message=_("A withdrawn article needs the moment it was withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision=Precision.UNKNOWN)
                | (Q(published_on__isnull=False) & ~Q(published_precision=Precision.UNKNOWN)),
                name="article_date_with_precision",
                violation_error_message=_(
                    "A date needs to say how precise it is, and an unknown date has no day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(published_time__isnull=False, published_precision=Precision.MINUTE)
                | (Q(published_time__isnull=True) & ~Q(published_precision=Precision.MINUTE)),
                name="article_time_with_minute_precision",
                violation_error_message=_(
                    "A time of day goes with the precision “Minute”, and only with it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(published_offset__isnull=True)
                | Q(published_time__isnull=False, published_offset__range=(-14 * 60, 14 * 60)),
                name="article_offset_with_time",
                violation_error_message=_(
                    "An offset goes with a time of day and lies within 14 hours."
                ),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (~Q(merged_into=F("id")) & Q(binned_at__isnull=False)),
                name="article_merged_lies_in_bin",
                violation_error_message=_("A merged article lies in the bin, and not in itself."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="article_state_is_known",
                violation_error_message=_("There is no such state."),
            ),
            models.UniqueConstraint(
                fields=["series", "series_position", "language"],
                condition=Q(series_position__isnull=False),
                name="article_one_place_in_series",
                violation_error_message=_("Another article has this place in the series."),
            ),
            models.CheckConstraint(
                condition=Q(series_position__isnull=True) | Q(series__isnull=False),
                name="article_place_needs_series",
                violation_error_message=_("A place needs a series."),
            ),
            models.CheckConstraint(
                condition=Q(captured_views__isnull=True) | Q(captured_views__gte=0),
                name="article_views_not_negative",
                violation_error_message=_("A counter cannot be negative."),
            ),
        ]
        indexes = [
            # home, /articles/ and /archive/: one shelf, newest first; the rest decides without a look at the row
            models.Index(
                "shelf",
                "state",
                F("published_order").desc(),
                F("id").desc(),
                "live_from",
                "binned_at",
                name="article_public_listing",
            ),
            # /sections/<slug>/
            models.Index(
                "section",
                "shelf",
                "state",
                F("published_order").desc(),
                F("id").desc(),
                "live_from",
                "binned_at",
                name="article_section_listing",
            ),
            # the same lists where editions and renditions stand together
            *(
                models.Index(
                    "state",
                    F("published_order").desc(),
                    F("id").desc(),
                    "live_from",
                    "binned_at",
                    name=f"article_listed_{script}",
                    condition=Q(**{f"on_{script}": True}),
                )
                for script in ("hans", "hant")
            ),
            *(
                models.Index(
                    "section",
                    "state",
                    F("published_order").desc(),
                    F("id").desc(),
                    "live_from",
                    "binned_at",
                    name=f"article_section_{script}",
                    condition=Q(**{f"on_{script}": True}),
                )
                for script in ("hans", "hant")
            ),
            *(
                models.Index(
                    "state",
                    F("published_order").desc(),
                    F("id").desc(),
                    "live_from",
                    "binned_at",
                    name=f"article_chosen_{script}",
                    condition=Q(**{f"on_{script}": True, "editors_choice": True}),
                )
                for script in ("hans", "hant")
            ),
            # the review queue: the least sure first, then the oldest
            # (the state stands second: the planner would read public lists off this one else)
            models.Index("sureness", "state", "id", name="article_review_queue"),
            # the desk's list, newest first over all languages; a far page is reached without the rows
            models.Index(
                F("published_order").desc(),
                F("id").desc(),
                "binned_at",
                name="article_desk_listing",
            ),
            # the editors' choice on a home page: few among many; the same columns as the listing's,
            # or SQLite's planner would rather read through all of that one
            models.Index(
                "shelf",
                "state",
                F("published_order").desc(),
                F("id").desc(),
                "live_from",
                "binned_at",
                name="article_editors_choice",
                condition=Q(editors_choice=True),
            ),
            # of which articles a picture is the lead
            models.Index(
                "picture", name="article_with_picture", condition=Q(picture__isnull=False)
            ),
            # /series/<slug>/
            models.Index(
                "series",
                "series_position",
                name="article_in_series",
                condition=Q(series__isnull=False),
            ),
            # scheduled articles that have gone live since the totals were last written
            models.Index("live_from", name="article_not_counted", condition=Q(counted=False)),
        ]

    def __str__(self) -> str:
        return str(self.title) or f"[{self.public_id}]"

    def get_absolute_url(self) -> str:
        """The address under the active language; `public.addresses` knows the one of its shelf."""
        return reverse("public:article", args=[self.public_id, self.slug])

    def stands_on(self, shelf: str) -> bool:
        """Whether readers of `shelf` find it there, as an edition or as a rendition."""
        return shelf in shelves_of(self)

    def is_public(self, at: datetime | None = None) -> bool:
        """The same question as `published()`, of this one."""
        return bool(
            self.state == State.PUBLISHED
            and self.live_from
            and self.live_from <= (at or timezone.now())
            and self.binned_at is None
        )

    @property
    def body_html(self) -> str:
        """The body as it was rendered and sanitised when it was saved; rendered now if it was not, or otherwise."""
        if self.body_renderer == markdown.RENDERER_VERSION:
            html = unpack(self.rendered, self.body)
            if html is not None:
                return html
        return markdown.render(self.body)

    @property
    def published_at(self) -> str:
        """ISO 8601, cut to its precision: "2015", "2015-05-21", "2025-09-28T16:08+08:00"; "" unknown."""
        if self.published_on is None:
            return ""
        day = self.published_on.isoformat()
        match self.published_precision:
            case Precision.YEAR:
                return day[:4]
            case Precision.MONTH:
                return day[:7]
            case Precision.MINUTE if self.published_time:
                return f"{day}T{self.published_time:%H:%M}{self._printed_offset()}"
            case _:
                return day

    def _printed_offset(self) -> str:
        if self.published_offset is None:
            return ""
        hours, minutes = divmod(abs(self.published_offset), 60)
        return f"{'-' if self.published_offset < 0 else '+'}{hours:02d}:{minutes:02d}"

    @property
    def minutes(self) -> int:
        """Reading time, at least 1."""
        return reading.minutes(self.units, self.language)

    def clean(self) -> None:
        """Bring a date that was typed to its normal form; the constraints say what is left wrong."""
        super().clean()
        day: Any = self.published_on
        if day and not self.published_precision:
            self.published_precision = Precision.MINUTE if self.published_time else Precision.DAY
        if day and self.published_precision == Precision.YEAR:
            self.published_on = day.replace(month=1, day=1)
        if day and self.published_precision == Precision.MONTH:
            self.published_on = day.replace(day=1)
