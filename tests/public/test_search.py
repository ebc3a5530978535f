"""The page of the search: what it shows, where its links lead, and what it does with silly questions."""

from urllib.parse import quote

import pytest

from corpusapp.editing.publish import withdraw
from tests.factories import ArticleFactory, AuthorFactory, BylineFactory, SectionFactory
from tests.public.pages import read

pytestmark = pytest.mark.django_db

PAGE = "/en/search/"


def hits(response):
    return [hit.one("h2").text for hit in read(response).all("article", cls="hit")]


def facets(response):
    """By heading: each value with its number."""
    return {
        part.one("h2").text: [
            (line.one("a").text, int(line.one("span", cls="number").text))
            for line in part.all("li")
        ]
        for nav in read(response).all("nav", id="facets")
        for part in nav.all("section")
    }


def link(response, words):
    """Where the link of these words leads; the first of them."""
    return next(one["href"] for one in read(response).all("a") if one.text.startswith(words))


@pytest.mark.usefixtures("harbours")
def test_page_without_a_question_offers_a_field_and_places_to_look(client):
    page = read(client.get(PAGE))

    assert page.one("h1").text == "Search"
    (form,) = [form for form in page.one("main").all("form") if form["role"] == "search"]
    assert (form["action"], form["method"]) == (PAGE, None)
    assert form.one("input", name_="q")["value"] == ""
    assert [one.text for one in page.one("section", cls="block").all("a")][:2] == ["Peace", "Trade"]
    assert page.one("meta", name_="robots")["content"] == "noindex"
    assert page.all("link", rel="canonical") == []


@pytest.mark.usefixtures("harbours")
@pytest.mark.parametrize("words", ["", "zyzzyva"])
def test_page_names_no_section_that_nobody_has_confirmed(client, words):
    ArticleFactory(published=True, section=SectionFactory(name="Menu 7", is_new=True))

    page = read(client.get(PAGE, {"q": words}))

    blocks = [one for one in page.all("section", cls="block") if one.all("ul", cls="months")]
    assert [one.text for one in blocks[0].all("a")][:2] == ["Peace", "Trade"]
    assert "Menu 7" not in [one.text for one in blocks[0].all("a")]


@pytest.mark.usefixtures("harbours")
def test_finds_by_words_and_marks_them_in_title_and_text(client):
    response = client.get(PAGE, {"q": "harbours"})

    assert sorted(hits(response)) == [f"Harbour report {number}" for number in range(3)]
    page = read(response)
    assert page.one("title").text == "Search: harbours · Corpus"
    assert page.one("input", id="q")["value"] == "harbours"
    marks = {mark.text for hit in page.all("article", cls="hit") for mark in hit.all("mark")}
    assert marks == {"Harbour", "harbour"}
    assert "3 articles" in page.one("div", cls="result-line").text


@pytest.mark.usefixtures("harbours")
def test_either_script_finds_the_other_and_each_language_has_the_same_search(client):
    response = client.get("/zh-hant/search/", {"q": "港口的報告"})

    assert hits(response) == ["港口的報告"]  # as its rendition reads
    page = read(response)
    hit = page.one("article", cls="hit")
    assert "lang" not in hit.one("h2").attributes
    assert [mark.text for mark in hit.one("h2").all("mark")] == ["港口的報告"]
    assert hit.one("p", cls="text").text == "港口重建。"
    languages = page.one("nav", cls="languages").all("a")
    assert [one["href"].partition("?")[0] for one in languages] == [
        "/en/search/",
        "/zh-hans/search/",
        "/zh-hant/search/",
    ]
    assert len({one["href"].partition("?")[2] for one in languages}) == 1
    alternates = {
        one["hreflang"]: one["href"]
        for one in page.all("link", rel="alternate")
        if one["type"] is None  # those with one are feeds
    }
    assert list(alternates) == ["en", "zh-Hans", "zh-Hant", "x-default"]
    assert alternates["zh-Hant"] == f"http://127.0.0.1:8000{languages[2]['href']}"


