"""An editor's round: captures reviewed by keyboard alone, and two authors made one."""

import pytest
from playwright.sync_api import expect

from corpusapp.models import Article, Capture, Merging, State
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    CaptureFactory,
    TagFactory,
)
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "What Place 2 Learned From Its Long and Stormy Winter"


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_captures_are_reviewed_without_a_mouse(page):
    right = CaptureFactory(raw=capture_of(1), article__title="Right", article__sureness=10)
    wrong = CaptureFactory(raw=capture_of(2), article__title="Wrong", article__sureness=20)
    no_article = CaptureFactory(raw=capture_of(3), article__title="No article")
    sign_in(page)

    page.goto("/admin/corpusapp/article/review/next/")
    expect(page.locator(".review-lines input:focus")).to_have_value("3")
    press(page, "a")  # right as it stands: one key
    expect(page.locator(".review-lines input:focus")).to_have_value("3")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".review-lines input:focus")).to_have_value("3")
    press(page, "t")  # the second line is the title
    expect(page.locator(".review-lines input:focus")).to_have_value("3")
    press(page, "a")
    expect(page.locator(".review-lines input:focus")).to_have_value("3")
    page.keyboard.press("r")
    expect(page.locator("#why")).to_be_focused()
    page.keyboard.type("A list of links")
    press(page, "Enter")

    expect(page.locator("h1")).to_have_text("Review")
    articles = {
        one.pk: Article.objects.get(pk=one.article_id) for one in (right, wrong, no_article)
    }
    assert articles[right.pk].state == State.PUBLISHED
    assert (articles[wrong.pk].state, articles[wrong.pk].title) == (State.PUBLISHED, TITLE)
    assert articles[no_article.pk].binned_at
    assert Capture.objects.count() == 3


def test_suggested_tags_are_accepted_by_one_key_each_and_saved_with_the_decision(page):
    for name in ("Harbours", "Lanterns", "Winters"):
        TagFactory(name=name)
    text = "Harbours and lanterns in the long winters, as the keeper tells of them."
    review = ArticleFactory(body=text)
    CaptureFactory(raw=capture_of(1), article=review)
    draft = ArticleFactory(draft=True, body=text)
    sign_in(page)

    page.goto(f"/admin/corpusapp/article/{review.pk}/review/")
    first = page.locator(".suggested-tags button").first
    word = first.get_attribute("value")
    expect(first.locator("kbd")).to_have_text("V")
    page.locator("#fields-heading").click()
    page.keyboard.press("v")  # outside of the lines and of the tags a letter does nothing
    expect(page.locator(".suggested-tags button[name=_add_tag]")).to_have_count(3)
    page.locator(".review-lines input[tabindex='0']").focus()
    page.keyboard.press("v")
    expect(page.get_by_text(f"“{word}” was added.")).to_have_role("status")
    expect(page.locator(".suggested-tags button[name=_add_tag]")).to_have_count(2)
    assert list(review.tags.names()) == []  # nothing is saved, and the screen stays
    page.get_by_role("textbox", name="Title:").fill("v, w and k are letters here")
    page.get_by_role("textbox", name="Title:").press("k")
    expect(page.locator(".suggested-tags button[name=_add_tag]")).to_have_count(2)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert list(review.tags.names()) == [word]

    page.goto(f"/admin/corpusapp/article/{draft.pk}/change/")
    page.locator(".suggested-tags button").first.focus()
    page.keyboard.press("k")
    expect(page.locator(".suggested-tags")).to_have_count(0)
    expect(page.locator(".field-tags .select2-search__field")).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert set(draft.tags.names()) == {"Harbours", "Lanterns", "Winters"}


def test_two_authors_are_merged_and_parted(page):
    kept = AuthorFactory(name="John Smith", family_name="Smith", given_name="John")
    gone = AuthorFactory(name="J. Smith", family_name="Smith", given_name="J.")
    byline = BylineFactory(author=gone)
    sign_in(page)

    page.goto(f"/admin/corpusapp/author/{gone.pk}/change/")
    page.get_by_role("link", name="Merge …").click()
    page.get_by_role("link", name="John Smith").click()
    expect(page.locator(".what-happens")).to_contain_text("1 article goes over.")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is part of “John Smith” now")
    byline.refresh_from_db()
    assert (byline.author, byline.name) == (kept, "J. Smith")

    page.get_by_role("button", name="Undo: J. Smith").click()
    expect(page.locator(".messagelist")).to_contain_text("stands on its own again")
    byline.refresh_from_db()
    assert byline.author == gone
    assert Merging.objects.get().undone_at


@pytest.mark.parametrize("wait", [0, 150])
def test_a_key_that_is_pressed_twice_decides_once_and_goes_on(page, wait):
    first, second = (CaptureFactory(raw=capture_of(number)).article for number in (1, 2))

    sign_in(page)
    page.goto("/admin/corpusapp/article/review/next/")
    # the answer comes late, as from a busy machine
    page.route("**/review/", lambda route: (page.wait_for_timeout(400), route.continue_()))
    with page.expect_navigation():
        page.keyboard.press("e")
        page.wait_for_timeout(wait)
        page.keyboard.press("e")

    expect(page.locator(".messagelist")).to_contain_text("is a draft")
    expect(page.locator(".messagelist")).not_to_contain_text("Somebody else")
    states = Article.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert sorted(states) == ["draft", "review"]


def test_a_key_that_is_held_decides_once(page):
    first, second = (CaptureFactory(raw=capture_of(number)).article for number in (1, 2))

    sign_in(page)
    page.goto("/admin/corpusapp/article/review/next/")
    with page.expect_navigation():
        page.keyboard.down("e")
    expect(page.locator(".review-lines input:focus")).to_have_count(1)
    page.keyboard.down("e")  # the keyboard repeats it
    page.wait_for_timeout(300)

    states = Article.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert sorted(states) == ["draft", "review"]
    page.keyboard.up("e")
    with page.expect_navigation():
        page.keyboard.press("e")
