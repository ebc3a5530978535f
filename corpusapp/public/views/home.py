from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.public import linked_data
from corpusapp.public.frame import Frame
from corpusapp.public.front import front


def home(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    frame.with_corrections()
    return frame.show(
        "corpusapp/home.html",
        title=frame.site,
        description=_("Essays and analysis, captured, edited and kept for reading and citing."),
        linked=[linked_data.website()],
        front=front(frame),
    )
