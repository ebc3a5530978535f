import re
from urllib.parse import quote

import pytest

from corpusapp.models import Article
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    AuthorNameFactory,
    BylineFactory,
    SectionFactory,
    TagFactory,
)
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("de,fr;q=0.8", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK,en", "zh-hant"),
        ("en;q=0.3,zh-HK;q=0.9", "zh-hant"),
        ("de,zh-Hans;q=0.5,en;q=0.1", "zh-hans"),
        ("*", "en"),
        ("\x7f,;;q=x", "en"),
    ],
)
def test_way_in_follows_the_browser(client, accept, language):
    response = client.get("/", headers={"Accept-Language": accept})

    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert response.headers["Vary"] == "Accept-Language"


def test_way_in_does_not_follow_a_cookie(client):
    client.cookies["django_language"] = "zh-hans"

    assert client.get("/").headers["Location"] == "/en/"


@pytest.mark.parametrize(
    ("path", "code"), [("/en/", "en"), ("/zh-hans/", "zh-Hans"), ("/zh-hant/", "zh-Hant")]
)
def test_page_says_its_language_in_the_right_case(client, path, code):
    response = client.get(path)

    assert response.headers["Content-Language"] == code
    assert read(response).one("html")["lang"] == code


@pytest.mark.parametrize(
    "path", ["", "articles/", "authors/", "tags/", "archive/", "about/", "sections/peace/"]
)
def test_list_stands_in_every_language_and_says_so(client, path):
    ArticleFactory(published=True, section=SectionFactory(name="Peace"))

    for language in ("en", "zh-hans", "zh-hant"):
        page = read(client.get(f"/{language}/{path}"))
        assert {
            link["hreflang"]: link["href"]
            for link in page.all("link", rel="alternate")
            if link["hreflang"]
        } == {
            "en": f"{SITE}/en/{path}",
            "zh-Hans": f"{SITE}/zh-hans/{path}",
            "zh-Hant": f"{SITE}/zh-hant/{path}",
            "x-default": f"{SITE}/en/{path}",
        }
        assert [
            (link.text, link["lang"], link["hreflang"], link["href"])
            for link in page.one(cls="languages").all("a")
        ] == [
            ("English", "en", "en", f"/en/{path}"),
            ("简体中文", "zh-Hans", "zh-Hans", f"/zh-hans/{path}"),
            ("繁體中文", "zh-Hant", "zh-Hant", f"/zh-hant/{path}"),
        ]


@pytest.fixture
def piece():
    """A piece in English and, first written, in Traditional Chinese; its Simplified edition is a draft."""
    section = SectionFactory(name="Peace", label_zh_hans="和平")
    first = ArticleFactory(published=True, title="論和平", language="zh-Hant", section=section)
    shared = {"translation_key": first.translation_key, "section": section}
    second = ArticleFactory(published=True, title="On Peace", **shared)
    ArticleFactory(draft=True, title="论和平", language="zh-Hans", **shared)
    return {
        "zh-Hant": f"/zh-hant/articles/{first.public_id}/論和平/",
        "en": f"/en/articles/{second.public_id}/on-peace/",
    }


def test_article_has_its_public_editions_as_alternates_and_no_others(client, piece):
    pages = {language: read(client.get(path)) for language, path in piece.items()}

    sets = [
        {
            link["hreflang"]: client.get(link["href"].removeprefix(SITE)).status_code
            for link in page.all("link", rel="alternate")
            if link["hreflang"]
        }
        for page in pages.values()
    ]
    assert sets == [{"zh-Hant": 200, "zh-Hans": 200, "en": 200, "x-default": 200}] * 2
    hrefs = [
        [
            (link["hreflang"], link["href"])
            for link in page.all("link", rel="alternate")
            if link["hreflang"]
        ]
        for page in pages.values()
    ]
    assert hrefs[0] == hrefs[1]
    assert (
        dict(hrefs[0])["x-default"]
        == dict(hrefs[0])["zh-Hant"]
        == pages["zh-Hant"].one("link", rel="canonical")["href"]
    )


def test_switcher_leads_to_the_edition_or_to_the_section_and_says_so(client, piece):
    Article.objects.filter(language="zh-Hant").update(state="draft")
    page = read(client.get(piece["en"]))

    choices = page.one(cls="languages").all("a")
    assert [(link["href"], link["title"], link.text) for link in choices] == [
        (piece["en"], None, "English"),
        (
            "/zh-hans/sections/peace/",
            "Not available in this language; leads to Peace",
            "简体中文 (Not available in this language; leads to Peace)",
        ),
        (
            "/zh-hant/sections/peace/",
            "Not available in this language; leads to Peace",
            "繁體中文 (Not available in this language; leads to Peace)",
        ),
    ]


def test_switcher_leads_to_editions_and_renditions(client, piece):
    rendition = piece["zh-Hant"].replace("/zh-hant/", "/zh-hans/").replace("論", "论")

    page = read(client.get(piece["en"]))

    assert [(link["href"], link["title"]) for link in page.one(cls="languages").all("a")] == [
        (piece["en"], None),
        (quote(rendition), None),
        (quote(piece["zh-Hant"]), None),
    ]


def test_switcher_of_an_article_without_section_leads_home(client):
    article = ArticleFactory(published=True)

    page = read(client.get(f"/en/articles/{article.public_id}/{article.slug}/"))

    assert [(link["href"], link["title"]) for link in page.one(cls="languages").all("a")][1:] == [
        ("/zh-hans/", "Not available in this language; leads to the home page"),
        ("/zh-hant/", "Not available in this language; leads to the home page"),
    ]


