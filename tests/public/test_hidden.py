"""Nothing of a hidden article reaches a reader, on any address there is."""

from datetime import UTC, datetime

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from corpusapp.editing.publish import withdraw
from corpusapp.models import Correction, MostRead
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    CaptureFactory,
    SectionFactory,
    SeriesFactory,
    SourceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "zh-hans", "zh-hant")
MARK = "Zanzibar"
HIDDEN = {
    "in review": {},
    "draft": {"draft": True},
    "scheduled": {"scheduled": True},
    "withdrawn before its time": {
        "withdrawn": True,
        "live_from": datetime(2030, 1, 1, tzinfo=UTC),
    },
    "in the bin": {"published": True, "binned": True},
    "withdrawn and in the bin": {"withdrawn": True, "binned": True},
}


def put(**state):
    """An article whose every word, and everything it belongs to, carries the mark."""
    key = None
    for language in ("en", "zh-Hans", "zh-Hant", "de"):
        article = ArticleFactory(
            title=f"{MARK} title",
            standfirst=f"{MARK} standfirst",
            body=f"{MARK} body",
            language=language,
            section=SectionFactory(name=f"{MARK} section {language}", slug=f"zanzibar-{language}"),
            source=SourceFactory(name=f"{MARK} source {language}", shows_captured=True),
            series=SeriesFactory(name=f"{MARK} series {language}", slug=f"zanzibar-{language}"),
            editors_choice=True,
            **({"translation_key": key} if key else {}),
            **state,
        )
        key = article.translation_key
        author = AuthorFactory(name=f"{MARK} author {language}", slug=f"zanzibar-{language}")
        AuthorNameFactory(author=author, text=f"{MARK} 作者 {language}", language="zh-Hans")
        BylineFactory(article=article, author=author, post=f"{MARK} post")
        article.tags.add(TagFactory(name=f"{MARK} tag {language}", slug=f"zanzibar-{language}"))
        CaptureFactory(article=article)
        Correction.objects.create(article=article, text=f"{MARK} correction")
        MostRead.objects.create(shelf=article.shelf, rank=len(language), article=article)
        yield article


def addresses(articles):
    """Every address of the public URL map, with the steps that would lead to `articles`."""
    pages = [{"public_id": one.public_id, "slug": one.slug} for one in articles]
    shelves = [{"slug": f"zanzibar-{lang}"} for lang in ("en", "zh-Hans", "zh-Hant", "de")]
    steps = {
        "year": ["2015"],
        "month": ["05"],
        "token": ["7:made-up-by-a-reader"],
        "kind": ["pages", "articles", "authors", "tags"],
        "number": ["0"],
        "steps": ["articles/zanzibar/of/nowhere"],
    }
    for route in routes(get_resolver()):
        named = pages if ":public_id>" in route else shelves if ":slug>" in route else [{}]
        paths = {filled(route, one) for one in named}
        for name, values in steps.items():
            paths = {filled(path, {name: value}) for path in paths for value in values}
        assert not [path for path in paths if "<" in path], f"say what {route} would lead to"
        yield from sorted(paths)


def filled(route, steps):
    """`route` with its converters replaced by `steps`, whatever type they ask for."""
    for name, value in steps.items():
        for converter in (f"<{name}:{name}>", f"<str:{name}>", f"<int:{name}>", f"<path:{name}>"):
            route = route.replace(converter, value, 1)
    return route


def routes(resolver, before="/"):
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern)
        if route == "admin/":
            continue
        if isinstance(pattern, URLResolver):
            if hasattr(pattern.pattern, "language_prefix"):
                for language in LANGUAGES:
                    yield from routes(pattern, f"/{language}/")
            else:
                yield from routes(pattern, before + route)
        elif isinstance(pattern, URLPattern):
            yield before + route


def said(client, path):
    """The words of an answer; a picture has none that could be read so."""
    return client.get(path).content.decode(errors="replace")


def test_walk_covers_the_whole_map():
    articles = list(put(published=True))

    paths = set(addresses(articles))

    assert {
        "/",
        "/sitemap.xml",
        "/zh-hans/",
        "/en/archive/2015/05/",
        "/zh-hant/tags/zanzibar-de/",
    } <= paths
    assert len(paths) > 100


def test_public_article_shows_everywhere(client):
    articles = list(put(published=True))

    shown = {path for path in addresses(articles) if MARK in said(client, path)}

    assert {
        "/en/",
        "/zh-hans/",
        "/en/articles/",
        "/en/authors/",
        "/en/tags/",
        "/en/archive/2015/",
        "/zh-hant/archive/2015/05/",
        "/en/sections/zanzibar-en/",
        "/zh-hans/authors/zanzibar-en/",
        "/zh-hant/series/zanzibar-de/",
        "/en/corrections/",
        f"/en/articles/{articles[0].public_id}/captured/",
        f"/en/articles/{articles[0].public_id}.json",
        "/en/feed.atom",
        "/en/about/",
    } <= shown


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_article_shows_nowhere(client, state):
    articles = list(put(**HIDDEN[state]))
    ArticleFactory(published=True, title="In sight")

    showing = [path for path in addresses(articles) if MARK.lower() in said(client, path).lower()]

    assert showing == []


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_looks_like_missing(client, state):
    articles = list(put(**HIDDEN[state]))
    ArticleFactory(published=True, published_on=None, published_precision="")
    missing = client.get("/en/articles/zzzzzzzz/zanzibar/")
    article = articles[0]

    for path in (
        f"/en/articles/{article.public_id}/{article.slug}/",
        f"/en/articles/{article.public_id}/",
        "/en/authors/zanzibar-en/",
        "/en/sections/zanzibar-en/",
        "/en/tags/zanzibar-en/",
        "/en/archive/2015/",
        "/en/archive/2015/05/",
    ):
        hidden = client.get(path)
        assert (path, hidden.status_code, hidden.content, dict(hidden.headers)) == (
            path,
            404,
            missing.content,
            dict(missing.headers),
        )


def test_withdrawing_takes_effect_at_once(client):
    articles = list(put(published=True))
    assert MARK in client.get("/en/").text

    withdraw([article.pk for article in articles])

    assert [path for path in addresses(articles) if MARK in said(client, path)] == []
