"""Feeds: the newest of a list in full, in two forms and three languages."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from corpusapp.editing.correcting import record
from corpusapp.models import Article, Author, Correction, Listing, Rendition
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    RedirectFactory,
    SectionFactory,
    SourceFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NS = {"a": "http://www.w3.org/2005/Atom"}
LISTS = ("", "authors/ann/", "sections/peace/", "tags/un/")


def put(**article):
    article = ArticleFactory(published=True, **article)
    ann = Author.objects.filter(slug="ann").first() or AuthorFactory(name="Ann", slug="ann")
    BylineFactory(article=article, author=ann)
    return article


@pytest.fixture
def piece():
    return put(
        title="On <Peace> & War",
        standfirst="A short word.",
        body="One.\n\nTwo & *three*, and [more](/en/about/).",
        section=SectionFactory(name="Peace"),
        tags=["UN"],
    )


def atom(client, path="/en/feed.atom"):
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 - our own


def items(client, path="/en/feed.json"):
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)["items"]


def test_atom_entry_holds_the_whole_article(client, piece):
    Article.objects.update(updated_at=datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC))

    root = atom(client)

    entry = root.find("a:entry", NS)
    said = {child.tag.partition("}")[2]: child.text for child in entry if child.text}
    said["author"] = entry.find("a:author/a:name", NS).text
    assert said == {
        "id": f"{SITE}/en/articles/{piece.public_id}/",
        "title": "On <Peace> & War",
        "published": "2015-05-21T00:00:00Z",
        "updated": "2021-03-04T05:06:07Z",
        "author": "Ann",
        "summary": "A short word.",
        "content": (
            "<p>One.</p>\n<p>Two &amp; <em>three</em>, and "
            f'<a href="{SITE}/en/about/" rel="noopener nofollow">more</a>.</p>\n'
        ),
    }
    assert entry.find("a:link", NS).get("href") == (
        f"{SITE}/en/articles/{piece.public_id}/on-peace-war/"
    )
    assert entry.find("a:category", NS).get("term") == "UN"
    assert root.find("a:updated", NS).text == "2021-03-04T05:06:07Z"


def test_json_feed_says_the_same(client, piece):
    Article.objects.update(updated_at=datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC))

    (item,) = items(client)

    html = item.pop("content_html")
    assert html.startswith("<p>One.</p>")
    assert item == {
        "id": f"{SITE}/en/articles/{piece.public_id}/",
        "url": f"{SITE}/en/articles/{piece.public_id}/on-peace-war/",
        "title": "On <Peace> & War",
        "summary": "A short word.",
        "date_published": "2015-05-21T00:00:00Z",
        "date_modified": "2021-03-04T05:06:07Z",
        "language": "en",
        "authors": [{"name": "Ann", "url": f"{SITE}/en/authors/ann/"}],
        "tags": ["UN"],
    }


@pytest.mark.parametrize("place", LISTS)
@pytest.mark.parametrize("form", ["atom", "json"])
def test_each_list_has_its_feed_in_each_language(client, piece, place, form):
    ArticleFactory(published=True, title="Another thing")

    held = [
        client.get(f"/{language}/{place}feed.{form}").text.count(piece.public_id)
        for language in ("en", "zh-hans", "zh-hant")
    ]

    assert held == [2, 0, 0]
    assert ("Another thing" in client.get(f"/en/{place}feed.{form}").text) == (not place)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("place", LISTS)
def test_pages_announce_their_feeds_and_each_answers(client, place):
    page = read(client.get(f"/en/{place}"))

    links = [link["href"] for link in page.all("link", rel="alternate") if "feed" in link["href"]]

    bases = {"": ["/en/", "/en/corrections/"]}.get(place, [f"/en/{place}", "/en/"])
    assert links == [f"{base}feed.{form}" for base in bases for form in ("atom", "json")]
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("place", [place for place in LISTS if place])
def test_feed_of_a_list_without_articles_in_this_language_is_not_announced(client, place):
    page = read(client.get(f"/zh-hant/{place}"))

    links = [link["href"] for link in page.all("link", rel="alternate") if "feed" in link["href"]]

    assert links == ["/zh-hant/feed.atom", "/zh-hant/feed.json"]


@pytest.mark.usefixtures("piece")
def test_feed_that_has_not_changed_answers_304(client):
    for path in ("/en/feed.atom", "/en/feed.json"):
        etag = client.get(path).headers["ETag"]

        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_dates_are_as_precise_as_a_feed_can_say(client):
    put(published_time=time(16, 8), published_offset=480, published_precision="minute")
    put(published_on=date(2014, 1, 1), published_precision="year")
    put(undated=True)

    assert [item["date_published"] for item in items(client)] == [
        "2015-05-21T16:08:00+08:00",
        "2014-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z",
    ]


def test_article_without_author_comes_from_its_source_or_from_here(client):
    ArticleFactory(published=True, source=SourceFactory(name="The Journal"))
    ArticleFactory(published=True)

    names = [item["authors"] for item in items(client)]

    assert names == [[{"name": "Corpus"}], [{"name": "The Journal"}]]


def test_feed_stays_well_formed_whatever_is_stored(client):
    put(title="A\x0bB ]]> \ufffe")

    assert atom(client).find("a:entry/a:title", NS).text == "AB ]]> "


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same_however_many_articles(client, number, django_assert_num_queries):
    for _ in range(number):
        put(tags=["UN"])

    with django_assert_num_queries(6):  # ids, corrected, articles, bylines, tags, corrections
        assert len(items(client)) == number


@pytest.fixture
def older():
    """What is no longer among the newest twenty."""
    older = put(title="Older", published_on=date(2014, 1, 1), tags=["UN"])
    for day in range(1, 25):
        ArticleFactory(published=True, title=f"Day {day}", published_on=date(2015, 5, day))
    return older


@pytest.mark.parametrize("place", ["", "tags/un/"])
def test_article_that_was_corrected_of_late_comes_again_behind_the_newest(client, older, place):
    if place:
        for article in Article.objects.filter(title__startswith="Day"):
            article.tags.add("UN")
    before = [item["title"] for item in items(client, f"/en/{place}feed.json")]

    record(Correction(article=older, text="Not 1915."))
    after = items(client, f"/en/{place}feed.json")

    assert [item["title"] for item in after] == [*before, "Older"]
    assert "Not 1915." in after[-1]["content_html"]
    assert after[-1]["date_modified"][:10] == timezone.now().date().isoformat()
    assert len(atom(client, f"/en/{place}feed.atom").findall("a:entry", NS)) == 21


def test_article_comes_again_only_for_a_month_and_where_it_belongs(client, older):
    today = timezone.localdate()
    old = Correction(article=older, text="Long known.", made_on=today - timedelta(days=31))
    record(old)
    hidden = ArticleFactory(draft=True, title="Hidden")
    record(Correction(article=hidden, text="Hidden."))

    assert "Older" not in client.get("/en/feed.json").text
    record(Correction(article=older, text="News.", made_on=today - timedelta(days=30)))
    assert client.get("/en/feed.json").text.count('"Older"') == 1
    assert "Older" not in client.get("/zh-hans/feed.json").text
    assert "Hidden" not in client.get("/en/feed.json").text


def test_what_was_corrected_of_late_is_bounded_and_costs_the_same(
    client, older, django_assert_num_queries
):
    record(Correction(article=older, text="One."))
    for _ in range(22):
        article = put(published_on=date(2013, 1, 1))
        Correction.objects.create(article=article, text="Another.")

    with django_assert_num_queries(6):
        assert len(items(client)) == 20 + 20


@pytest.mark.usefixtures("older")
def test_of_many_that_were_corrected_of_late_those_corrected_last_come_again(client):
    today = timezone.localdate()
    for days in range(22):  # the later published, the longer ago corrected
        article = put(title=f"{days} days ago", published_on=date(2013, 1, 1 + days))
        for made_on in (today - timedelta(days=days), today - timedelta(days=29)):
            Correction.objects.create(article=article, text="Not so.", made_on=made_on)

    again = [item["title"] for item in items(client)][20:]

    assert again == [f"{days} days ago" for days in range(20)]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_corrections_have_a_feed_of_their_own(client, number, django_assert_num_queries):
    article = put(title="On Peace")
    for day in range(1, number + 1):
        Correction.objects.create(
            article=article, text="Not <1915>.\n\nBut 1914.", made_on=date(2026, 3, day)
        )
    hidden = Correction.objects.create(article=ArticleFactory(draft=True), text="Hidden.")

    with django_assert_num_queries(1):
        found = items(client, "/en/corrections/feed.json")
    entries = atom(client, "/en/corrections/feed.atom").findall("a:entry", NS)

    assert str(hidden.pk) not in [item["id"].partition("#")[2] for item in found]
    assert [item["date_published"] for item in found] == [
        f"2026-03-0{day}T00:00:00Z" for day in range(number, 0, -1)
    ]
    assert len(entries) == number
    for item in found:
        assert item["title"] == "Correction: On Peace"
        assert item["url"] == f"{SITE}/en/articles/{article.public_id}/on-peace/"
        assert item["content_html"] == "<p>Not &lt;1915&gt;.</p>\n\n<p>But 1914.</p>"
        assert item["authors"] == [{"name": "Corpus"}]


def test_retraction_is_told_in_the_feed_of_corrections_in_either_script(client):
    article = put(title="论发展", language="zh-Hans")
    Correction.objects.create(article=article, kind="retraction", text="头发")

    (item,) = items(client, "/zh-hant/corrections/feed.json")

    assert (item["title"], item["content_html"]) == ("撤稿：論發展", "<p>頭髮</p>")
    assert items(client, "/en/corrections/feed.json") == []


@pytest.mark.parametrize("address", ["corrections/feed.json", "corrections/"])
def test_corrections_take_titles_and_no_bodies_stored_or_not(client, address):
    made = [put(title="论发展", language="zh-Hans") for _ in range(4)]
    for article in made:
        Correction.objects.create(article=article, text="头发")
    Article.objects.filter(pk__in=[one.pk for one in made[:2]]).update(title="论头发")
    Rendition.objects.filter(pk=made[2].pk).delete()

    with CaptureQueriesContext(connection) as told:
        text = client.get(f"/zh-hant/{address}").text

    assert (text.count("論頭髮"), text.count("論發展")) == (2, 2)
    of_articles = [one["sql"] for one in told if "title" in one["sql"]]
    assert len(of_articles) == 1
    assert '"body"' not in of_articles[0]


def test_page_of_corrections_announces_its_feed(client):
    page = read(client.get("/en/corrections/"))

    links = [link["href"] for link in page.all("link", rel="alternate") if "feed" in link["href"]]

    assert links[:2] == ["/en/corrections/feed.atom", "/en/corrections/feed.json"]


def test_feed_holds_the_newest_twenty(client):
    for day in range(1, 25):
        ArticleFactory(published=True, title=f"Day {day}", published_on=date(2015, 5, day))

    assert [item["title"] for item in items(client)] == [f"Day {day}" for day in range(24, 4, -1)]


def test_feed_of_nothing_public_is_missing_and_that_of_the_site_is_empty(client):
    AuthorFactory(slug="ann")

    assert client.get("/en/authors/ann/feed.atom").status_code == 404
    assert client.get("/en/tags/nothing/feed.json").status_code == 404
    assert items(client) == []
    assert atom(client).findall("a:entry", NS) == []


def test_old_address_of_a_list_leads_to_the_feed_of_the_new_one(client, piece):
    RedirectFactory(kind=Listing.SECTION, slug="war", target=piece.section_id)
    AuthorFactory(slug="anna", merged_into=piece.bylines.get().author)

    moved = [
        client.get(path).headers["Location"]
        for path in ("/zh-hans/sections/war/feed.atom", "/en/authors/anna/feed.json")
    ]

    assert moved == ["/zh-hans/sections/peace/feed.atom", "/en/authors/ann/feed.json"]


@pytest.mark.usefixtures("piece")
@override_settings(SITE_NAME="Essays & Notes")
def test_feed_is_named_after_its_list_and_its_site(client):
    assert atom(client, "/zh-hans/tags/un/feed.atom").find("a:title", NS).text == (
        "UN · Essays & Notes"
    )
    assert re.search('xml:lang="zh-Hans"', client.get("/zh-hans/feed.atom").text)
