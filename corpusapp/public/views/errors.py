"""Answers for what is not there, no longer there, or went wrong."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import override

from corpusapp.models import Article
from corpusapp.public import addresses
from corpusapp.public.cards import Card, cards
from corpusapp.public.frame import Frame, fixed_addresses
from corpusapp.public.shelves import SHELVES, foreign, shelf_of

_LATEST = 5


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what is hidden and what never was; nothing of the address comes back in it."""
    del exception
    with override(shelf_of(request).key):
        frame = Frame(request)
        frame.only_here()
        return frame.show(
            "corpusapp/404.html",
            title=_("Page not found"),
            status=HTTPStatus.NOT_FOUND,
            latest=_latest(frame),
        )


def gone(request: HttpRequest, note: str, language: str) -> HttpResponse:
    """An article that readers once could see: what its editors say about it, and nothing else of it."""
    frame = Frame(request)
    frame.only_here()
    return frame.show(
        "corpusapp/410.html",
        title=_("Article withdrawn"),
        status=HTTPStatus.GONE,
        note=note,
        note_lang=foreign(language, frame.shelf),
        latest=_latest(frame),
    )


def _latest(frame: Frame) -> list[Card]:
    """The newest on this shelf; where it is empty, the newest of all."""
    public = Article.objects.published().newest_first()
    here = public.on_shelf(frame.shelf.key).values_list("pk", flat=True)
    ids = list(here[:_LATEST]) or list(public.values_list("pk", flat=True)[:_LATEST])
    return cards(ids, frame.shelf, frame.sections)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database, session or anything else that may just have failed."""
    return _plain(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _plain(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _plain(request, HTTPStatus.FORBIDDEN)


def _plain(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The usual surroundings but for the sections, which only the database knows."""
    shelf = shelf_of(request)
    with override(shelf.key):
        words = {
            HTTPStatus.INTERNAL_SERVER_ERROR: (
                _("Something went wrong on our side"),
                _("The page could not be made. Please try again in a moment."),
            ),
            HTTPStatus.BAD_REQUEST: (
                _("This request could not be read"),
                _("The address or what came with it is not of a form that this site understands."),
            ),
            HTTPStatus.FORBIDDEN: (
                _("This is not allowed"),
                _(
                    "Either your rights do not cover this, or the form had expired:"
                    " then go back, load the page again and repeat."
                ),
            ),
        }
        title, sentence = words[status]
        page = loader.render_to_string(
            "corpusapp/failure.html",
            {
                "shelf": shelf,
                "site": settings.SITE_NAME,
                "title": title,
                "sentence": sentence,
                "at": fixed_addresses(shelf.key),
                "homes": [(other, addresses.fixed(key, "home")) for key, other in SHELVES.items()],
                "assets": _assets(),
            },
        )
    response = HttpResponse(page, status=status)
    response.headers["Content-Language"] = shelf.code
    return response


def _assets() -> str:
    """Style sheets and scripts; none where the collected files are missing, because this page must not fail."""
    try:
        return loader.render_to_string("corpusapp/parts/assets.html")
    except ValueError:
        return ""
