"""What stands beside an article: where it comes from, corrections, its series, what was read."""

import json
from datetime import date

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpusapp.editing.ownership import own_fields
from corpusapp.models import Correction, Listing, MostRead, Publication
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    RedirectFactory,
    SectionFactory,
    SeriesFactory,
    SourceFactory,
    UserFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db

RAW = (
    b"Menu  Home  About\nA Harbour in Winter\n\nBy Ada Quill\n\n21 May 2015\n\n"
    b"The harbour froze in the second week of January, and nobody who lives on the quay was surprised by it.\n\n"
    b"By February the ferries had stopped, and the island was as far away as it had been a hundred years ago.\n\n"
    b"Back to Top\n"
)


def address(article, ending=""):
    return f"/{article.shelf}/articles/{article.public_id}/{ending or article.slug + '/'}"


def put(**article):
    return ArticleFactory(published=True, **article)


# Provenance --------------------------------------------------------------------------------------


def test_box_says_what_editors_changed_of_a_capture(client):
    article = CaptureFactory(article=put()).article
    own_fields([article.pk], {"title", "published_at", "views"}, UserFactory(editor=True))

    box = read(client.get(address(article))).one("aside", cls="note")

    assert "Changed by our editors: the title, the date." in box.text


def test_box_of_an_article_that_was_never_captured_names_no_changes(client):
    article = put(source=SourceFactory(name="The Journal"))
    own_fields([article.pk], {"title"}, UserFactory(editor=True))

    assert read(client.get(address(article))).one("aside", cls="note").text == "Source: The Journal"


def test_captured_form_greys_what_is_no_part_of_the_article(client):
    article = put(source=SourceFactory(shows_captured=True))
    CaptureFactory(article=article, raw=RAW)

    response = client.get(address(article, "captured/"))
    page = read(response)

    lines = [(line.text, line["class"] == "greyed") for line in page.one(cls="captured").all("p")]
    assert ("Back to Top", True) in lines
    assert (RAW.decode().splitlines()[7 - 1 + 1], False) in lines
    assert page.one("meta", name_="robots")["content"] == "noindex"
    assert page.all("link", rel="canonical") == []
    assert address(article, "captured/") in client.get(address(article)).text


def test_captured_form_is_off_unless_its_source_allows_it(client):
    article = put(source=SourceFactory())
    CaptureFactory(article=article, raw=RAW)

    response = client.get(address(article, "captured/"))

    assert (response.status_code, response.headers["Location"]) == (301, address(article))
    assert "/captured/" not in client.get(address(article)).text


def test_article_called_captured_keeps_its_address(client):
    article = put(title="Captured")

    assert read(client.get(address(article))).one("h1").text == "Captured"


@pytest.mark.parametrize(
    "bytes_of", [{"data": None}, {"size": 10**6}], ids=["purged", "very large"]
)
def test_capture_that_cannot_be_shown_is_not(client, bytes_of):
    article = put(source=SourceFactory(shows_captured=True))
    capture = CaptureFactory(article=article, raw=RAW)
    type(capture.bytes).objects.update(**bytes_of)

    response = client.get(address(article, "captured/"))

    assert response.status_code == (404 if "data" in bytes_of else 200)
    assert "Back to Top" not in response.text


# Corrections -------------------------------------------------------------------------------------


@pytest.fixture
def corrected():
    article = put(title="On Peace")
    Correction.objects.create(article=article, text="Not 1915 but 1914.", made_on=date(2026, 3, 2))
    Correction.objects.create(article=article, text="A <b>name</b>.", made_on=date(2026, 3, 9))
    return article


def test_article_carries_its_corrections_and_says_so_above(client, corrected):
    page = read(client.get(address(corrected)))

    assert [box.text for box in page.all("div", cls="correction")] == [
        "Correction, 2 March 2026: Not 1915 but 1914.",
        "Correction, 9 March 2026: A <b>name</b>.",
    ]
    assert "corrected 9 March 2026" in page.one("p", cls="facts").text
    data = json.loads(page.one("script", type="application/ld+json").text)["@graph"][0]
    assert data["correction"][0] == {
        "@type": "CorrectionComment",
        "text": "Not 1915 but 1914.",
        "datePublished": "2026-03-02",
    }


def test_feeds_tell_those_who_have_read_it_already(client, corrected):
    corrected.__class__.objects.update(updated_at="2026-01-01T00:00:00Z")

    (item,) = json.loads(client.get("/en/feed.json").text)["items"]

    assert item["content_html"].endswith(
        "<p><strong>Correction, 9 March 2026:</strong> A &lt;b&gt;name&lt;/b&gt;.</p>\n"
    )
    assert item["date_modified"] == "2026-03-09T00:00:00Z"


