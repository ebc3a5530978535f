"""What the search index knows of each article, which articles it has to look at again, and its words.

The postings themselves lie where the database keeps such things: in FTS5 tables of SQLite, in a column
`vector` of `SearchEntry` on PostgreSQL. `corpusapp.search` reads and writes all of it.
"""

from typing import ClassVar

from django.db import models


class SearchEntries(models.QuerySet["SearchEntry"]):
    def waiting(self) -> "SearchEntries":
        """Those whose words are not counted yet; said as the index says it, so that it is used."""
        return self.exclude(uncounted="")


class SearchEntry(models.Model):
    """An article as it is indexed now; the narrow row that counts facets without a look at the article."""

    # no foreign key: the entry outlives its article until its words are taken out of the index
    article_id = models.BigIntegerField(primary_key=True)
    is_public = models.BooleanField()  # in the index that readers search, or in the desk's own
    order = models.BigIntegerField(default=0)  # `Article.published_order`
    place = models.CharField(
        max_length=120
    )  # facets that every article has one of: "=s3|=o1|=len|…"
    people = models.TextField(blank=True)  # and those it may have several of: "=a15 =t4 =t8"
    terms = models.PositiveIntegerField(default=0)  # in the body
    language = models.CharField(max_length=35)  # by whose rules it was analysed
    analyser = models.PositiveSmallIntegerField()  # `ANALYSER_VERSION`
    digest = models.BigIntegerField()  # CRC-32 of all that was indexed
    body_digest = models.BigIntegerField()  # CRC-32 of the body's terms
    beside = models.BinaryField()  # all terms but the body's, packed: to take them out again
    uncounted = models.CharField(
        max_length=80, blank=True
    )  # the run that has yet to count its words; see search.gathering

    objects = SearchEntries.as_manager()

    class Meta:
        verbose_name = "entry of the search index"
        verbose_name_plural = "entries of the search index"
        default_permissions = ()
        indexes = [
            # the newest by date among too many to look at
            models.Index("is_public", models.F("order").desc(), name="search_entry_by_date"),
            models.Index(
                "uncounted", condition=~models.Q(uncounted=""), name="search_entry_uncounted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}"


class SearchStale(models.Model):
    """An article that changed since it was indexed. Triggers of the database write these rows.

    On SQLite with the text that is in the index still, where that changed: it takes the text to
    take its words out.
    """

    article_id = models.BigIntegerField(primary_key=True)
    standfirst = models.TextField(null=True)  # noqa: DJ001 - NULL: the text did not change
    body = models.TextField(null=True)  # noqa: DJ001
    caption = models.TextField(null=True)  # noqa: DJ001
    author_note = models.TextField(null=True)  # noqa: DJ001

    objects: ClassVar[models.Manager["SearchStale"]] = models.Manager()

    class Meta:
        verbose_name = "article to index again"
        verbose_name_plural = "articles to index again"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}"


class SearchWord(models.Model):
    """In how many articles a word ("running") or a stem ("run_") stands."""

    term = models.CharField(max_length=61, primary_key=True)
    backwards = models.CharField(max_length=61, null=True)  # noqa: DJ001 - NULL: a stem, nothing typed
    public = models.IntegerField(default=0)
    hidden = models.IntegerField(default=0)

    objects: ClassVar[models.Manager["SearchWord"]] = models.Manager()

    class Meta:
        verbose_name = "word of the search index"
        verbose_name_plural = "words of the search index"
        default_permissions = ()
        indexes = [
            # words that end as a misspelt one does
            models.Index(
                "backwards",
                condition=models.Q(backwards__isnull=False),
                name="search_word_backwards",
            )
        ]

    def __str__(self) -> str:
        return str(self.term)


class SearchCount(models.Model):
    """Changes of those numbers that are not in them yet.

    One row for each write, so that writers of the same words never wait for each other.
    """

    id = models.BigAutoField(primary_key=True)
    articles = models.PositiveIntegerField()  # that the write was about
    changes = models.TextField()  # JSON: {"public": {term: difference}, "hidden": {…}}

    objects: ClassVar[models.Manager["SearchCount"]] = models.Manager()

    class Meta:
        verbose_name = "change of word counts"
        verbose_name_plural = "changes of word counts"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.articles} articles"
