"""What editors do at the desk with scripts and policy at work: write, collide, come back, share."""

import pytest
from playwright.sync_api import expect

from corpusapp.models import Article, Autosave, Picture
from tests.editing.test_pictures import _media, packed  # noqa: F401 - the fixture
from tests.factories import PASSWORD, ArticleFactory, UserFactory
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page, article):
    page.goto(f"/admin/corpusapp/article/{article.pk}/change/")


def test_two_editors_collide_and_neither_loses_a_word(page, browser, live_site):
    first, second = UserFactory(editor=True), UserFactory(editor=True)
    article = ArticleFactory(title="Old", body="The old text.")
    other = browser.new_context(base_url=live_site).new_page()
    sign_in(page, first)
    sign_in(other, second)
    opened(page, article)
    opened(other, article)
    expect(other.locator(".keeping .others")).to_contain_text(f"{first.username} is editing")

    page.locator("[name=title]").fill("Theirs")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    other.locator("[name=title]").fill("Mine")
    other.locator("[name=body]").fill("An hour of work.")
    other.get_by_role("button", name="Save", exact=True).click()

    expect(other.locator(".clash")).to_have_count(1)
    other.get_by_label("Take theirs").check()
    other.get_by_role("button", name="Save", exact=True).click()
    other.locator(".messagelist").wait_for()
    other.context.close()

    article.refresh_from_db()
    assert (article.title, article.body) == ("Theirs", "An hour of work.")


def test_work_left_unsaved_is_offered_taken_up_and_brought_back_from_history(page):
    article = ArticleFactory(title="Old", body="The old text.")
    sign_in(page)
    opened(page, article)

    page.locator("[name=body]").fill("Half a thought.")
    expect(page.locator(".keeping .kept")).to_contain_text("not saved yet")
    opened(page, article)
    expect(page.locator("[name=body]")).to_have_value("The old text.")
    page.wait_for_timeout(3000)  # an untouched page keeps nothing over it
    page.get_by_role("button", name="Take it up again").click()
    expect(page.locator("[name=body]")).to_have_value("Half a thought.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert Article.objects.get().body == "Half a thought."
    assert not Autosave.objects.exists()

    page.goto(f"/admin/corpusapp/article/{article.pk}/history/")
    page.get_by_role("button", name="Restore this field from version 0").click()
    page.locator(".messagelist").wait_for()
    assert Article.objects.get().body == "The old text."


def test_tools_type_markdown_and_the_preview_follows(page):
    other = ArticleFactory(title="The Harbour", published=True)
    article = ArticleFactory(body="Text")
    sign_in(page)
    opened(page, article)
    body = page.locator("[name=body]")

    body.press("Control+End")
    body.press_sequentially(" and ")
    body.press("Control+b")
    body.press_sequentially("strong")
    body.press("Control+End")
    body.press("Control+Alt+a")
    found = page.get_by_role("dialog").get_by_role("button", name="The Harbour")
    found.wait_for()
    found.focus()
    page.keyboard.press("Enter")
    expect(body).to_have_value(f"Text and **strong**[The Harbour](article:{other.public_id})")
    body.press("Control+Alt+p")
    expect(page.locator(".sheet strong")).to_have_text("strong")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()

    assert Article.objects.get(pk=article.pk).body.endswith(f"](article:{other.public_id})")


def test_a_shared_preview_opens_for_a_stranger_until_it_is_revoked(page, browser, live_site):
    article = ArticleFactory(title="Not Yet", draft=True)
    sign_in(page)
    opened(page, article)
    page.get_by_role("link", name="Share a preview").click()
    page.get_by_role("button", name="Make a link").click()
    address = page.locator(".preview-links input").input_value()
    stranger = browser.new_context(base_url=live_site).new_page()

    stranger.goto(address)
    expect(stranger.locator("h1")).to_have_text("Not Yet")

    page.get_by_role("button", name="Revoke").click()
    page.locator(".messagelist").wait_for()
    assert stranger.goto(address).status == 404
    stranger.context.close()


def test_a_picture_is_uploaded_into_the_text_by_keyboard_and_dropped_into_another(page, tmp_path):
    article = ArticleFactory(body="Before.")
    other = tmp_path / "fog.png"
    other.write_bytes(packed((900, 600), form="PNG").getvalue())
    sign_in(page)
    opened(page, article)
    body = page.locator("[name=body]")
    box = page.get_by_role("dialog", name="Picture")

    body.press("Control+End")
    body.press("Control+Alt+g")
    expect(box.get_by_label("A file of yours")).to_be_focused()
    box.get_by_label("A file of yours").set_input_files(other)
    box.get_by_role("button", name="Insert").press("Enter")
    expect(box.get_by_role("alert")).to_have_text(
        "Say what it shows, or tick that it only decorates."
    )
    expect(box.get_by_label("What it shows")).to_be_focused()
    page.keyboard.type("A [grey] fog")
    box.get_by_label("Caption").fill("The harbour")
    box.get_by_role("textbox", name="Credit").fill("Ada Quill")
    page.keyboard.press("Enter")

    expect(box).to_be_hidden()
    picture = Picture.objects.get()
    line = f'![A \\[grey\\] fog]({picture.address(800, 533, "jpg")} "The harbour · Ada Quill")'
    expect(body).to_have_value(f"Before.\n\n{line}")
    expect(body).to_be_focused()
    body.press("Control+Alt+p")
    expect(page.locator(".sheet figure figcaption")).to_have_text("The harbour · Ada Quill")
    expect(page.locator(".sheet figure img")).to_have_js_property("naturalWidth", 800)

    dropped = page.evaluate_handle(
        """async (address) => {
          const answer = await fetch(address);
          const dropped = new DataTransfer();
          dropped.items.add(new File([await answer.blob()], "again.jpg", { type: "image/jpeg" }));
          return dropped;
        }""",
        picture.address(480, 320, "jpg"),
    )
    body.dispatch_event("drop", {"dataTransfer": dropped})
    expect(box.get_by_role("status")).to_have_text("again.jpg")
    page.keyboard.press("Escape")
    expect(body).to_be_focused()
    body.press("Control+Alt+g")
    box.get_by_role("button", name="fog.png").click()
    expect(box.get_by_label("What it shows")).to_have_value("A [grey] fog")
    box.get_by_label("It only decorates").check()
    box.get_by_role("button", name="Insert").click()
    expect(body).to_have_value(
        f'Before.\n\n{line}\n\n![]({picture.address(800, 533, "jpg")} "Ada Quill")'
    )


def test_an_editor_whose_session_has_ended_signs_in_and_goes_on(page):
    article = ArticleFactory(title="Old", body="The old text.")
    editor = UserFactory(editor=True)
    sign_in(page, editor)
    opened(page, article)
    page.locator("[name=body]").fill("An hour of work.\n\nAnd its end.")
    expect(page.locator(".keeping .kept")).to_contain_text("Kept at")
    (session,) = [one for one in page.context.cookies() if "session" in one["name"]]
    page.context.clear_cookies(name=session["name"])

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".carried-note")).to_contain_text("nothing is saved yet")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Send it now").press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert Article.objects.get().body == "An hour of work.\n\nAnd its end."
