import pytest

from tests.factories import PASSWORD, ArticleFactory, CaptureFactory, UserFactory

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
