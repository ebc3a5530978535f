from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Publication
from corpusapp.public.frame import Frame
from corpusapp.text import markdown


def about(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/about.html",
        title=_("About"),
        description=_("What this publication is, and where its articles come from."),
        words=markdown.render(Publication.current().about(frame.shelf.key)),
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/accessibility.html",
        title=_("Accessibility"),
        description=_("How these pages are made so that everyone can read them."),
    )
