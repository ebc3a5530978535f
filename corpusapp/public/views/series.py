from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import addresses, linked_data
from corpusapp.public.cards import Link
from corpusapp.public.contents import contents
from corpusapp.public.frame import Frame
from corpusapp.public.moved import called, moved
from corpusapp.public.shelves import foreign


def series(request: HttpRequest, slug: str) -> HttpResponse:
    frame = Frame(request)
    found = called(Listing.SERIES, slug)
    if found is None:
        return moved(Listing.SERIES, slug, frame.shelf)
    label = found.label(frame.shelf.key)
    heading = Link(
        label.text,
        addresses.series(frame.shelf.key, found.slug),
        foreign(label.language, frame.shelf),
    )
    sentence = found.description(frame.shelf.key)
    told = sentence or _("The articles of the series “%(series)s” at %(site)s, in their order.") % {
        "series": heading.text,
        "site": frame.site,
    }
    return frame.show(
        "corpusapp/series.html",
        title=heading.text,
        description=told,
        linked=[linked_data.listing(frame.canonical, frame.shelf.code, heading.text, told)],
        sentence=sentence,
        heading=heading,
        contents=contents(request, frame, Listing.SERIES, found.pk),
    )
