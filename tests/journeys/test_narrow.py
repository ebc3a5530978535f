"""The desk on a phone and a tablet: what is decided is in reach, what is listed says what it is."""

import pytest
from playwright.sync_api import expect

from corpusapp.models import Progress, Upload
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CaptureFactory,
    ImportItemFactory,
    ImportRunFactory,
    UserFactory,
)
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alike]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_to_make_of_a_capture_is_in_reach_at_every_width(page, width):
    CaptureFactory(raw=capture_of(1), article__title="The Harbour")
    page.set_viewport_size({"width": width, "height": 760})
    sign_in(page)

    page.goto("/admin/corpusapp/article/review/next/")

    for name in ("Approve and publish", "Approve as a draft", "Later", "Save", "Refuse"):
        button = page.locator(".review-decide").get_by_role("button", name=name)
        expect(button).to_be_in_viewport(ratio=1)
    assert page.locator(".review-decide").bounding_box()["height"] < 760 / 4


def test_each_cell_of_a_list_says_what_it_is_where_there_is_no_room_for_headings(page):
    BylineFactory(article=ArticleFactory(title="The Harbour", published=True), author__name="Ana")
    page.set_viewport_size({"width": 360, "height": 760})
    sign_in(page)

    page.goto("/admin/corpusapp/article/")

    cell = page.locator("#result_list td.field-authors_shown")
    shown = "getComputedStyle(cell, '::before').content"
    assert cell.evaluate(f"cell => {shown}").startswith('"Authors')
    expect(page.locator("#result_list thead")).to_be_hidden()
    expect(page.locator("#result_list td.field-section_shown")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 760})
    assert cell.evaluate(f"cell => {shown}") == "none"
    expect(page.locator("#result_list td.field-section_shown")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_list_of_runs_says_at_every_width_how_many_articles_a_run_updated(page, width):
    ImportRunFactory(updated=7, options={"paths": ["letters.zip"]})
    page.set_viewport_size({"width": width, "height": 760})
    sign_in(page)

    page.goto("/admin/corpusapp/importrun/")

    expect(page.locator("#result_list td.field-updated_shown")).to_be_visible()
    expect(page.locator("#result_list td.field-asked_shown")).to_contain_text("letters.zip")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_became_of_an_upload_is_read_at_every_width(page, width):
    name = "letters_from_the_harbour_master_" * 4 + "1911-1914.txt"
    item = ImportItemFactory(path=f"archive/{name}", article__title="The Harbour")
    editor = UserFactory(editor=True)
    upload = Upload.objects.create(
        user=editor, names=[name], run=item.run, progress=Progress.DONE, documents=1, done=1
    )
    page.set_viewport_size({"width": width, "height": 760})
    sign_in(page, editor)

    page.goto(f"/admin/corpusapp/importrun/upload/{upload.pk}/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outcome = page.locator("#upload-progress td", has_text="Created")
    expect(outcome).to_be_in_viewport(ratio=1)
    assert (
        outcome.evaluate("cell => cell.getBoundingClientRect().width") > 60
    )  # a word and no letter
