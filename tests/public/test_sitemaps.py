from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, Correction
from corpusapp.public import sitemaps
from tests.factories import ArticleFactory, BylineFactory, SectionFactory, SeriesFactory

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def tree(client, path="/sitemap.xml"):
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 - our own


def places(root):
    return [loc.text.removeprefix(SITE) for loc in root.iterfind(".//s:loc", NS)]


def test_sitemap_lists_every_public_page_and_each_answers(client):
    article = ArticleFactory(
        published=True, title="Über & <Frieden>", section=SectionFactory(name="Peace"), tags=["UN"]
    )
    BylineFactory(article=article, author__slug="ann")
    for hidden in ({}, {"draft": True}, {"scheduled": True}, {"withdrawn": True}):
        BylineFactory(
            article=ArticleFactory(section=SectionFactory(), tags=[f"hidden {hidden}"], **hidden)
        )

    found = places(tree(client))

    lists = [
        *("", "articles/", "authors/", "tags/", "archive/", "about/", "accessibility/"),
        "corrections/",
        *("sections/peace/", "archive/2015/", "archive/2015/05/", "authors/ann/", "tags/un/"),
    ]
    assert sorted(found) == sorted(
        [
            *(f"/{language}/{page}" for language in ("en", "zh-hans", "zh-hant") for page in lists),
            f"/en/articles/{article.public_id}/%C3%BCber-frieden/",
        ]
    )
    assert {client.get(path).status_code for path in found} == {200}


def test_article_has_its_real_date_of_change_and_its_editions(client):
    changed = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    first = ArticleFactory(published=True, title="On Peace")
    second = ArticleFactory(
        published=True, title="论和平", language="zh-Hans", translation_key=first.translation_key
    )
    Article.objects.update(updated_at=changed)

    entries = [
        url
        for url in tree(client)
        if "/articles/" in url[0].text and url[0].text[-10:] != "/articles/"
    ]

    paths = [
        f"{SITE}/en/articles/{first.public_id}/on-peace/",
        entries[1][0].text,
        f"{SITE}/zh-hant/articles/{second.public_id}/%E8%AB%96%E5%92%8C%E5%B9%B3/",
    ]
    assert [(url.find("s:loc", NS).text, url.find("s:lastmod", NS).text) for url in entries] == [
        (path, "2021-03-04T05:06:07+00:00") for path in paths
    ]
    assert second.public_id in paths[1]
    for url in entries:
        assert [
            (link.get("hreflang"), link.get("href")) for link in url.iterfind("x:link", NS)
        ] == [
            ("en", paths[0]),
            ("zh-Hans", paths[1]),
            ("zh-Hant", paths[2]),
            ("x-default", paths[0]),
        ]


def moments(root):
    return {
        entry.find("s:loc", NS).text.removeprefix(SITE): entry.findtext("s:lastmod", None, NS)
        for entry in root
    }


@pytest.fixture
def _changed_in_turn(db):  # noqa: ARG001 - rows
    """Two sections, authors, tags and months, of which the first changed later than it went live."""
    for number, (section, month) in enumerate((("Peace", 5), ("Trade", 6)), 1):
        article = ArticleFactory(
            published=True,
            section=SectionFactory(name=section),
            series=SeriesFactory(slug=f"series-{number}"),
            published_on=date(2015, month, 1),
            tags=[f"T{number}"],
        )
        BylineFactory(article=article, author__slug=f"author-{number}")
        Article.objects.filter(pk=article.pk).update(
            updated_at=datetime(2021, number, 1, tzinfo=UTC),
            live_from=datetime(2021, 3 - number, 2, tzinfo=UTC),
        )
    Correction.objects.create(article=article, text="Nine.", made_on=date(2021, 4, 5))
    ArticleFactory(draft=True, section=article.section, tags=["T1"])
    recount_all()


@pytest.mark.usefixtures("_changed_in_turn")
def test_list_changed_when_the_newest_of_its_articles_did(client):
    first, second = "2021-02-02T00:00:00+00:00", "2021-02-01T00:00:00+00:00"

    found = moments(tree(client))

    assert {path: moment for path, moment in found.items() if path.startswith("/zh-hant/")} == {
        "/zh-hant/": first,
        "/zh-hant/articles/": first,
        "/zh-hant/authors/": first,
        "/zh-hant/tags/": first,
        "/zh-hant/archive/": first,
        "/zh-hant/corrections/": "2021-04-05",
        "/zh-hant/about/": None,
        "/zh-hant/accessibility/": None,
        "/zh-hant/sections/peace/": first,
        "/zh-hant/sections/trade/": second,
        "/zh-hant/series/series-1/": first,
        "/zh-hant/series/series-2/": second,
        "/zh-hant/archive/2015/": first,
        "/zh-hant/archive/2015/05/": first,
        "/zh-hant/archive/2015/06/": second,
        "/zh-hant/authors/author-1/": first,
        "/zh-hant/authors/author-2/": second,
        "/zh-hant/tags/t1/": first,
        "/zh-hant/tags/t2/": second,
    }


@pytest.mark.usefixtures("_changed_in_turn")
def test_file_of_the_index_changed_with_the_newest_in_it(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "_IN_ONE_FILE", 1)

    index = moments(tree(client))
    in_files = {file: moments(tree(client, file)).values() for file in index}

    assert len(index) == 7
    for file, changed in index.items():
        in_file = [moment for moment in in_files[file] if moment and len(moment) > 10]
        assert changed == max(in_file)


@pytest.mark.parametrize("articles", [1, 4])
def test_sitemap_costs_the_same_however_many_lists_there_are(
    client, articles, django_assert_num_queries
):
    for number in range(articles):
        article = ArticleFactory(
            published=True,
            section=SectionFactory(),
            tags=[f"T{number}"],
            published_on=date(2010 + number, 1, 1),
        )
        BylineFactory(article=article)

    with django_assert_num_queries(14):
        tree(client)


def test_large_sitemap_is_an_index_of_files_that_hold_the_same(client, monkeypatch):
    for article in ArticleFactory.create_batch(3, published=True, tags=["UN"]):
        BylineFactory(article=article)
    whole = places(tree(client))

    monkeypatch.setattr(sitemaps, "_IN_ONE_FILE", 2)
    index = tree(client)
    files = places(index)

    assert index.tag == f"{{{NS['s']}}}sitemapindex"
    assert files[0] == "/sitemap-pages-0.xml"
    assert sorted(path for file in files for path in places(tree(client, file))) == sorted(whole)


def test_few_articles_with_large_numbers_stand_in_one_file(client):
    article = ArticleFactory(pk=7_654_321, published=True, title="On Peace")

    assert f"/en/articles/{article.public_id}/on-peace/" in places(tree(client))


@pytest.mark.parametrize(
    "part", ["articles-7", "pages-1", "nothing-0", "articles-99999999999", "articles--1"]
)
def test_file_without_anything_public_is_missing(client, part):
    ArticleFactory(draft=True)

    assert client.get(f"/sitemap-{part}.xml").status_code == 404
