"""Readers of either Chinese script find every Chinese piece, and are told which was converted."""

import json
import re
from urllib.parse import quote

import pytest

from corpusapp.editing.editions import promote
from corpusapp.editing.publish import publish, withdraw
from corpusapp.models import Article, Rendition
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.fixture
def article():
    article = ArticleFactory(
        published=True,
        title="论发展",
        standfirst="“头发”之论",
        body="他们说：“发展”。",
        language="zh-Hans",
        section=SectionFactory(name="Peace", slug="peace"),
        tags=["UN"],
    )
    author = AuthorFactory(name="杜起文", slug="du", names=None)
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    BylineFactory(article=article, author=author, post="干部")
    article.save()
    return article


def edition_at(article):
    return quote(f"/zh-hans/articles/{article.public_id}/论发展/")


def rendition_at(article):
    return quote(f"/zh-hant/articles/{article.public_id}/論發展/")


def test_rendition_reads_in_the_other_script_and_says_what_it_is(client, article):
    response = client.get(rendition_at(article))
    page = read(response)

    assert response.headers["Content-Language"] == "zh-Hant"
    assert page.one("h1").text == "論發展"
    assert page.one("p", cls="standfirst").text == "「頭髮」之論"
    assert page.one("div", cls="body").text == "他們說：「發展」。"
    assert page.one("p", cls="converted").text == "由簡體中文版自動轉換 · 閱讀原文"
    assert page.one("p", cls="converted").one("a")["href"] == edition_at(article)
    author = page.one("a", rel="author")
    assert (author.text, author["lang"]) == ("杜起文", "zh-Hans")
    assert page.one("span", cls="post").text == "幹部"


def test_author_with_a_name_in_that_script_is_called_by_it(client, article):
    AuthorNameFactory(
        author=article.bylines.get().author, text="杜啟文", language="zh-Hant", key="q"
    )

    author = read(client.get(rendition_at(article))).one("a", rel="author")

    assert (author.text, author["lang"]) == ("杜啟文", None)


def test_lists_and_feeds_call_the_author_of_a_rendition_by_the_name_in_that_script(client, article):
    author = article.bylines.get().author
    AuthorNameFactory(author=author, text="杜啟文", language="zh-Hant", key="q")
    section = f"sections/{article.section.slug}"

    def names(shelf):
        link = read(client.get(f"/{shelf}/{section}/")).one("article", cls="entry").all("a")[1]
        feed = json.loads(client.get(f"/{shelf}/{section}/feed.json").text)
        return link.text, link["lang"], feed["items"][0]["authors"][0]["name"]

    assert names("zh-hant") == ("杜啟文", None, "杜啟文")
    assert names("zh-hans") == ("杜起文", None, "杜起文")


def test_edition_and_rendition_are_each_canonical_and_name_each_other(client, article):
    pages = [read(client.get(path)) for path in (edition_at(article), rendition_at(article))]

    sets = [
        {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if link["hreflang"]}
        for page in pages
    ]  # fmt: skip
    edition, rendition = f"{SITE}{edition_at(article)}", f"{SITE}{rendition_at(article)}"
    assert sets == [{"zh-Hans": edition, "zh-Hant": rendition, "x-default": edition}] * 2
    assert [page.one("link", rel="canonical")["href"] for page in pages] == [edition, rendition]
    data = json.loads(pages[1].one("script", type="application/ld+json").text)["@graph"][0]
    assert (data["isBasedOn"], data["inLanguage"], data["headline"]) == (
        edition,
        "zh-Hant",
        "論發展",
    )


@pytest.mark.parametrize(
    "path",
    [
        *("", "articles/", "sections/peace/", "tags/un/", "authors/du/", "archive/2015/"),
        *("archive/2015/05/", "feed.json", "feed.atom"),
    ],
)
def test_lists_of_the_other_script_show_it_in_that_script(client, article, path):
    text = client.get(f"/zh-hant/{path}").text

    assert "論發展" in text
    assert rendition_at(article) in text
    assert "论发展" not in text


@pytest.mark.usefixtures("article")
def test_lists_show_what_was_not_stored_yet_all_the_same(client):
    stored = client.get("/zh-hant/").text
    Rendition.objects.all().delete()

    assert client.get("/zh-hant/").text == stored


def test_page_that_was_not_stored_yet_is_the_same(client, article):
    stored = client.get(rendition_at(article)).text
    Rendition.objects.all().delete()

    assert client.get(rendition_at(article)).text == stored


@pytest.mark.parametrize("state", [{}, {"draft": True}, {"scheduled": True}, {"binned": True}])
def test_hidden_edition_has_no_rendition(client, state):
    article = ArticleFactory(title="论发展", language="zh-Hans", **state)

    assert client.get(rendition_at(article)).status_code == 404


def test_withdrawn_edition_takes_its_rendition_along(client, article):
    withdraw([article.pk])

    assert client.get(rendition_at(article)).status_code == 410
    assert "論發展" not in client.get("/zh-hant/").text


def test_old_address_of_a_rendition_leads_to_the_edition_made_of_it(client, article):
    edition = promote(article)
    assert client.get(rendition_at(article)).status_code == 200

    publish([edition.pk])

    response = client.get(rendition_at(article))
    there = quote(f"/zh-hant/articles/{edition.public_id}/論發展/")
    assert (response.status_code, response.headers["Location"]) == (301, there)
    twin = client.get(f"/zh-hant/articles/{article.public_id}.json")
    assert twin.headers["Location"] == f"/zh-hant/articles/{edition.public_id}.json"
    assert client.get("/zh-hant/articles/").text.count("<article") == 1


def test_any_other_slug_of_a_rendition_leads_to_the_right_one(client, article):
    response = client.get(f"/zh-hant/articles/{article.public_id}/")

    assert (response.status_code, response.headers["Location"]) == (301, rendition_at(article))


def test_twins_of_a_rendition_read_like_it(client, article):
    twin = f"/zh-hant/articles/{article.public_id}"

    said = json.loads(client.get(f"{twin}.json").text)

    assert (said["language"], said["title"]) == ("zh-Hant", "論發展")
    assert said["body_markdown"] == "他們說：「發展」。"
    assert said["converted_from"] == f"{SITE}{edition_at(article)}"
    assert "他們說：「發展」。" in client.get(f"{twin}.txt").text
    assert "論發展" in client.get(f"{twin}.bib").text


def test_rendition_costs_no_more_queries_than_an_edition(
    client, article, django_assert_num_queries
):
    ArticleFactory(published=True, language="zh-Hans", section=article.section)

    for path in (edition_at(article), rendition_at(article)):
        with django_assert_num_queries(6):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_renditions_costs_the_same_however_many(client, number, django_assert_num_queries):
    for _ in range(number):
        ArticleFactory(published=True, language="zh-Hans", tags=["UN"])

    with django_assert_num_queries(6):
        page = read(client.get("/zh-hant/articles/"))
    assert len(page.all("article")) == number


def test_english_readers_see_chinese_pieces_once(client, article):
    text = client.get("/en/").text

    assert len(re.findall(article.public_id, text)) <= 2
    assert Article.objects.get().shelf == "zh-hans"
