from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing, NameOrder, Role
from corpusapp.models.total import PublicTotal


class AuthorQuerySet(models.QuerySet["Author"]):
    def listed(self) -> Self:
        """Those with something public in any language; merged ones live on as their target."""
        return self.filter(PublicTotal.any_of(Listing.AUTHOR), merged_into__isnull=True)

    def new_names(self) -> Self:
        """Those that an import met and no editor has looked at; who was merged is nobody's new name."""
        return self.filter(is_new=True, merged_into=None)

    def known_as(self, keys: set[str]) -> dict[str, "Author"]:
        """Authors by the folded name that captures print, for those of `keys` that are known."""
        names = AuthorName.objects.filter(key__in=keys).select_related("author__merged_into")
        return {name.key: name.author for name in names if name.key}


class Author(models.Model):
    """A person or an organisation that signs articles.

    `name` is the one most captures print; names in other scripts and spellings are `AuthorName`s.
    What the author was on a given day is the byline's.
    """

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=150, blank=True)
    name_order = models.CharField(
        _("order of the name"), max_length=6, choices=NameOrder, default=NameOrder.GIVEN_FIRST
    )
    sort_name = models.CharField(
        _("sort name"),
        max_length=200,
        help_text=_("Where the author stands in lists: family name first."),
    )
    biography_en = models.TextField(_("biography in English"), blank=True)
    biography_zh_hans = models.TextField(_("biography in Simplified Chinese"), blank=True)
    biography_zh_hant = models.TextField(_("biography in Traditional Chinese"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    is_new = models.BooleanField(
        _("new name"),
        default=False,
        editable=False,
        help_text=_("An import met this name, and no editor has looked at it yet."),
    )
    portrait = models.ForeignKey(
        "corpusapp.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("portrait"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["sort_name", "pk"]
        indexes = [
            # /authors/: A to Z
            models.Index(fields=["sort_name", "id"], name="author_a_to_z"),
            # the review queue: few among many
            models.Index(fields=["id"], name="author_new_names", condition=Q(is_new=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="author_not_merged_into_self",
                violation_error_message=_("An author cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("public:author", args=[self.slug])

    def biography(self, language: str) -> str:
        """What readers are told in `language` (a shelf); "" where nobody wrote it."""
        return str(getattr(self, "biography_" + language.replace("-", "_"), ""))


class AuthorName(models.Model):
    """A name under which the author signs or is known, in one language and script.

    `key` is the folded spelling by which imports find the author. For a namesake it is empty:
    only an editor knows which of the two signed, so imports keep to the one who has the key.
    """

    author = models.ForeignKey(
        Author, models.CASCADE, related_name="names", verbose_name=_("author")
    )
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("Empty for a spelling used in any language."),
    )
    text = models.CharField(_("name"), max_length=200)
    is_main = models.BooleanField(
        _("main name in this language"),
        default=True,
        help_text=_("Off for aliases and variant spellings."),
    )
    key = models.CharField(max_length=200, null=True, editable=False)  # noqa: DJ001 - NULLs do not collide

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="author_name_means_one_author",
                violation_error_message=_("Another author is already found by this name."),
            ),
            models.UniqueConstraint(
                fields=["author", "language"],
                condition=Q(is_main=True),
                name="author_one_main_name_per_language",
                violation_error_message=_("An author has one main name in each language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Byline(models.Model):
    """One signature under one article: the name and the post exactly as printed that day."""

    article = models.ForeignKey(
        "corpusapp.Article", models.CASCADE, related_name="bylines", verbose_name=_("article")
    )
    author = models.ForeignKey(
        Author, models.PROTECT, related_name="bylines", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)
    name = models.CharField(
        _("name as printed"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the author's own name."),
    )
    post = models.CharField(
        _("post as printed"),
        max_length=500,
        blank=True,
        help_text=_("What the author was on that day."),
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="byline_once_per_article_and_role",
                violation_error_message=_("This author signs the article twice in the same role."),
            ),
        ]
        indexes = [
            # an author's page: their articles without a look at the byline itself
            models.Index(fields=["author", "article", "role"], name="byline_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name} ({self.post})" if self.post else self.printed_name

    @property
    def printed_name(self) -> str:
        return str(self.name or self.author.name)
