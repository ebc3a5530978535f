"""Addresses under a language prefix: promises to readers."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from corpusapp.public.converters import Month, PublicId, Year
from corpusapp.public.twins import TWINS
from corpusapp.public.views import (
    archive,
    articles,
    authors,
    corrections,
    feeds,
    home,
    previews,
    search,
    sections,
    series,
    statements,
    tags,
)

app_name = "public"

register_converter(PublicId, "public_id")
register_converter(Year, "year")
register_converter(Month, "month")


def page(route: str, view: Callable[..., HttpResponseBase], name: str, **fixed: str) -> URLPattern:
    """A page for reading: GET and HEAD, every other method 405 and not a question of tokens."""
    return path(route, csrf_exempt(require_safe(view)), fixed, name=name)


def both_feeds(below: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    return [
        page(f"{below}feed.{form}", view, f"{name}feed_{form}", form=form)
        for form in ("atom", "json")
    ]


urlpatterns = [
    page("", home.home, "home"),
    page("articles/", articles.articles, "articles"),
    page("articles/<public_id:public_id>/", articles.article, "article_short"),
    page("card.png", articles.site_card, "site_card"),
    page("articles/<public_id:public_id>.png", articles.card, "article_card"),
    page("articles/<public_id:public_id>/captured/", articles.captured, "captured"),
    page("articles/<public_id:public_id>/<str:slug>/", articles.article, "article"),
    *(
        page(
            f"articles/<public_id:public_id>.{ending}",
            articles.twin,
            f"article_{ending.replace('.', '_')}",
            ending=ending,
        )
        for ending in TWINS
    ),
    page("preview/<public_id:public_id>/", previews.preview, "preview"),
    page("preview/<public_id:public_id>/<str:token>/", previews.preview, "preview_shared"),
    page("authors/", authors.authors, "authors"),
    page("authors/<str:slug>/", authors.author, "author"),
    page("sections/<str:slug>/", sections.section, "section"),
    page("series/<str:slug>/", series.series, "series"),
    page("tags/", tags.tags, "tags"),
    page("tags/<str:slug>/", tags.tag, "tag"),
    page("archive/", archive.archive, "archive"),
    page("archive/<year:year>/", archive.archive_year, "archive_year"),
    page("archive/<year:year>/<month:month>/", archive.archive_month, "archive_month"),
    *both_feeds("", feeds.site, ""),
    *both_feeds("authors/<str:slug>/", feeds.author, "author_"),
    *both_feeds("sections/<str:slug>/", feeds.section, "section_"),
    *both_feeds("tags/<str:slug>/", feeds.tag, "tag_"),
    *both_feeds("corrections/", feeds.corrections, "corrections_"),
    page("search/", search.search, "search"),
    page("corrections/", corrections.corrections, "corrections"),
    page("about/", statements.about, "about"),
    page("accessibility/", statements.accessibility, "accessibility"),
]