@pytest.mark.usefixtures("harbours")
def test_facets_count_and_several_values_of_one_can_be_chosen_and_removed(client):
    response = client.get(PAGE, {"q": "harbour"})
    found = facets(response)
    assert found["Section"] == [("Peace", 2), ("Trade", 1)]
    assert found["Author"] == [("Ann Quay", 2), ("Bo Lantern", 1)]
    assert found["Year"] == [("2015", 2), ("2016", 1)]
    assert found["Tag"] == [("UN", 2), ("Rope", 1)]

    narrowed = client.get(link(response, "2016"))
    assert hits(narrowed) == ["Harbour report 2"]

    widened = client.get(link(narrowed, "2015"))
    assert len(hits(widened)) == 3
    assert [one.text for one in read(widened).one("ul", cls="chosen").all("a")] == [
        "Year: 2016 (remove this filter)",
        "Year: 2015 (remove this filter)",
        "Remove all filters",
    ]

    removed = client.get(link(widened, "Year: 2016"))
    assert sorted(hits(removed)) == ["Harbour report 0", "Harbour report 1"]
    assert hits(client.get(link(widened, "Remove all"))) == hits(response)


@pytest.mark.usefixtures("harbours")
def test_filters_alone_list_the_newest_first(client):
    response = client.get(PAGE, {"author": "ann-quay"})

    assert hits(response) == ["Harbour report 2", "Harbour report 0"]


@pytest.mark.usefixtures("harbours")
@pytest.mark.parametrize("written", ["quay-journal", "quay journal", "Quay Journal"])
def test_source_can_be_chosen_by_its_slug_and_by_its_name(client, written):
    assert "source=quay-journal" in link(client.get(PAGE, {"q": "harbour"}), "Quay Journal")

    response = client.get(PAGE, {"q": "harbour", "source": written})

    assert sorted(hits(response)) == ["Harbour report 1", "Harbour report 2"]
    (chosen,) = read(response).one("ul", cls="chosen").all("a")
    assert chosen.text == "Source: Quay Journal (remove this filter)"
    assert len(hits(client.get(chosen["href"]))) == 3


@pytest.mark.usefixtures("harbours")
def test_form_keeps_filters_and_order(client):
    page = read(client.get(PAGE, {"q": "harbour", "section": ["peace", "trade"], "sort": "oldest"}))

    form = page.one("main").one("form")
    kept = [(one["name"], one["value"]) for one in form.all("input", type="hidden")]
    assert kept == [("section", "peace"), ("section", "trade"), ("sort", "oldest")]


@pytest.mark.usefixtures("harbours")
def test_order_can_be_chosen(client):
    newest = client.get(PAGE, {"q": "harbour", "sort": "newest"})
    assert hits(newest)[0] == "Harbour report 2"

    oldest = client.get(link(newest, "Oldest"))

    assert hits(oldest)[-1] == "Harbour report 2"
    line = read(oldest).one("div", cls="result-line")
    assert line.one("a", aria_current="true").text == "Oldest"


@pytest.mark.usefixtures("harbours")
def test_misspelt_word_is_corrected_and_can_be_insisted_on(client):
    response = client.get(PAGE, {"q": "harbuor"})

    assert len(hits(response)) == 3
    words = read(response).one("p", cls="instead").text
    assert words == "Showing results for harbour. Search instead for harbuor."

    insisted = client.get(link(response, "harbuor"))

    assert hits(insisted) == []
    assert read(insisted).all("p", cls="instead") == []


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("zh-hant", "美國總铜", "美國總統"),
        ("zh-hant", "美国总铜", "美國總統"),
        ("zh-hans", "美國總铜", "美国总统"),
        ("zh-hant", "公里 美国总铜", "公里 美國總統"),  # 公里 may be of either script
        ("zh-hant", "萬里 美国总铜", "萬里 美國總統"),
    ],
)
def test_correction_is_told_in_the_script_of_the_page(client, page, typed, words):
    for title in ("美国总统访问柏林", "美国总统走了一万公里"):
        ArticleFactory(published=True, language="zh-Hans", title=title, body="万里长城。")

    response = client.get(f"/{page}/search/", {"q": typed})

    assert read(response).one("p", cls="instead").one("strong").text == words
    assert link(response, typed).endswith("&exact=1")