def test_page_of_corrections_has_those_of_public_articles_newest_first(client, corrected):
    hidden = ArticleFactory(title="Hidden", draft=True)
    Correction.objects.create(article=hidden, text="Hidden.", made_on=date(2026, 4, 1))

    page = read(client.get("/en/corrections/"))

    assert [entry.text for entry in page.one("main").all("article")] == [
        "9 March 2026 On Peace A <b>name</b>.",
        "2 March 2026 On Peace Not 1915 but 1914.",
    ]
    assert page.one("main").all("article")[0].one("a")["href"] == address(corrected)


def test_corrections_of_a_rendition_read_in_its_script(client):
    article = put(title="论发展", language="zh-Hans")
    Correction.objects.create(article=article, text="头发", made_on=date(2026, 3, 2))

    text = client.get("/zh-hant/corrections/").text

    assert "頭髮" in text
    assert "論發展" in text


@pytest.fixture
def retracted(corrected):
    Correction.objects.create(
        article=corrected, kind="retraction", text="It was invented.", made_on=date(2026, 3, 5)
    )
    return corrected


def test_retraction_stands_above_the_text_and_the_corrections_below(client, retracted):
    text = client.get(address(retracted)).text
    page = read(client.get(address(retracted)))

    assert [box.text for box in page.all("div", cls="correction")] == [
        "Retraction, 5 March 2026: It was invented.",
        "Correction, 2 March 2026: Not 1915 but 1914.",
        "Correction, 9 March 2026: A <b>name</b>.",
    ]
    assert (
        text.index("<p>It was invented.")
        < text.index('<div class="body">')
        < text.index("<p>Not 1915")
    )
    facts = page.one("p", cls="facts")
    assert "retracted 5 March 2026" in facts.text
    assert page.one("div", id=facts.one("a")["href"][1:]).text.startswith("Retraction,")
    data = json.loads(page.one("script", type="application/ld+json").text)["@graph"][0]
    assert data["creativeWorkStatus"] == "Retracted"
    assert [one["text"] for one in data["correction"]][1] == "It was invented."


def test_feeds_twins_and_the_page_of_corrections_tell_a_retraction(client, retracted):
    (item,) = json.loads(client.get("/en/feed.json").text)["items"]
    plain = client.get(f"/en/articles/{retracted.public_id}.txt").text
    twin = json.loads(client.get(f"/en/articles/{retracted.public_id}.json").text)
    entries = read(client.get("/en/corrections/")).one("main").all("article")

    assert item["content_html"].startswith(
        "<p><strong>Retraction, 5 March 2026:</strong> It was invented.</p>\n"
    )
    assert item["content_html"].count("It was invented.") == 1
    assert (
        plain.index("Retraction, 5 March 2026: It was invented.")
        < plain.index("The first paragraph")
        < plain.index("Correction, 9 March 2026: A <b>name</b>.")
    )
    assert [(one["kind"], one["date"]) for one in twin["corrections"]] == [
        ("correction", "2026-03-02"),
        ("retraction", "2026-03-05"),
        ("correction", "2026-03-09"),
    ]
    assert [entry.text for entry in entries][1] == (
        "5 March 2026 · Retraction On Peace It was invented."
    )


def test_markdown_twin_tells_them_above_the_text(client, retracted):
    text = client.get(f"/en/articles/{retracted.public_id}.md").text

    head = yaml.safe_load(text.split("---\n")[1])
    assert head["retracted"] == "2026-03-05"
    assert head["corrections"] == [
        {"kind": "correction", "date": "2026-03-02", "text": "Not 1915 but 1914."},
        {"kind": "retraction", "date": "2026-03-05", "text": "It was invented."},
        {"kind": "correction", "date": "2026-03-09", "text": "A <b>name</b>."},
    ]
    assert list(head).index("retracted") == 1


def test_whoever_cites_a_retracted_article_hears_of_it(client, retracted):
    def read_twin(ending):
        return client.get(f"/en/articles/{retracted.public_id}.{ending}").text

    page = read(client.get(address(retracted)))
    (item,) = json.loads(read_twin("csl.json"))

    told = (
        "Retraction, 5 March 2026: It was invented. Correction, 2 March 2026: Not 1915 but 1914. "
        "Correction, 9 March 2026: A <b>name</b>."
    )
    assert (item["note"], item["status"]) == (told, "retracted")
    assert f"note = {{{told}}}" in read_twin("bib")
    assert "N1  - Retraction, 5 March 2026: It was invented.\r\n" in read_twin("ris")
    assert "(Retraction published 2026, March 5)" in page.one("details", cls="cite").text


