from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing
from corpusapp.models.labels import Labelled
from corpusapp.models.total import PublicTotal


class SectionQuerySet(models.QuerySet["Section"]):
    def new_sections(self) -> Self:
        """Those that only imports named, and that something waits in or stands in."""
        return self.filter(is_new=True, articles__isnull=False, articles__binned_at=None).distinct()

    def listed(self) -> Self:
        """Those with something public in any language: what menus and pages may name."""
        return self.filter(PublicTotal.any_of(Listing.SECTION))

    def known_as(self, keys: set[str]) -> dict[str, "Section"]:
        """Sections by folded printed name, for those of `keys` that are known."""
        names = SectionName.objects.filter(key__in=keys).select_related("section")
        return {name.key: name.section for name in names}

    def limiting(self, user: Any) -> frozenset[int] | None:
        """Ids of the sections whose editor `user` is, and of no others; None: all. One query."""
        ids = frozenset(self.filter(editors=user.pk).order_by().values_list("pk", flat=True))
        # who gives rights away could give themselves these
        return ids if ids and not user.has_perm("auth.change_user") else None


class Section(Labelled):
    """A part of the publication, as captures print it above their titles."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=100,
        help_text=_("Sections with a lower number stand first in menus."),
    )

    is_new = models.BooleanField(
        _("new section"),
        default=False,
        editable=False,
        help_text=_("An import met this name, and no editor has looked at it yet."),
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="sections",
        verbose_name=_("editors of this section only"),
        help_text=_(
            "Editors named here change and publish the articles of the sections that name them, and no others."
        ),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("public:section", args=[self.slug])


class SectionName(models.Model):
    """A printed name that means this section, in whatever language; imports find it by `key`."""

    section = models.ForeignKey(
        Section, models.CASCADE, related_name="names", verbose_name=_("section")
    )
    text = models.CharField(_("as printed"), max_length=200)
    key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("printed name")
        verbose_name_plural = _("printed names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="section_name_means_one_section",
                violation_error_message=_("Another section is already known by this name."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text)
