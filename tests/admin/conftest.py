import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.browser import fields_of
from tests.factories import UserFactory
from tests.importing.conftest import imported

__all__ = ["imported"]

LIST = reverse("admin:corpusapp_article_changelist")


class Desk:
    """Somebody signed in, and the few things one does at the desk."""

    def __init__(self, user):
        self.user = user
        self.client = Client()
        self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def get(self, address, **parameters):
        return self.client.get(address, parameters)

    def page(self, thing):
        """The page of one thing, for writing or for reading."""
        options = thing._meta
        return self.get(
            reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[thing.pk])
        )

    def save(self, thing, button="_save", **changes):
        """Open the page of `thing`, change these fields and press the button."""
        page = self.page(thing)
        return self.post(page, thing._meta.model_name, button, **changes)

    def post(self, page, form, button="_save", **changes):
        fields = fields_of(page, f"{form}_form")
        for name, value in changes.items():
            fields[name] = value if isinstance(value, list) else [value]
        return self.client.post(
            page.wsgi_request.get_full_path(), {**fields, button: "1"}, follow=True
        )

    def move(self, thing, button, why="", **changes):
        """Save with these changes, press the button that moves, and answer the page that asks first."""
        asked = self.save(thing, button, **changes)
        return self.client.post(asked.wsgi_request.get_full_path(), {"why": why}, follow=True)

    def do(self, action, articles, **answers):
        """Choose articles in the list and run an action on them; `answers` fill its pages between."""
        chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
        sent = {"_answer": "1", "_sure": "1", **answers} if answers else {"index": "0"}
        return self.client.post(LIST, {**chosen, "select_across": "0", **sent}, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def desk(db):  # noqa: ARG001 - people are rows
    """`desk("editor")`: somebody of that group at the desk."""
    return lambda trait: Desk(UserFactory(**{trait: True}))


@pytest.fixture
def editor(desk):
    return desk("editor")


@pytest.fixture
def author(desk):
    return desk("author")


@pytest.fixture
def reader(desk):
    return desk("reader")
