from datetime import date

import pytest

from corpusapp.models import Picture
from tests.factories import ArticleFactory, BylineFactory, SectionFactory
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db


def of_year(number, **article):
    return ArticleFactory(
        published=True, title=f"of {number}", published_on=date(number, 1, 1), **article
    )


def test_two_articles_make_a_front_page(client):
    lead = of_year(2025, standfirst="The standfirst.", section=SectionFactory(name="Columns"))
    second = of_year(
        2015, body="First sentence. Second *sentence*.", section=SectionFactory(name="Policy")
    )
    BylineFactory(article=second, author__name="Du Qiwen", author__slug="du", post="Member")

    page = read(client.get("/en/"))

    assert page.one("h1").text == "Corpus"
    assert page.one(cls="lead").text == (
        "Columns of 2025 The standfirst. 1 January 2025 · 1 min read"
    )
    assert page.one(cls="card").text == (
        "Policy of 2015 First sentence. Second sentence. Du Qiwen, Member · 1 January 2015 · 1 min read"
    )
    assert [link["href"] for link in page.one("main").all("a")] == [
        "/en/sections/columns/",
        f"/en/articles/{lead.public_id}/of-2025/",
        "/en/sections/policy/",
        f"/en/articles/{second.public_id}/of-2015/",
        "/en/authors/du/",
    ]


def test_excerpt_of_a_long_text_ends_with_a_sentence_or_a_word(client):
    of_year(2025)
    of_year(2015, body="Words and more words " * 50)

    text = read(client.get("/en/")).one(cls="card").one("p", cls="text").text

    assert text.endswith(("words…", "Words…", "more…", "and…"))
    assert len(text) <= 220


def test_front_page_ranks_lead_side_second_and_blocks(client):
    peace, trade = (
        SectionFactory(name="Peace", position=1),
        SectionFactory(name="Trade", position=2),
    )
    for number in range(2001, 2013):
        of_year(number, section=peace if number % 2 else trade)

    page = read(client.get("/en/"))

    def headlines(element):
        return [link.text for link in element.all("a") if link.text.startswith("of ")]

    assert headlines(page.one(cls="lead")) == ["of 2012"]
    assert headlines(page.one(cls="side")) == ["of 2011", "of 2010"]
    assert headlines(page.one(cls="cards")) == ["of 2009", "of 2008", "of 2007"]
    assert [
        (block.one("h2").text, headlines(block)) for block in page.one(cls="blocks").all("section")
    ] == [
        ("Peace", ["of 2005", "of 2003", "of 2001"]),
        ("Trade", ["of 2006", "of 2004", "of 2002"]),
    ]
    assert page.all(cls="more") == []


def test_editors_choice_stands_beside_the_lead(client):
    of_year(2025)
    of_year(2024)
    of_year(2001, editors_choice=True)

    page = read(client.get("/en/"))

    assert page.one("aside").one("h2").text == "Editors’ choice"
    assert [link.text for link in page.one("aside").all("a")] == ["of 2001"]
    assert [card.one("h2").text for card in page.one(cls="side").all("article")] == ["of 2024"]
    assert page.all(cls="cards") == []


def test_no_piece_of_the_editors_choice_stands_a_second_time_below(client):
    section = SectionFactory()
    for number in range(2001, 2016):
        of_year(number, section=section, editors_choice=number in {2012, 2014})

    page = read(client.get("/en/"))

    assert [link.text for link in page.one("aside").all("a")] == ["of 2014", "of 2012"]
    assert [card.one("h2").text for card in page.one(cls="side").all("article")] == ["of 2013"]
    under, second = page.all(cls="cards")
    assert [h.text for h in under.all("h2")] == ["of 2011", "of 2010"]
    assert [h.text for h in second.all("h2")] == ["of 2009", "of 2008", "of 2007", "of 2006"]
    assert under in list(page.one(cls="front").below())
    (block,) = page.one(cls="blocks").all("section")
    assert [link.text for link in block.one("ul").all("a")] == ["of 2005", "of 2004", "of 2003"]
    assert page.one(cls="more").text == "All 15 articles"


def test_lead_with_a_picture_needs_nothing_below_it(client):
    picture = Picture.objects.create(name="Quay", width=900, height=600, sizes=[[900, 600]])
    section = SectionFactory()
    for number in range(2001, 2016):
        of_year(
            number,
            section=section,
            editors_choice=number == 2012,
            picture=picture if number == 2015 else None,
        )

    (second,) = read(client.get("/en/")).all(cls="cards")

    assert len(second.all("article")) == 6


def test_article_that_leads_the_page_is_not_named_beside_itself(client):
    of_year(2025, editors_choice=True)
    of_year(2024)

    page = read(client.get("/en/"))

    assert (page.one(cls="lead").one("h2").text, page.all("aside")) == ("of 2025", [])


def test_front_page_leads_to_all_articles_when_it_leaves_some_out(client):
    for number in range(2001, 2008):
        of_year(number)

    more = read(client.get("/en/")).one(cls="more").one("a")

    assert (more.text, more["href"]) == ("All 7 articles", "/en/articles/")


def test_language_without_articles_shows_the_others_as_its_front_page(client):
    of_year(2025)
    of_year(2015)

    page = read(client.get("/zh-hans/"))

    assert page.one(cls="notice").text == "目前还没有简体中文文章，以下文章可用其他语言阅读。"
    assert page.one(cls="elsewhere").one("h2").text == "另有英文文章"
    heading = page.one(cls="lead").one("h3")
    assert (heading.text, heading["lang"]) == ("of 2025", "en")
    assert titles(client.get("/zh-hans/")) == ["of 2025", "of 2015"]


def test_empty_publication_says_so(client):
    page = read(client.get("/en/"))

    assert page.one("main").text == "Corpus Nothing has been published here yet."


@pytest.mark.parametrize("rows", [7, 30])
def test_front_page_costs_the_same_however_many_articles(client, rows, django_assert_num_queries):
    section = SectionFactory()
    for article in ArticleFactory.create_batch(rows, published=True, section=section):
        BylineFactory(article=article)

    with django_assert_num_queries(8):  # totals, due, chosen, latest, menu, cards, bylines
        client.get("/en/")


def test_menu_names_sections_by_position_and_leaves_the_rest_to_the_footer(client):
    for number in range(9, 0, -1):
        ArticleFactory(published=True, section=SectionFactory(name=f"S{number}", position=number))
    SectionFactory(name="Empty", position=0)

    page = read(client.get("/en/"))

    def named(element):
        return [link.text for link in element.all("a")]

    assert named(page.one(cls="sections")) == [
        "S1",
        "S2",
        "S3",
        "S4",
        "S5",
        "S6",
        "S7",
        "Archive",
        "Authors",
    ]
    assert named(page.one("footer"))[:9] == [f"S{number}" for number in range(1, 10)]
