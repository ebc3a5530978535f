"""An editor's day at the desk, by keyboard: forty captures, a planned article, an edition, a correction."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from corpusapp.models import Article, Correction, State
from tests.factories import ArticleFactory, AuthorFactory, CaptureFactory
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
FORTY = 40


@pytest.fixture
def desk(page):
    """A page on which an editor has signed in."""
    sign_in(page)
    return page


@pytest.mark.alike
def test_forty_captures_are_reviewed_with_one_key_each(desk):
    for number in range(FORTY):
        CaptureFactory(raw=capture_of(number), article__title=f"Capture {number}")

    desk.goto("/admin/corpusapp/article/review/next/")
    for _ in range(FORTY):
        expect(desk.locator(".review-lines input:focus")).to_have_count(1)
        with desk.expect_navigation():
            desk.keyboard.press("a")

    expect(desk.locator(".messagelist")).to_contain_text("That was the last one that waits.")
    assert Article.objects.filter(state=State.PUBLISHED).count() == FORTY


def test_a_planned_article_appears_at_its_moment_and_not_before(desk):
    article = ArticleFactory(title="Tomorrow’s News", draft=True)
    moment = timezone.localtime() + timedelta(hours=2)

    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.get_by_label("Public from: Date").fill(f"{moment:%Y-%m-%d}")
    desk.get_by_label("Public from: Time").fill(f"{moment:%H:%M}:00")
    desk.get_by_role("button", name="Save and publish").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text(
        f"“Tomorrow’s News” is scheduled: readers see it from {moment:%Y-%m-%d %H:%M} on."
    )
    expect(desk.locator("#result_list")).to_contain_text(f"From {moment:%Y-%m-%d %H:%M}")

    there = f"/en/articles/{article.public_id}/{article.slug}/"
    reader = desk.context.browser.new_context(base_url=desk.url.partition("/admin/")[0]).new_page()
    assert reader.goto(there).status == 404
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert reader.goto(there).status == 200
        expect(reader.locator("h1")).to_have_text("Tomorrow’s News")
    reader.context.close()


def test_an_edition_is_found_while_typing_linked_and_taken_out_again(desk):
    english = ArticleFactory(title="The Harbour", published=True)
    chinese = ArticleFactory(title="港口", language="zh-Hans", published=True)

    desk.goto(f"/admin/corpusapp/article/{english.pk}/change/")
    desk.get_by_role("link", name="Editions").press("Enter")
    field = desk.get_by_label("The same piece in another language")
    field.press_sequentially("港口")
    expect(desk.locator("datalist option")).to_have_attribute("value", chinese.public_id)
    field.fill(chinese.public_id)
    field.press("Enter")
    expect(desk.locator(".what-happens")).to_contain_text("1 edition comes into this piece.")
    desk.get_by_role("button", name="Link", exact=True).press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("“港口” is an edition of this piece now.")
    desk.goto(f"/en/articles/{english.public_id}/")
    switch = desk.get_by_role("link", name="简体中文").first
    assert chinese.public_id in switch.get_attribute("href")

    desk.goto(f"/admin/corpusapp/article/{english.pk}/editions/")
    desk.get_by_role("checkbox", name="港口").press("Space")
    desk.get_by_role("button", name="Take the chosen ones out").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("1 edition stands on its own now.")
    assert Article.objects.values("translation_key").distinct().count() == 2


def test_a_correction_is_looked_at_recorded_and_read(desk):
    article = ArticleFactory(title="The Harbour", published=True)

    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.get_by_role("link", name="Corrections").last.press("Enter")
    desk.get_by_label("Text").fill("It froze in 1915.")
    desk.get_by_role("button", name="Show where readers will see it").press("Enter")
    expect(desk.locator(".as-told blockquote")).to_contain_text("It froze in 1915.")
    assert not Correction.objects.exists()
    desk.get_by_role("button", name="Record it").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("Recorded.")

    desk.goto(f"/en/articles/{article.public_id}/")
    expect(desk.locator(".correction")).to_contain_text("It froze in 1915.")


def test_withdrawing_is_looked_at_before_it_is_done(desk):
    article = ArticleFactory(title="The Harbour", published=True)

    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.get_by_role("button", name="Withdraw").press("Enter")
    expect(desk.locator(".what-happens")).to_contain_text("answers that the article was withdrawn")
    desk.get_by_label("Why").fill("The author asked")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("“The Harbour” is withdrawn.")

    article.refresh_from_db()
    assert article.state == State.WITHDRAWN


def test_whom_to_merge_into_is_found_while_typing(desk):
    kept, gone = AuthorFactory(name="Ada Quill"), AuthorFactory(name="A. Q. of the Harbour")

    desk.goto(f"/admin/corpusapp/author/{gone.pk}/merge/")
    field = desk.get_by_label("Merge into")
    field.press_sequentially("quil")
    expect(desk.locator("datalist option")).to_have_attribute("value", kept.slug)
    field.fill(kept.slug)
    field.press("Enter")
    desk.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("is part of “Ada Quill” now")