def test_api_tells_corrections_and_retractions(client, retracted):
    found = client.get(f"/api/v1/articles/{retracted.public_id}").json()

    assert found["corrections"] == [
        {"kind": "correction", "date": "2026-03-02", "text": "Not 1915 but 1914."},
        {"kind": "retraction", "date": "2026-03-05", "text": "It was invented."},
        {"kind": "correction", "date": "2026-03-09", "text": "A <b>name</b>."},
    ]


# Series ------------------------------------------------------------------------------------------


@pytest.fixture
def series():
    series = SeriesFactory(name="Winter", slug="winter")
    for place, title in ((2, "Two"), (1, "One"), (5, "Five")):
        put(title=title, series=series, series_position=place)
    put(title="Also", series=series)
    ArticleFactory(title="Three", draft=True, series=series, series_position=3)
    return series


def test_series_shows_its_articles_in_their_order(client, series):
    page = read(client.get("/en/series/winter/"))

    assert page.one("h1").text == "Winter"
    assert [h.text for h in page.one("main").all("h2")] == ["One", "Two", "Five", "Also"]
    assert client.get("/zh-hans/series/winter/").status_code == 200
    assert str(series) == "Winter"


def test_article_knows_its_place_among_what_readers_have(client, series):
    article = series.articles.get(title="Two")

    box = read(client.get(address(article))).one("nav", cls="in-series")

    assert box.text == "In the series Winter · 2 of 4 Previous OneNext Five"
    assert [link["href"] for link in box.all("a")] == [
        "/en/series/winter/",
        address(series.articles.get(title="One")),
        address(series.articles.get(title="Five")),
    ]


def test_series_without_anything_public_is_missing_and_an_old_address_leads_on(client, series):
    SeriesFactory(slug="empty")
    RedirectFactory(kind=Listing.SERIES, slug="cold", target=series.pk)

    assert client.get("/en/series/empty/").status_code == 404
    assert client.get("/en/series/cold/").headers["Location"] == "/en/series/winter/"


# Reads -------------------------------------------------------------------------------------------


def test_most_read_stands_on_the_home_page_and_beside_its_section(client):
    section = SectionFactory()
    articles = [put(title=f"Piece {n}", section=section) for n in range(4)]
    for rank, article in enumerate(articles, 1):
        for where in (None, section):
            MostRead.objects.create(shelf="en", section=where, rank=rank, article=article)

    home = read(client.get("/en/"))
    page = read(client.get(address(articles[1])))

    (ranks,) = home.all("ol", cls="rank")
    assert [link.text for link in ranks.all("a")] == [f"Piece {n}" for n in range(4)]
    assert [link.text for link in page.one(cls="most-read").all("a")] == [
        "Piece 0",
        "Piece 2",
        "Piece 3",
    ]


@pytest.mark.parametrize("shown", [False, True])
def test_readers_see_how_often_it_was_read_only_if_editors_want_that(client, shown):
    article = put(reads=1234)
    Publication.objects.create(pk=1, show_reads=shown)

    assert ("read 1234 times" in client.get(address(article)).text) == shown


def test_everything_beside_an_article_costs_one_query(client, series, django_assert_num_queries):
    article = series.articles.get(title="Two")
    article.section = SectionFactory()
    article.save()
    MostRead.objects.create(shelf="en", section=article.section, rank=1, article=article)
    BylineFactory(article=CaptureFactory(article=article).article)
    Correction.objects.create(article=article, text="Something.")
    Publication.objects.create(pk=1, show_reads=True)
    own_fields([article.pk], {"title"}, UserFactory(editor=True))
    ArticleFactory.create_batch(5, published=True, section=article.section, tags=["UN"])

    # menu, editions, beside, bylines, what is nearest, what stands near by
    with django_assert_num_queries(6):
        assert client.get(address(article)).status_code == 200


def test_editors_words_about_the_publication_come_before_ours(client):
    Publication.objects.create(pk=1, about_en="Made in **Reykjavik**.")

    assert read(client.get("/en/about/")).one(cls="body").text == "Made in Reykjavik."
    assert "Reykjavik" not in client.get("/zh-hans/about/").text


@pytest.mark.sqlite
def test_what_is_public_is_looked_up_for_the_few_that_stand_there_and_never_listed(client):
    article = put(section=SectionFactory(name="Harbours"))
    Correction.objects.create(article=article, text="It froze.", made_on=date(2026, 3, 2))
    paths = (
        address(article),
        "/en/corrections/",
        "/en/corrections/feed.atom",
        "/sitemap-pages-0.xml",
    )

    plans = []
    with CaptureQueriesContext(connection) as asked:
        for path in paths:
            assert client.get(path).status_code == 200, path
    for query in asked:
        if "corpusapp_correction" in query["sql"] or "corpusapp_mostread" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans.append([row[-1] for row in cursor.fetchall()])

    assert len(plans) > len(paths)
    assert [line for plan in plans for line in plan if "article_public_listing" in line] == []
