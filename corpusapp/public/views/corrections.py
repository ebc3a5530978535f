from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Amends, Correction
from corpusapp.public.cards import Link
from corpusapp.public.dates import long_date
from corpusapp.public.feeds import corrections_on, with_heads, words_on
from corpusapp.public.frame import Frame
from corpusapp.public.lists import PAGE_SIZE, page_of
from corpusapp.public.readings import head_on
from corpusapp.public.shelves import Shelf, foreign


@dataclass(frozen=True, slots=True)
class Entry:
    day: str
    machine: str
    article: Link
    text: str
    lang: str
    is_retraction: bool


def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction to what readers of this language have, the newest first."""
    frame = Frame(request)
    frame.with_feed(_("Corrections"))
    found = corrections_on(frame.shelf)
    page = page_of(found.count(), request.GET.get("page"))
    turn = frame.turned(page.number, page.pages)
    start = (page.number - 1) * PAGE_SIZE
    rows = with_heads(found[start : start + PAGE_SIZE])
    return frame.show(
        "corpusapp/corrections.html",
        title=_("Corrections"),
        description=_("What was wrong in articles published here, and what is right."),
        entries=[_entry(row, frame.shelf) for row in rows],
        turn=turn,
    )


def _entry(correction: Correction, shelf: Shelf) -> Entry:
    head = head_on(correction.article, shelf)
    lang = foreign(head.language, shelf)
    return Entry(
        long_date(correction.made_on),
        correction.made_on.isoformat(),
        Link(head.title, head.path, lang),
        words_on(correction, shelf),
        lang,
        correction.kind == Amends.RETRACTION,
    )
