"""The language of the desk: chosen there, kept by the browser, and nothing to a public page."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CHOICE = reverse("admin:language")
LOGIN = reverse("admin:login")
HEADING = {"en": "What needs you now", "zh-hans": "待您处理", "zh-hant": "待您處理"}


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.mark.parametrize("language", HEADING)
def test_desk_speaks_the_language_chosen_there_whatever_the_browser_asks_for(editor, language):
    address = reverse("admin:index")

    chosen = editor.post(CHOICE, {"language": language, "next": f"{address}?a=1"})
    page = editor.get(address, headers={"accept-language": "de, zh-TW;q=0.5, en;q=0.1"})

    assert chosen["Location"] == f"{address}?a=1"
    assert f"<h1>{HEADING[language]}</h1>" in page.text
    assert page.text.count('aria-current="true"') == 1
    assert (
        f'<button name="language" value="{language}"' in page.text.split('aria-current="true"')[0]
    )


def test_language_is_chosen_before_signing_in_and_stays_after_signing_out(client):
    client.post(CHOICE, {"language": "zh-hans", "next": LOGIN})
    before = client.get(LOGIN)
    client.force_login(UserFactory(superuser=True))
    client.post(reverse("admin:logout"))

    after = client.get(LOGIN)

    assert [page.text.count('<html lang="zh-hans"') for page in (before, after)] == [1, 1]


def test_choice_leads_nowhere_else(editor):
    chosen = editor.post(CHOICE, {"language": "zh-hans", "next": "https://example.org/"})

    assert chosen["Location"] == "/"


def test_cookie_of_the_desk_changes_no_public_page(client):
    plain = client.get("/api/v1/articles")
    client.post(CHOICE, {"language": "zh-hant", "next": LOGIN})

    with_cookie = client.get("/api/v1/articles")

    assert client.get(LOGIN).headers["Content-Language"] == "zh-Hant"
    assert plain.headers["Content-Language"] == "en"
    assert with_cookie.headers["Content-Language"] == "en"
    assert "Cookie" not in with_cookie.headers.get("Vary", "")


def test_cookie_is_as_well_kept_as_the_others(client):
    cookie = client.post(CHOICE, {"language": "zh-hant", "next": LOGIN}).cookies["corpus-language"]

    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/", "Lax", True)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_heads_that_only_screen_readers_hear_are_chinese_too(editor, language):
    editor.post(CHOICE, {"language": language, "next": reverse("admin:index")})

    page = editor.get(reverse("admin:index")).text

    for words in ("Model name", "Add link", "Change or view list link"):
        assert words not in page
