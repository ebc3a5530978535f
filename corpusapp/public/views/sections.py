from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import linked_data
from corpusapp.public.contents import contents
from corpusapp.public.frame import Frame
from corpusapp.public.moved import called, moved
from corpusapp.public.topics import topics


def section(request: HttpRequest, slug: str) -> HttpResponse:
    frame = Frame(request)
    found = called(Listing.SECTION, slug)
    if found is None:
        return moved(Listing.SECTION, slug, frame.shelf)
    heading = frame.section_link(found)
    listed = contents(request, frame, Listing.SECTION, found.pk)
    if listed.total:
        frame.with_feed(heading.text)
    description = found.description(frame.shelf.key)
    told = description or _("Articles in the section “%(section)s” at %(site)s.") % {
        "section": heading.text,
        "site": frame.site,
    }
    return frame.show(
        "corpusapp/section.html",
        title=heading.text,
        description=told,
        linked=[linked_data.listing(frame.canonical, frame.shelf.code, heading.text, told)],
        sentence=description,
        heading=heading,
        contents=listed,
        topics=topics((listed.lead, *listed.cards), frame.shelf),
    )
