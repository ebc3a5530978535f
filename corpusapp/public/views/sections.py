from django.http import HttpRequest, HttpResponse

from corpusapp.models import Listing, Section
from corpusapp.public.contents import contents
from corpusapp.public.frame import Frame
from corpusapp.public.moved import moved


def section(request: HttpRequest, slug: str) -> HttpResponse:
    frame = Frame(request)
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        return moved(Listing.SECTION, slug, frame.shelf)
    heading = frame.section_link(found)
    frame.with_feed(heading.text)
    return frame.show(
        "corpusapp/section.html",
        title=heading.text,
        description=found.description(frame.shelf.key),
        heading=heading,
        contents=contents(request, frame, Listing.SECTION, found.pk),
    )
