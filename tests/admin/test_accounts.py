import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from corpusapp.editing.trail import entries_of
from corpusapp.models import Act
from tests.admin.conftest import messages_of
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, INDEX = (reverse(f"admin:{name}") for name in ("login", "logout", "index"))


def sign_in(name, password=PASSWORD, **headers):
    return Client().post(LOGIN, {"username": name, "password": password, "next": INDEX}, **headers)


def test_editor_signs_in_with_a_new_session(client):
    user = UserFactory(editor=True)
    client.get(LOGIN)
    before = set(Session.objects.values_list("pk", flat=True))

    response = client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": INDEX})

    assert (response.status_code, response.headers["Location"]) == (302, INDEX)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in before


def test_known_and_unknown_names_get_the_same_page():
    UserFactory(editor=True, username="known")
    UserFactory(editor=True, username="gone", is_active=False)
    UserFactory(username="guest", is_staff=False)

    pages = {
        sign_in(name, password).text.replace(name, "")
        for name, password in [
            ("known", "wrong"),
            ("nobody", "wrong"),
            ("gone", PASSWORD),
            ("guest", PASSWORD),
        ]
    }

    assert len({page.split('name="csrfmiddlewaretoken"')[0] for page in pages}) == 1


def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour():
    user = UserFactory(editor=True)
    other = UserFactory(editor=True)
    with time_machine.travel("2030-01-01T12:00Z", tick=False) as clock:
        answers = [sign_in(user.username, "wrong").status_code for _ in range(5)]
        locked = sign_in(user.username)
        forged = sign_in(user.username, headers={"X-Forwarded-For": "203.0.113.9"})
        unhurt = sign_in(other.username)
        elsewhere = sign_in(user.username, REMOTE_ADDR="192.0.2.1")
        clock.shift(15 * 60 + 1)
        later = sign_in(user.username)

    assert answers == [200, 200, 200, 200, 429]
    assert (locked.status_code, forged.status_code) == (429, 429)
    assert "Too many attempts" in locked.text
    assert user.username not in locked.text
    assert (unhurt.status_code, elsewhere.status_code, later.status_code) == (302, 302, 302)


def test_unknown_name_is_locked_out_the_same():
    answers = [sign_in("nobody", "wrong").status_code for _ in range(6)]

    assert answers == [200, 200, 200, 200, 429, 429]


def test_signing_out_by_get_ends_nothing(editor):
    response = editor.get(LOGOUT)

    assert response.status_code == 405
    assert not response.cookies
    assert editor.get(INDEX).status_code == 200


def test_signing_out_ends_the_session_on_the_server(editor):
    key = editor.client.cookies[settings.SESSION_COOKIE_NAME].value

    response = editor.client.post(LOGOUT)

    assert response.status_code == 200
    assert not Session.objects.filter(pk=key).exists()
    assert editor.get(INDEX).status_code == 302


def test_new_password_ends_the_other_sessions(editor):
    elsewhere = Client()
    elsewhere.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")
    new = "nine loud storks"

    response = editor.client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert response.status_code == 302
    assert editor.get(INDEX).status_code == 200
    assert elsewhere.get(INDEX).status_code == 302


def test_password_set_for_somebody_is_told_without_its_value(desk):
    somebody = UserFactory(editor=True)
    new = "nine loud storks"

    done = desk("superuser").client.post(
        reverse("admin:auth_user_password_change", args=[somebody.pk]),
        {"password1": new, "password2": new, "usable_password": "true"},
        follow=True,
    )

    assert done.redirect_chain[0][1] == 302
    assert messages_of(done) == ["Password changed successfully."]
    assert sign_in(somebody.username, new).status_code == 302
    entry = entries_of(somebody).get(act=Act.CHANGED)
    assert entry.details == {"changes": {"password": [None, None]}}


@pytest.mark.parametrize(
    ("password", "status"),
    [("short", 200), ("password1234", 200), ("eleven long", 200), ("x9" * 40, 302)],
)
def test_passwords_are_long_and_uncommon_and_nothing_else(editor, password, status):
    response = editor.client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": password, "new_password2": password},
    )

    assert response.status_code == status


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_door_leads_to_no_other_house(target):
    user = UserFactory(editor=True)

    response = Client().post(
        LOGIN, {"username": user.username, "password": PASSWORD, "next": target}
    )

    assert "evil" not in response.headers["Location"]


@pytest.mark.parametrize(
    "path",
    ["", "corpusapp/article/", "corpusapp/article/999/delete/", "nowhere/", "jsi18n/", "login/"],
)
def test_nothing_of_the_desk_is_kept_by_a_cache(editor, path):
    response = editor.get(INDEX + path)

    assert {"no-store", "private"} <= {
        part.strip() for part in response.headers["Cache-Control"].split(",")
    }


def test_desk_speaks_the_language_of_who_reads(editor):
    response = editor.client.get(LOGIN, headers={"Accept-Language": "zh-Hans"})

    assert response.headers["Content-Language"] == "zh-Hans"