def test_article_names_its_other_editions_in_their_own_language(client, piece):
    facts = read(client.get(piece["en"])).one("p", cls="facts")

    assert facts.text == "21 May 2015 · 1 min read · also in 繁體中文, 简体中文"
    assert [link["lang"] for link in facts.all("a")] == ["zh-Hant", "zh-Hans"]


# Shelves ------------------------------------------------------------------------------------------


def test_list_shows_its_own_shelf_and_what_stands_elsewhere_apart(client):
    ArticleFactory(published=True, title="论和平", language="zh-Hans")
    ArticleFactory(published=True, title="On Peace")

    page = read(client.get("/zh-hans/articles/"))

    block = page.one(cls="elsewhere")
    assert block.one("h2").text == "另有英文文章"
    assert [(h.text, h["lang"]) for h in block.all("h3")] == [("On Peace", "en")]
    assert [(h.text, h["lang"]) for h in page.all("h2") if h not in block.all("h2")] == [
        ("论和平", None)
    ]


def test_chinese_pieces_stand_once_among_what_other_languages_have(client):
    """Each also stands in the other script, as a rendition: an English page names its edition alone."""
    for title, language in (("论和平", "zh-Hans"), ("論貿易", "zh-Hant")):
        ArticleFactory(published=True, title=title, language=language)

    blocks = read(client.get("/en/articles/")).all(cls="elsewhere")

    assert [[heading.text for heading in block.all("h3")] for block in blocks] == [
        ["论和平"],
        ["論貿易"],
    ]


def test_list_with_enough_of_its_own_does_without_the_others(client):
    ArticleFactory.create_batch(6, published=True, language="zh-Hans")
    ArticleFactory(published=True)

    assert read(client.get("/zh-hans/articles/")).all(cls="elsewhere") == []


def test_other_edition_of_a_piece_that_is_listed_anyway_is_not_listed_again(client):
    own = ArticleFactory(published=True, title="论和平", language="zh-Hans")
    ArticleFactory(published=True, title="On Peace", translation_key=own.translation_key)
    ArticleFactory(published=True, title="On Trade")

    assert titles(client.get("/zh-hans/articles/")) == ["论和平", "On Trade"]


@pytest.mark.parametrize("kind", ["authors/ann/", "sections/peace/", "tags/un/"])
def test_page_stands_in_every_language_once_anything_public_belongs_to_it(client, kind):
    article = ArticleFactory(
        published=True, title="On Peace", section=SectionFactory(name="Peace"), tags=["UN"]
    )
    BylineFactory(article=article, author=AuthorFactory(name="Ann"))

    for language in ("en", "zh-hans", "zh-hant"):
        assert titles(client.get(f"/{language}/{kind}")) == ["On Peace"]


def test_labels_and_names_follow_the_language_of_the_page(client):
    section = SectionFactory(name="Peace", label_zh_hans="和平")
    article = ArticleFactory(published=True, section=section)
    tag = TagFactory(name="UN", label_zh_hant="聯合國")
    article.tags.add(tag)
    author = AuthorFactory(name="Du Qiwen", slug="du")
    AuthorNameFactory(author=author, text="杜起文", language="zh-Hans")
    BylineFactory(article=article, author=author)

    def menu(language):
        link = read(client.get(f"/{language}/about/")).one(cls="sections").all("a")[0]
        return link.text, link["lang"]

    assert [menu(language) for language in ("en", "zh-hans", "zh-hant")] == [
        ("Peace", None),
        ("和平", None),
        ("和平", "zh-Hans"),  # the other Chinese script is nearer than English
    ]
    headings = [
        read(client.get(f"/{language}/authors/du/")).one("h1")
        for language in ("en", "zh-hans", "zh-hant")
    ]
    assert [(h.text, h["lang"]) for h in headings] == [
        ("Du Qiwen", None),
        ("杜起文", None),
        ("杜起文", "zh-Hans"),
    ]


@pytest.mark.parametrize("path", ["/nowhere/", "/xx/", "/de/"])
def test_address_without_a_language_answers_in_that_of_the_browser(client, path):
    response = client.get(path, headers={"Accept-Language": "zh-TW"})

    assert response.status_code == 404
    assert response.headers["Content-Language"] == read(response).one("html")["lang"] == "zh-Hant"


def test_address_that_lacks_its_language_is_led_to_it(client):
    response = client.get("/articles/", headers={"Accept-Language": "zh-CN"})

    assert (response.status_code, response.headers["Location"]) == (302, "/zh-hans/articles/")


def test_menu_names_first_what_can_be_read_in_the_language_of_the_page(client):
    for name, language in (("Asia", "en"), ("Books", "en"), ("外交", "zh-Hans")):
        section = SectionFactory(name=name, label_en="", name_language=language)
        ArticleFactory(published=True, language=language, section=section)

    def menu(path):
        nav = client.get(path).text.partition('<nav class="sections')[2].partition("</nav>")[0]
        return [
            name for name in re.findall(r">([^<>]+)</a>", nav) if name in {"Asia", "Books", "外交"}
        ]

    assert menu("/zh-hans/") == ["外交", "Asia", "Books"]
    assert menu("/en/") == ["Asia", "Books", "外交"]
