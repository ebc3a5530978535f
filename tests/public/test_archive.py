from datetime import date

import pytest

from tests.factories import ArticleFactory, BylineFactory, SectionFactory
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def _years():
    for title, day, precision in [
        ("a day of May", date(2015, 5, 21), "day"),
        ("some day of May", date(2015, 5, 1), "month"),
        ("a day of March", date(2015, 3, 2), "day"),
        ("some day of the year", date(2015, 1, 1), "year"),
        ("of 2001", date(2001, 12, 31), "day"),
    ]:
        ArticleFactory(published=True, title=title, published_on=day, published_precision=precision)
    ArticleFactory(published=True, title="undated", undated=True)


@pytest.mark.usefixtures("_years")
def test_archive_counts_years_months_and_the_undated(client):
    page = read(client.get("/en/archive/"))

    assert [year.text for year in page.all("section", cls="year")] == [
        "2015 4 March 1 May 2",
        "2001 1 December 1",
    ]
    assert page.one(cls="notice").text == (
        "1 article carries no date; it stands at the end of the list of all articles."
    )
    assert [link["href"] for link in page.all("section", cls="year")[0].all("a")] == [
        "/en/archive/2015/",
        "/en/archive/2015/03/",
        "/en/archive/2015/05/",
    ]


@pytest.mark.usefixtures("_years")
def test_year_lists_its_months_and_what_has_none(client):
    page = read(client.get("/en/archive/2015/"))

    assert [(g.one("h2").text, [h.text for h in g.all("h3")]) for g in page.all(cls="group")] == [
        ("May 2015", ["a day of May", "some day of May"]),
        ("March 2015", ["a day of March"]),
        ("2015, month unknown", ["some day of the year"]),
    ]
    assert [link.text for link in page.one(cls="months").all("a")] == ["March 1", "May 2"]


@pytest.mark.usefixtures("_years")
def test_month_lists_days_and_what_has_no_day(client):
    response = client.get("/en/archive/2015/05/")

    page = read(response)
    assert titles(response) == ["a day of May", "some day of May"]
    assert page.one("h1").text == "May 2015"
    assert page.one("title").text == "Articles from May 2015 · Corpus"
    assert [link.text for link in page.one(cls="crumbs").all("a")] == ["Home", "Archive", "2015"]


@pytest.mark.usefixtures("_years")
@pytest.mark.parametrize(
    "path",
    [
        "1999/",
        "2015/04/",
        "2015/13/",
        "2015/00/",
        "2015/5/",
        "0000/",
        "20155/",
        "２０１５/",
        "2015/05/21/",
    ],
)
def test_time_without_articles_is_404(client, path):
    assert client.get(f"/en/archive/{path}").status_code == 404


@pytest.mark.usefixtures("_years")
def test_archive_stands_in_a_language_without_articles(client):
    index = read(client.get("/zh-hans/archive/"))
    year = read(client.get("/zh-hans/archive/2015/"))

    assert index.one(cls="elsewhere").text == "另有英文文章 2015年 4 2001年 1"
    assert year.one("h1").text == "2015年"
    assert len(year.one(cls="elsewhere").all("article")) == 4


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/en/archive/", 7), ("/en/archive/2015/", 8), ("/en/archive/2015/05/", 6)],
)
def test_archive_costs_the_same_however_many_articles(
    client, rows, path, queries, django_assert_num_queries
):
    for article in ArticleFactory.create_batch(rows, published=True, section=SectionFactory()):
        BylineFactory(article=article)

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
