"""What only the desk needs is done for the desk alone, and there as ever."""

from http import HTTPStatus

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from corpusapp.admin.layers import Accounts, Messages, Sessions
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db


def prepared(path, cookies=""):
    """What a request brings to a view, after all three layers."""
    seen = set()

    def view(request):
        seen.update(name for name in ("session", "user", "_messages") if hasattr(request, name))
        return HttpResponse()

    layered = view
    for layer in (Messages, Accounts, Sessions):
        layered = layer(layered)
    layered(RequestFactory().get(path, headers={"cookie": cookies}))
    return seen


@pytest.mark.parametrize(
    ("path", "cookies", "brought"),
    [
        ("/en/articles/", "", set()),
        ("/en/articles/", "other=1", set()),
        ("/en/articles/", "corpus-session=abc", {"session", "user", "_messages"}),
        ("/admin/", "", {"session", "user", "_messages"}),
    ],
    ids=["a reader", "a reader with another cookie", "someone signed in", "the desk"],
)
def test_session_and_account_are_there_for_the_desk_and_for_who_is_signed_in(
    path, cookies, brought
):
    assert prepared(path, cookies) == brought


def test_deed_without_a_token_is_refused_at_the_desk():
    editor = Client(enforce_csrf_checks=True)
    editor.force_login(UserFactory(is_staff=True, is_superuser=True))
    address = f"/admin/corpusapp/article/{ArticleFactory().pk}/change/"

    refused = editor.post(address, {"title": "Another"})

    assert refused.status_code == HTTPStatus.FORBIDDEN


def test_public_answer_neither_asks_for_a_session_nor_varies_by_one(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get("/robots.txt")

    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
