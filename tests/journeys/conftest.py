"""A real browser on a real server: what a reader and an editor do, with scripts and policy at work."""

import os
import shutil
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.factories import UserFactory

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing but this machine has a name
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def sign_in(page, user=None):
    """As if `user`, or else some editor, had signed in before; the form has journeys of its own."""
    client = Client()
    client.force_login(
        user or UserFactory(editor=True), "django.contrib.auth.backends.ModelBackend"
    )
    name = django_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": django_settings.SITE_URL}
    page.context.add_cookies([cookie])


def pytest_collection_modifyitems(items):
    """Coverage counts no journeys.

    Python 3.11 can fail to start a thread while another one begins to be traced, and the live
    server starts one for each request: one page in some thousands would never be answered.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def browser(django_db_setup):  # noqa: ARG001 - makes the rows that are kept here
    """The machine's own Chromium; Playwright brings none."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium is installed")
    rows_of_migrations = getattr(connection, "_test_serialized_contents", "[]")
    # Playwright's loop runs in this thread until it is stopped. Django takes that for a view's,
    # and gives whatever runs beside a loop a connection of its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        connections["default"]._test_serialized_contents = rows_of_migrations
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_site(live_server, settings):
    """The address of a server with this test's database; it takes itself for the real one."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def at_rest():
    """Wait until the server has answered: what a page says as it goes, no page waits for.

    A request under way would hold rows while the tables are emptied.
    """
    under_way = []

    def begun(**_signal):
        under_way.append(1)

    def over(**_signal):
        under_way.pop()

    def wait():
        time.sleep(0.1)  # for what is on its way
        until = time.monotonic() + 5
        while under_way and time.monotonic() < until:
            time.sleep(0.02)

    request_started.connect(begun, weak=False)
    request_finished.connect(over, weak=False)
    yield wait
    request_started.disconnect(begun)
    request_finished.disconnect(over)


@pytest.fixture
def page(browser, live_site, at_rest):
    """A fresh visitor; whatever the browser complains about fails the test."""
    complaints = []

    def complain(is_wrong, what):
        if is_wrong:
            complaints.append(what)

    context = browser.new_context(base_url=live_site, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda said: complain(said.type in {"error", "warning"}, said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complain(not request.url.startswith(live_site), request.url))
    page.on(
        "requestfailed",
        # a picture that a click left unloaded is nobody's fault
        lambda request: complain(
            request.failure != "net::ERR_ABORTED", f"{request.url}: {request.failure}"
        ),
    )
    yield page
    page.goto("about:blank")
    context.close()
    at_rest()
    assert complaints == []
