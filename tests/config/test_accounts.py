import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import PASSWORD, UserFactory


@pytest.mark.parametrize("password", ["eleven char", "qwerty123456", "1qaz2wsx3edc", "anna.writer"])
def test_password_that_is_easily_guessed_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, UserFactory.build(username="anna.writer"))


def test_password_of_twelve_characters_will_do():
    validate_password("twelve chars", UserFactory.build())
    validate_password(PASSWORD, UserFactory.build())


@pytest.fixture
def sign_in(client):
    def sign_in(name, password):
        return client.post("/admin/login/", {"username": name, "password": password})

    return sign_in


@pytest.mark.django_db
def test_sixth_try_is_refused_even_with_the_right_password(sign_in):
    user = UserFactory()
    answers = [sign_in(user.username, "wrong").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert sign_in(user.username, PASSWORD).status_code == 429


@pytest.mark.django_db
def test_fifth_try_may_be_right(sign_in):
    user = UserFactory()
    for _ in range(4):
        sign_in(user.username, "wrong")

    assert sign_in(user.username, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_one_locked_out_does_not_lock_out_another(sign_in):
    locked, other = UserFactory.create_batch(2)
    for _ in range(5):
        sign_in(locked.username, "wrong")

    assert sign_in(other.username, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(sign_in, client):
    sign_in(UserFactory().username, PASSWORD)

    session = client.cookies["corpus-session"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert set(client.cookies) <= {"corpus-session", "corpus-csrf"}
