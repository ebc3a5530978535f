from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import linked_data
from corpusapp.public.cards import Link
from corpusapp.public.contents import contents
from corpusapp.public.frame import Frame
from corpusapp.public.indexes import tag_index, tag_link
from corpusapp.public.moved import called, moved
from corpusapp.public.topics import topics


def tags(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/tags.html",
        title=_("Tags"),
        description=_("What the articles here are about, from A to Z."),
        index=tag_index(request, frame),
    )


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    frame = Frame(request)
    found = called(Listing.TAG, slug)
    if found is None:
        return moved(Listing.TAG, slug, frame.shelf)
    heading = tag_link(found, frame.shelf)
    listed = contents(request, frame, Listing.TAG, found.pk)
    if listed.total:
        frame.with_feed(heading.text)
    description = found.description(frame.shelf.key)
    told = description or _("Articles about “%(topic)s” at %(site)s, newest first.") % {
        "topic": heading.text,
        "site": frame.site,
    }
    return frame.show(
        "corpusapp/tag.html",
        title=heading.text,
        description=told,
        linked=[linked_data.listing(frame.canonical, frame.shelf.code, heading.text, told)],
        sentence=description,
        crumbs=[Link(_("Tags"), frame.at["tags"])],
        heading=heading,
        contents=listed,
        topics=topics((listed.lead, *listed.cards), frame.shelf, besides=found.pk),
    )
