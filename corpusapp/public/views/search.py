from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from corpusapp.public.asking import asked_of
from corpusapp.public.found import answer, everywhere
from corpusapp.public.frame import Frame


def search(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    asked = asked_of(request.GET)
    everywhere(asked, frame)
    found = answer(asked, frame)
    frame.turn = found.turn
    words = Truncator(asked.text).chars(80)
    title = _("Search: %(words)s") % {"words": words} if words else _("Search")
    return frame.show("corpusapp/search.html", title=title, found=found)
