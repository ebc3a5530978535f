"""What machines read in the head of a page, and the plain twins beside it."""

import json
from datetime import UTC, date, datetime, time

import pytest
import time_machine
import yaml

from corpusapp.editing.totals import recount_all
from corpusapp.models import Article, NameOrder, Series
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    SeriesFactory,
    SourceFactory,
)
from tests.public.pages import read

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
ENDINGS = ("json", "md", "txt", "bib", "ris", "csl.json")


@pytest.fixture
def article():
    article = ArticleFactory(
        published=True,
        title="On </script> & Peace",
        standfirst="Where a concept comes from.",
        body="The *first* paragraph.",
        section=SectionFactory(name="Foreign Policy"),
        source=SourceFactory(name="The Journal"),
        source_address="https://journal.example/1",
        published_on=date(2025, 9, 28),
        published_time=time(16, 8),
        published_offset=480,
        published_precision="minute",
        tags=["China"],
    )
    author = AuthorFactory(
        name="Du Qiwen",
        slug="du-qiwen",
        family_name="Du",
        given_name="Qiwen",
        name_order=NameOrder.FAMILY_FIRST,
    )
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    BylineFactory(article=article, author=author, post="Ambassador")
    Article.objects.update(updated_at=datetime(2025, 10, 1, tzinfo=UTC))
    return article


def address(article, ending=""):
    stem = f"/{article.shelf}/articles/{article.public_id}"
    return f"{stem}.{ending}" if ending else f"{stem}/{article.slug}/"


def nodes(response):
    (data,) = read(response).all("script", type="application/ld+json")
    found = json.loads(data.text)
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def test_article_is_an_opinion_news_article_with_its_author_and_post(client, article):
    found = nodes(client.get(address(article)))["OpinionNewsArticle"]

    here = f"{SITE}{address(article)}"
    author = f"{SITE}/en/authors/du-qiwen/"
    publisher = found.pop("publisher")
    assert (publisher["@type"], publisher["name"]) == ("Organization", "Corpus")
    assert found == {
        "@type": "OpinionNewsArticle",
        "@id": f"{here}#article",
        "mainEntityOfPage": here,
        "url": here,
        "headline": "On </script> & Peace",
        "alternativeHeadline": "Where a concept comes from.",
        "description": "Where a concept comes from.",
        "inLanguage": "en",
        "datePublished": "2025-09-28T16:08+08:00",
        "dateModified": "2025-10-01T00:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "@id": f"{author}#author",
                "name": "Du Qiwen",
                "url": author,
                "jobTitle": "Ambassador",
                "alternateName": "杜起文",
            }
        ],
        "image": f"{SITE}{address(article, 'png')}",
        "isPartOf": {"@id": f"{SITE}/#website"},
        "articleSection": "Foreign Policy",
        "keywords": ["China"],
        "wordCount": 3,
        "isBasedOn": "https://journal.example/1",
        "creditText": "The Journal",
        "isAccessibleForFree": True,
    }


def test_text_cannot_end_the_element_it_stands_in(client, article):
    page = client.get(address(article)).text

    assert page.count("</script>") == 3  # theme, site, data
    assert "\\u003c/script\\u003e \\u0026 Peace" in page


def test_unknown_date_and_author_are_left_out(client):
    article = ArticleFactory(published=True, undated=True)

    found = nodes(client.get(address(article)))["OpinionNewsArticle"]

    assert not {"datePublished", "author", "isBasedOn", "creditText"} & set(found)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("/en/authors/du-qiwen/", ["Home", "Authors", "Du Qiwen"]),
        ("/en/sections/foreign-policy/", ["Home", "Foreign Policy"]),
        ("/en/tags/china/", ["Home", "Tags", "China"]),
        ("/en/archive/2025/09/", ["Home", "Archive", "2025", "Articles from September 2025"]),
    ],
)
@pytest.mark.usefixtures("article")
def test_page_knows_the_way_to_itself(client, path, steps):
    trail = nodes(client.get(path))["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"]) for step in trail] == list(enumerate(steps, 1))
    assert trail[-1]["item"] == f"{SITE}{path}"
    assert {client.get(step["item"].removeprefix(SITE)).status_code for step in trail} == {200}


