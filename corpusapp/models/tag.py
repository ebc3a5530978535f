from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from corpusapp.models.choices import Listing
from corpusapp.models.labels import Labelled
from corpusapp.models.total import PublicTotal
from corpusapp.text.slugs import slugify

if TYPE_CHECKING:  # taggit has no types; these are the columns its bases bring along

    class TagBase(models.Model):
        name = models.CharField(max_length=100, unique=True)
        slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)

        class Meta:
            abstract = True

    class ItemBase(models.Model):
        class Meta:
            abstract = True
else:
    from taggit.models import ItemBase, TagBase


class TagQuerySet(models.QuerySet["Tag"]):
    def listed(self) -> Self:
        """Those with something public in any language."""
        return self.filter(PublicTotal.any_of(Listing.TAG))

    def known_as(self, keys: set[str]) -> dict[str, "Tag"]:
        """Tags by folded name or synonym, for those of `keys` that are known."""
        synonyms = TagSynonym.objects.filter(key__in=keys).select_related("tag")
        return {synonym.key: synonym.tag for synonym in synonyms}


class Tag(Labelled, TagBase):
    """A topic, the same in every language; its labels and synonyms are what languages call it."""

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("public:tag", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag, 90)
        return slug if i is None else f"{slug}-{i}"


class Tagging(ItemBase):
    """That an article has a tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", verbose_name=_("tag"))
    content_object = models.ForeignKey(
        "corpusapp.Article", models.CASCADE, related_name="taggings", verbose_name=_("article")
    )

    objects = models.Manager()  # said aloud because the base that brings it has no types

    class Meta:
        verbose_name = _("tagging")
        verbose_name_plural = _("taggings")
        constraints = [
            models.UniqueConstraint("content_object", "tag", name="tagging_once_per_article")
        ]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag}"


class TagSynonym(models.Model):
    """Another word for a tag, in whatever language; imports find the tag by `key`."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms", verbose_name=_("tag"))
    text = models.CharField(_("word"), max_length=100)
    key = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="tag_synonym_means_one_tag",
                violation_error_message=_("Another tag already goes by this word."),
            )
        ]

    def __str__(self) -> str:
        return str(self.text)
