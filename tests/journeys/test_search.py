"""The search as its readers use it: by keyboard, with suggestions, and without script."""

import pytest
from playwright.sync_api import expect

from tests.factories import ArticleFactory, AuthorFactory, BylineFactory, SectionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _publication():
    section = SectionFactory(name="Harbour Desk")
    for number in range(3):
        article = ArticleFactory(
            published=True,
            title=f"Lantern night {number}",
            body="All lanterns burn along the quay.",
            section=section if number else None,
        )
    BylineFactory(article=article, author=AuthorFactory(name="Lan Quay"))


def field(page):
    return page.locator(".masthead input[type=search]")


@pytest.mark.usefixtures("_publication")
def test_slash_leads_to_the_field_and_suggestions_to_what_was_meant(page):
    page.goto("/en/")
    page.keyboard.press("/")
    assert field(page).evaluate("field => field === document.activeElement")

    page.keyboard.type("lan")
    options = page.get_by_role("option")
    options.first.wait_for()
    expect(options).to_contain_text(
        ["Lan Quay Author", "Lantern night", "Lantern night", "Lantern night"]
    )
    assert field(page).get_attribute("aria-expanded") == "true"
    box = page.get_by_role("listbox").bounding_box()
    places = [option.bounding_box() for option in options.all()]
    assert all(abs(place["width"] - box["width"]) < 3 for place in places)  # below each other

    page.keyboard.press("Escape")
    assert options.count() == 0

    page.keyboard.type("tern night 1")
    expect(options).to_have_text(["Lantern night 1 Article"])
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert field(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")

    page.wait_for_url("**/lantern-night-1/")
    assert page.locator("h1").inner_text() == "Lantern night 1"


@pytest.mark.usefixtures("_publication")
def test_suggestions_stay_on_the_site_under_the_name_it_was_opened_by(page, settings):
    settings.SITE_URL = "https://harbour.example"
    page.goto("/zh-hant/")
    field(page).fill("harbour")
    option = page.get_by_role("option", name="Harbour Desk 欄目", exact=True)
    option.click()

    page.wait_for_url("**/zh-hant/sections/harbour-desk/")


@pytest.mark.usefixtures("_publication")
def test_enter_searches_for_what_was_typed_and_slash_can_be_typed_in_a_field(page):
    page.goto("/en/")
    page.keyboard.press("Control+k")
    page.keyboard.type("lanterns a/b")
    assert field(page).input_value() == "lanterns a/b"
    page.keyboard.press("Enter")

    page.wait_for_url("**/en/search/?q=lanterns+a%2Fb")
    assert page.locator("article.hit").count() == 3


@pytest.mark.usefixtures("_publication")
def test_narrow_screen_has_a_link_to_the_page_of_the_search(page):
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/en/")
    assert not field(page).is_visible()

    page.get_by_role("link", name="Search").click()

    page.wait_for_url("**/en/search/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("main input[type=search]").fill("lantern")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Narrow down").click()
    page.locator("#facets").get_by_role("link", name="Harbour Desk").click()
    assert page.locator("article.hit").count() == 2


@pytest.mark.usefixtures("_publication")
def test_missing_page_offers_the_words_of_its_address(browser, live_site):
    context = browser.new_context(base_url=live_site)
    page = context.new_page()
    page.goto("/en/archive/lantern-night/")
    value = page.locator("main input[type=search]").input_value()
    context.close()

    assert value == "lantern night"


@pytest.mark.usefixtures("_publication")
def test_search_works_without_script(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/zh-hans/")
    field(page).fill("lantern")
    field(page).press("Enter")
    page.wait_for_url("**/zh-hans/search/?q=lantern")
    found = page.locator("article.hit h2").all_inner_texts()
    context.close()

    assert len(found) == 3
