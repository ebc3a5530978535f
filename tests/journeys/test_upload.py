import io
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from playwright.sync_api import expect

from corpusapp.models import ImportRun, UploadPiece
from tests.factories import UserFactory
from tests.importing.forked import database_url
from tests.importing.pages import page as capture_of
from tests.journeys.conftest import sign_in
from tests.surroundings import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def db_worker():
    """A worker of its own, which does what waits."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60)  # noqa: S603


def test_editor_uploads_files_and_an_archive_and_sees_what_became_of_each(page):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("three.txt", capture_of(3))
        archive.writestr("empty.txt", b"")
    editor = UserFactory(editor=True)
    sign_in(page, editor)

    page.goto("/admin/corpusapp/importrun/")
    page.get_by_role("link", name="Upload captures").click()
    page.get_by_label("Files").set_input_files(
        [
            {"name": "one.txt", "mimeType": "text/plain", "buffer": capture_of(1)},
            {"name": "two.txt", "mimeType": "text/plain", "buffer": capture_of(2)},
            {"name": "more.zip", "mimeType": "application/zip", "buffer": packed.getvalue()},
        ]
    )
    page.get_by_label("Section").fill("Harbour Desk")
    page.get_by_role("button", name="Upload and import").click()
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible()
    db_worker()

    # moves by itself: nobody reloads
    expect(page.get_by_role("heading", name="Finished")).to_be_visible(timeout=15_000)
    rows = page.locator("#upload-progress tbody tr")
    assert sorted(row.split("\t")[:2] for row in rows.all_inner_texts()) == [
        ["more.zip/empty.txt", "Refused"],
        ["more.zip/three.txt", "Created"],
        ["one.txt", "Created"],
        ["two.txt", "Created"],
    ]
    assert ImportRun.objects.get().user == editor
    assert not UploadPiece.objects.exists()
    page.locator("#upload-progress").get_by_role("link", name="Run ").click()
    expect(page.get_by_role("link", name="Undo this run")).to_be_visible()


def test_files_that_are_dropped_join_those_that_were_chosen(page):
    sign_in(page)
    page.goto("/admin/corpusapp/importrun/upload/")
    files = page.get_by_label("Files")
    files.set_input_files([{"name": "one.txt", "mimeType": "text/plain", "buffer": b"one"}])
    expect(page.get_by_text("Or drop files")).to_be_visible()

    dropped = page.evaluate_handle(
        """() => {
          const dropped = new DataTransfer();
          dropped.items.add(new File(["two"], "two.txt", { type: "text/plain" }));
          dropped.items.add(new File(["another one"], "one.txt", { type: "text/plain" }));
          return dropped;
        }"""
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": dropped})
    expect(page.locator("#drop-zone")).to_have_class("drop-zone is-over")
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})

    expect(
        page.get_by_role("list", name="What will be uploaded").get_by_role("listitem")
    ).to_have_text(["one.txt", "two.txt"])
    assert files.evaluate("input => [...input.files].map((file) => file.size)") == [11, 3]
    expect(files).to_be_focused()
    expect(page.locator("#drop-zone")).to_have_class("drop-zone")
    expect(page.locator("#drop-notice")).to_have_text(
        "Of files with the same name only the one that came last is taken; "
        "upload the others by themselves: one.txt"
    )
    files.set_input_files([])
    expect(page.locator("#drop-notice")).to_be_empty()


def test_folder_that_is_dropped_is_named_as_left_out(page):
    sign_in(page)
    page.goto("/admin/corpusapp/importrun/upload/")

    page.evaluate(  # no script may make a real one
        """() => {
          const file = new File(["two"], "two.txt", { type: "text/plain" });
          const items = [
            { kind: "file", webkitGetAsEntry: () => ({ isDirectory: true, name: "letters" }), getAsFile: () => null },
            { kind: "file", webkitGetAsEntry: () => ({ isDirectory: false }), getAsFile: () => file },
          ];
          const event = new Event("drop", { bubbles: true, cancelable: true });
          Object.defineProperty(event, "dataTransfer", { value: { types: ["Files"], items } });
          document.body.dispatchEvent(event);
        }"""
    )

    notice = page.locator("#drop-notice")
    expect(notice).to_have_text("Folders are left out; put them into an archive: letters")
    names = "input => [...input.files].map((file) => file.name)"
    assert page.get_by_label("Files").evaluate(names) == ["two.txt"]
