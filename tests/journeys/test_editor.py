import re

import pytest
from playwright.sync_api import expect

from corpusapp.text.names import person_key
from tests.factories import (
    PASSWORD,
    ArticleFactory,
    AuthorFactory,
    CaptureFactory,
    DoubtFactory,
    SectionFactory,
    TagFactory,
    UserFactory,
)
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in

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
    article = ArticleFactory(title="On Peace")
    for name in ("Asia and China", "China", "Climate"):
        TagFactory(name=name)
    sign_in(page)

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


def test_what_a_doubt_offers_is_taken_at_a_click_and_saved(page):
    section = SectionFactory(name="Harbour Affairs")
    section.names.get_or_create(key="harbour affairs", defaults={"text": "Harbour Affairs"})
    author = AuthorFactory(name="Ada Quill")
    author.names.get_or_create(key=person_key("Ada Quill"), defaults={"text": "Ada Quill"})
    article = ArticleFactory(title="Harbour", undated=True)
    for field, code, candidate in (
        ("title", "title_uncertain", "A Winter at the Harbour"),
        ("published_at", "date_ambiguous", "2015-06-05T16:08+08:00"),
        ("section", "section_uncertain", "Harbour affairs"),
        ("authors", "author_uncertain", "Ada Quill"),
    ):
        DoubtFactory(article=article, field=field, code=code, candidates=[candidate])
    sign_in(page)

    page.goto(f"/admin/corpusapp/article/{article.pk}/change/")
    for words in (
        "A Winter at the Harbour",
        "2015-06-05T16:08+08:00",
        "Harbour affairs",
        "Ada Quill",
    ):
        page.get_by_role("button", name=f"Take “{words}”").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()

    article.refresh_from_db()
    assert (article.title, article.published_at, article.section) == (
        "A Winter at the Harbour",
        "2015-06-05T16:08+08:00",
        section,
    )
    assert [byline.author for byline in article.bylines.all()] == [author]
    assert not article.doubts.open().exists()


def test_lines_of_a_capture_stand_in_their_colours_beside_the_article(page):
    capture = CaptureFactory(raw=capture_of(1))
    sign_in(page)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/admin/corpusapp/article/{capture.article.pk}/change/")
        title = page.locator(".raw-lines .part-title")
        expect(title.locator(".judged-as")).to_contain_text("title")
        colours = {
            part: page.locator(f".raw-lines .part-{part}").first.evaluate(
                "line => [getComputedStyle(line).backgroundColor, getComputedStyle(line).color]"
            )
            for part in ("title", "date", "furniture")
        }
        assert len(set(map(tuple, colours.values()))) == 3


@pytest.mark.alike
class TestKeysOfTheText:
    """Each shortcut does what it says, all can be seen, and none takes a character from who types it."""

    @pytest.fixture
    def text(self, page):
        article = ArticleFactory(title="On Peace", body="word")
        sign_in(page)
        page.goto(f"/admin/corpusapp/article/{article.pk}/change/")
        page.wait_for_load_state("load")
        return page.locator("#id_body")

    @pytest.mark.parametrize(
        ("keys", "became"),
        [
            ("Control+b", "**word**"),
            ("Control+i", "*word*"),
            ("Control+Alt+2", "## word"),
            ("Control+Alt+3", "### word"),
            ("Control+Alt+q", "> word"),
            ("Control+Alt+8", "- word"),
            ("Control+Alt+7", "1. word"),
        ],
    )
    def test_keys_change_the_text(self, text, keys, became):
        text.focus()
        text.page.keyboard.press("Control+a")

        text.page.keyboard.press(keys)

        expect(text).to_have_value(became)

    @pytest.mark.parametrize(
        ("keys", "opened"),
        [
            ("Control+k", ".address-asker"),
            ("Control+Alt+a", ".finder"),
            ("Control+Alt+g", ".picture-box"),
            ("Control+Alt+p", ".as-read"),
        ],
    )
    def test_keys_open_what_helps_to_write(self, text, keys, opened):
        text.focus()

        text.page.keyboard.press(keys)

        expect(text.page.locator(f".body-editor {opened}")).to_be_visible()

    def test_footnote_is_begun(self, text):
        text.focus()
        text.page.keyboard.press("Control+End")

        text.page.keyboard.press("Control+Alt+f")

        expect(text).to_have_value(re.compile(r"^word\[\^1\]\s+\[\^1\]: "))

    def test_panel_names_all_keys_and_gives_the_focus_back(self, text):
        text.focus()
        panel = text.page.locator(".keys-panel")
        shown = panel.locator("dd").all_text_contents()
        buttons = text.page.locator(".tools button")
        keys = buttons.evaluate_all("all => all.map(one => one.dataset.keys)")

        text.page.keyboard.press("Control+/")
        expect(panel.get_by_text("Numbered list")).to_be_visible()
        text.page.keyboard.press("Escape")

        expect(panel.get_by_text("Numbered list")).to_be_hidden()
        expect(text).to_be_focused()
        assert ["+".join(one.split()) for one in shown[: len(keys)]] == keys

    def test_character_that_needs_both_keys_is_typed(self, text):
        """On a German keyboard, Q with AltGr is @."""
        text.focus()

        text.evaluate(
            """area => area.dispatchEvent(new KeyboardEvent("keydown", {
              key: "@", code: "KeyQ", ctrlKey: true, altKey: true, bubbles: true, cancelable: true,
            }))"""
        )

        expect(text).to_have_value("word")
