from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, Listing, Role, Tag
from corpusapp.public import lists
from corpusapp.public.lists import (
    ids_on,
    page_number,
    page_of,
    totals_by_key,
    totals_of,
)
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory, SectionFactory
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("raw", "number"), [(None, 1), ("1", 1), ("007", 7), ("999999", 999999)])
def test_page_number_is_plain_digits(raw, number):
    assert page_number(raw) == number


@pytest.mark.parametrize(
    "raw", ["", "0", "-1", "+1", "1.0", "1000000", "１", "١", " 1", "1\n", "one", "1e3", "0x1"]
)
def test_anything_else_is_no_page(raw):
    with pytest.raises(Http404):
        page_number(raw)


@pytest.mark.parametrize("raw", ["2", "999999"])
def test_page_past_the_end_is_none(raw):
    with pytest.raises(Http404):
        page_of(20, raw)


@pytest.mark.parametrize("page", ["2", "0", "x", "1000000", ""])
def test_page_that_is_none_answers_404(client, page):
    ArticleFactory(published=True)

    assert client.get("/en/articles/", {"page": page}).status_code == 404


@pytest.mark.parametrize("total", [1, 4, 5, 6, 9, 10, 11])
def test_pages_read_from_either_end_are_the_whole_list_once(total):
    for number in range(total):
        ArticleFactory(published=True, published_on=date(2015, 1, 1) + timedelta(days=number // 2))
    whole = list(Article.objects.newest_first().values_list("pk", flat=True))

    pages = [
        ids_on(Listing.ALL, 0, "en", totals={"en": total}, number=number, size=2)
        for number in range(1, total // 2 + 2)
    ]

    assert [pk for page in pages for pk in page] == whole


@pytest.mark.parametrize("listing", [Listing.AUTHOR, Listing.TAG])
@pytest.mark.parametrize(("shelf", "language"), [("en", "en"), ("zh-hant", "zh-Hans")])
def test_long_list_is_read_along_its_shelf_and_reads_the_same(
    monkeypatch, listing, shelf, language
):
    author, tag = AuthorFactory(), Tag.objects.create(name="Harbours", slug="harbours")
    belonging = []
    for number in range(24):
        article = ArticleFactory(
            published=number % 6 != 3,  # the others are hidden
            language=language,
            published_on=date(2015, 1, 1) + timedelta(days=number // 2),
        )
        if number % 2:
            BylineFactory(article=article, author=author)
            article.tags.add(tag)
            belonging.append(article.pk)
        elif number % 4:
            BylineFactory(article=article, author=author, role=Role.TRANSLATOR)
    key = author.pk if listing == Listing.AUTHOR else tag.pk
    whole = list(Article.objects.published().filter(pk__in=belonging).newest_first())
    recount_all()
    totals = totals_of(listing, key)
    assert totals[shelf] == len(whole) == 8

    def pages(queries):
        found, forms = [], []
        for number in (1, 2):
            with CaptureQueriesContext(connection) as asked:
                found += ids_on(listing, key, shelf, totals=totals, number=number, size=5)
            forms.append("EXISTS" in asked[-1]["sql"])
            assert len(asked) == queries
        return found, forms

    assert pages(1) == ([one.pk for one in whole], [False] * 2)
    monkeypatch.setattr(lists, "_LONG", 8)
    assert pages(3) == ([one.pk for one in whole], [True] * 2)


def test_numbered_pages_lead_to_their_neighbours(client):
    ArticleFactory.create_batch(41, published=True)

    pages = [read(client.get("/en/articles/", {"page": number})) for number in (1, 2, 3)]

    turns = [
        [(link.text, link["href"]) for link in page.one(cls="turn").all("a")] for page in pages
    ]
    assert turns == [
        [("last", "/en/articles/?page=3"), ("Older", "/en/articles/?page=2")],
        [("Newer", "/en/articles/"), ("Older", "/en/articles/?page=3")],
        [("Newer", "/en/articles/?page=2"), ("first", "/en/articles/")],
    ]
    assert [len(page.all("article")) for page in pages] == [20, 20, 1]
    assert [page.one("link", rel="canonical")["href"] for page in pages] == [
        "http://127.0.0.1:8000/en/articles/",
        "http://127.0.0.1:8000/en/articles/?page=2",
        "http://127.0.0.1:8000/en/articles/?page=3",
    ]
    assert [link["href"] for link in pages[1].all("link") if link["rel"] in {"prev", "next"}] == [
        "/en/articles/",
        "/en/articles/?page=3",
    ]
    assert pages[1].one("title").text == "All articles · page 2 · Corpus"


def test_later_pages_claim_no_counterpart_in_another_language(client):
    ArticleFactory.create_batch(21, published=True)

    page = read(client.get("/en/articles/?page=2"))

    assert [link for link in page.all("link", rel="alternate") if link["hreflang"]] == []
    assert [link["href"] for link in page.one(cls="languages").all("a")] == [
        "/en/articles/",
        "/zh-hans/articles/",
        "/zh-hant/articles/",
    ]


@pytest.mark.parametrize(
    "query", ["?state=draft", "?ordering=-pk", "?limit=1", "?page_size=1", "?q="]
)
def test_unknown_parameters_are_ignored(client, query):
    ArticleFactory(draft=True)
    ArticleFactory.create_batch(2, published=True)

    assert client.get(f"/en/articles/{query}").content == client.get("/en/articles/").content


# Scheduled articles -------------------------------------------------------------------------------


def test_scheduled_article_stands_everywhere_once_its_moment_has_come(client):
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    section = SectionFactory(name="Peace")
    with time_machine.travel(now, tick=False):
        article = ArticleFactory(
            state="published",
            title="Tomorrow",
            section=section,
            live_from=now + timedelta(hours=1),
            tags=["UN"],
        )
        BylineFactory(article=article, author__name="Ann", author__slug="ann")
        paths = [
            "/en/",
            "/en/articles/",
            "/en/sections/peace/",
            "/en/tags/un/",
            "/en/authors/ann/",
            "/en/archive/2015/",
            "/en/archive/2015/05/",
        ]
        before = [client.get(path) for path in paths]
        assert {
            title
            for response in before
            if response.status_code == 200
            for title in titles(response)
        } == set()
        assert [response.status_code for response in before] == [200, 200, 404, 404, 404, 404, 404]

    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert [titles(client.get(path)) for path in paths] == [["Tomorrow"]] * len(paths)
        assert [
            [link.text for link in read(client.get(path)).one(cls="index").all("a")]
            for path in ["/en/authors/"]
        ] == [["Ann"]]
        assert read(client.get("/en/tags/")).one(cls="tags").text == "UN 1"
        assert read(client.get("/en/archive/")).one(cls="year").text == "2015 1 May 1"
        menu = read(client.get("/en/about/")).one(cls="sections")
        assert [link.text for link in menu.all("a")] == ["Peace", "Archive", "Authors"]


@pytest.mark.parametrize(
    "listing", [Listing.YEAR, Listing.MONTH, Listing.AUTHOR, Listing.SECTION, Listing.TAG]
)
def test_totals_of_all_lists_are_those_of_each(listing):
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    section = SectionFactory()
    with time_machine.travel(now, tick=False):
        for live_from in (now, now + timedelta(hours=1)):
            article = ArticleFactory(
                state="published", section=section, live_from=live_from, tags=["UN"]
            )
            BylineFactory(article=article, author__slug=f"author-{live_from.hour}")

    with time_machine.travel(now + timedelta(hours=2), tick=False):
        by_key = totals_by_key(listing)
        assert by_key
        assert by_key == {key: totals_of(listing, key) for key in by_key}
