from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from corpusapp.models import Article, Listing
from corpusapp.public import addresses, linked_data
from corpusapp.public.cards import Link
from corpusapp.public.citing import MEDIA_TYPES, cite_box, work_of
from corpusapp.public.contents import contents
from corpusapp.public.dates import long_date
from corpusapp.public.edition import edition
from corpusapp.public.frame import Frame
from corpusapp.public.linked_article import linked_article
from corpusapp.public.moved import merged_article
from corpusapp.public.shelves import shelf_of
from corpusapp.public.twins import TWINS
from corpusapp.public.views.errors import gone


def articles(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/articles.html",
        title=_("All articles"),
        description=_("Everything published here, newest first."),
        contents=contents(request, frame, Listing.ALL, always_stands=True),
    )


def article(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None:
        return _elsewhere(request, public_id)
    if slug != piece.article.slug:
        return HttpResponsePermanentRedirect(addresses.article(piece.article))
    section = piece.section or Link(_("All articles"), frame.at["articles"])
    work = work_of(piece)
    return frame.show(
        "corpusapp/article.html",
        title=piece.article.title,
        description=piece.description,
        crumbs=[section],
        linked=[linked_article(piece, work, frame), linked_data.website()],
        piece=piece,
        work=work,
        cite=cite_box(piece, work),
        citation_date=work.date("/"),
        modified=piece.modified.isoformat(timespec="seconds"),
        today=long_date(timezone.localdate()),
    )


def twin(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The article in a form for programs; what readers cannot see is missing here, too."""
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None:
        return _elsewhere(request, public_id, f".{ending}")
    work = work_of(piece)
    response = HttpResponse(TWINS[ending](piece, work), content_type=MEDIA_TYPES[ending])
    response.headers["Content-Language"] = piece.article.language
    response.headers["Link"] = f'<{work.address}>; rel="canonical"'
    if ending in {"bib", "ris"}:
        response.headers["Content-Disposition"] = f'attachment; filename="{public_id}.{ending}"'
    return response


def _elsewhere(request: HttpRequest, public_id: str, ending: str = "") -> HttpResponse:
    """The answer for an article that readers of this language cannot see: gone, moved, or missing.

    `ending` is that of a twin, whose place after a merger is the twin of the other article.
    """
    shelf = shelf_of(request)
    once = Article.objects.once_public().on_shelf(shelf.key).filter(public_id=public_id).first()
    if once:
        return gone(request, once.withdrawal_note, once.language)
    now = merged_article(public_id, shelf)
    if now is None:
        raise Http404
    address = addresses.article(now)
    return HttpResponsePermanentRedirect(
        addresses.twin(now.shelf, now.public_id, ending.removeprefix(".")) if ending else address
    )
