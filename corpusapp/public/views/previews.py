"""An article as readers will see it, for those who may see it earlier: signed in, or by a signed link.

The one public page that does not go through `published()`, and so it asks first. What it may not show
looks like what does not exist.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from corpusapp.editing.sharing import opens
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.edition import in_preview, preview_row
from corpusapp.public.frame import Frame
from corpusapp.public.previewed import lead_to_previews, previews_beside
from corpusapp.public.views.articles import article_page


def preview(request: HttpRequest, public_id: str, token: str = "") -> HttpResponse:
    if not (opens(token, public_id) if token else _may_look(request)):
        raise Http404
    row = preview_row(public_id)
    if row is None:
        raise Http404
    frame = Frame(request)
    piece = in_preview(row, frame, token)
    if piece is None:
        response: HttpResponse = HttpResponseRedirect(
            addresses.preview(row.shelf, public_id, token)
        )
    else:
        frame.not_indexed()
        section = piece.section or Link(_("All articles"), frame.at["articles"])
        previews = previews_beside(row, frame, token)
        lead_to_previews(frame, previews)
        response = article_page(
            piece,
            frame,
            section,
            "corpusapp/preview.html",
            state=row.get_state_display(),
            previews=previews if len(previews) > 1 else [],
        )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _may_look(request: HttpRequest) -> bool:
    user: Any = getattr(request, "user", None)
    return bool(
        user and user.is_active and user.is_staff and user.has_perm("corpusapp.view_article")
    )
