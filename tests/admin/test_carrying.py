"""A form that is sent without a session, or with an old token, is lost by nobody."""

import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from corpusapp.models import Article
from tests.admin.browser import fields_of
from tests.factories import PASSWORD, ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")
HERE = {"HTTP_ORIGIN": "http://testserver"}


def change_of(article):
    return reverse("admin:corpusapp_article_change", args=[article.pk])


def typed(editor, article, **changes):
    """The whole form of the article as somebody has it open, with changes and a button."""
    fields = fields_of(editor.page(article), "article_form")
    return {**fields, **{name: [value] for name, value in changes.items()}, "_save": "1"}


def held_by(page):
    return unescape(re.search(r'name="carried" form="login-form" value="([^"]*)"', page.text)[1])


def sign_in(client, held, user, with_word=PASSWORD):
    return client.post(LOGIN, {"username": user, "password": with_word, "carried": held})


def test_what_was_typed_is_carried_over_signing_in_and_saved(editor):
    article = ArticleFactory(title="As it was", body="Old.")
    form = typed(editor, article, title="As “typed” <now>", body="Two\n\nparagraphs.")
    visitor = Client()

    asked = visitor.post(change_of(article), form, **HERE)

    assert asked.status_code == 200
    assert "What you wrote is held by this page" in asked.text
    wrong = sign_in(visitor, held_by(asked), editor.user.username, "wrong")
    page = sign_in(visitor, held_by(wrong), editor.user.username)
    assert "You are signed in again." in page.text
    assert Article.objects.get().title == "As it was"
    again = fields_of(page, "carried_form")
    saved = visitor.post(change_of(article), again, follow=True)
    assert saved.redirect_chain
    stored = Article.objects.get()
    assert (stored.title, stored.body) == ("As “typed” <now>", "Two\n\nparagraphs.")


def test_who_signs_in_sends_it_with_rights_of_their_own(editor, desk):
    article = ArticleFactory(title="As it was")
    form = typed(editor, article, title="As typed")
    reader = desk("reader")
    visitor = Client()

    asked = visitor.post(change_of(article), form, **HERE)
    page = sign_in(visitor, held_by(asked), reader.user.username)
    refused = visitor.post(change_of(article), fields_of(page, "carried_form"))

    assert refused.status_code == 403
    assert Article.objects.get().title == "As it was"


@pytest.mark.parametrize(
    "where",
    [
        {},  # no browser that tells
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {**HERE, "HTTP_SEC_FETCH_DEST": "empty"},  # a script
    ],
)
def test_a_form_of_another_site_and_a_script_are_not_carried(editor, where):
    article = ArticleFactory()

    answer = Client().post(change_of(article), typed(editor, article), **where)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(LOGIN)


def test_signing_out_without_a_session_is_not_carried():
    assert Client().post(reverse("admin:logout"), {}, **HERE).status_code == 302


def test_a_page_that_was_open_while_one_signed_in_anew_sends_its_form_on(editor):
    article = ArticleFactory(title="As it was")
    form = typed(editor, article, title="As typed")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")

    stopped = strict.post(change_of(article), {**form, "csrfmiddlewaretoken": "old"}, **HERE)

    assert stopped.status_code == 403
    assert "You have signed in again since that page was opened." in stopped.text
    fields = fields_of(stopped, "carried_form")
    sent = {name for name, values in form.items() if values} - {"csrfmiddlewaretoken"}
    assert fields.keys() - {"csrfmiddlewaretoken"} == sent
    assert strict.cookies[settings.CSRF_COOKIE_NAME].value
    strict.post(change_of(article), fields, **HERE)
    assert Article.objects.get().title == "As typed"


def test_without_session_and_token_one_signs_in_first(editor):
    article = ArticleFactory()
    strict = Client(enforce_csrf_checks=True)

    asked = strict.post(change_of(article), typed(editor, article), **HERE)

    assert asked.status_code == 200
    assert json.loads(held_by(asked))[0] == change_of(article)


@pytest.mark.parametrize("where", [{}, {"HTTP_ORIGIN": "https://elsewhere.example"}])
def test_a_forged_form_is_refused_and_its_words_are_not_shown(editor, where):
    article = ArticleFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")

    answer = strict.post(change_of(article), typed(editor, article, title="Forged"), **where)

    assert answer.status_code == 403
    assert "Forged" not in answer.text
    assert "the form had expired" in answer.text


def test_a_second_page_of_signing_in_sends_what_it_holds_too(editor):
    one, two = ArticleFactory.create_batch(2)
    strict = Client(enforce_csrf_checks=True)
    asked = [
        strict.post(change_of(one), typed(editor, one, title="First"), **HERE),
        strict.post(change_of(two), typed(editor, two, title="Second"), **HERE),
    ]
    for page in asked:
        token = fields_of(page, "login-form")["csrfmiddlewaretoken"][0]
        answer = strict.post(
            LOGIN,
            {
                "username": editor.user.username,
                "password": PASSWORD,
                "carried": held_by(page),
                "csrfmiddlewaretoken": token,
            },
            **HERE,
        )
        fields = fields_of(answer, "carried_form")
        strict.post(json.loads(held_by(page))[0], fields, **HERE)

    assert sorted(Article.objects.values_list("title", flat=True)) == ["First", "Second"]


def test_pages_that_hold_a_form_offer_nothing_that_leaves_it(editor):
    article = ArticleFactory()
    visitor = Client()
    asked = visitor.post(change_of(article), typed(editor, article), **HERE)
    page = sign_in(visitor, held_by(asked), editor.user.username)

    assert "desk-language" not in asked.text + page.text
    assert "desk-language" in visitor.get(LOGIN, follow=True).text


def test_who_is_locked_out_keeps_it_until_they_may_sign_in_again(editor, settings):
    settings.AXES_FAILURE_LIMIT = 2
    article = ArticleFactory()
    visitor = Client()
    held = held_by(visitor.post(change_of(article), typed(editor, article, title="Kept"), **HERE))
    for _attempt in range(2):
        locked = sign_in(visitor, held, editor.user.username, "wrong")

    back = visitor.post(LOGIN, fields_of(locked, "held_form"))

    assert locked.status_code == 429
    assert held_by(back) == held


def test_no_page_holds_a_password():
    asked = Client().post(
        reverse("admin:auth_user_add"),
        {"username": "ada", "password1": "a long phrase " * 5},
        **HERE,
    )

    assert "ada" in held_by(asked)
    assert "long phrase" not in asked.text


@pytest.mark.parametrize(
    "held",
    [
        "", "no JSON", "[]", "{}", "[1, 2, 3]", '["/admin/", 5, false]', '["/admin/", [["a"]], false]',
        '["https://elsewhere.example/admin/", [], false]', '["//elsewhere.example/admin/", [], false]',
        '["/en/", [], false]', '["/admin/login/", [], false]', '["/admin/logout/", [], false]',
        '["/admin/", [["a", "\\ud800"]], false]', '["/admin/language/", [], false]', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_no_page_of_ours_has_held_is_not_sent_on(held):
    user = UserFactory(editor=True)

    answer = sign_in(Client(), held, user.username)

    assert answer.status_code == 302
