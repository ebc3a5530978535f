import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, ArticleFactory, CaptureFactory, TagFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_editor_corrects_a_title_publishes_and_sees_it_as_readers_do(page):
    editor = UserFactory(editor=True)
    article = ArticleFactory(title="On Paece")
    CaptureFactory(article=article)

    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    page.goto("/admin/corpusapp/article/")
    page.get_by_role("link", name="On Paece").click()
    page.locator("[name=title]").fill("On Peace")
    page.get_by_role("button", name="Save and publish").click()
    assert page.locator(".messagelist").inner_text() == "“On Peace” is published."

    page.goto(f"/en/articles/{article.public_id}/")
    assert page.locator("h1").inner_text() == "On Peace"


def test_enter_takes_the_tag_there_is_and_makes_none_of_half_a_word(page):
    editor = UserFactory(editor=True)
    article = ArticleFactory(title="On Peace")
    for name in ("Asia and China", "China", "Climate"):
        TagFactory(name=name)
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    page.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    for typed, offered in (("Chi", ["China", "Asia and China", "Chi"]), ("climate", ["Climate"])):
        field = page.locator(".field-tags .select2-search__field")
        field.press_sequentially(typed)
        options = page.locator(".select2-results__option[aria-selected]")
        expect(options).to_have_text(offered)
        field.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()

    assert set(article.tags.names()) == {"China", "Climate"}
