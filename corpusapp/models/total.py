"""How many public articles each list holds: kept, so that no public page counts articles."""

from django.db import models
from django.db.models import Exists, OuterRef

from corpusapp.models.choices import Listing, Shelf


class PublicTotal(models.Model):
    """One list on one shelf.

    `key` is the id of the section, author or tag; 2015 for a year;
    201505 for a month; 0 for all. Written only by `editing.totals`, always in key order, so that
    two writers wait for each other and never deadlock.
    """

    listing = models.CharField(max_length=10, choices=Listing)
    key = models.BigIntegerField(default=0)
    shelf = models.CharField(max_length=10, choices=Shelf)
    articles = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("listing", "key", "shelf", name="public_total_one_per_list"),
            models.CheckConstraint(
                condition=models.Q(articles__gte=0), name="public_total_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.key} {self.shelf}: {self.articles}"

    @classmethod
    def any_of(cls, listing: Listing) -> Exists:
        """True for the section, author or tag (the outer row) that has anything public."""
        return Exists(cls.objects.filter(listing=listing, key=OuterRef("pk"), articles__gt=0))