@pytest.mark.usefixtures("harbours")
def test_quotation_that_stands_nowhere_can_be_searched_for_without_its_marks(client):
    response = client.get(PAGE, {"q": "“rebuilt old harbour”", "section": "peace", "exact": "1"})

    way = read(response).one("ul", cls="ways").all("a")[0]
    assert way.text == "The same words without quotation marks"
    assert way["href"] == "/en/search/?q=rebuilt+old+harbour&section=peace"
    assert len(hits(client.get(way["href"]))) == 2

    for words in ("zyzzyva", '"', 'zyzzyva 5" pipe'):
        assert "without quotation marks" not in client.get(PAGE, {"q": words}).text


@pytest.mark.usefixtures("harbours")
def test_search_that_no_article_has_all_words_of_says_so(client):
    (said,) = read(client.get(PAGE, {"q": "harbour mountain"})).all("p", cls="instead")
    assert said.text == "No article has all of these words. Those below have some of them."

    assert read(client.get(PAGE, {"q": "harbour report"})).all("p", cls="instead") == []


@pytest.mark.usefixtures("harbours")
def test_search_that_finds_nothing_shows_ways_on(client):
    response = client.get(PAGE, {"q": "zyzzyva harbour", "year": ["2015"], "section": "trade"})

    page = read(response)
    assert "Nothing was found for “zyzzyva harbour”." in page.one("p", cls="notice").text
    ways = {one.text: one["href"] for one in page.one("ul", cls="ways").all("a")}
    assert ways["Search everything for these words"] == "/en/search/?q=zyzzyva+harbour"
    assert ways["Without “Section: Trade”"] == "/en/search/?q=zyzzyva+harbour&year=2015"
    assert [one.text for one in page.all("article", cls="entry")] != []
    assert response.status_code == 200


def test_what_may_be_meant_is_offered_as_readers_of_the_page_read_it(client):
    one = ArticleFactory(published=True, language="zh-Hans", title="港口的报告", body="港口。")

    response = client.get("/zh-hant/search/", {"q": "港口的", "year": "1999"})

    (way,) = [
        one for one in read(response).one("ul", cls="ways").all("a") if "articles" in one["href"]
    ]
    assert (way.text, way["lang"]) == ("港口的報告", None)
    assert way["href"] == f"/zh-hant/articles/{one.public_id}/" + quote("港口的報告") + "/"


def test_pages_are_numbered_and_end(client):
    ArticleFactory.create_batch(21, published=True, body="The lantern burns.")

    first = client.get(PAGE, {"q": "lantern"})
    page = read(first)
    assert len(hits(first)) == 20
    assert page.one("nav", cls="turn").one("p").text == "Page 1 of 2"

    second = client.get(page.one("a", rel="next")["href"])

    assert len(hits(second)) == 1
    assert read(second).one("a", rel="prev")["href"] == "/en/search/?q=lantern"
    for number in ("3", "0", "-1", "x", "1000000", "٣"):
        assert client.get(PAGE, {"q": "lantern", "page": number}).status_code == 404


def test_text_of_articles_and_questions_is_never_markup(client):
    ArticleFactory(
        published=True,
        title="<img src=x> harbour",
        body="Harbour <script>alert(1)</script> `</p>`.",
    )

    text = client.get(PAGE, {"q": '"><script>alert(2)</script> harbour'}).text

    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;img src=x&gt;" in text


