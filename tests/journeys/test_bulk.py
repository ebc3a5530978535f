"""An editor changes a few hundred articles across pages, watches it, and stops it."""

import re

import pytest
from playwright.sync_api import expect

from corpusapp.models import Article, BulkRun, State
from tests.factories import ArticleFactory, SectionFactory, UserFactory
from tests.journeys.test_upload import db_worker, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
_GO = re.compile("^(Go|Run)$")  # as Django 5.2 and 6.1 call it


@pytest.fixture
def harbour(page):
    """Three hundred and ten articles of one section, and two of another."""
    section = SectionFactory(name="Harbour Affairs", slug="harbour")
    ArticleFactory.create_batch(310, section=section)
    ArticleFactory.create_batch(2)
    editor = UserFactory(editor=True)
    sign_in(page, editor)
    return section


def choose_all(page, action):
    page.goto("/admin/corpusapp/article/?section=harbour")
    page.locator("#action-toggle").check()
    page.get_by_role("button", name="Select all 310").click()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name=_GO).click()


@pytest.mark.usefixtures("harbour")
def test_editor_changes_hundreds_across_pages_and_watches_them_go(page):
    choose_all(page, "Publish …")
    expect(page.get_by_text("310 articles will be published.")).to_be_visible()
    expect(page.get_by_text("So many are done in the background")).to_be_visible()
    strayed = Article.objects.filter(section__slug="harbour").latest("pk")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="Publish articles: waiting")).to_be_visible()
    expect(page.get_by_text("0 of 310 articles")).to_be_visible()
    Article.objects.filter(pk=strayed.pk).update(title="Somebody Else Was Here", version=2)
    page.goto("/admin/")
    page.get_by_role("link", name="Publish articles").click()
    db_worker()

    # moves by itself: nobody reloads
    expect(page.get_by_role("heading", name="Publish articles: finished")).to_be_visible(
        timeout=15_000
    )
    expect(page.get_by_text("310 of 310 articles")).to_be_visible()
    expect(page.get_by_text("Published 309 articles.")).to_be_visible()
    page.get_by_role("link", name="1 article has changed since you looked").click()
    expect(page.get_by_role("link", name="Somebody Else Was Here")).to_be_visible()
    assert Article.objects.published().count() == 309
    assert Article.objects.get(pk=strayed.pk).state == State.REVIEW


@pytest.mark.usefixtures("harbour")
def test_what_waits_is_stopped_with_a_button(page):
    choose_all(page, "Put in the bin …")
    page.get_by_role("button", name="Put in the bin").click()
    expect(page.get_by_role("heading", name="Put in the bin: waiting")).to_be_visible()

    page.get_by_role("button", name="Stop").click()
    db_worker()

    expect(page.get_by_role("heading", name="Put in the bin: stopped")).to_be_visible()
    expect(page.get_by_text("310 articles were not reached and are as they were.")).to_be_visible()
    assert not Article.objects.in_bin().exists()
    assert BulkRun.objects.get().moved == 0


@pytest.mark.usefixtures("harbour")
def test_it_all_works_without_script(browser, live_site, page):
    context = browser.new_context(base_url=live_site, java_script_enabled=False, locale="en-GB")
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    choose_all(page, "Put in the bin …")
    page.get_by_role("button", name="Put in the bin").click()
    expect(page.get_by_role("heading", name="Put in the bin: waiting")).to_be_visible()

    plain.goto(page.url)
    expect(plain.get_by_text("0 of 310 articles")).to_be_visible()
    db_worker()
    plain.get_by_role("link", name="Look again").click()

    expect(plain.get_by_role("heading", name="Put in the bin: finished")).to_be_visible()
    expect(plain.get_by_text("Put 310 articles in the bin.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_runs_and_their_page_fit_every_width(page, width, harbour):
    harbour.articles.update(title="A Title That Goes On And On " * 6)
    choose_all(page, "Put in the bin …")
    page.get_by_role("button", name="Put in the bin").click()
    expect(page.get_by_role("heading", name="Put in the bin: waiting")).to_be_visible()
    harbour.articles.update(version=9)
    db_worker()
    page.set_viewport_size({"width": width, "height": 760})

    for address in (page.url, "/admin/corpusapp/bulkrun/", "/admin/"):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address
