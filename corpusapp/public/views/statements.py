from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.public.frame import Frame


def about(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/about.html",
        title=_("About"),
        description=_("What this publication is, and where its articles come from."),
    )


def accessibility(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/accessibility.html",
        title=_("Accessibility"),
        description=_("How these pages are made so that everyone can read them."),
    )
