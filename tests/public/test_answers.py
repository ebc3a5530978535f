"""What every answer to a reader is like: methods, headers, cookies, errors, and the machines' addresses."""

import logging
import re
from functools import partial
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from corpusapp.public.views import errors
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    BylineFactory,
    SectionFactory,
    UserFactory,
)
from tests.public.pages import read, titles

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def paths():
    section = SectionFactory(name="Peace")
    article = ArticleFactory(published=True, title="On Peace", section=section, tags=["UN"])
    withdrawn = ArticleFactory(withdrawn=True)
    BylineFactory(article=article, author=AuthorFactory(name="Ann"))
    pages = [
        *("", "articles/", "authors/", "authors/ann/", "sections/peace/", "tags/", "tags/un/"),
        *("archive/", "archive/2015/", "archive/2015/05/", "about/", "accessibility/"),
        *(f"articles/{article.public_id}/on-peace/", f"articles/{article.public_id}/", "nothing/"),
        f"articles/{withdrawn.public_id}/x/",
    ]
    return [
        *(f"/{language}/{page}" for language in ("en", "zh-hans", "zh-hant") for page in pages),
        *("/", "/robots.txt", "/sitemap.xml", "/sitemap-pages-0.xml", "/healthz", "/readyz"),
    ]


def test_no_answer_sets_a_cookie_or_varies_by_one(client, paths):
    for path in paths:
        response = client.get(path)
        assert (path, dict(response.cookies)) == (path, {})
        assert "Cookie" not in response.headers.get("Vary", "")


def test_every_answer_carries_the_policy_and_its_fellows(client, paths):
    for path in paths:
        headers = client.get(path).headers
        assert {rule.strip() for rule in headers["Content-Security-Policy"].split(";")} == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"


def test_pages_hold_no_inline_script_or_style_and_ask_nobody_else(client, paths):
    for path in paths:
        text = client.get(path).text
        assert (
            re.findall(
                r"<style|\sstyle=|\son\w+=|<script(?! src=\"/| type=\"application/ld\+json\">)",
                text,
            )
            == []
        )
        assert (
            re.findall(r"(?:src|srcset)=\"(?!/)[^\"]*|rel=\"stylesheet\" href=\"(?!/)", text) == []
        )


def test_every_page_has_one_heading_of_the_first_rank_and_no_gap_below_it(client, paths):
    for path in paths[:-6]:
        response = client.get(path)
        if response.status_code == 301:
            continue
        ranks = [
            int(element.name[1])
            for element in read(response).all()
            if re.fullmatch(r"h[1-6]", element.name)
        ]
        assert (path, ranks.count(1)) == (path, 1)
        assert all(after - before <= 1 for before, after in pairwise(ranks))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_reading_is_all_that_an_address_is_for(paths, method):
    strict = Client(enforce_csrf_checks=True)

    for path in paths:
        if "/nothing/" not in path:
            response = getattr(strict, method)(path)
            assert (path, response.status_code, response.headers["Allow"]) == (
                path,
                405,
                "GET, HEAD",
            )


def test_head_answers_as_get_without_the_words(client, paths):
    for path in paths:
        got, head = client.get(path), client.head(path)
        assert (path, head.status_code, head.content) == (path, got.status_code, b"")


def test_page_comes_back_as_not_modified(client, paths):
    first = client.get(paths[0])

    again = client.get(paths[0], headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_signed_in_editor_sees_the_same_page_as_a_reader(client, paths):
    other = Client()
    other.force_login(UserFactory(editor=True))

    for path in paths:
        assert other.get(path).content == client.get(path).content


# Errors -------------------------------------------------------------------------------------------


def test_missing_page_offers_the_latest_and_a_way_on(client):
    ArticleFactory.create_batch(7, published=True)

    response = client.get("/en/no/such/page/")

    page = read(response)
    assert response.status_code == 404
    assert page.one("h1").text == "Page not found"
    assert len(titles(response)) == 5
    assert page.one("meta", name_="robots")["content"] == "noindex"
    assert page.all("link", rel="canonical") == []
    assert [link["href"] for link in page.one("header", cls="head").all("a")] == [
        "/en/",
        "/en/articles/",
        "/en/archive/",
        "/en/authors/",
    ]


def test_nothing_of_a_missing_address_comes_back(client):
    text = client.get("/en/<script>alert(1)</script>/?q=nonsense").text

    assert "alert" not in text
    assert "nonsense" not in text


@pytest.mark.parametrize("path", ["/en/%00/", "/en/?page=%00", "/en/authors/%ff%fe/", "/%c0%ae/"])
def test_bytes_that_are_no_text_are_refused(client, path):
    assert client.get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example/", "//evil.example/..", "/en//evil.example"]
)
def test_doubled_slashes_lead_to_no_other_host(client, path):
    response = client.get(path)

    assert response.status_code in {301, 302, 404}
    assert not response.headers.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("length", [300, 3000])
def test_long_addresses_are_missing_pages(client, length):
    for folder in ("authors", "sections", "tags", "articles", "archive"):
        assert client.get(f"/en/{folder}/{'x' * length}/").status_code == 404


def test_unknown_host_is_refused(client):
    with override_settings(ALLOWED_HOSTS=["corpus.example"]):
        response = client.get("/en/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert read(response).one("h1").text == "This request could not be read"


def test_failure_is_told_without_a_database(client, monkeypatch, caplog):
    def fail(*_arguments, **_keywords):
        msg = "a secret detail"
        raise RuntimeError(msg)

    monkeypatch.setattr("corpusapp.public.views.home.front", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.CRITICAL, "django.request"):
        response = client.get("/zh-hant/")

    assert response.status_code == 500
    assert read(response).one("h1").text == "本站出了點問題"
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (errors.server_error, 500, "本站出了点问题"),
        (partial(errors.bad_request, exception=ValueError()), 400, "无法识别这次请求"),
        (partial(errors.forbidden, exception=PermissionDenied()), 403, "不允许此操作"),
    ],
)
def test_failures_keep_the_masthead_and_ask_the_database_nothing(
    rf, django_assert_num_queries, view, status, title
):
    SectionFactory()
    with django_assert_num_queries(0):
        response = view(rf.get("/zh-hans/no/such/"))

    page = read(response)
    assert (response.status_code, page.one("h1").text) == (status, title)
    assert page.one("html")["lang"] == response.headers["Content-Language"] == "zh-Hans"
    masthead = page.one("header", cls="masthead")
    assert masthead.one("a", cls="name")["href"] == "/zh-hans/"
    assert [link["href"] for link in masthead.one("nav", cls="languages").all("a")] == [
        "/en/",
        "/zh-hans/",
        "/zh-hant/",
    ]
    assert [form["action"] for form in page.all("form")] == ["/zh-hans/search/"] * 2
    assert len(page.all("script")) == 2  # the chosen appearance
    assert len(page.one("footer").all("a")) == 8


# Machines -----------------------------------------------------------------------------------------


def test_robots_may_read_everything_but_the_desk_and_answers_to_questions(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /*/search/?\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )


def test_process_and_database_say_that_they_are_well(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")
    assert client.get("/readyz").headers["Cache-Control"] == "no-store"


def test_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_site_is_not_ready_while_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'corpusapp'")

    response = client.get("/readyz")

    assert (response.status_code, response.text) == (503, "migrations pending\n")
