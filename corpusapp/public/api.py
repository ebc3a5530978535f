"""The API: what is public, as JSON, for reading only.

Parameters are an allow-list, read as leniently as those of the search page; what is not in it
changes nothing. `openapi.json` and the page that explains it are made from the types here.
"""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Query, Status
from ninja.openapi.views import openapi_json

from corpusapp.models import Article, Author, Listing, PublicTotal, Section, Tag
from corpusapp.public import addresses, api_rows
from corpusapp.public.api_shapes import (
    ArticleList,
    ArticleShape,
    AuthorList,
    Paged,
    Problem,
    Question,
    RelatedList,
    SuggestionList,
    TopicList,
    Typed,
)
from corpusapp.public.asking import asked_of, page_size_of
from corpusapp.public.found import suggested
from corpusapp.public.lists import articles_of, due_in, page_of
from corpusapp.public.names import main_names
from corpusapp.public.related import kept_or_near
from corpusapp.public.shelves import SHELVES
from corpusapp.search.contract import Excerpt
from corpusapp.search.engines import engine

api = NinjaAPI(
    title="Corpus",
    version="1",
    description="The published articles, for reading only. Every answer has an ETag.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
_NOT_THERE = {404: Problem}
_READING = ("GET", "HEAD")
_CHINESE = ("zh-hans", "zh-hant")


@api.get(
    "/articles", response={200: ArticleList, **_NOT_THERE}, exclude_unset=True, tags=["Articles"]
)
def articles(request: HttpRequest, asked: Query[Question]) -> Any:
    """Search, or list: all articles, best match or newest first, with facets over all that match."""
    del asked  # there for the document; the address is read as the page reads it
    question, size = asked_of(request.GET), page_size_of(request.GET)
    page = engine().find(question.query(size, shelf=settings.DEFAULT_LANGUAGE))
    if question.page > max(1, -(-page.total // size)):
        raise Http404
    rows = api_rows.items(
        (hit.article_id for hit in page.hits),
        snippets={hit.article_id: _plain(hit.snippet) for hit in page.hits},
        scores={hit.article_id: hit.score for hit in page.hits},
    )
    return {
        "total": page.total,
        **({"more": True} if page.more else {}),
        "page": question.page,
        "page_size": size,
        "facets": {
            name: [
                {"value": str(one.value), "label": one.label, "count": one.count} for one in values
            ]
            for name, values in page.facets.items()
        },
        "corrected_query": page.corrected_query,
        "items": rows,
    }


def _plain(excerpt: Excerpt) -> str:
    return "".join(piece.text for piece in excerpt)


@api.get(
    "/articles/{public_id:public_id}",
    response={200: ArticleShape, **_NOT_THERE, 410: Problem},
    tags=["Articles"],
)
def article(request: HttpRequest, public_id: str) -> Any:
    """One article in full. 410 with its note for one that was withdrawn after readers could see it."""
    del request
    found = Article.objects.published().filter(public_id=public_id)
    one = found.select_related("section", "source").first()
    if one is None:
        withdrawn = Article.objects.once_public().filter(public_id=public_id).first()
        if withdrawn is None:
            raise Http404
        return Status(HTTPStatus.GONE, {"detail": withdrawn.withdrawal_note or "Withdrawn"})
    return api_rows.whole(one)


@api.get(
    "/articles/{public_id:public_id}/related",
    response={200: RelatedList, **_NOT_THERE},
    tags=["Articles"],
)
def related(request: HttpRequest, public_id: str) -> Any:
    """What to read next, at most ten: what editors have chosen, then the nearest texts."""
    del request
    one = Article.objects.published().filter(public_id=public_id).first()
    if one is None:
        raise Http404
    near = kept_or_near(one)
    return {"items": api_rows.items(near, scores=near)}


@api.get("/authors", response={200: AuthorList, **_NOT_THERE}, tags=["Lists"])
def authors(request: HttpRequest, asked: Query[Paged]) -> Any:
    """Everyone who wrote something public, from A to Z."""
    del asked
    rows = Author.objects.filter(merged_into__isnull=True).order_by("sort_name", "pk")
    answer, found, counts = _listed(request, rows.prefetch_related("names"), Listing.AUTHOR)
    answer["items"] = [
        {
            "slug": author.slug,
            "name": author.name,
            "names": {language: text for language, text in main_names(author) if language},
            "url": addresses.absolute(addresses.author(settings.DEFAULT_LANGUAGE, author.slug)),
            "articles": counts[author.pk],
        }
        for author in found
    ]
    return answer


@api.get("/sections", response={200: TopicList, **_NOT_THERE}, tags=["Lists"])
def sections(request: HttpRequest, asked: Query[Paged]) -> Any:
    """The sections that hold anything, in the order of the menu."""
    del asked
    rows = Section.objects.order_by("position", "name", "pk")
    return _topics(request, rows, Listing.SECTION, addresses.section)


@api.get("/tags", response={200: TopicList, **_NOT_THERE}, tags=["Lists"])
def tags(request: HttpRequest, asked: Query[Paged]) -> Any:
    """The tags that hold anything, from A to Z."""
    del asked
    return _topics(request, Tag.objects.order_by("name", "pk"), Listing.TAG, addresses.tag)


@api.get("/search/suggest", response={200: SuggestionList}, tags=["Search"])
def suggest(request: HttpRequest, asked: Query[Typed]) -> Any:
    """Articles, authors, sections and tags that the words typed so far may mean; at most eight."""
    question = asked_of(request.GET)
    shelf = SHELVES.get(asked.language.lower(), SHELVES[settings.DEFAULT_LANGUAGE])
    links = suggested(question.text, shelf) if question.text else []
    return {
        "items": [{"text": link.text, "url": addresses.absolute(link.address)} for link in links]
    }


def _topics(
    request: HttpRequest,
    rows: QuerySet[Any],
    listing: Listing,
    address: Callable[[str, str], str],
) -> dict[str, Any]:
    answer, found, counts = _listed(request, rows, listing)
    answer["items"] = [
        {
            "slug": topic.slug,
            "name": topic.name,
            "labels": {
                shelf.code: label
                for key, shelf in SHELVES.items()
                if (label := getattr(topic, "label_" + key.replace("-", "_")))
            },
            "url": addresses.absolute(address(settings.DEFAULT_LANGUAGE, topic.slug)),
            "articles": counts[topic.pk],
        }
        for topic in found
    ]
    return answer


def _listed(
    request: HttpRequest, rows: QuerySet[Any], listing: Listing
) -> tuple[dict[str, Any], list[Any], dict[int, int]]:
    """One page of those that hold anything public, with how many articles in all languages.

    4 queries, and one more where there are Chinese ones: these stand in the totals of both scripts.
    """
    due = due_in(listing)
    public = rows.filter(Q(PublicTotal.any_of(listing)) | Q(pk__in=[key for key, _shelf in due]))
    size, total = page_size_of(request.GET), public.count()
    place = page_of(total, request.GET.get("page"), size)
    found = list(public[(place.number - 1) * size : place.number * size])
    counts = Counter({row.pk: 0 for row in found})
    counts.update(key for key, shelf in due if key in counts and shelf not in _CHINESE)
    in_both = {key for key, shelf in due if key in counts and shelf in _CHINESE}
    kept = PublicTotal.objects.filter(listing=listing, key__in=list(counts), articles__gt=0)
    for key, shelf, number in kept.values_list("key", "shelf", "articles"):
        if shelf in _CHINESE:
            in_both.add(key)
        else:
            counts[key] += number
    if in_both:
        counts.update(articles_of(listing, in_both, _CHINESE))
    return {"total": total, "page": place.number, "page_size": size}, found, counts


@api.exception_handler(BadRequest)
def _bad_request(request: HttpRequest, _error: BadRequest) -> HttpResponse:
    return api.create_response(request, {"detail": "Bad request"}, status=HTTPStatus.BAD_REQUEST)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, _error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "Not found"}, status=HTTPStatus.NOT_FOUND)


def _for_reading(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD alike, any other method 405 and as JSON."""

    @wraps(view)
    def read(request: HttpRequest, **steps: Any) -> HttpResponseBase:
        method = request.method
        if method not in _READING:
            refused = {"detail": "This API is for reading only."}
            answer = api.create_response(request, refused, status=HTTPStatus.METHOD_NOT_ALLOWED)
            answer.headers["Allow"] = ", ".join(_READING)
            return answer
        request.method = "GET"  # the library would refuse HEAD
        try:
            return view(request, **steps)
        finally:
            request.method = method

    return csrf_exempt(read)


def urls() -> list[URLPattern]:
    """The addresses below `/api/v1/`."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    return [
        *(
            path(str(pattern.pattern), _for_reading(pattern.callback), name=pattern.name)
            for pattern in patterns
        ),
        path("openapi.json", _for_reading(_document), name="openapi-json"),
        path("<path:steps>", csrf_exempt(_nowhere), name="nowhere"),  # a program asked, no reader
    ]


def _nowhere(request: HttpRequest, steps: str) -> HttpResponse:
    del steps
    return _not_there(request, Http404())


def _document(request: HttpRequest) -> HttpResponse:
    return openapi_json(request, api)