@pytest.mark.usefixtures("article")
def test_author_has_a_profile_and_the_home_page_is_the_site(client):
    profile = nodes(client.get("/en/authors/du-qiwen/"))["ProfilePage"]
    home = nodes(client.get("/zh-hans/"))

    assert profile["mainEntity"] == {
        "@type": "Person",
        "@id": f"{SITE}/en/authors/du-qiwen/#author",
        "name": "Du Qiwen",
        "alternateName": ["杜起文"],
        "url": f"{SITE}/en/authors/du-qiwen/",
    }
    assert (set(home), home["WebSite"]["url"]) == ({"WebSite"}, f"{SITE}/")


def test_article_has_the_tags_that_citation_programs_read(client, article):
    page = read(client.get(address(article)))

    found = [
        (meta["name"], meta["content"])
        for meta in page.all("meta")
        if (meta["name"] or "").startswith("citation_")
    ]
    assert found == [
        ("citation_title", "On </script> & Peace"),
        ("citation_author", "Du, Qiwen"),
        ("citation_publication_date", "2025/09/28"),
        ("citation_journal_title", "The Journal"),  # where Zotero looks for what it appeared in
        ("citation_publisher", "The Journal"),
        ("citation_language", "en"),
        ("citation_public_url", f"{SITE}{address(article)}"),
        ("citation_fulltext_html_url", f"{SITE}{address(article)}"),
        ("citation_abstract", "Where a concept comes from."),
        ("citation_keywords", "China"),
    ]


@pytest.mark.parametrize(
    ("precision", "said"), [("year", "2025"), ("month", "2025/09"), ("day", "2025/09/28")]
)
def test_citation_is_dated_as_precisely_as_the_page_was(client, precision, said):
    article = ArticleFactory(
        published=True, published_on=date(2025, 9, 28), published_precision=precision
    )

    page = read(client.get(address(article)))

    assert page.one("meta", name_="citation_publication_date")["content"] == said


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
@pytest.mark.usefixtures("article")
def test_descriptions_are_as_long_as_what_search_engines_show(client, language):
    """A Chinese sentence of twelve characters says little; a result has room for eighty."""
    SeriesFactory(name="P", slug="p")
    Article.objects.update(series=Series.objects.get())
    recount_all()
    places = (
        *("", "articles/", "authors/", "authors/du-qiwen/", "sections/foreign-policy/"),
        *("tags/", "tags/china/", "series/p/", "archive/", "archive/2025/", "archive/2025/09/"),
        *("corrections/", "about/", "accessibility/"),
    )

    lengths = {
        place: len(
            read(client.get(f"/{language}/{place}")).one("meta", name_="description")["content"]
        )
        for place in places
    }

    assert {place: length for place, length in lengths.items() if not 30 <= length <= 320} == {}


def test_every_page_describes_itself_to_those_who_share_it(client, article):
    for path in ("/en/", "/zh-hant/archive/2025/", "/en/authors/du-qiwen/", address(article)):
        page = read(client.get(path))
        said = {meta["property"]: meta["content"] for meta in page.all("meta") if meta["property"]}
        assert {"og:title", "og:type", "og:url", "og:site_name", "og:locale"} <= set(said)
        assert page.one("meta", name_="description")["content"]
        assert said["og:locale"] == ("zh_TW" if "hant" in path else "en_US")


