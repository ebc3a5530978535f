"""Somebody writes an article in a browser: pasting, looking at it as readers will, linking."""

import pytest
from playwright.sync_api import expect

from tests.extraction.formats.html.clipboards import of_word, word_item, word_mark, word_note
from tests.factories import PASSWORD, ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page):
    """A page that an editor has signed in on."""
    editor = UserFactory(editor=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def paste(area, html):
    area.evaluate(
        """(area, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "plain");
          area.dispatchEvent(new ClipboardEvent("paste", {
            clipboardData: data, bubbles: true, cancelable: true,
          }));
        }""",
        html,
    )


def test_lists_and_notes_of_word_are_pasted_between_the_words_that_are_there(desk):
    article = ArticleFactory(body="Before[^1]. HERE After.\n\n[^1]: Mine")
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    area = desk.locator("#id_body")
    area.evaluate("area => { area.focus(); area.setSelectionRange(12, 16); }")

    paste(
        area,
        of_word(
            f"<p class=MsoNormal>Pasted{word_mark(1)}</p>"
            + word_item("1.", "one", kind="First")
            + word_item("a.", "under it", level=2, kind="Last")
            + word_note(1, "Theirs")
        ),
    )

    expect(area).to_have_value(
        "Before[^1]. Pasted[^2]\n\n1. one\n   1. under it After.\n\n[^1]: Mine\n\n[^2]: Theirs"
    )
    desk.keyboard.type("|")
    expect(area).to_have_value(
        "Before[^1]. Pasted[^2]\n\n1. one\n   1. under it| After.\n\n[^1]: Mine\n\n[^2]: Theirs"
    )
