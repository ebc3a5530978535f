from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from corpusapp.models import Article, Listing
from corpusapp.public import addresses, linked_data
from corpusapp.public.captured import captured_page
from corpusapp.public.cards import Link
from corpusapp.public.citing import MEDIA_TYPES, cite_box, work_of
from corpusapp.public.contents import contents
from corpusapp.public.dates import long_date, stated
from corpusapp.public.edition import Piece, edition
from corpusapp.public.frame import Frame, SocialImage
from corpusapp.public.inner_links import addresses_for
from corpusapp.public.linked_article import linked_article
from corpusapp.public.moved import merged_article, promoted
from corpusapp.public.readings import address_on
from corpusapp.public.shelves import shelf_of
from corpusapp.public.social_card import HEIGHT, WIDTH, drawn
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
    del slug  # the id finds it; any other address than the whole one leads to that
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None:
        return _elsewhere(request, public_id)
    if piece.text.path != frame.path:
        return HttpResponsePermanentRedirect(piece.text.path)
    section = piece.section or Link(_("All articles"), frame.at["articles"])
    return article_page(piece, frame, section)


def article_page(
    piece: Piece,
    frame: Frame,
    section: Link,
    template: str = "corpusapp/article.html",
    **content: Any,
) -> HttpResponse:
    """The page of an article, for readers and for its preview alike."""
    work = work_of(piece)
    if piece.picture:
        address = addresses.absolute(piece.picture.social)
        alt = piece.picture.alt or piece.text.title
        frame.image = SocialImage(address, *piece.picture.social_size, alt)
    else:
        address = addresses.absolute(
            addresses.twin(frame.shelf.key, piece.article.public_id, "png")
        )
        frame.image = SocialImage(address, WIDTH, HEIGHT, piece.text.title)
    return frame.show(
        template,
        title=piece.text.title,
        description=piece.description,
        crumbs=[section],
        linked=[linked_article(piece, work, frame), linked_data.website()],
        piece=piece,
        converted=_converted_from(piece),
        work=work,
        cite=cite_box(piece, work),
        citation_date=work.date("/"),
        published=stated(piece.article),
        modified=piece.modified.isoformat(timespec="seconds"),
        today=long_date(timezone.localdate()),
        **content,
    )


def _converted_from(piece: Piece) -> str:
    """The label above a rendition."""
    if piece.original is None:
        return ""
    if piece.original.lang == "zh-Hans":
        return _("Converted automatically from the edition in Simplified Chinese")
    return _("Converted automatically from the edition in Traditional Chinese")


def captured(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page as it was captured, where its source lets readers see it; no robot's business."""
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None or not piece.provenance or not piece.provenance.page:
        # an article may well be called "Captured"
        return article(request, public_id, "captured") if piece else _elsewhere(request, public_id)
    page = captured_page(piece.article)
    if page is None:
        raise Http404
    section = piece.section or Link(_("All articles"), frame.at["articles"])
    frame.not_indexed()
    return frame.show(
        "corpusapp/captured.html",
        title=_("As captured: %(title)s") % {"title": piece.text.title},
        crumbs=[section, Link(piece.text.title, piece.text.path, piece.lang)],
        piece=piece,
        page=page,
        day=piece.provenance.captured,
    )


def anywhere(request: HttpRequest, public_id: str) -> HttpResponse:
    """The address that a link between articles has where nobody put a better one: to the article's own."""
    address = addresses_for([public_id], shelf_of(request)).get(public_id)
    if address is None:
        raise Http404
    return HttpResponseRedirect(address)


def twin(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """The article in a form for programs; what readers cannot see is missing here, too."""
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None:
        return _elsewhere(request, public_id, f".{ending}")
    work = work_of(piece)
    response = HttpResponse(TWINS[ending](piece, work), content_type=MEDIA_TYPES[ending])
    response.headers["Content-Language"] = piece.text.language
    response.headers["Link"] = f'<{addresses.absolute(piece.text.path)}>; rel="canonical"'
    if ending in {"bib", "ris"}:
        response.headers["Content-Disposition"] = f'attachment; filename="{public_id}.{ending}"'
    return response


def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """The picture under which an article without one is shared; drawn when it is asked for."""
    frame = Frame(request)
    piece = edition(public_id, frame)
    if piece is None:
        return _elsewhere(request, public_id, ".png")
    names = [author.signature.name for author in piece.authors]
    return _png(drawn(frame.site, piece.text.title, names, piece.text.language), frame)


def site_card(request: HttpRequest) -> HttpResponse:
    """The picture under which every other page is shared."""
    frame = Frame(request)
    return _png(drawn("", frame.site, [_host()], frame.shelf.code), frame)


def _host() -> str:
    return urlsplit(settings.SITE_URL).netloc


def _png(picture: bytes | None, frame: Frame) -> HttpResponse:
    """The picture, else that of the site, which any machine can draw."""
    if picture is None:
        picture = drawn("", frame.site, [_host()], "en") or drawn("", "Corpus", [], "en") or b""
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _elsewhere(request: HttpRequest, public_id: str, ending: str = "") -> HttpResponse:
    """The answer for an article that readers of this language cannot see: gone, moved, or missing.

    `ending` is that of a twin, whose place after a merger is the twin of the other article.
    """
    shelf = shelf_of(request)
    once = Article.objects.once_public().on_shelf(shelf.key).filter(public_id=public_id).first()
    if once:
        return gone(request, once.withdrawal_note, once.language)
    now = promoted(public_id, shelf) or merged_article(public_id, shelf)
    if now is None:
        raise Http404
    if ending:
        place = shelf.key if now.stands_on(shelf.key) else now.shelf
        address = addresses.twin(place, now.public_id, ending.removeprefix("."))
    else:
        address = address_on(now, shelf)
    return HttpResponsePermanentRedirect(address)
