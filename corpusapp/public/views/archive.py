from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corpusapp.models import Listing
from corpusapp.public import addresses
from corpusapp.public.cards import Link
from corpusapp.public.contents import contents
from corpusapp.public.dates import month_and_year, year_name
from corpusapp.public.frame import Frame
from corpusapp.public.years import months_of, years


def archive(request: HttpRequest) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/archive.html",
        title=_("Archive"),
        description=_("Everything published here, by year and month."),
        years=years(frame.shelf),
    )


def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    frame = Frame(request)
    return frame.show(
        "corpusapp/archive_year.html",
        title=_("Articles from %(period)s") % {"period": year_name(year)},
        description=_articles_from(year_name(year), frame.site),
        crumbs=[Link(_("Archive"), frame.at["archive"])],
        period=year_name(year),
        contents=contents(request, frame, Listing.YEAR, year),
        months=months_of(frame.shelf, year),
    )


def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    frame = Frame(request)
    period = month_and_year(year, month)
    return frame.show(
        "corpusapp/archive_month.html",
        title=_("Articles from %(period)s") % {"period": period},
        description=_articles_from(period, frame.site),
        crumbs=[
            Link(_("Archive"), frame.at["archive"]),
            Link(year_name(year), addresses.year(frame.shelf.key, year)),
        ],
        period=period,
        contents=contents(request, frame, Listing.MONTH, year * 100 + month),
    )


def _articles_from(period: str, site: str) -> str:
    return _("All articles from %(period)s in the archive of %(site)s.") % {
        "period": period,
        "site": site,
    }
