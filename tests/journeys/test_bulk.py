"""An editor changes more articles across pages than are done at once, watches it, and stops it."""

import re

import pytest
from playwright.sync_api import expect

from corpusapp.models import Article, BulkRun, State
from tests.factories import ArticleFactory, SectionFactory
from tests.journeys.conftest import sign_in
from tests.journeys.test_upload import db_worker

pytestmark = pytest.mark.django_db(transaction=True)
_GO = re.compile("^(Go|Run)$")  # as Django 5.2 and 6.1 call it


@pytest.fixture
def harbour(page, monkeypatch):
    """Sixty-two articles of one section, where fifty are many, and two of another."""
    monkeypatch.setattr("corpusapp.admin.bulk_choice.DONE_HERE", 50)
    section = SectionFactory(name="Harbour Affairs", slug="harbour")
    ArticleFactory.create_batch(62, section=section)
    ArticleFactory.create_batch(2)
    sign_in(page)
    return section


def choose_all(page, action):
    page.goto("/admin/corpusapp/article/?section=harbour")
    page.locator("#action-toggle").check()
    page.get_by_role("button", name="Select all 62").click()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name=_GO).click()


@pytest.mark.usefixtures("harbour")
def test_editor_changes_many_across_pages_and_watches_them_go(page):
    choose_all(page, "Publish …")
    expect(page.get_by_text("62 articles will be published.")).to_be_visible()
    expect(page.get_by_text("So many are done in the background")).to_be_visible()
    strayed = Article.objects.filter(section__slug="harbour").latest("pk")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="Publish articles: waiting")).to_be_visible()
    expect(page.get_by_text("0 of 62 articles")).to_be_visible()
    Article.objects.filter(pk=strayed.pk).update(title="Somebody Else Was Here", version=2)
    page.goto("/admin/")
    page.get_by_role("link", name="Publish articles").click()
    db_worker()

    # moves by itself: nobody reloads
    expect(page.get_by_role("heading", name="Publish articles: finished")).to_be_visible(
        timeout=15_000
    )
    expect(page.get_by_text("62 of 62 articles")).to_be_visible()
    expect(page.get_by_text("Published 61 articles.")).to_be_visible()
    page.get_by_role("link", name="1 article has changed since you looked").click()
    expect(page.get_by_role("link", name="Somebody Else Was Here")).to_be_visible()
    assert Article.objects.published().count() == 61
    assert Article.objects.get(pk=strayed.pk).state == State.REVIEW


@pytest.mark.usefixtures("harbour")
def test_what_waits_is_stopped_with_a_button(page):
    choose_all(page, "Put in the bin …")
    page.get_by_role("button", name="Put in the bin").click()
    expect(page.get_by_role("heading", name="Put in the bin: waiting")).to_be_visible()

    page.get_by_role("button", name="Stop").click()
    db_worker()

    expect(page.get_by_role("heading", name="Put in the bin: stopped")).to_be_visible()
    expect(page.get_by_text("62 articles were not reached and are as they were.")).to_be_visible()
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
    expect(plain.get_by_text("0 of 62 articles")).to_be_visible()
    db_worker()
    plain.get_by_role("link", name="Look again").click()

    expect(plain.get_by_role("heading", name="Put in the bin: finished")).to_be_visible()
    expect(plain.get_by_text("Put 62 articles in the bin.")).to_be_visible()
    context.close()


def test_runs_and_their_page_fit_every_width(page, harbour):
    harbour.articles.update(title="A Title That Goes On And On " * 6)
    choose_all(page, "Put in the bin …")
    page.get_by_role("button", name="Put in the bin").click()
    expect(page.get_by_role("heading", name="Put in the bin: waiting")).to_be_visible()
    harbour.articles.update(version=9)
    db_worker()

    for address in (page.url, "/admin/corpusapp/bulkrun/", "/admin/"):
        page.goto(address)
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 760})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, address