def test_cite_box_offers_sentences_formats_and_the_permanent_address(client, article):
    with time_machine.travel(datetime(2026, 11, 30, tzinfo=UTC), tick=False):
        box = read(client.get(address(article))).one("details", cls="cite")

    short = f"{SITE}/en/articles/{article.public_id}/"
    assert [(dt.text, dd.text) for dt, dd in zip(box.all("dt"), box.all("dd"), strict=True)] == [
        (
            "APA",
            (f"Du, Q. (2025, September 28). On </script> & Peace. The Journal. Corpus. {short}"),
        ),
        (
            "MLA",
            (
                "Du Qiwen. “On </script> & Peace.” The Journal, 28 Sept. 2025. Corpus, "
                f"{short.removeprefix('http://')}."
            ),
        ),
        (
            "Chicago",
            (
                "Du Qiwen. “On </script> & Peace.” The Journal, September 28, 2025. Corpus. "
                f"{short}."
            ),
        ),
        ("Permanent address", short),
    ]
    assert {client.get(link["href"]).status_code for link in box.all("a")} == {200}
    assert len(box.all("a")) == len(ENDINGS)


def test_chinese_pages_offer_their_own_style_first(client):
    article = ArticleFactory(published=True, title="论和平", language="zh-Hans")

    box = read(client.get(address(article))).one("details", cls="cite")

    assert [style.text for style in box.all("dt")] == ["GB/T 7714", "APA", "MLA", "永久地址"]


def test_twins_say_what_the_page_says(client, article):
    twins = {ending: client.get(address(article, ending)) for ending in ENDINGS}

    assert {ending: twin.headers["Content-Type"] for ending, twin in twins.items()} == {
        "json": "application/json",
        "md": "text/markdown; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "bib": "application/x-bibtex; charset=utf-8",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "csl.json": "application/vnd.citationstyles.csl+json",
    }
    here = f"{SITE}{address(article)}"
    assert {twin.headers["Link"] for twin in twins.values()} == {f'<{here}>; rel="canonical"'}
    assert {twin.headers["X-Content-Type-Options"] for twin in twins.values()} == {"nosniff"}
    said = json.loads(twins["json"].text)
    assert (said["id"], said["body_markdown"], said["published_at"]) == (
        article.public_id,
        "The *first* paragraph.",
        "2025-09-28T16:08+08:00",
    )
    assert twins["txt"].text == (
        "On </script> & Peace\n\nWhere a concept comes from.\n\nDu Qiwen, Ambassador\n\n"
        f"28 September 2025, 16:08\n\nThe first paragraph.\n\nThe Journal\n{here}\n"
    )
    head, _, body = twins["md"].text.removeprefix("---\n").partition("---\n")
    assert body == "\nThe *first* paragraph.\n"
    assert yaml.safe_load(head)["authors"] == [{"name": "Du Qiwen", "post": "Ambassador"}]
    assert json.loads(twins["csl.json"].text)[0]["author"] == [{"family": "Du", "given": "Qiwen"}]
    assert "author = {Du, Qiwen}" in twins["bib"].text
    assert "AU  - Du, Qiwen\r\n" in twins["ris"].text


@pytest.mark.parametrize("ending", ENDINGS)
def test_twin_goes_where_its_article_goes(client, article, ending):
    target = ArticleFactory(published=True)
    for state, status in (
        ({"state": "draft"}, 404),
        ({"state": "withdrawn", "withdrawn_at": datetime(2021, 1, 1, tzinfo=UTC)}, 410),
        ({"binned_at": datetime(2021, 1, 1, tzinfo=UTC), "merged_into": target}, 301),
    ):
        before = {name: getattr(article, name) for name in state}
        Article.objects.filter(pk=article.pk).update(**state)

        response = client.get(address(article, ending))

        assert response.status_code == status
        if status == 301:
            assert response.headers["Location"] == address(target, ending)
        Article.objects.filter(pk=article.pk).update(**before)
    assert client.get(address(article, ending).replace("/en/", "/zh-hans/")).status_code == 404


def test_programs_are_told_what_there_is(client):
    text = client.get("/llms.txt").text

    assert text.startswith("# Corpus\n")
    assert f"({SITE}/zh-hant/feed.json)" in text
