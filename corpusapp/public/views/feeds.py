from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import addresses
from corpusapp.public.feeds import FORMS, Feed, entries_of, notices_of
from corpusapp.public.lists import totals_of
from corpusapp.public.moved import called, merged, moved
from corpusapp.public.names import main_names_of, names_for
from corpusapp.public.shelves import Shelf, shelf_of


def site(request: HttpRequest, form: str) -> HttpResponse:
    shelf = shelf_of(request)
    return _feed(request, form, Listing.ALL, shelf=shelf, home=addresses.fixed(shelf.key, "home"))


def author(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    shelf = shelf_of(request)
    found = called(Listing.AUTHOR, slug)
    if found is None:
        return moved(Listing.AUTHOR, slug, shelf, f"feed.{form}")
    if found.merged_into_id:
        return merged(found, shelf, f"feed.{form}")
    name = names_for(shelf, found.name, main_names_of(found.pk)).main.text
    home = addresses.author(shelf.key, slug)
    return _feed(request, form, Listing.AUTHOR, found.pk, shelf=shelf, home=home, name=name)


def section(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    shelf = shelf_of(request)
    found = called(Listing.SECTION, slug)
    if found is None:
        return moved(Listing.SECTION, slug, shelf, f"feed.{form}")
    name, home = found.label(shelf.key).text, addresses.section(shelf.key, slug)
    return _feed(request, form, Listing.SECTION, found.pk, shelf=shelf, home=home, name=name)


def tag(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    shelf = shelf_of(request)
    found = called(Listing.TAG, slug)
    if found is None:
        return moved(Listing.TAG, slug, shelf, f"feed.{form}")
    name, home = found.label(shelf.key).text, addresses.tag(shelf.key, slug)
    return _feed(request, form, Listing.TAG, found.pk, shelf=shelf, home=home, name=name)


def corrections(request: HttpRequest, form: str) -> HttpResponse:
    """Always stands, for those who want to hear of the first one."""
    shelf = shelf_of(request)
    return _answer(
        form,
        Feed(
            title=f"{_('Corrections')} · {settings.SITE_NAME}",
            home=addresses.fixed(shelf.key, "corrections"),
            path=addresses.quoted(request.path),
            shelf=shelf,
            entries=notices_of(shelf),
        ),
    )


def _feed(
    request: HttpRequest,
    form: str,
    listing: Listing,
    key: int = 0,
    *,
    shelf: Shelf,
    home: str,
    name: str = "",
) -> HttpResponse:
    """The feed of a list that stands; 404 for one that holds nothing public in any language."""
    if key and not totals_of(listing, key).total():
        raise Http404
    feed = Feed(
        title=f"{name} · {settings.SITE_NAME}" if name else settings.SITE_NAME,
        home=home,
        path=addresses.quoted(request.path),
        shelf=shelf,
        entries=entries_of(shelf, listing, key),
    )
    return _answer(form, feed)


def _answer(form: str, feed: Feed) -> HttpResponse:
    response = FORMS[form](feed)
    response.headers["Content-Language"] = feed.shelf.code
    return response
