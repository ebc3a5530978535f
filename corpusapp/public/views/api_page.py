from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from corpusapp.public import addresses
from corpusapp.public.api_guide import guide
from corpusapp.public.frame import Frame
from corpusapp.public.shelves import shelf_of


def api_page(request: HttpRequest) -> HttpResponse:
    """What the API offers, in the browser's language; made of the same types as its answers."""
    with override(shelf_of(request).key):
        frame = Frame(request)
        frame.only_here()
        response = frame.show(
            "corpusapp/api.html",
            title=_("Programming interface"),
            description=_("The published articles as JSON, for reading by programs."),
            guide=guide(),
            document=addresses.absolute("/api/v1/openapi.json"),
        )
    response.headers["Vary"] = "Accept-Language"
    return response
