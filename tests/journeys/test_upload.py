import io
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from playwright.sync_api import expect

from corpusapp.models import ImportRun, UploadPiece
from tests.factories import PASSWORD, UserFactory
from tests.importing.forked import database_url
from tests.importing.pages import page as capture_of
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
    editor = UserFactory(editor=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("three.txt", capture_of(3))
        archive.writestr("empty.txt", b"")
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

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
