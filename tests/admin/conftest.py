import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from corpusapp.models import Article
from tests.admin.browser import fields_of
from tests.factories import ArticleFactory, UserFactory
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

    def do(self, action, articles, address=LIST, across="0", **answers):
        """Choose articles in the list, answer the pages between, and say yes to what they show.

        Without answers, only as far as the first page; `sure="1"` where there is nothing to say but yes.
        """
        chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
        page = self.client.post(
            address, {**chosen, "select_across": across, "index": "0"}, follow=True
        )
        for _step in range(2):
            if not answers or "question" not in (page.context or {}):
                break
            page = self.say_yes(page, **answers)
        return page

    def say_yes(self, page, **answers):
        """Fill in the page between and press its button, if it has one."""
        if 'type="submit" class="default"' not in page.text:
            return page
        fields = fields_of(page, "bulk_form")
        for name, value in answers.items():
            fields[name] = value if isinstance(value, list) else [value]
        return self.client.post(page.wsgi_request.get_full_path(), fields, follow=True)


def begun_by(somebody, **article):
    """An article that somebody began at the desk, and that is therefore theirs."""
    article = ArticleFactory(**article)
    LogEntry.objects.create(
        user=somebody.user,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=article.pk,
        object_repr="x",
        action_flag=ADDITION,
    )
    return article


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
