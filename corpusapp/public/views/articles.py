from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from corpusapp.models import Article, Listing
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.contents import contents
from corpusapp.public.edition import edition
from corpusapp.public.frame import Frame
from corpusapp.public.moved import merged_article
from corpusapp.public.shelves import shelf_of
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
        withdrawn = (
            Article.objects.once_public()
            .on_shelf(shelf_of(request).key)
            .filter(public_id=public_id)
        ).first()
        if withdrawn is None:
            if now := merged_article(public_id, shelf_of(request)):
                return now
            raise Http404
        return gone(request, withdrawn.withdrawal_note, withdrawn.language)
    if slug != piece.article.slug:
        return HttpResponsePermanentRedirect(addresses.article(piece.article))
    section = piece.section or Link(_("All articles"), frame.at["articles"])
    return frame.show(
        "corpusapp/article.html",
        title=piece.article.title,
        description=piece.description,
        crumbs=[section],
        piece=piece,
    )
