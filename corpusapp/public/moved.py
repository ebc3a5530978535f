"""Where old addresses lead: for ever, to whatever has taken their place."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect

from corpusapp.models import Article, Author, Listing, Redirect, Section, Series, Tag
from corpusapp.public import addresses
from corpusapp.public.lists import totals_of
from corpusapp.public.prepared import ask_models
from corpusapp.public.shelves import Shelf
from corpusapp.text.han import OTHER

_MODELS: dict[Listing, type[Author | Section | Series | Tag]] = {
    Listing.AUTHOR: Author,
    Listing.SECTION: Section,
    Listing.SERIES: Series,
    Listing.TAG: Tag,
}
_ADDRESS = {
    Listing.AUTHOR: addresses.author,
    Listing.SECTION: addresses.section,
    Listing.SERIES: addresses.series,
    Listing.TAG: addresses.tag,
}
_LONGEST_CHAIN = 20  # of mergers; a ring of them must not hold a worker


def called(kind: Listing, slug: str) -> Any:
    """The author, section, series or tag of this address, or None; an author with the portrait. 1 query."""
    manager: Any = _MODELS[kind]._default_manager  # noqa: SLF001 - Django's documented name

    def found(slug: str) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = manager.filter(slug=slug)
        return rows.select_related("portrait") if kind == Listing.AUTHOR else rows

    return next(iter(ask_models(("called", kind), found, slug=slug)), None)


def moved(kind: Listing, slug: str, shelf: Shelf, below: str = "") -> HttpResponsePermanentRedirect:
    """301 to what was once called `slug`; 404 if that is not public, like any hidden thing.

    `below` is the rest of the address: "feed.atom", or "" for the page.
    """
    target = Redirect.objects.filter(kind=kind, slug=slug).values_list("target", flat=True).first()
    if target is None:
        raise Http404
    thing = _MODELS[kind]._default_manager.filter(pk=target).first()  # noqa: SLF001 - Django's documented name
    if isinstance(thing, Author):
        thing = heir(thing)
    if thing is None or not totals_of(kind, thing.pk).total():
        raise Http404
    return HttpResponsePermanentRedirect(_ADDRESS[kind](shelf.key, thing.slug) + below)


def merged(author: Author, shelf: Shelf, below: str = "") -> HttpResponsePermanentRedirect:
    """301 to the author that `author` was merged into; 404 if that one is not public."""
    now = heir(author)
    if now.merged_into_id or not totals_of(Listing.AUTHOR, now.pk).total():
        raise Http404
    return HttpResponsePermanentRedirect(addresses.author(shelf.key, now.slug) + below)


def merged_article(public_id: str, shelf: Shelf) -> Article | None:
    """The article that this one was merged into, if that is public."""
    article = Article.objects.merged_away().on_shelf(shelf.key).filter(public_id=public_id).first()
    for _step in range(_LONGEST_CHAIN):
        if article is None or article.merged_into_id is None:
            break
        article = Article.objects.filter(pk=article.merged_into_id).first()
    return article if article and article.is_public() else None


def promoted(public_id: str, shelf: Shelf) -> Article | None:
    """The public edition that has taken the place of this one's rendition on `shelf`."""
    made_of = Article.objects.published().filter(public_id=public_id, language__in=OTHER)
    return (
        Article.objects.published()
        .filter(
            translation_key__in=made_of.exclude(shelf=shelf.key).values("translation_key"),
            language=shelf.code,
        )
        .first()
        if shelf.code in OTHER
        else None
    )


def heir(author: Author) -> Author:
    """The author at the end of the mergers, or the twentieth of a longer chain."""
    for _step in range(_LONGEST_CHAIN):
        if author.merged_into is None:
            break
        author = author.merged_into
    return author
