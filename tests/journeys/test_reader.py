from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import ArticleFactory, AuthorFactory, BylineFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _publication():
    section = SectionFactory(name="Foreign Policy")
    author = AuthorFactory(name="Du Qiwen")
    article = ArticleFactory(published=True, title="On Win-Win Cooperation", section=section)
    BylineFactory(article=article, author=author, post="Member, Advisory Committee")
    later = ArticleFactory(published=True, title="On Peace", published_on=date(2020, 2, 3))
    BylineFactory(article=later, author=author, post="Ambassador")
    ArticleFactory(title="Still in review", section=section)


@pytest.mark.usefixtures("_publication")
def test_reader_goes_from_the_front_page_to_an_article_and_its_author(page):
    page.goto("/")
    assert page.url.endswith("/en/")
    assert page.get_by_text("Still in review").count() == 0

    page.get_by_role("link", name="On Win-Win Cooperation").first.click()
    assert page.locator("h1").inner_text() == "On Win-Win Cooperation"
    assert page.get_by_text("Member, Advisory Committee").count() == 1

    page.get_by_role("link", name="Du Qiwen").first.click()
    assert page.locator("h1").inner_text() == "Du Qiwen"
    titles = page.locator("main").get_by_role("link", name="On ").all_inner_texts()
    assert titles == ["On Peace", "On Win-Win Cooperation"]
    assert page.context.cookies() == []


@pytest.mark.usefixtures("_publication")
def test_reader_changes_the_language_and_stays_where_he_was(page):
    page.goto("/en/archive/")
    page.get_by_role("link", name="简体中文").first.click()

    assert page.url.endswith("/zh-hans/archive/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


@pytest.mark.usefixtures("_publication")
def test_no_word_is_too_long_for_a_phone(page):
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    section = SectionFactory(name="Rivers")
    body = f"{word}\n\n|a|b|c|d|\n|-|-|-|-|\n|{word}|2|3|4|\n\n```\n{'a = 1 ' * 40}\n```\n"
    for number in range(25):
        article = ArticleFactory(
            published=True, title=f"{word} {number}", body=body, section=section, tags=["Danube"]
        )
        BylineFactory(
            article=article,
            author=AuthorFactory(name=f"{word}{number}", slug=f"writer-{number}"),
            post=word,
        )
    page.set_viewport_size({"width": 320, "height": 700})
    paths = ["", "articles/", "articles/?page=2", "sections/rivers/", "tags/danube/", "authors/"]
    paths += [f"articles/{article.public_id}/", "authors/writer-0/", "archive/2015/05/"]

    for path in [*paths, f"search/?q={word}"]:
        page.goto(f"/en/{path}", wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path


@pytest.mark.usefixtures("_publication")
def test_wide_table_is_reached_and_moved_with_the_keyboard(page):
    cells = "|".join(["Saint-Éloi-les-Bains"] * 9)
    article = ArticleFactory(published=True, body=f"|{cells}|\n|{'-|' * 9}\n|{cells}|")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/en/articles/{article.public_id}/")

    table = page.locator(".body .wide")
    table.focus()
    page.keyboard.press("ArrowRight")

    expect(table).not_to_have_js_property("scrollLeft", 0)


@pytest.mark.usefixtures("_publication")
def test_paper_shows_what_can_be_read_on_it_and_no_way_elsewhere(page):
    section = SectionFactory(name="Rivers")
    for number in range(22):
        ArticleFactory(published=True, title=f"River {number}", section=section, tags=["Danube"])
    page.emulate_media(media="print")

    page.goto("/en/sections/rivers/")
    said = _lines(page)
    assert said[:2] == ["Rivers", "22 articles"]
    assert sum(line.startswith("River ") for line in said) == 20
    for word in ("Feed", "Related tags", "Danube", "Next", "Archive", "Search", "Corpus"):
        assert word not in " ".join(said)

    page.goto("/en/search/?q=River")
    said = _lines(page)
    assert "22 articles" in said
    for word in ("Narrow down", "Newest", "Year", "Archive"):
        assert word not in " ".join(said)

    page.goto("/en/articles/?page=1")
    page.get_by_role("link", name="On Peace").first.click()
    said = _lines(page)
    assert said[:4] == ["On Peace", "Du Qiwen", "Ambassador", "3 February 2020"]
    assert said[-2] == page.url
    assert said[-1].startswith("Read on ")
    for word in ("Cite", "You might also like", "min read", "Archive"):
        assert word not in " ".join(said)


def _lines(page):
    return [line for line in page.locator("body").inner_text().splitlines() if line]


def test_arabic_runs_from_the_right(page):
    article = ArticleFactory(published=True, language="ar", title="ميناء", body="ميناء بلا سفن.")
    page.goto(f"/en/articles/{article.public_id}/")

    direction = "getComputedStyle(element).direction"
    shown = [
        page.locator(which).evaluate(f"element => {direction}")
        for which in ("html", "article h1", "article .by", "article .body p")
    ]
    assert shown == ["ltr", "rtl", "ltr", "rtl"]


@pytest.mark.usefixtures("_publication")
def test_page_reads_without_scripts(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    page.get_by_role("link", name="On Peace").first.click()
    said = page.locator("article .body").inner_text()
    context.close()

    assert said.startswith("The first paragraph of On Peace.")
