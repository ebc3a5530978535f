"""Somebody writes an article in a browser: pasting, looking at it as readers will, linking."""

from datetime import date

import pytest
from playwright.sync_api import expect

from corpusapp.models import Article
from tests.extraction.formats.html.clipboards import of_word, word_item, word_mark, word_note
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
)
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alike]


@pytest.fixture
def desk(page):
    """A page that an editor has signed in on."""
    sign_in(page)
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


def test_a_new_article_begins_with_its_title_and_enter_in_a_field_saves_it(desk):
    desk.goto("/admin/corpusapp/article/add/")

    expect(desk.locator("#id_title")).to_be_focused()
    desk.keyboard.type("On Peace")
    desk.locator("#id_language").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("On Peace")

    assert Article.objects.get().title == "On Peace"


@pytest.mark.parametrize("width", [1100, 1280, 1600])
@pytest.mark.parametrize("captured", [False, True])
def test_text_and_preview_stand_side_by_side(desk, width, captured):
    desk.set_viewport_size({"width": width, "height": 900})
    hidden = ArticleFactory(title="Hidden", draft=True)
    article = ArticleFactory(body=f"A [word](article:{hidden.public_id}).\n\n" + "Words. " * 3000)
    if captured:
        CaptureFactory(raw=capture_of(1), article=article)
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    area, shown = desk.locator("#id_body"), desk.locator(".as-read")
    alone = area.bounding_box()["width"]
    area.focus()

    desk.keyboard.press("Control+Alt+p")

    expect(shown.locator(".lost-link-why")).to_have_text("[Draft: readers see no link]")
    assert shown.locator(".lost-link").bounding_box()["width"] > 20
    # the text gives way in the frame after the preview has come
    desk.wait_for_function(
        "document.querySelector('.as-read').getBoundingClientRect().left"
        " >= document.querySelector('#id_body').getBoundingClientRect().right"
    )
    text, preview = area.bounding_box(), shown.bounding_box()
    assert (preview["y"], preview["height"]) == pytest.approx((text["y"], text["height"]), abs=2)
    assert min(text["width"], preview["width"]) > 300
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if captured:
        beside = desk.locator(".beside").bounding_box()
        assert beside["y"] >= text["y"] + text["height"]

    desk.keyboard.press("Control+Alt+p")
    expect(shown).to_be_hidden()
    assert area.bounding_box()["width"] == alone


def test_preview_stands_below_the_text_where_there_is_no_room_beside_it(desk):
    desk.set_viewport_size({"width": 1000, "height": 900})
    article = ArticleFactory(body="Words.")
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    area = desk.locator("#id_body")
    area.focus()

    desk.keyboard.press("Control+Alt+p")

    shown = desk.locator(".as-read").bounding_box()
    text = area.bounding_box()
    assert shown["y"] >= text["y"] + text["height"]


def test_articles_of_one_title_are_told_apart_where_one_is_linked(desk):
    ArticleFactory(title="On Peace", published=True, published_on=date(2015, 5, 21))
    BylineFactory(article=Article.objects.get(), author__name="Ada Quill")
    draft = ArticleFactory(title="On Peace", language="zh-Hans", draft=True, undated=True)
    article = ArticleFactory(title="Another", body="word")
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    desk.locator("#id_body").select_text()

    desk.keyboard.press("Control+Alt+a")

    options = desk.locator(".finder li button")
    expect(options.filter(has_text="On Peace")).to_have_text(
        ["On Peace en · Published · 2015 · Ada Quill", "On Peace zh-Hans · Draft · undated"]
    )
    expect(options.locator("[lang=zh-Hans]")).to_have_text("On Peace")
    options.filter(has_text="Draft").click()
    expect(desk.locator("#id_body")).to_have_value(f"[word](article:{draft.public_id})")


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_thousands_of_paragraphs_are_pasted_while_one_waits(desk, kind):
    article = ArticleFactory(body="HERE After.")
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    area = desk.locator("#id_body")
    area.evaluate("area => { area.focus(); area.setSelectionRange(0, 4); }")

    area.evaluate(
        """(area, kind) => {
          const lines = Array.from({ length: 3000 }, (_, number) => `Paragraph ${number}.`);
          const html = kind === "text/html";
          const data = new DataTransfer();
          data.setData(kind, html ? lines.map((line) => `<p>${line}</p>`).join("") : lines.join("\\n\\n"));
          area.dispatchEvent(new ClipboardEvent("paste", {
            clipboardData: data, bubbles: true, cancelable: true,
          }));
        }""",
        kind,
    )

    whole = "\n\n".join(f"Paragraph {number}." for number in range(3000)) + " After."
    expect(area).to_have_value(whole, timeout=15_000)


def test_box_for_pictures_says_nothing_before_one_looks(desk):
    article = ArticleFactory(body="A text.\n\n" * 40)
    desk.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    desk.wait_for_load_state("load")
    desk.locator("#id_body").click()

    with desk.expect_response("**/pictures/**"):
        desk.keyboard.press("Control+Alt+g")
    box = desk.locator(".picture-box")

    expect(box).to_be_visible()
    expect(box.locator(".choices li")).to_have_count(0)
    with desk.expect_response("**/pictures/**"):
        box.get_by_role("searchbox").fill("harbour")
    expect(box.locator(".choices li")).to_have_text(["Nothing is found."])