def test_hidden_articles_are_neither_found_nor_counted_nor_corrected_to(client):
    for state in ({}, {"draft": True}, {"scheduled": True}, {"withdrawn": True}):
        ArticleFactory(title="Zanzibar", body="Zanzibarian words.", tags=["Zanz"], **state)
    ArticleFactory(published=True, binned=True, title="Zanzibar", body="Zanzibarian words.")

    for words in ("zanzibar", "zanzibarian", "zanzibra", "zanzi"):
        response = client.get(PAGE, {"q": words})
        assert hits(response) == []
        assert "zanzibar" not in response.text.lower().replace(words, "")


def test_publishing_and_withdrawing_take_effect_at_once(client):
    article = ArticleFactory(published=True, title="Lantern night")
    assert hits(client.get(PAGE, {"q": "lantern"})) == ["Lantern night"]

    withdraw([article.pk])

    response = client.get(PAGE, {"q": "lantern"})
    assert hits(response) == []
    assert "Nothing was found" in response.text


def test_filter_by_who_has_nothing_public_tells_no_name(client):
    hidden = ArticleFactory(title="Zanzibar lantern", section=SectionFactory(name="Zanzibar"))
    BylineFactory(article=hidden, author=AuthorFactory(name="Zanzibar Writer", slug="zw"))
    ArticleFactory(published=True, title="Lantern night")

    for name, value in (("author", "zw"), ("section", "zanzibar")):
        text = client.get(PAGE, {"q": "lantern", name: value}).text
        assert "Zanzibar" not in text


@pytest.mark.usefixtures("harbours")
def test_unknown_values_find_nothing_and_unknown_parameters_change_nothing(client):
    for name, value in (
        ("section", "nowhere"),
        ("year", "abcd"),
        ("language", "xx"),
        ("tag", "x" * 900),
    ):
        assert hits(client.get(PAGE, {"q": "harbour", name: value})) == []

    odd = client.get(PAGE, {"q": "harbour", "state": "draft", "live_from": "2030", "sort": "body"})

    assert len(hits(odd)) == 3


SILLY = [
    '"',
    '""" OR *',
    "NEAR(a b)",
    "title:x AND NOT",
    "(((",
    "*",
    "\u3000\u3000",
    "％＊＿",
    "'; DROP TABLE corpusapp_article; --",
    "-",
    "\\",
    "a" * 5000,
    "x " * 3000,
    "🏴‍☠️",
    "\u202e\u200b",
]


@pytest.mark.parametrize("words", SILLY, ids=range(len(SILLY)))
@pytest.mark.usefixtures("harbours")
def test_silly_questions_are_answered_calmly(client, words):
    response = client.get(PAGE, {"q": words})

    assert response.status_code == 200
    assert read(response).one("h1").text == "Search"


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "q=a&tag=%ff", "q=%ed%a0%80", "page=%ff"])
def test_bytes_that_are_no_text_are_refused(client, query):
    assert client.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.parametrize("number", [2, 19])
def test_search_costs_the_same_however_much_it_finds(client, number, django_assert_max_num_queries):
    for article in ArticleFactory.create_batch(number, published=True, body="The lantern burns."):
        BylineFactory(article=article)
    client.get(PAGE, {"q": "lantern"})

    with django_assert_max_num_queries(18):
        response = client.get(PAGE, {"q": "lantern"})

    assert len(hits(response)) == number


@pytest.mark.usefixtures("harbours")
def test_masthead_of_every_page_has_the_field_and_a_link_for_narrow_screens(client):
    head = read(client.get("/zh-hans/archive/")).one("header", cls="masthead")

    assert head.one("form", role="search")["action"] == "/zh-hans/search/"
    assert head.one("a", cls="seek-link")["href"] == "/zh-hans/search/"


def test_missing_page_offers_a_search_that_repeats_nothing_of_the_address(client):
    page = read(client.get("/en/zanzibar-words/"))

    field = page.one("main").one("input", name_="q")
    assert field["value"] == ""
    assert "zanzibar" not in client.get("/en/zanzibar-words/").text
